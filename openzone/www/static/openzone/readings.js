"use strict";

// A page beside its facts: marks light up both ways, facts are judged by keys or buttons, a selection
// becomes a fact. Everything here has a link or a form that works without it.
const reading = document.querySelector("[data-reading]");
if (reading) {
  const text = reading.querySelector("[data-text]");
  const facts = () => [...reading.querySelectorAll("[data-fact]")];
  const marks = (pk) => [...text.querySelectorAll(`mark[data-facts~="${pk}"]`)];
  const cardOf = (pk) => document.getElementById(`fact-${pk}`);
  const unlight = () => reading.querySelectorAll(".lit").forEach((one) => one.classList.remove("lit"));
  const light = (pks) => {
    unlight();
    for (const pk of pks) for (const one of [...marks(pk), cardOf(pk)]) one?.classList.add("lit");
  };
  const pointed = (event) => {
    const mark = event.target.closest("mark[data-facts]");
    const card = event.target.closest("[data-fact]");
    const link = event.target.closest("[data-to]");
    if (link) light([link.dataset.to]);
    else if (mark) light(mark.dataset.facts.split(" "));
    else if (card) light([card.dataset.fact]);
  };
  reading.addEventListener("pointerover", pointed);
  reading.addEventListener("focusin", pointed);
  reading.addEventListener("pointerleave", unlight);

  const judges = "judge" in reading.dataset;
  const tools = reading.querySelector("[data-tools]");
  const told = reading.querySelector("[data-told]");
  const say = (words) => { if (told) told.textContent = words; };
  let current = null;
  const choose = (card, focus = true) => {
    if (!card) return;
    for (const one of reading.querySelectorAll("[data-fact][aria-current]")) one.removeAttribute("aria-current");
    card.setAttribute("aria-current", "true");
    current = card.dataset.fact;
    if (focus) card.focus();
    light([current]);
  };
  const step = (by) => {
    const all = facts();
    const at = all.findIndex((one) => one.dataset.fact === current);
    choose(all[at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + by))]);
  };
  const place = (pk) => {
    const at = document.getElementById(`at-${pk}`) ?? marks(pk)[0];
    at?.scrollIntoView({ block: "center" });
    light([pk]);
  };
  reading.addEventListener("click", (event) => {
    const to = event.target.closest("[data-to]");
    const from = event.target.closest("[data-place]");
    const mark = event.target.closest("mark[data-facts]");
    if (to || (mark && getSelection().isCollapsed)) {
      choose(cardOf(to ? to.dataset.to : mark.dataset.facts.split(" ")[0]));
      if (to) event.preventDefault();
    } else if (from) {
      place(from.dataset.place);
      document.getElementById(`at-${from.dataset.place}`)?.focus({ preventScroll: true });
      event.preventDefault();
    } else {
      const card = event.target.closest("[data-fact]");
      if (card) choose(card, false);
    }
  });

  const remark = () => {
    const against = (card) => card.dataset.state === "open" && card.dataset.verdict === "contradicts";
    for (const mark of text.querySelectorAll("mark[data-facts]")) {
      const cards = mark.dataset.facts.split(" ").map(cardOf).filter(Boolean);
      const found = new Set(cards.map((card) => (against(card) ? "against" : card.dataset.state)));
      const kind = ["against", "open", "accepted", "rejected"].find((one) => found.has(one));
      const lit = mark.classList.contains("lit");
      if (kind) mark.className = lit ? `${kind} lit` : kind;
    }
  };
  const ask = async (address, body) => {
    const headers = { "X-Part": "1" };
    try {
      const answer = await fetch(address, body ? { method: "POST", body, headers } : { headers });
      return { ok: answer.ok, status: answer.status, text: await answer.text() };
    } catch {
      return { ok: false, status: 0, text: tools.dataset.lost };
    }
  };
  const fragment = (markup) => {
    const box = document.createElement("template");
    box.innerHTML = markup;
    return box.content;
  };
  const replace = (markup, { next = false } = {}) => {
    const fresh = fragment(markup).querySelector("[data-fact]");
    const old = fresh && cardOf(fresh.dataset.fact);
    if (!old) { location.reload(); return; }
    old.replaceWith(fresh);
    remark();
    choose(fresh);
    say([...fresh.querySelectorAll(".reading-said > :not(.reading-no)")].map((one) => one.innerText).join(" "));
    if (next) step(1);
  };
  const slot = (card) => card.querySelector("[data-slot]");
  const show = (card, markup) => {
    slot(card).replaceChildren(fragment(markup));
    const field = slot(card).querySelector("input:not([type=hidden]), select, textarea");
    field?.focus();
    field?.select?.();
  };
  const open = async (what) => {
    const card = current && cardOf(current);
    if (!card) { step(0); return; }
    const { ok, text: markup } = await ask(card.dataset.do.replace(/accept\/$/, `${what}/`));
    if (ok) show(card, markup);
  };
  const send = async (form, options) => {
    if (form.dataset.sent) return;
    form.dataset.sent = "1"; // pressing twice sends once
    const card = form.closest("[data-fact]");
    const { ok, status, text: markup } = await ask(form.action, new FormData(form));
    if (ok) replace(markup, options);
    else if (status === 400) show(card, markup);
    else { delete form.dataset.sent; say(markup.slice(0, 200)); }
  };
  const accept = async () => {
    const card = current && cardOf(current);
    if (!card) { step(0); return; }
    const form = card.querySelector("[data-accept]");
    if (form) return send(form, { next: true });
    step(1);
  };
  const undo = async () => {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", reading.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "");
    const { ok, text: markup } = await ask(reading.dataset.undo, body);
    if (ok) replace(markup);
    else say(markup.slice(0, 200));
  };
  const help = () => {
    const box = document.getElementById("reading-help");
    box.hidden = !box.hidden;
    tools.querySelector('[data-key="?"]').setAttribute("aria-expanded", String(!box.hidden));
  };
  const open_ = (what) => () => open(what);
  const KEYS = {
    j: () => step(1), k: () => step(-1), enter: accept, z: undo, "?": help, g: () => current && place(current),
    x: open_("reject"), s: open_("subject"), v: open_("value"), u: open_("unit"), a: open_("attribute"),
    p: open_("period"), n: open_("note"),
  };
  const FORMS = new Set("xsvuapn");

  // Keys wait for the answer to the one before; what is typed while a form is on its way is no key.
  let last = Promise.resolve();
  let opening = false;
  const press = (key) => {
    if (opening) return;
    opening = FORMS.has(key);
    last = last.then(() => KEYS[key]()).finally(() => { if (FORMS.has(key)) opening = false; });
  };

  if (judges) {
    tools.hidden = false;
    const toggle = tools.querySelector("[data-keys]");
    const KEPT = "openzone.readings.keys";
    try {
      toggle.checked = localStorage.getItem(KEPT) !== "off";
      toggle.addEventListener("change", () => localStorage.setItem(KEPT, toggle.checked ? "on" : "off"));
    } catch { /* no storage: the keys are on until the page is left */ }
    tools.addEventListener("click", (event) => {
      const button = event.target.closest("[data-key]");
      if (button) press(button.dataset.key);
    });
    reading.addEventListener("submit", (event) => {
      const form = event.target.closest("[data-act], [data-accept]");
      if (!form) return;
      event.preventDefault();
      choose(form.closest("[data-fact]"), false);
      send(form, { next: form.matches("[data-accept]") });
    });
    reading.addEventListener("click", async (event) => {
      const cancel = event.target.closest("[data-cancel]");
      const search = event.target.closest("[data-search]");
      if (cancel) {
        const card = cancel.closest("[data-fact]");
        slot(card).replaceChildren();
        card.focus();
      } else if (search) {
        const words = search.form.elements.q.value;
        const { ok, text: markup } = await ask(`${search.dataset.search}?q=${encodeURIComponent(words)}`);
        if (!ok) return;
        show(search.closest("[data-fact]"), markup);
        const again = reading.querySelector("[data-act] [name=q]");
        if (again) again.value = words;
      }
    });
    const types = (target) => target.matches("textarea, select, [contenteditable], input:not([type=checkbox])");
    document.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target.matches("[data-act] select")) {
        event.preventDefault();
        event.target.form.requestSubmit();
        return;
      }
      if (event.key === "Escape") { reading.querySelector("[data-cancel]")?.click(); return; }
      if (!toggle.checked || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      const target = event.target;
      if (types(target)) return;
      const key = event.key.toLowerCase();
      if (!(key in KEYS) || (key === "enter" && target.closest("a, button, summary"))) return;
      event.preventDefault();
      press(key);
    });

    const pick = text.querySelector("[data-pick]");
    const offset = (node, at) => {
      const piece = node.parentElement?.closest("[data-at]");
      return node.nodeType === Node.TEXT_NODE && piece ? Number(piece.dataset.at) + at : null;
    };
    document.addEventListener("selectionchange", () => {
      const chosen = getSelection();
      if (!chosen.rangeCount || chosen.isCollapsed || !text.contains(chosen.anchorNode)) { pick.hidden = true; return; }
      const range = chosen.getRangeAt(0);
      const start = offset(range.startContainer, range.startOffset);
      const end = offset(range.endContainer, range.endOffset);
      pick.hidden = start === null || end === null || end <= start;
      if (!pick.hidden) pick.querySelector("a").href = `${reading.dataset.add}?start=${start}&end=${end}`;
    });
  }
  const there = location.hash.match(/^#fact-(\d+)$/);
  if (there) choose(cardOf(there[1]));
}
