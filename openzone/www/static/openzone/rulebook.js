"use strict";

// Choosing a fact: suggestions while typing, arrow keys through them, Escape closes.
async function suggest(box) {
  const input = box.querySelector("input");
  const offers = box.querySelector(".offers");
  const asked = input.value;
  const letters = asked.split("·")[0].trim();
  if (!letters) return offers.replaceChildren();
  const answer = await fetch(`${box.dataset.url}?q=${encodeURIComponent(letters)}`, { headers: { "HX-Request": "true" } });
  if (!answer.ok || input.value !== asked) return;
  offers.innerHTML = await answer.text();
}

function choose(box, button) {
  const input = box.querySelector("input");
  input.value = button.dataset.written;
  box.querySelector(".offers").replaceChildren();
  input.focus();
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

let waiting;
document.addEventListener("input", (event) => {
  const box = event.target.closest("[data-pick]");
  if (!box) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => suggest(box), 200);
});
document.addEventListener("click", (event) => {
  const button = event.target.closest("button.offer");
  if (button) choose(button.closest("[data-pick]"), button);
});
document.addEventListener("keydown", (event) => {
  const box = event.target.closest("[data-pick]");
  if (!box) return;
  const stops = [box.querySelector("input"), ...box.querySelectorAll("button.offer")];
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && stops.length > 1) {
    event.preventDefault();
    const at = stops.indexOf(document.activeElement);
    stops[Math.min(Math.max(at + step, 0), stops.length - 1)].focus();
  } else if (event.key === "Escape") {
    box.querySelector(".offers").replaceChildren();
    stops[0].focus();
  }
});
document.addEventListener("focusout", (event) => {
  const box = event.target.closest("[data-pick]");
  if (box && !box.contains(event.relatedTarget)) box.querySelector(".offers").replaceChildren();
});

// Trying a threshold: the slider writes into the input beside it, in the input's own unit.
document.addEventListener("input", (event) => {
  const slider = event.target.closest("input[type=range][data-for]");
  if (!slider) return;
  const input = document.getElementById(slider.dataset.for);
  const [, digits, unit] = /^\s*(-?[\d.]+)(.*)$/.exec(slider.dataset.from) || [];
  if (!input || digits === undefined) return;
  const places = (digits.split(".")[1] || "").length + (unit.trim() === "%" || Math.abs(digits) < 10 ? 1 : 0);
  input.value = String(Number((digits * slider.value / 100).toFixed(places))) + unit;
});

// What was unfolded stays unfolded when the preview is drawn anew.
document.addEventListener("htmx:beforeSwap", () => {
  const sentence = document.getElementById("sentence");
  if (sentence) sentence.ownerDocument.body.dataset.sentence = sentence.open ? "open" : "";
});
document.addEventListener("htmx:afterSettle", () => {
  const sentence = document.getElementById("sentence");
  if (sentence && document.body.dataset.sentence === "open") sentence.open = true;
});
