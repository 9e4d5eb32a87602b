// The two sliders of the thresholds: each moves the field it belongs to, and the page follows (by htmx, where
// it is there). Without this script the fields and the button do the same.
"use strict";
(() => {
  const form = document.getElementById("threshold-form");
  if (!form) return;
  const lang = document.documentElement.lang;
  const amounts = new Intl.NumberFormat(lang);
  const days = new Intl.DateTimeFormat(lang, { dateStyle: "long", timeZone: "UTC" });
  const DAY = 86400000;

  // Two figures that count: nobody slides to the euro.
  const rounded = (exponent) => Number((10 ** exponent).toPrecision(2));
  const sliders = {
    amount: {
      field: document.getElementById("amount"),
      slider: document.getElementById("amount-slider"),
      toField: (value) => amounts.format(rounded(value)),
      toText: (value, slider) => `${amounts.format(rounded(value))} ${slider.dataset.unit}`,
    },
    day: {
      field: document.getElementById("day"),
      slider: document.getElementById("day-slider"),
      toField: (value, slider) => new Date(Date.parse(slider.dataset.first) + value * DAY).toISOString().slice(0, 10),
      toText: (value, slider) => days.format(new Date(Date.parse(slider.dataset.first) + value * DAY)),
    },
  };

  let slid = -Infinity;
  for (const { field, slider, toField, toText } of Object.values(sliders)) {
    if (slider.dataset.amount) slider.value = Math.log10(Number(slider.dataset.amount));
    const told = () => slider.setAttribute("aria-valuetext", toText(Number(slider.value), slider));
    told();
    slider.parentElement.hidden = false;
    slider.addEventListener("input", () => {
      slid = performance.now();
      field.value = toField(Number(slider.value), slider);
      told();
      form.dispatchEvent(new CustomEvent("moved"));
    });
    // A change of the slider is one of its field, told already.
    slider.addEventListener("change", (event) => event.stopPropagation());
  }

  // The day that is typed moves its slider; the amount does so when the page has read it.
  sliders.day.field.addEventListener("change", () => {
    const { field, slider, toText } = sliders.day;
    slider.value = (Date.parse(field.value) - Date.parse(slider.dataset.first)) / DAY;
    slider.setAttribute("aria-valuetext", toText(Number(slider.value), slider));
  });
  document.addEventListener("htmx:load", () => {
    const read = document.getElementById("thresholds")?.dataset.amount;
    const { slider, toText } = sliders.amount;
    // An answer that comes while one slides is to an amount that has been left.
    if (!read || performance.now() - slid < 1500) return;
    slider.value = Math.log10(Number(read));
    slider.setAttribute("aria-valuetext", `${amounts.format(Number(read))} ${slider.dataset.unit}`);
  });
})();
