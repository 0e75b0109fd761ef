"use strict";

// Menus: a click elsewhere or Escape closes an open one.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// Phones: the side navigation folds behind its button.
for (const button of document.querySelectorAll(".nav-toggle")) {
  const side = document.getElementById(button.getAttribute("aria-controls"));
  button.addEventListener("click", () => {
    const open = side.classList.toggle("is-open");
    button.setAttribute("aria-expanded", String(open));
    if (open) side.querySelector("a").focus();
  });
}

// Which sections of the menu are open is remembered for a year, so that the server draws them so.
const sections = [...document.querySelectorAll(".side-section")];
for (const section of sections) {
  section.querySelector("summary").addEventListener("click", () => {
    const open = sections
      .filter((one) => one.open !== (one === section))
      .map((one) => one.dataset.section);
    document.cookie = `menu_open=${open.join(".")}; path=/; max-age=31536000; samesite=lax`;
  });
}

// Choosing a date or an order is enough; the button stays for those without scripts.
for (const form of document.querySelectorAll("form[data-submit-on-change]")) {
  form.addEventListener("change", () => form.reportValidity() && form.requestSubmit());
}

// Search suggestions: arrow keys walk through them, Escape clears them.
const search = document.getElementById("search");
const suggestions = document.getElementById("suggestions");
if (search && suggestions) {
  const box = search.closest("form");
  box.addEventListener("keydown", (event) => {
    const stops = [search, ...suggestions.querySelectorAll("a")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      const at = stops.indexOf(document.activeElement);
      stops[Math.min(Math.max(at + step, 0), stops.length - 1)].focus();
    } else if (event.key === "Escape") {
      suggestions.replaceChildren();
      search.focus();
    }
  });
  box.addEventListener("focusout", (event) => {
    if (!box.contains(event.relatedTarget)) suggestions.replaceChildren();
  });
}

// Uploads: say at once what the server would say after the transfer.
for (const input of document.querySelectorAll("input[type=file][data-max-bytes]")) {
  const drop = input.closest(".drop");
  const check = () => {
    const file = input.files[0];
    const large = file && file.size > Number(input.dataset.maxBytes);
    input.setCustomValidity(large ? input.dataset.tooLarge : "");
    if (large) input.reportValidity();
  };
  input.addEventListener("change", check);
  if (!drop) continue;
  drop.addEventListener("dragover", (event) => {
    event.preventDefault();
    drop.classList.add("is-over");
  });
  drop.addEventListener("dragleave", () => drop.classList.remove("is-over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("is-over");
    input.files = event.dataTransfer.files;
    check();
  });
}
