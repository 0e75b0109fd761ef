"use strict";

// A drawing made by the server, and the table under it. Everything that is shown over or beside the
// drawing is taken from that table; without this script marks are links to its rows.
const READABLE = 0.75;
const FARTHEST = 0.04;
const NEAREST = 4;
const STEP = 1.3;
const FAR = 0.34;
const MOST_DIMMED = 600; // with more lines, dimming the others at every move is felt

const bounded = (value, least, most) => Math.min(Math.max(value, least), most);
const part = (name, text, ...inside) => {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  made.append(...inside);
  return made;
};

class View {
  constructor(box) {
    this.box = box;
    this.svg = box.querySelector("svg");
    [this.width, this.height] = ["width", "height"].map((side) => Number(this.svg.getAttribute(side)));
    this.moved = false;
    this.scaleTo(bounded(this.fitting(), READABLE, 1));
    box.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    box.addEventListener("pointerdown", (event) => this.grip(event));
    box.addEventListener("touchmove", (event) => this.pinch(event), { passive: false });
    box.addEventListener("touchend", () => (this.apart = 0));
  }

  fitting() {
    return Math.min((this.box.clientWidth - 2) / this.width, this.most() / this.height) || 1;
  }

  most() {
    return parseFloat(getComputedStyle(this.box).maxHeight) || innerHeight;
  }

  scaleTo(scale, at) {
    const { box, svg } = this;
    const bounds = box.getBoundingClientRect();
    const point = at ?? { x: box.clientWidth / 2, y: box.clientHeight / 2 };
    const inside = at ? { x: at.x - bounds.left, y: at.y - bounds.top } : point;
    const next = bounded(scale, FARTHEST, NEAREST);
    const grown = this.scale ? next / this.scale : 1;
    const left = (box.scrollLeft + inside.x) * grown - inside.x;
    const top = (box.scrollTop + inside.y) * grown - inside.y;
    this.scale = next;
    svg.setAttribute("width", this.width * next);
    svg.setAttribute("height", this.height * next);
    box.classList.toggle("far", next < FAR);
    box.classList.toggle("movable", box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight);
    box.scrollTo(left, top);
  }

  wheel(event) {
    if (!event.ctrlKey) return;
    event.preventDefault();
    this.scaleTo(this.scale * (event.deltaY < 0 ? STEP : 1 / STEP), { x: event.clientX, y: event.clientY });
  }

  grip(event) {
    this.moved = false;
    if (event.pointerType !== "mouse" || event.button !== 0) return;
    const from = { x: event.clientX + this.box.scrollLeft, y: event.clientY + this.box.scrollTop };
    const start = { x: event.clientX, y: event.clientY };
    const move = (now) => {
      this.moved ||= Math.hypot(now.clientX - start.x, now.clientY - start.y) > 4;
      if (!this.moved) return;
      this.box.classList.add("moving");
      this.box.scrollTo(from.x - now.clientX, from.y - now.clientY);
    };
    const end = () => {
      this.box.classList.remove("moving");
      removeEventListener("pointermove", move);
      removeEventListener("pointerup", end);
    };
    addEventListener("pointermove", move);
    addEventListener("pointerup", end);
  }

  // Two fingers change the size of the picture, one moves it as any page.
  pinch(event) {
    if (event.touches.length !== 2) return;
    event.preventDefault();
    const [one, other] = event.touches;
    const apart = Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
    const middle = { x: (one.clientX + other.clientX) / 2, y: (one.clientY + other.clientY) / 2 };
    if (this.apart) this.scaleTo((this.scale * apart) / this.apart, middle);
    this.apart = apart;
  }

  show(mark) {
    const place = mark.getBoundingClientRect();
    const bounds = this.box.getBoundingClientRect();
    if (place.left < bounds.left || place.right > bounds.right)
      this.box.scrollLeft += (place.left + place.right - bounds.left - bounds.right) / 2;
    if (place.top < bounds.top || place.bottom > bounds.bottom)
      this.box.scrollTop += (place.top + place.bottom - bounds.top - bounds.bottom) / 2;
  }
}

