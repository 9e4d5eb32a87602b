// Suggestions under the field of the search, as the combobox pattern of WAI-ARIA has them: arrows choose,
// Enter opens, Escape closes. Without this script the form asks /search, whose page says as much and more.
"use strict";
(() => {
  const SHORTEST = 2, MOST = 7, PAUSE = 180;
  const element = (tag, attributes = {}, ...children) => {
    const made = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
    made.append(...children);
    return made;
  };

  class Suggestions {
    constructor(form) {
      this.form = form;
      this.field = form.querySelector('input[type="search"]');
      this.list = element("ul", { id: `${this.field.id}-list`, role: "listbox", "aria-label": form.querySelector("label").textContent, hidden: "" });
      this.status = element("p", { class: "hidden", role: "status" });
      form.append(this.list, this.status);
      this.chosen = -1;
      this.asked = 0;
      for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id })) {
        this.field.setAttribute(name, value);
      }
      this.field.addEventListener("input", () => this.later());
      this.field.addEventListener("keydown", (event) => this.key(event));
      form.addEventListener("focusout", (event) => { if (!form.contains(event.relatedTarget)) this.close(); });
    }

    later() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.ask(), PAUSE);
    }

    async ask() {
      const words = this.field.value.trim(), number = ++this.asked;
      if (words.length < SHORTEST) return this.close();
      try {
        const address = new URLSearchParams({ q: words });
        if (this.form.querySelector('[name="lang"]')) address.set("lang", this.form.dataset.lang);
        const headers = { "Accept-Language": this.form.dataset.lang };
        const answer = await fetch(`${this.form.dataset.root}/search.json?${address}`, { headers });
        if (!answer.ok || number !== this.asked) return;
        const found = await answer.json();
        if (number === this.asked && document.activeElement === this.field) this.show(found, words);
      } catch { /* the form still asks the page */ }
    }

    show(found, words) {
      const { assess, all, count } = this.form.dataset;
      const lines = found.results.slice(0, MOST).map((it) => this.option(it.page, it.label, it.type_label));
      if (found.project) lines.unshift(this.option(found.project.page, assess, found.project.says.join(" · "), "offer"));
      if (found.total > MOST) {
        const address = new URLSearchParams(new FormData(this.form));
        lines.push(this.option(`${this.form.action}?${address}`, `${all} (${found.total})`, ""));
      }
      lines.forEach((line, n) => { line.id = `${this.list.id}-${n}`; });
      this.list.replaceChildren(...lines);
      this.status.textContent = lines.length ? `${lines.length} ${count}` : "";
      this.open(lines.length > 0);
    }

    option(page, label, beside, kind = "") {
      const line = element("li", { role: "option", "aria-selected": "false", "data-page": page, class: kind }, element("span", {}, label));
      if (beside) line.append(" ", element("small", {}, beside));
      line.addEventListener("pointerdown", (event) => event.preventDefault());
      line.addEventListener("click", () => { location.href = page; });
      return line;
    }

    open(open) {
      this.list.hidden = !open;
      this.field.setAttribute("aria-expanded", String(open));
      this.choose(-1);
    }

    close() {
      this.asked += 1;
      clearTimeout(this.timer);
      if (!this.list.hidden) this.open(false);
      this.status.textContent = "";
    }

    choose(n) {
      const lines = [...this.list.children];
      this.chosen = n;
      lines.forEach((line, at) => line.setAttribute("aria-selected", String(at === n)));
      if (n < 0) return this.field.removeAttribute("aria-activedescendant");
      this.field.setAttribute("aria-activedescendant", lines[n].id);
      lines[n].scrollIntoView({ block: "nearest" });
    }

    key(event) {
      const number = this.list.children.length, isOpen = !this.list.hidden;
      if (event.key === "Escape" && isOpen) {
        event.preventDefault();
        this.close();
      } else if (event.key === "Enter" && isOpen && this.chosen >= 0) {
        event.preventDefault();
        location.href = this.list.children[this.chosen].dataset.page;
      } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (!isOpen) return this.ask();
        // From the field itself (-1) to the first and on, and round again.
        const step = event.key === "ArrowDown" ? 1 : -1;
        this.choose(((this.chosen + 1 + step + number + 1) % (number + 1)) - 1);
      }
    }
  }

  document.querySelectorAll("form.search[data-assess]").forEach((form) => new Suggestions(form));
})();
