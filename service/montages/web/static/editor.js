// The editor: the plain form, with colours, completion and examples that run at once. The form itself asks, so
// that an answer has its address and is the same page with and without this script.
// Everything it needs comes from this service; nothing is sent elsewhere, nothing is kept.
(async () => {
  const place = document.getElementById("yasgui");
  const form = document.getElementById("plain");
  if (!place || typeof Yasgui === "undefined") return;
  const settings = await (await fetch(place.dataset.settings)).json();

  // Longest namespace first, so that a name gets its most precise prefix.
  const prefixes = Object.entries(settings.prefixes).sort((a, b) => b[1].length - a[1].length);

  // What completes: the variables of the query, our prefixes, our terms. The library would ask a catalogue of
  // vocabularies elsewhere for the last two: what it asks is replaced, and it may use these completers alone.
  const Yasqe = Yasgui.Yasqe;
  const known = {
    prefixes: prefixes.map(([prefix, namespace]) => `${prefix}: <${namespace}>`),
    class: settings.classes,
    property: settings.properties,
  };
  for (const [name, words] of Object.entries(known)) {
    Object.assign(Yasqe.Autocompleters[name], { get: () => words, bulk: true, autoShow: name === "prefixes", persistenceId: null });
  }

  const text = document.getElementById("query");
  text.hidden = true;
  text.required = false;
  place.hidden = false;
  const editor = new Yasqe(place, {
    value: text.value, persistenceId: null, createShareableLink: null, resizeable: false,
    showQueryButton: false, lineWrapping: true, consumeShareLink: null,
    autocompleters: ["variables", ...Object.keys(known)],
  });
  document.getElementById("completion").hidden = false;
  // As tall as its text: no scrolling inside the page's own.
  editor.setOption("viewportMargin", Infinity);
  editor.setSize(null, "auto");
  const field = editor.getInputField();
  field.setAttribute("aria-label", text.labels[0].textContent);
  // Tab leaves the editor, as it leaves any field.
  editor.setOption("extraKeys", { ...editor.getOption("extraKeys"), Tab: false, "Shift-Tab": false });

  // The query as typed has an address too, behind the sign that browsers do not send: it is opened, not asked.
  const QUERY = "#query=";
  const permalink = document.getElementById("as-typed");
  const typed = () => decodeURIComponent(location.hash.slice(QUERY.length).replace(/\+/g, " "));
  const link = () => { permalink.href = QUERY + encodeURIComponent(editor.getValue()); };
  const open = () => { if (location.hash.startsWith(QUERY) && typed() !== editor.getValue()) editor.setValue(typed()); };
  editor.on("change", () => { text.value = editor.getValue(); link(); });
  open();
  link();
  window.addEventListener("hashchange", open);
  permalink.parentElement.hidden = false;

  // A query that is too long for an address is posted.
  form.querySelector("[formmethod]").hidden = true;
  form.addEventListener("submit", () => {
    text.value = editor.getValue();
    form.method = new URLSearchParams(new FormData(form)).toString().length > form.dataset.longest ? "post" : "get";
  });
  const run = () => form.requestSubmit();
  editor.setOption("extraKeys", { ...editor.getOption("extraKeys"), "Ctrl-Enter": run, "Cmd-Enter": run });

  // An example is put in the editor and asked.
  const byKey = Object.fromEntries(settings.examples.map((example) => [example.key, example]));
  document.querySelectorAll("[data-example]").forEach((link) => {
    link.addEventListener("click", (event) => {
      const example = byKey[link.dataset.example];
      if (!example || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      editor.setValue(example.query);
      document.getElementById("format").value = "";
      run();
    });
  });
})();
