"""A picture as a file that stands for itself: heading, drawing, legend, and what to know of it."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement, tostring

from openzone.engines.drawing.lettering import text_width, wrapped
from openzone.engines.drawing.scene import INK, QUIET, Scene
from openzone.engines.drawing.svg import (
    FONTS,
    NAMESPACE,
    Entry,
    Frame,
    attributes,
    clean,
    element,
    swatch,
)

LEAST_WIDTH, MARGIN = 480.0, 24.0
HEAD, ROW, NOTE = 56.0, 26.0, 13.0
BESIDE, APART = 42.0, 24.0


class File(NamedTuple):
    """A drawing as a file, and its size in pixels."""

    content: bytes
    width: float
    height: float


def file(scene: Scene, frame: Frame, legend: Sequence[Entry], notes: Sequence[str]) -> File:
    """Return the file."""
    wide = max(scene.width, LEAST_WIDTH)
    room = wide - 2 * MARGIN
    texts = [part for note in notes for part in wrapped(note, room, NOTE, most=6)]
    rows = _legend_rows(legend, room)
    high = HEAD + scene.height + len(rows) * ROW + len(texts) * NOTE * 1.5 + 40
    root = _sheet(wide, high, frame)
    inner = element(scene, frame)
    inner.set("y", f"{HEAD:g}")
    del inner.attrib["xmlns"]
    root.append(inner)
    below = _write_legend(root, rows, frame, HEAD + scene.height + 28)
    _write_notes(root, texts, below + 8)
    written = tostring(root, encoding="unicode")
    first = '<?xml version="1.0" encoding="UTF-8"?>'
    return File(f"{first}\n{written}\n".encode(), wide, high)


def _sheet(wide: float, high: float, frame: Frame) -> Element:
    """Return white ground with the title on it."""
    root = Element("svg", attributes(width=wide, height=high))
    root.set("xmlns", NAMESPACE)
    root.set("viewBox", f"0 0 {wide:g} {high:g}")
    root.set("font-family", FONTS)
    SubElement(root, "title").text = clean(frame.title)
    SubElement(root, "rect", attributes(width=wide, height=high, fill="#ffffff"))
    heading = attributes(x=MARGIN, y=36.0, font_size=20.0, fill=INK, font_weight="600")
    SubElement(root, "text", heading).text = clean(frame.title)
    return root


def _legend_rows(legend: Iterable[Entry], room: float) -> list[list[tuple[float, Entry]]]:
    """Return the entries in rows, each with where it begins."""
    rows: list[list[tuple[float, Entry]]] = []
    x = room
    for entry in legend:
        needs = BESIDE + text_width(entry.words, NOTE) + APART
        if x + needs > room:
            rows.append([])
            x = 0.0
        rows[-1].append((MARGIN + x, entry))
        x += needs
    return rows


def _write_legend(
    root: Element, rows: Sequence[Sequence[tuple[float, Entry]]], frame: Frame, y: float
) -> float:
    for row in rows:
        for x, entry in row:
            swatch(root, entry, frame, x, y)
            at = attributes(x=x + BESIDE, y=y + 4.5, font_size=NOTE, fill=INK)
            SubElement(root, "text", at).text = clean(entry.words)
        y += ROW
    return y


def _write_notes(root: Element, lines: Iterable[str], y: float) -> None:
    for number, line in enumerate(lines):
        at = attributes(x=MARGIN, y=y + number * NOTE * 1.5, font_size=NOTE, fill=QUIET)
        SubElement(root, "text", at).text = clean(line)
