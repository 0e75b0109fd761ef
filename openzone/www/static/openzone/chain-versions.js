"use strict";

// A fault leads to its line: selected, and in sight.
function show(area, line) {
  const lines = area.value.split("\n");
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  area.focus();
  area.setSelectionRange(start, start + (lines[line - 1] || "").length);
  area.scrollTop = (area.scrollHeight / lines.length) * Math.max(line - 4, 0);
  area.scrollLeft = 0;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-line]");
  const area = document.querySelector("textarea#text");
  if (!link || !area) return;
  event.preventDefault();
  show(area, Number(link.dataset.line));
});

const asked = document.querySelector("textarea#text[data-at]");
if (asked) show(asked, Number(asked.dataset.at));
