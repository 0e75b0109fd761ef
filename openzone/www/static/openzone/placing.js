"use strict";

// Keys of the review queue. Everything they do has a button; they rest while somebody types, and
// can be switched off: single letters get in the way of speech input.
const placing = document.querySelector("[data-placing]");
if (placing) {
  const toggle = placing.querySelector("[data-placing-keys]");
  const KEPT = "openzone.placing.keys";
  try {
    toggle.checked = localStorage.getItem(KEPT) !== "off";
    toggle.addEventListener("change", () => localStorage.setItem(KEPT, toggle.checked ? "on" : "off"));
  } catch { /* no storage: the keys are on until the page is left */ }
  const form = placing.querySelector("[data-placing-form]");
  const split = placing.querySelector("[data-placing-split]");
  const types = (target) =>
    target.matches("textarea, select, [contenteditable], input:not([type=radio], [type=checkbox])");
  const choose = (number) => {
    const option = placing.querySelector(`#pick-${number}`);
    if (option) { option.checked = true; option.focus(); }
  };
  document.addEventListener("keydown", (event) => {
    if (!toggle.checked || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (types(event.target)) return;
    if (/^[1-9]$/.test(event.key)) choose(event.key);
    else if (event.key === "Enter" && form && !event.target.closest("a, button, summary")) form.requestSubmit();
    else if (event.key.toLowerCase() === "s" && split) {
      split.open = !split.open;
      if (split.open) split.querySelector("input").focus();
    } else {
      const button = document.querySelector(`[data-key="${event.key.toLowerCase()}"]`);
      if (!button) return;
      button.click();
    }
    event.preventDefault();
  });
}
