// The fields of a review, written into its file below as they are filled in. Without this script the words in
// capitals of the file are replaced by hand, and the link saves the file as it is proposed.
"use strict";
(() => {
  const form = document.getElementById("review");
  const file = document.getElementById("review-file"), save = document.getElementById("review-save");
  if (!form) return;
  const blank = file.value, name = save.download.replace(/\.ttl$/, "");
  const quoted = (text) => JSON.stringify(text).slice(1, -1);
  const short = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");

  const written = () => {
    const given = new FormData(form), value = (field) => (given.get(field) || "").trim();
    const organisation = value("organisation"), day = value("day"), opinion = value("opinion"), remark = value("remark");
    const parts = [["mtg:OPINION", opinion && `mtg:${opinion}`], ['"REMARK"', remark && `"${quoted(remark)}"`],
      ['"ORGANISATION"', organisation && `"${quoted(organisation)}"`], ['"DAY"', day && `"${day}"`],
      ["-ORGANISATION-", short(organisation) && `-${short(organisation)}-`], ["-DAY>", day && `-${day}>`]];
    let text = blank;
    if (opinion === "RightRule" && !remark) text = text.replace(/^ +mtg:remark .*\n/m, "");
    for (const [word, by] of parts) if (by) text = text.replace(word, () => by);
    file.value = text;
    saved();
    save.download = [name, short(organisation), day].filter(Boolean).join("-") + ".ttl";
  };
  const saved = () => { save.href = `data:text/turtle;charset=utf-8,${encodeURIComponent(file.value)}`; };

  form.hidden = false;
  form.addEventListener("input", written);
  form.addEventListener("submit", (event) => event.preventDefault());
  file.addEventListener("input", saved);
})();
