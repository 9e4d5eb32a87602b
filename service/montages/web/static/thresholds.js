// The slider of the amount: it moves the field, and the page follows (by htmx, where it is there). Without this
// script the field and the button do the same.
"use strict";
(() => {
  const form = document.getElementById("threshold-form");
  if (!form) return;
  const amounts = new Intl.NumberFormat(document.documentElement.lang);
  const field = document.getElementById("amount");
  const slider = document.getElementById("amount-slider");

  // Two figures that count: nobody slides to the euro.
  const rounded = (exponent) => Number((10 ** exponent).toPrecision(2));
  const tell = (amount) => slider.setAttribute("aria-valuetext", `${amounts.format(amount)} ${slider.dataset.unit}`);
  const stand = (amount) => {
    slider.value = Math.log10(amount);
    tell(amount);
  };

  let slid = -Infinity;
  stand(Number(slider.dataset.amount));
  slider.parentElement.hidden = false;
  slider.addEventListener("input", () => {
    slid = performance.now();
    const amount = rounded(Number(slider.value));
    field.value = amounts.format(amount);
    tell(amount);
    form.dispatchEvent(new CustomEvent("moved"));
  });
  // A change of the slider is one of its field, told already.
  slider.addEventListener("change", (event) => event.stopPropagation());
  document.addEventListener("htmx:load", () => {
    const read = document.getElementById("thresholds")?.dataset.amount;
    // An answer that comes while one slides is to an amount that has been left.
    if (read && performance.now() - slid >= 1500) stand(Number(read));
  });
})();
