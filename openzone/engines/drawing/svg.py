"""A scene as SVG. Looks are attributes, not styles: a page with a strict policy shows them too.

The same drawing goes into pages (marks are links to the rows of the table) and into files (a
heading, a legend and notes are added, and nothing is a link).
"""

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, tostring

from openzone.engines.drawing.lettering import text_width, wrapped
from openzone.engines.drawing.scene import (
    INDENT,
    LOOKS,
    RETURN_LINE,
    Ground,
    Label,
    Look,
    Mark,
    Scene,
    Sign,
    Stroke,
)

FONTS = (
    "PingFang SC, Microsoft YaHei, Noto Sans CJK SC, Noto Sans SC, Source Han Sans SC, sans-serif"
)
LINE = 1.25
NAMESPACE = "http://www.w3.org/2000/svg"
# What XML cannot hold at all: control characters, halves of pairs, two non-characters.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
ARROWS = {"edge": "#7c8aa0", "optional": "#7c8aa0", "return": RETURN_LINE, "back": RETURN_LINE}


@dataclass(frozen=True, slots=True)
class Frame:
    """What a drawing stands in: ``key`` begins every id, ``linked`` turns marks into links."""

    key: str
    language: str = "zh"
    linked: bool = True
    title: str = ""


def svg(scene: Scene, frame: Frame) -> str:
    """Return the drawing as one ``svg`` element."""
    root = element(scene, frame)
    return tostring(root, encoding="unicode", short_empty_elements=True)


def element(scene: Scene, frame: Frame) -> Element:
    """Return the drawing as a tree, for whoever adds to it."""
    root = Element("svg", attributes(width=scene.width, height=scene.height))
    root.set("xmlns", NAMESPACE)
    root.set("viewBox", f"0 0 {_number(scene.width)} {_number(scene.height)}")
    root.set("font-family", FONTS)
    root.set("role", "group" if frame.linked else "img")
    root.set("aria-label", clean(frame.title))
    _definitions(root, scene, frame)
    for ground in scene.grounds:
        _ground(root, ground, frame)
    lines = SubElement(root, "g", {"class": "lines"})
    for stroke in scene.strokes:
        _stroke(lines, stroke, frame)
    for mark in scene.marks:
        _mark(root, mark, frame)
    for label in scene.labels:
        write_label(root, label, frame.language)
    return root


def clean(text: str) -> str:
    """Return the text without what no XML file can hold."""
    return _UNWRITABLE.sub("", text)


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def attributes(**given: float | str) -> dict[str, str]:
    """Return attributes as they are written: ``font_size=13`` as ``font-size="13"``."""
    return {
        name.replace("_", "-"): value if isinstance(value, str) else _number(value)
        for name, value in given.items()
    }


def _definitions(root: Element, scene: Scene, frame: Frame) -> None:
    parts = [part for mark in scene.marks for part in mark.parts]
    shapes: list[Ground | Stroke | Mark] = [*scene.grounds, *scene.strokes, *scene.marks, *parts]
    used = {one.look for one in shapes}
    place = SubElement(root, "defs")
    for name in sorted(used):
        if (look := LOOKS[name]).pattern:
            _pattern(place, f"{frame.key}-{name}", look)
    for name in sorted({stroke.look for stroke in scene.strokes if stroke.arrow}):
        head = SubElement(
            place, "marker",
            attributes(id=f"{frame.key}-arrow-{name}", viewBox="0 0 8 8", refX=7.0, refY=4.0,
                        markerWidth=8.0, markerHeight=8.0, orient="auto",
                        markerUnits="userSpaceOnUse"),
        )  # fmt: skip
        SubElement(head, "path", {"d": "M0 0L8 4L0 8z", "fill": ARROWS[name]})


def _pattern(place: Element, name: str, look: Look) -> None:
    size = {"id": name, "width": "8", "height": "8", "patternUnits": "userSpaceOnUse"}
    pattern = SubElement(place, "pattern", size)
    SubElement(pattern, "rect", attributes(width=8.0, height=8.0, fill=look.fill))
    if look.pattern == "hatch":
        lines = {"d": "M-2 2L2 -2M0 8L8 0M6 10L10 6", "stroke": look.grain, "stroke-width": "2"}
        SubElement(pattern, "path", lines)
    else:
        SubElement(pattern, "circle", attributes(cx=4.0, cy=4.0, r=1.3, fill=look.grain))


def _paint(part: Element, name: str, frame: Frame, width: float | None = None) -> Element:
    look = LOOKS[name]
    part.set("fill", f"url(#{frame.key}-{name})" if look.pattern else look.fill)
    if look.opacity < 1:
        part.set("fill-opacity", _number(look.opacity))
    if look.line != "none":
        part.set("stroke", look.line)
        part.set("stroke-width", _number(width or look.width))
        if look.dashes:
            part.set("stroke-dasharray", look.dashes)
    return part


def _rect(
    place: Element, x: float, y: float, width: float, height: float, frame: Frame, look: str
) -> Element:
    rect = SubElement(place, "rect", attributes(x=x, y=y, width=width, height=height, rx=4.0))
    return _paint(rect, look, frame)


def _ground(place: Element, ground: Ground, frame: Frame) -> None:
    rect = _rect(place, ground.x, ground.y, ground.width, ground.height, frame, ground.look)
    if ground.title:
        SubElement(rect, "title").text = clean(ground.title.for_language(frame.language))


