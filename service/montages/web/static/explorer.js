/* The explorer: answers on the left, every set-up on the right, recoloured at each answer. No server is asked. */
"use strict";
(function () {
  const { states, walk } = window.Montages;
  const file = JSON.parse(document.getElementById("verdicts").textContent);
  const words = JSON.parse(document.getElementById("words").textContent);
  const KINDS = ["contract", "procedure", "channel", "vehicle", "activity"];
  const MOST = 3, SHOWN = 5;
  const lists = new Set(file.variables.filter((v) => v.value !== undefined).map((v) => v.criterion));
  const slugs = Object.keys(file.arrangements).filter((slug) => !file.arrangements[slug].abstract);
  let answers = read(), open = null;
  let lang = document.documentElement.lang;
  const labels = () => file.labels[lang], say = (name) => words[lang][name];
  const make = (name, attributes, ...children) => {
    const element = document.createElement(name);
    for (const key in attributes) element.setAttribute(key, attributes[key]);
    element.append(...children);
    return element;
  };

  /* The address holds what is answered: #holder=commune&dialogue-case=design */
  function read() {
    const found = {};
    for (const [name, value] of new URLSearchParams(location.hash.slice(1))) {
      if (!Object.hasOwn(file.criteria, name) || !Object.hasOwn(file.labels.fr.values[name], value)) continue;
      if (lists.has(name)) (found[name] = found[name] || []).push(value);
      else found[name] = value;
    }
    return found;
  }
  function write() {
    const pairs = Object.entries(answers).flatMap(([name, value]) => [].concat(value).map((v) => [name, v]));
    history.replaceState(null, "", "#" + new URLSearchParams(pairs));
  }

  const verdictOf = (slug, at) => file.verdicts[walk(file, file.arrangements[slug].verdict, at)];
  const isOpen = (verdict) => verdict.startsWith("fits") || verdict === "to-verify";
  const standing = (gate, at) => file.standings[walk(file, file.gates[gate].standing, at)];

  /* The fewest stated choices that, answered otherwise, open a set-up again: every way of that size. */
  function reopenings(slug) {
    const names = Object.keys(answers).filter((name) => file.criteria[name] === "choice");
    let found = [];
    const attempt = (changed, from, left) => {
      if (found.length >= SHOWN) return;
      if (!left) {
        const after = verdictOf(slug, states(file, { ...answers, ...changed }, {}, {}));
        if (isOpen(after)) found.push([changed, after]);
        return;
      }
      for (let n = from; n < names.length; n++)
        for (const value in file.labels.fr.values[names[n]])
          if (value !== answers[names[n]]) attempt({ ...changed, [names[n]]: value }, n + 1, left - 1);
    };
    for (let size = 1; size <= MOST && !found.length; size++) attempt({}, 0, size);
    return found;
  }

  function why(slug, verdict, at) {
    const gates = file.arrangements[slug].gates, at_work = (kind) => gates.filter((g) => standing(g, at) === kind);
    const rule = (gate) => make("li", {}, labels().gates[gate].label, make("small", {}, " · " + labels().gates[gate].source));
    const parts = [];
    const against = at_work("against"), waiting = at_work("open");
    if (against.length) parts.push(make("p", {}, say("against")), make("ul", {}, ...against.map(rule)));
    else if (!isOpen(verdict)) parts.push(make("p", {}, say("together")));
    const unknown = file.arrangements[slug].waiting;
    if (unknown.length) parts.push(make("p", {}, say("waiting") + say("colon") + unknown.join(", ")));
    if (isOpen(verdict) && waiting.length) parts.push(make("p", {}, say("open")), make("ul", {}, ...waiting.map(rule)));
    if (verdict === "fits") parts.push(make("p", {}, say("holds")));
    if (verdict === "closed-by-choice") {
      const found = reopenings(slug);
      parts.push(make("p", {}, found.length ? say("reopens") : say("many")));
      parts.push(make("ul", {}, ...found.map(([changed, after]) => {
        const text = Object.entries(changed).map(([name, value]) => labels().criteria[name] + say("colon") + labels().values[name][value]);
        const button = make("button", { type: "button", class: "change" }, text.join(" + ") + " → " + labels().verdicts[after].toLowerCase());
        button.addEventListener("click", () => {
          answers = { ...answers, ...changed };
          fill();
          draw();
          document.querySelector(`[data-slug="${slug}"]`).focus();
        });
        return make("li", {}, button);
      })));
    }
    if (verdict === "closed") parts.push(make("p", {}, say("facts")));
    return make("div", { class: "why", id: "why-" + slug }, ...parts);
  }

  function draw() {
    write();
    const at = states(file, answers, {}, {}), right = document.getElementById("set-ups");
    const focused = document.activeElement && document.activeElement.dataset.slug;
    const counts = {};
    right.replaceChildren(...KINDS.map((kind) => {
      const items = slugs.filter((slug) => file.arrangements[slug].kind === kind).map((slug) => {
        const verdict = verdictOf(slug, at), shown = open === slug;
        if (kind === "contract") counts[verdict] = (counts[verdict] || 0) + 1;
        const button = make("button", { type: "button", class: verdict, "aria-expanded": shown, "data-slug": slug },
          make("span", { class: "sign", "aria-hidden": "true" }, words.signs[verdict]), make("b", {}, labels().arrangements[slug]),
          make("span", { class: "said" }, labels().verdicts[verdict]));
        button.addEventListener("click", () => { open = shown ? null : slug; draw(); });
        return make("li", {}, button, ...(shown ? [why(slug, verdict, at)] : []));
      });
      return make("section", {}, make("h2", {}, say(kind)), make("ul", {}, ...items));
    }));
    document.getElementById("count").textContent = say("contract") + say("colon") +
      file.verdicts.slice().reverse().filter((v) => counts[v]).map((v) => `${labels().verdicts[v].toLowerCase()} ${counts[v]}`).join(" · ");
    if (focused) { const again = right.querySelector(`[data-slug="${focused}"]`); if (again) again.focus(); }
  }

  function fill() {
    const left = document.getElementById("answers");
    const group = (natures, title) => make("section", {}, make("h2", {}, say(title)),
      ...Object.keys(file.criteria).filter((name) => natures.includes(file.criteria[name])).map(field));
    left.replaceChildren(group(["choice", "step"], "choices"), group(["fact", "consequence"], "of-fact"));
    for (const element of document.querySelectorAll("[data-word]")) element.textContent = say(element.dataset.word);
    document.title = say("title") + " · Montages";
    document.documentElement.lang = lang;
  }
  function field(name) {
    const values = Object.entries(labels().values[name]);
    if (lists.has(name)) {
      const boxes = values.map(([value, text]) => {
        const box = make("input", { type: "checkbox", value });
        box.checked = (answers[name] || []).includes(value);
        box.addEventListener("change", () => {
          const alone = file.alone[name], kept = (answers[name] || []).filter((v) => v !== value && !(box.checked && (alone.includes(v) || alone.includes(value))));
          set(name, box.checked ? [...kept, value] : kept);
          for (const other of fields.querySelectorAll("input")) other.checked = (answers[name] || []).includes(other.value);
        });
        return make("label", {}, box, " " + text);
      });
      const fields = make("fieldset", {}, make("legend", {}, labels().criteria[name]), ...boxes);
      return fields;
    }
    const select = make("select", {}, make("option", { value: "" }, say("unknown")),
      ...values.map(([value, text]) => make("option", { value }, text)));
    select.value = answers[name] || "";
    const label = make("label", { class: answers[name] ? "told" : "" }, make("span", {}, labels().criteria[name]), select);
    select.addEventListener("change", () => { set(name, select.value); label.classList.toggle("told", select.value !== ""); });
    return label;
  }
  function set(name, value) {
    if (value.length) answers[name] = value;
    else delete answers[name];
    draw();
  }

  document.getElementById("language").addEventListener("click", () => { lang = lang === "fr" ? "en" : "fr"; fill(); draw(); });
  document.getElementById("again").addEventListener("click", () => { answers = {}; open = null; fill(); draw(); });
  window.addEventListener("hashchange", () => { answers = read(); fill(); draw(); });
  window.explorer = { verdicts: () => Object.fromEntries(Object.keys(file.arrangements).map((slug) => [slug, verdictOf(slug, states(file, answers, {}, {}))])) };
  fill();
  draw();
})();
