"use strict";

// Changing the size of type or the language loses nothing that was typed.

// The size changes in place; without scripts the page is loaded again.
for (const form of document.querySelectorAll("form[data-type-size]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const body = new FormData(form, event.submitter);
    const answer = await fetch(form.action, { method: "POST", body, redirect: "manual" });
    if (answer.type !== "opaqueredirect") return form.submit();
    const large = body.get("size") === "large";
    document.documentElement.classList.toggle("large", large);
    for (const button of document.querySelectorAll("form[data-type-size] button")) {
      button.hidden = (button.value === "large") === large;
    }
    form.querySelector("button:not([hidden])").focus();
  });
}

// The language loads the page again: what was typed waits in this window meanwhile.
const KEPT = "openzone-kept";
const here = () => location.pathname + location.search;
const kept = () =>
  [...document.querySelectorAll("main form")].map((form) =>
    [...form.elements].filter(
      (one) => one.name && !["hidden", "password", "file", "submit", "button"].includes(one.type),
    ),
  );
const state = (one) => {
  if (["checkbox", "radio"].includes(one.type)) return one.checked;
  return one.multiple && one.options ? [...one.selectedOptions].map((each) => each.value) : one.value;
};
for (const form of document.querySelectorAll("form[data-keep]")) {
  form.addEventListener("submit", (event) => {
    const files = [...document.querySelectorAll("main input[type=file]")];
    if (files.some((one) => one.files.length) && !confirm(form.dataset.filesGo)) {
      event.preventDefault();
      return;
    }
    const forms = kept().map((ones) => ones.map((one) => [one.name, state(one)]));
    sessionStorage.setItem(KEPT, JSON.stringify({ page: here(), forms }));
  });
}

const before = JSON.parse(sessionStorage.getItem(KEPT) || "null");
sessionStorage.removeItem(KEPT);
if (before && before.page === here()) {
  kept().forEach((ones, at) => {
    const values = before.forms[at] || [];
    ones.forEach((one, place) => {
      const [name, value] = values[place] || [];
      if (name !== one.name) return;
      if (typeof value === "boolean") one.checked = value;
      else if (Array.isArray(value)) {
        for (const option of one.options) option.selected = value.includes(option.value);
      } else one.value = value;
    });
    // Questions that depend on another answer are drawn anew; forms that send at once are not.
    const form = ones[0]?.form;
    if (form?.matches("[data-conditional], [data-bulk]")) form.dispatchEvent(new Event("change"));
  });
}