def _stroke(place: Element, stroke: Stroke, frame: Frame) -> None:
    path = SubElement(place, "path", {"d": stroke.d})
    _paint(path, stroke.look, frame, stroke.width)
    if stroke.arrow:
        path.set("marker-end", f"url(#{frame.key}-arrow-{stroke.look})")
    if frame.linked and stroke.ends:
        path.set("data-ends", f"{stroke.ends[0]} {stroke.ends[1]}")
    if stroke.title:
        SubElement(path, "title").text = clean(stroke.title.for_language(frame.language))


def _mark(root: Element, mark: Mark, frame: Frame) -> None:
    said = clean(mark.name.for_language(frame.language))
    group = SubElement(root, "a" if frame.linked else "g")
    if frame.linked:
        group.set("href", f"#{frame.key}-row-{mark.row}")
        group.set("data-row", str(mark.row))
        group.set("aria-label", said)
    else:
        SubElement(group, "title").text = said
    if mark.circle:
        middle = (mark.x + mark.width / 2, mark.y + mark.height / 2)
        circle = attributes(cx=middle[0], cy=middle[1], r=mark.width / 2)
        _paint(SubElement(group, "circle", circle), mark.look, frame)
    else:
        _box(group, mark, frame)
    for part in mark.parts:
        _ground(group, part, frame)
    down = mark.height / 2 if mark.sign_down is None else mark.sign_down
    line = LOOKS[mark.look].line
    write_sign(group, mark.sign, mark.x + mark.sign_at, mark.y + down, line)
    for label in mark.labels:
        write_label(group, label, frame.language)
    if mark.badge:
        _badge(group, mark)


def _box(group: Element, mark: Mark, frame: Frame) -> None:
    """Draw a box; its pattern lies behind the sign only, so that texts stay clear."""
    rect = _rect(group, mark.x, mark.y, mark.width, mark.height, frame, mark.look)
    look = LOOKS[mark.look]
    if mark.sign is Sign.NONE or mark.width < INDENT or not look.pattern:
        return
    rect.set("fill", look.fill)
    strip = attributes(x=mark.x + 2, y=mark.y + 2, width=INDENT - 6, height=mark.height - 4)
    SubElement(group, "rect", strip | {"fill": f"url(#{frame.key}-{mark.look})"})


def _badge(group: Element, mark: Mark) -> None:
    """Write a short text onto the right upper corner."""
    wide = max(text_width(mark.badge, 11) + 12, 20.0)
    left, top = mark.x + mark.width - wide + 6, mark.y - 9
    pill = attributes(x=left, y=top, width=wide, height=20.0, rx=10.0)
    SubElement(group, "rect", pill | {"fill": "#123f76", "stroke": "#ffffff"})
    place = attributes(x=left + wide / 2, y=top + 14, font_size=11.0, fill="#ffffff")
    SubElement(group, "text", place | {"text-anchor": "middle"}).text = clean(mark.badge)


def write_sign(group: Element, sign: Sign, x: float, y: float, colour: str) -> None:
    """Draw the sign of a state round ``x, y``: full, half, crossed out, plus."""
    if sign is Sign.NONE:
        return
    ring = attributes(cx=x, cy=y, r=6.5, fill="#ffffff", stroke=colour, stroke_width=1.6)
    SubElement(group, "circle", ring)
    paths = {
        Sign.FULL: f"M{x - 3.2:.1f} {y:.1f}l2.4 2.6 4.2-5",
        Sign.HALF: f"M{x:.1f} {y - 6.5:.1f}a6.5 6.5 0 0 0 0 13z",
        Sign.CROSS: f"M{x - 2.7:.1f} {y - 2.7:.1f}l5.4 5.4m0-5.4l-5.4 5.4",
        Sign.PLUS: f"M{x - 3.6:.1f} {y:.1f}h7.2m-3.6-3.6v7.2",
    }
    look = attributes(
        d=paths[sign], stroke=colour, stroke_width=1.8, fill=colour if sign is Sign.HALF else "none"
    )
    SubElement(group, "path", look)


def write_label(place: Element, label: Label, language: str) -> None:
    """Set a text round its height, in as many lines as it needs and may have."""
    text = clean(label.text.for_language(language))
    lines = [text] if label.width is None else wrapped(text, label.width, label.size, label.lines)
    look = attributes(font_size=label.size, fill=label.colour)
    if label.anchor != "start":
        look["text-anchor"] = label.anchor
    if label.halo:
        look |= {"stroke": "#ffffff", "stroke-width": "3", "paint-order": "stroke"}
    if label.bold:
        look["font-weight"] = "600"
    step = label.size * LINE
    first = label.y - (len(lines) - 1) * step / 2 + label.size * 0.35
    for number, line in enumerate(lines):
        at = attributes(x=label.x, y=first + number * step)
        SubElement(place, "text", at | look).text = line


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the legend: the look, its sign, and what it stands for."""

    look: str
    words: str
    sign: Sign = Sign.NONE
    line: bool = False


def swatch(place: Element, entry: Entry, frame: Frame, x: float, y: float) -> None:
    """Draw what an entry of the legend stands for, 34 wide, round the height ``y``."""
    if entry.line:
        line = SubElement(place, "path", {"d": f"M{_number(x)} {_number(y)}h34"})
        _paint(line, entry.look, frame)
        return
    _rect(place, x, y - 9, 34, 18, frame, entry.look)
    write_sign(place, entry.sign, x + 17, y, LOOKS[entry.look].line)
