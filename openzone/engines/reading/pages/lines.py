"""Lines of a page and what each is: text, a headline, a byline, a caption, furniture."""

import re
from enum import StrEnum
from statistics import median
from typing import NamedTuple

from openzone.engines.reading.pages.lexicon import Furniture, Lexicon

NARROW = 40
"""Columns of newspapers are narrower than this; longer lines are paragraphs."""
_ENDS = frozenset("。！？…；")
_STOPS = re.compile(r"[。！？；]")
_HEADING = re.compile(r"^(#{1,6})\s*")
_NEAR, _FAR = 4, 12
_LONG = 60
_MOST_HEADS, _MOST_TAIL = 4, 24

_SIGNED = re.compile(r"（[^（）。]{1,12}）$")
"""Who wrote an item, behind its last sentence."""


class LineKind(StrEnum):
    """What a line is."""

    BODY = "body"
    DISPLAY = "display"
    OPENING = "opening"
    BYLINE = "byline"
    SIGNATURE = "signature"
    CAPTION = "caption"
    FURNITURE = "furniture"


class Line(NamedTuple):
    """A line that is not empty: its place on the page, its text, what it is.

    ``level`` is the depth of a heading (1 is the highest), 0 where it has none; ``gap`` says that
    empty lines stand before it. ``width`` is in characters, digits and Latin letters halves.
    """

    start: int
    end: int
    text: str
    kind: LineKind = LineKind.BODY
    level: int = 0
    gap: bool = False
    width: float = 0.0

    @property
    def finished(self) -> bool:
        """Whether a sentence ends with the line."""
        return _SIGNED.sub("", self.text).rstrip("”’）》」")[-1:] in _ENDS


def lines(page: str, lexicon: Lexicon) -> list[Line]:
    """Return the lines of a page that was made plain, each told what it is."""
    found = _split(page)
    narrow = _in_columns(found)
    told = [_by_shape(one, lexicon.furniture) for one in found]
    shown = [_displayed(told, index, narrow=narrow) for index in range(len(told))]
    return _tail_shown(_heads_shown(shown))


def _in_columns(found: list[Line]) -> bool:
    """Say whether lines are as broken as columns are: most narrow, hardly any long."""
    if not found:
        return False
    long = sum(one.width > _LONG for one in found)
    return median(one.width for one in found) <= NARROW and long * 20 <= len(found)


def _heads_shown(found: list[Line]) -> list[Line]:
    """Take the lines between a finished sentence and a byline for headlines, however set."""
    out = list(found)
    for index, line in enumerate(found):
        if line.kind not in (LineKind.BYLINE, LineKind.OPENING):
            continue
        start = index
        while start and _could_head(out[start - 1]) and index - start < _MOST_HEADS:
            start -= 1
        if start == 0 or out[start - 1].finished or out[start - 1].kind is not LineKind.BODY:
            out[start:index] = [_as_head(one) for one in out[start:index]]
    return out


def _could_head(line: Line) -> bool:
    plain = line.kind in (LineKind.BODY, LineKind.DISPLAY)
    return plain and not line.finished and not _STOPS.search(line.text) and line.width <= 60


def _as_head(line: Line) -> Line:
    return line._replace(kind=LineKind.DISPLAY) if line.kind is LineKind.BODY else line


def _tail_shown(found: list[Line]) -> list[Line]:
    """Take several lines without any sentence, at the end of a page, for its headlines."""
    start = len(found)
    while start and _could_head(found[start - 1]):
        start -= 1
    tail = found[start:]
    commas = sum("，" in line.text for line in tail)
    fresh = start > 0 and (found[start - 1].finished or found[start - 1].kind is not LineKind.BODY)
    if not fresh or not 2 <= len(tail) <= _MOST_TAIL or commas * 4 > len(tail):
        return found
    return [*found[:start], *(_as_head(line) for line in tail)]


def _split(page: str) -> list[Line]:
    found, offset, gap = [], 0, False
    for piece in page.splitlines(keepends=True):
        body = piece.strip()
        if body:
            heading = _HEADING.match(body)
            lead = len(piece) - len(piece.lstrip()) + (heading.end() if heading else 0)
            start = offset + lead
            end = offset + len(piece.rstrip())
            level = len(heading[1]) if heading else 0
            if end > start:
                text = page[start:end]
                found.append(Line(start, end, text, level=level, gap=gap, width=_width(text)))
            gap = False
        else:
            gap = True
        offset += len(piece)
    return found


def _width(text: str) -> float:
    """Return how wide a text is set: in UTF-8 a Chinese character takes three bytes."""
    wide = (len(text.encode("utf-8", "replace")) - len(text)) / 2
    return (len(text) + wide) / 2


def _by_shape(line: Line, shapes: Furniture) -> Line:
    """Tell what a line is by its own wording."""
    tests = (
        (LineKind.FURNITURE, shapes.furniture.match),
        (LineKind.OPENING, shapes.openings.match),
        (LineKind.BYLINE, shapes.bylines_before.match),
        (LineKind.SIGNATURE, shapes.bylines_after.match),
        (LineKind.CAPTION, shapes.captions.search),
    )
    for kind, shaped in tests:
        if shaped(line.text):
            return line._replace(kind=kind)
    return line._replace(kind=LineKind.DISPLAY) if line.level else line


def _displayed(found: list[Line], index: int, *, narrow: bool) -> Line:
    """Tell whether a line of text is a headline, by its width and what stands around it."""
    line = found[index]
    if line.kind is not LineKind.BODY or line.finished or _STOPS.search(line.text):
        return line
    before = found[index - 1] if index else None
    starts_fresh = before is None or before.finished or before.kind is not LineKind.BODY
    if narrow:
        wide = _wide(found, index)
        short = starts_fresh and line.width <= _column(found, index, _NEAR) * 0.75
        shown = wide or short
    else:
        shown = starts_fresh and line.width <= 36
    shown = shown and line.text.count("，") <= 1
    return line._replace(kind=LineKind.DISPLAY) if shown else line


def _wide(found: list[Line], index: int) -> bool:
    """Say whether a line is wider than its column; one as wide as its neighbours is not asked."""
    width = found[index].width
    narrowest = min(one.width for one in found[max(0, index - 1) : index + 2])
    return narrowest * 1.2 < width <= _LONG and _column(found, index, _FAR) * 1.35 < width


def _column(found: list[Line], index: int, around: int) -> float:
    """Return how wide the column is here; a page has columns of several widths."""
    near = found[max(0, index - around) : index] + found[index + 1 : index + around + 1]
    return median(one.width for one in near) if near else NARROW