class Picture {
  constructor(root) {
    this.root = root;
    this.find = (name) => root.querySelector(`[data-${name}]`);
    this.table = this.find("twin");
    this.heads = [...this.table.tHead.rows[0].cells];
    this.hint = this.find("hint");
    this.panel = this.find("panel");
    this.view = new View(this.find("view"));
    this.marks = [...this.view.svg.querySelectorAll("a[data-row]")];
    this.middles = new Map(this.marks.map((mark) => [mark, middle(mark)]));
    this.byRow = new Map(this.marks.map((mark) => [mark.dataset.row, mark]));
    this.lines = new Map();
    for (const line of this.view.svg.querySelectorAll("path[data-ends]"))
      for (const end of line.dataset.ends.split(" "))
        this.lines.set(end, [...(this.lines.get(end) ?? []), line]);
    this.allLines = this.view.svg.querySelector(".lines");
    this.dims = this.allLines.children.length <= MOST_DIMMED;
    this.lit = [];
    this.listen();
    this.rove(this.marks[0]);
    this.view.show(this.marks[0]);
    for (const name of ["tools", "keys"]) this.find(name).hidden = false;
  }

  listen() {
    const svg = this.view.svg;
    const markOf = (event) => event.target.closest?.("a[data-row]");
    svg.addEventListener("pointerover", (event) => {
      if (event.pointerType === "mouse") this.over(markOf(event));
    });
    svg.addEventListener("pointerleave", () => this.over(null));
    svg.addEventListener("focusin", (event) => this.focused(markOf(event)));
    svg.addEventListener("focusout", () => this.over(null));
    svg.addEventListener("dragstart", (event) => event.preventDefault());
    svg.addEventListener("click", (event) => {
      const mark = markOf(event);
      if (!mark) return;
      event.preventDefault();
      if (!this.view.moved || event.detail === 0) this.open(mark, event.detail === 0);
    });
    svg.addEventListener("keydown", (event) => this.key(event, markOf(event)));
    this.panel.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
    this.panel.addEventListener("click", (event) => this.inPanel(event));
    for (const button of this.root.querySelectorAll("[data-zoom]"))
      button.addEventListener("click", () => this.zoom(button.dataset.zoom));
    this.listenToSearch();
    addEventListener("beforeprint", () => (this.root.querySelector("details").open = true));
  }

  zoom(way) {
    const { view } = this;
    view.scaleTo(way === "fit" ? view.fitting() : view.scale * (way === "in" ? STEP : 1 / STEP));
  }

  // --- the mark in hand -------------------------------------------------

  rove(mark) {
    this.current?.setAttribute("tabindex", "-1");
    if (!this.current) for (const one of this.marks) one.setAttribute("tabindex", "-1");
    this.current = mark;
    mark?.setAttribute("tabindex", "0");
  }

  focused(mark) {
    if (!mark) return;
    this.rove(mark);
    if (!mark.matches(":focus-visible")) return;
    this.view.show(mark);
    this.over(mark);
  }

  over(mark) {
    if (mark === this.hovered) return;
    this.hovered = mark;
    for (const one of this.lit) one.classList.remove("lit");
    if (this.dims) this.allLines.classList.toggle("quiet", Boolean(mark));
    this.lit = mark ? this.around(mark) : [];
    for (const one of this.lit) one.classList.add("lit");
    this.hint.hidden = !mark;
    if (mark) this.hintAt(mark);
  }

  around(mark) {
    const lines = this.lines.get(mark.dataset.row) ?? [];
    const ends = lines.flatMap((line) => line.dataset.ends.split(" "));
    return [mark, ...lines, ...ends.map((end) => this.byRow.get(end)).filter(Boolean)];
  }

  rowOf(mark) {
    return document.getElementById(`${this.root.id}-row-${mark.dataset.row}`);
  }

  cells(mark, only) {
    const cells = [...this.rowOf(mark).cells];
    return this.heads
      .map((head, place) => ({ head, cell: cells[place] }))
      .slice(1)
      .filter(({ head, cell }) => cell.textContent.trim() && (!only || "short" in head.dataset));
  }

  hintAt(mark) {
    const lines = this.cells(mark, true).map(({ head, cell }) =>
      part("p", `${head.textContent.trim()}: `, ...inner(cell)),
    );
    this.hint.replaceChildren(part("h3", this.rowOf(mark).cells[0].textContent.trim()), ...lines);
    const place = mark.getBoundingClientRect();
    const { width, height } = this.hint.getBoundingClientRect();
    const below = place.bottom + height + 12 < innerHeight;
    this.hint.style.left = `${bounded(place.left, 8, Math.max(8, innerWidth - width - 8))}px`;
    this.hint.style.top = `${Math.max(8, below ? place.bottom + 8 : place.top - height - 8)}px`;
  }

