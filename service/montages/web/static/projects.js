// The projects that somebody keeps, in this browser only: a name and an address each. Without this script,
// or where the browser keeps nothing, the page lacks this list and nothing else.
"use strict";
(() => {
  const KEY = "montages-projects";
  const read = () => {
    try {
      const kept = JSON.parse(localStorage.getItem(KEY) || "{}");
      return kept && typeof kept === "object" && !Array.isArray(kept) ? kept : {};
    } catch {
      return {};
    }
  };
  const write = (projects) => {
    try {
      localStorage.setItem(KEY, JSON.stringify(projects));
    } catch { /* a full or forbidden store keeps what it has */ }
  };
  const element = (tag, text, attributes = {}) => Object.assign(document.createElement(tag), { textContent: text, ...attributes });

  function show(box) {
    const list = box.querySelector("[data-list]");
    const projects = read();
    list.replaceChildren(...Object.entries(projects).map(([name, query]) => {
      const line = element("li", "");
      const open = element("a", name, { href: `${box.dataset.root}/projet?${query}` });
      const remove = element("button", list.dataset.remove, { type: "button", className: "second" });
      remove.setAttribute("aria-label", `${list.dataset.remove} ${name}`);
      remove.addEventListener("click", () => {
        const left = read();
        delete left[name];
        write(left);
        show(box);
      });
      line.append(open, " ", remove);
      return line;
    }));
  }

  function start() {
    const box = document.getElementById("projects");
    if (!box || box.dataset.ready) return;
    box.dataset.ready = "yes";
    box.hidden = false;
    show(box);
    const form = box.querySelector("[data-save]");
    // Who comes back with nothing answered yet finds the projects kept here.
    const fold = box.closest("details");
    if (fold && !form && Object.keys(read()).length) fold.open = true;
    form?.addEventListener("submit", (event) => {
      event.preventDefault();
      const name = form.querySelector("input").value.trim();
      if (!name) return;
      const query = document.getElementById("tool").dataset.query.split("?").slice(1).join("?");
      write({ ...read(), [name]: query });
      show(box);
    });
  }

  // A page that could not be changed in part is opened whole.
  const whole = (event) => location.assign(event.detail.pathInfo?.finalRequestPath || location.href);
  document.addEventListener("htmx:responseError", whole);
  document.addEventListener("htmx:sendError", whole);
  document.addEventListener("htmx:afterSwap", start);
  start();
})();
