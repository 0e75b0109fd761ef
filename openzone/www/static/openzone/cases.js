"use strict";

// Questions that depend on another answer: shown when it fits. Without scripts all are shown,
// each with a line that says when it is meant.
for (const form of document.querySelectorAll("form[data-conditional]")) {
  const rows = [...form.querySelectorAll("[data-when]")];
  const answers = (name) =>
    [...form.elements]
      .filter((one) => one.name === name && !one.disabled)
      .filter((one) => !["checkbox", "radio"].includes(one.type) || one.checked)
      .map((one) => (one.type === "checkbox" && one.value === "on" ? "true" : one.value));
  const refresh = () => {
    for (const row of rows) {
      const fits = JSON.parse(row.dataset.when).every(([name, wanted]) =>
        answers(name).some((answer) => wanted.includes(answer)),
      );
      row.hidden = !fits;
      for (const control of row.querySelectorAll("input, select, textarea")) {
        control.disabled = !fits;
      }
    }
  };
  form.addEventListener("change", refresh);
  refresh();
}

// Steps of a long form: one at a time, each checked before the next; the last one sums up.
for (const form of document.querySelectorAll("form[data-steps]")) {
  const steps = [...form.querySelectorAll(":scope > .step")];
  const marks = [...document.querySelectorAll(".step-marks li")];
  const problem = steps.findIndex((step) => step.querySelector(".errorlist"));
  const show = (at, focus) => {
    steps.forEach((step, index) => { step.hidden = index !== at; });
    marks.forEach((mark, index) => {
      mark.classList.toggle("is-done", index < at);
      if (index === at) mark.setAttribute("aria-current", "step");
      else mark.removeAttribute("aria-current");
    });
    if (at === steps.length - 1) sumUp();
    if (focus) {
      steps[at].querySelector("h2").focus();
      window.scrollTo(0, 0);
    }
  };
  for (const row of form.querySelectorAll("[data-needed]")) {
    for (const control of row.querySelectorAll("input:not([type=checkbox]), select, textarea")) {
      control.required = true;
    }
  }
  const valid = (step) =>
    [...step.querySelectorAll("input, select, textarea")].every(
      (control) => control.disabled || control.reportValidity(),
    );
  const said = (row) => {
    const controls = [...row.querySelectorAll("input:not([type=hidden]), select, textarea")];
    return controls
      .filter((one) => !one.disabled && (!["checkbox", "radio"].includes(one.type) || one.checked))
      .map((one) => {
        if (one.type === "file") return [...one.files].map((file) => file.name).join("、");
        if (one.tagName === "SELECT") return one.selectedOptions[0]?.value ? one.selectedOptions[0].text : "";
        if (["checkbox", "radio"].includes(one.type)) return one.closest("label")?.innerText.trim() || "✓";
        return one.value.trim();
      })
      .filter(Boolean)
      .join("、");
  };
  const sumUp = () => {
    const list = form.querySelector(".step-summary");
    list.replaceChildren();
    for (const row of form.querySelectorAll(".step:not(:last-of-type) .form-row:not([hidden])")) {
      const label = row.querySelector("label, legend");
      const answer = said(row);
      if (!label || !answer) continue;
      const term = document.createElement("dt");
      const value = document.createElement("dd");
      term.textContent = label.childNodes[0].textContent.trim();
      value.textContent = answer;
      list.append(term, value);
    }
    list.dispatchEvent(new Event("check", { bubbles: true }));
  };
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-step]");
    if (!button) return;
    const at = steps.findIndex((step) => !step.hidden);
    const to = at + Number(button.dataset.step);
    if (to < at || valid(steps[at])) show(to, true);
  });
  form.addEventListener("keydown", (event) => {
    const last = steps.length - 1;
    if (event.key === "Enter" && event.target.tagName === "INPUT" && steps[last].hidden) {
      event.preventDefault();
      steps.find((step) => !step.hidden).querySelector("[data-step='1']").click();
    }
  });
  form.classList.add("is-stepped");
  show(Math.max(problem, 0), false);
}

// Lists with boxes: one box chooses all of the page; the bar says how many.
for (const form of document.querySelectorAll("form[data-bulk]")) {
  const all = form.querySelector("[data-all]");
  const boxes = [...form.querySelectorAll("input[name=case]")];
  const count = form.querySelector("[data-count]");
  const refresh = () => {
    const chosen = boxes.filter((box) => box.checked).length;
    count.textContent = String(chosen);
    all.checked = chosen > 0 && chosen === boxes.length;
    all.indeterminate = chosen > 0 && chosen < boxes.length;
  };
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
    refresh();
  });
  form.addEventListener("change", refresh);
  refresh();
}

// A page meant for paper.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