  // --- keyboard ---------------------------------------------------------

  key(event, mark) {
    if (!mark || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "+" || event.key === "=") this.zoom("in");
    else if (event.key === "-") this.zoom("out");
    else if (event.key === "Escape") this.close();
    else {
      const next = this.next(mark, event.key);
      if (!next) return;
      next.focus({ preventScroll: true });
    }
    event.preventDefault();
  }

  next(mark, key) {
    if (key === "Home") return this.marks[0];
    if (key === "End") return this.marks.at(-1);
    const ways = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
    return ways[key] && this.nearest(mark, ways[key]);
  }

  // The nearest mark that way; what lies aside counts three times.
  nearest(mark, [right, down]) {
    const from = this.middles.get(mark);
    let best = null;
    let least = Infinity;
    for (const [other, at] of this.middles) {
      const along = (at.x - from.x) * right + (at.y - from.y) * down;
      const aside = Math.abs((at.x - from.x) * down) + Math.abs((at.y - from.y) * right);
      const far = along + 3 * aside;
      if (along > 1 && far < least) [best, least] = [other, far];
    }
    return best;
  }

  // --- panel ------------------------------------------------------------

  open(mark, byKey) {
    const list = part("dl");
    for (const { head, cell } of this.cells(mark))
      list.append(part("dt", head.textContent.trim()), part("dd", "", ...inner(cell)));
    const title = part("h3", "", ...inner(this.rowOf(mark).cells[0]));
    this.panel.querySelector("[data-content]").replaceChildren(title, list);
    this.panel.hidden = false;
    this.view.show(mark);
    this.opened?.classList.remove("open");
    this.opened = mark;
    mark.classList.add("open");
    this.rove(mark);
    this.over(null);
    if (byKey) this.panel.focus();
    else if (matchMedia("(max-width: 60rem)").matches) this.panel.scrollIntoView({ block: "nearest" });
  }

  close() {
    if (this.panel.hidden) return;
    this.panel.hidden = true;
    this.opened?.classList.remove("open");
    this.opened?.focus({ preventScroll: true });
  }

  inPanel(event) {
    if (event.target.closest("[data-close]")) return this.close();
    const start = `#${this.root.id}-row-`;
    const link = event.target.closest("a[href^='#']")?.getAttribute("href");
    const mark = link?.startsWith(start) && this.byRow.get(link.slice(start.length));
    if (!mark) return undefined;
    event.preventDefault();
    this.view.show(mark);
    return this.open(mark, true);
  }

  // --- search -----------------------------------------------------------

  listenToSearch() {
    const field = this.find("find");
    const names = part("datalist");
    names.id = field.getAttribute("list");
    const rows = [...this.byRow.keys()].map((row) => this.table.tBodies[0].rows[row]);
    names.append(...rows.map((row) => new Option(row.cells[0].textContent.trim())));
    field.after(names);
    let place = 0;
    field.addEventListener("input", () => (place = this.search(field.value, 0)));
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      place = this.search(field.value, place);
    });
  }

  search(words, place) {
    for (const mark of this.view.svg.querySelectorAll("a.found")) mark.classList.remove("found");
    const wanted = words.trim().toLowerCase();
    const found = wanted
      ? this.marks.filter((mark) => this.rowOf(mark).cells[0].textContent.toLowerCase().includes(wanted))
      : [];
    const told = this.find("found");
    told.textContent = !wanted ? "" : found.length ? `${(place % found.length) + 1}/${found.length}` : told.dataset.none;
    if (!found.length) return 0;
    const mark = found[place % found.length];
    mark.classList.add("found");
    if (this.view.scale < READABLE) this.view.scaleTo(READABLE);
    this.view.show(mark);
    this.rove(mark);
    return place + 1;
  }
}

function middle(mark) {
  const box = mark.getBBox();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

function inner(cell) {
  return [...cell.cloneNode(true).childNodes];
}

for (const root of document.querySelectorAll("[data-picture]"))
  if (root.querySelector("[data-view] svg a[data-row]")) new Picture(root);
