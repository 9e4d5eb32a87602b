// The editor: what the plain form does, with colours, completion, examples and answers in the page.
// Everything it needs comes from this service; nothing is sent elsewhere, nothing is kept.
(async () => {
  const place = document.getElementById("yasgui");
  const form = document.getElementById("plain");
  const answer = document.getElementById("answer");
  if (!place || typeof Yasgui === "undefined") return;
  const settings = await (await fetch(place.dataset.settings)).json();
  const words = answer.dataset;

  // Longest namespace first, so that a name gets its most precise prefix.
  const prefixes = Object.entries(settings.prefixes).sort((a, b) => b[1].length - a[1].length);
  const short = (iri) => {
    const known = prefixes.find(([, namespace]) => iri.startsWith(namespace) && iri !== namespace);
    return known ? `${known[0]}:${iri.slice(known[1].length)}` : iri;
  };

  const Yasqe = Yasgui.Yasqe;
  for (const [name, found] of [["class", settings.classes], ["property", settings.properties]]) {
    const completer = Yasqe.Autocompleters?.[name];
    if (completer) Object.assign(completer, { get: () => found, bulk: true, autoShow: false, persistenceId: null });
  }
  if (Yasqe.Autocompleters?.prefixes) {
    Object.assign(Yasqe.Autocompleters.prefixes, {
      get: () => prefixes.map(([prefix, namespace]) => `${prefix}: <${namespace}>`), persistenceId: null,
    });
  }

  const text = document.getElementById("query");
  text.hidden = true;
  text.required = false;
  place.hidden = false;
  const editor = new Yasqe(place, {
    value: text.value, persistenceId: null, createShareableLink: null, resizeable: false,
    showQueryButton: false, lineWrapping: true,
  });
  // As tall as its text: no scrolling inside the page's own.
  editor.setOption("viewportMargin", Infinity);
  editor.setSize(null, "auto");
  const field = editor.getInputField();
  field.setAttribute("aria-label", text.labels[0].textContent);
  // Tab leaves the editor, as it leaves any field.
  editor.setOption("extraKeys", { ...editor.getOption("extraKeys"), Tab: false, "Shift-Tab": false });
  editor.on("change", () => { text.value = editor.getValue(); });

  const node = (name, content, attributes = {}) => {
    const made = document.createElement(name);
    if (content !== undefined) made.append(content);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };
  const cell = (term) => {
    if (!term) return "";
    if (term.type === "uri") {
      const ours = term.value.startsWith(settings.base);
      const href = ours ? settings.root + term.value.slice(settings.base.length - 1) : term.value;
      if (!/^https?:/.test(term.value)) return node("code", term.value);
      return node("a", settings.labels[term.value] ?? short(term.value), { href, title: term.value });
    }
    return node("span", term.value, term["xml:lang"] ? { lang: term["xml:lang"] } : {});
  };
  const table = ({ head, results }) => {
    const made = node("table", undefined, { class: "answer" });
    made.append(node("thead", undefined));
    made.tHead.append(node("tr"));
    head.vars.forEach((name) => made.tHead.rows[0].append(node("th", name, { scope: "col" })));
    const body = node("tbody");
    results.bindings.forEach((row) => {
      const line = node("tr");
      head.vars.forEach((name) => line.append(node("td", cell(row[name]))));
      body.append(line);
    });
    made.append(body);
    const region = node("div", made, { class: "scroll", role: "region", tabindex: "0", "aria-label": words.title });
    return region;
  };

  let running;
  const run = async () => {
    running?.abort();
    running = new AbortController();
    answer.replaceChildren(node("p", words.waiting, { class: "quiet" }));
    const started = performance.now();
    let parts;
    try {
      const response = await fetch(settings.endpoint, {
        method: "POST",
        headers: {
          "Content-Type": "application/sparql-query",
          Accept: "application/sparql-results+json, text/turtle;q=0.9, application/problem+json;q=0.5",
        },
        body: editor.getValue(),
        signal: running.signal,
      });
      const type = response.headers.get("Content-Type") ?? "";
      const took = `${Math.round(performance.now() - started)} ms`;
      if (!response.ok) {
        const problem = await response.json().catch(() => ({ title: `${response.status}`, detail: "" }));
        parts = [node("p", node("strong", problem.title)), node("p", problem.detail ?? "")];
      } else if (type.includes("json")) {
        const found = await response.json();
        parts = "boolean" in found
          ? [node("p", node("strong", found.boolean ? words.yes : words.no))]
          : [node("p", `${words.lines} ${found.results.bindings.length} · ${took}`, { class: "quiet" }), table(found)];
      } else {
        parts = [node("p", took, { class: "quiet" }), node("pre", node("code", await response.text()), { tabindex: "0" })];
      }
    } catch (error) {
      if (error.name === "AbortError") return;
      parts = [node("p", words.failed)];
    }
    answer.replaceChildren(node("h2", words.title), ...parts);
  };

  // Only an answer that shows in the page is asked for from here; files go through the form itself.
  const format = document.getElementById("format");
  format.options[0].text = words.here;
  form.addEventListener("submit", (event) => {
    text.value = editor.getValue();
    if (format.value !== "json") return;
    event.preventDefault();
    run();
  });
  editor.setOption("extraKeys", { ...editor.getOption("extraKeys"), "Ctrl-Enter": run, "Cmd-Enter": run });

  // An example is put in the editor and asked, without leaving the page.
  const byKey = Object.fromEntries(settings.examples.map((example) => [example.key, example]));
  document.querySelectorAll("[data-example]").forEach((link) => {
    link.addEventListener("click", (event) => {
      const example = byKey[link.dataset.example];
      if (!example) return;
      event.preventDefault();
      document.querySelectorAll("[data-example][aria-current]").forEach((it) => it.removeAttribute("aria-current"));
      link.setAttribute("aria-current", "true");
      editor.setValue(example.query);
      run();
      form.scrollIntoView();
    });
  });
})();
