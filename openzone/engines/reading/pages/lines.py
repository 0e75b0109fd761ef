"""Lines of a page and what each is: text, a headline, a byline, a caption, furniture."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from statistics import median

from openzone.engines.reading.pages.folding import plain
from openzone.engines.reading.pages.lexicon import Furniture, Lexicon

NARROW = 40
"""Columns of newspapers are narrower than this; longer lines are paragraphs."""
_ENDS = re.compile(r"[。！？…；：][”’）》」]*$")
_STOPS = re.compile(r"[。！？；]")
_HEADING = re.compile(r"^(#{1,6})\s*")
_NEAR, _FAR = 4, 12


class LineKind(StrEnum):
    """What a line is."""

    BODY = "body"
    DISPLAY = "display"
    OPENING = "opening"
    BYLINE = "byline"
    SIGNATURE = "signature"
    CAPTION = "caption"
    FURNITURE = "furniture"


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not empty: its place on the page, its text, what it is.

    ``level`` is the depth of a heading (1 is the highest), 0 where it has none; ``gap`` says that
    empty lines stand before it.
    """

    start: int
    end: int
    text: str
    kind: LineKind = LineKind.BODY
    level: int = 0
    gap: bool = False

    @property
    def width(self) -> float:
        """How wide it is set, in characters: Latin letters and digits take half of one."""
        narrow = sum(one.isascii() for one in self.text)
        return len(self.text) - narrow / 2

    @property
    def finished(self) -> bool:
        """Whether a sentence ends with the line."""
        return bool(_ENDS.search(self.text))


def lines(raw: str, lexicon: Lexicon) -> list[Line]:
    """Return the lines of a page, each told what it is."""
    found = list(_split(raw))
    narrow = bool(found) and median(len(one.text) for one in found) <= NARROW
    told = [_by_shape(one, lexicon.furniture) for one in found]
    return [_displayed(told, index, narrow=narrow) for index in range(len(told))]


def _split(raw: str) -> list[Line]:
    found, offset, gap = [], 0, False
    for piece in raw.splitlines(keepends=True):
        body = piece.strip()
        if body:
            heading = _HEADING.match(body)
            lead = len(piece) - len(piece.lstrip()) + (heading.end() if heading else 0)
            start = offset + lead
            end = offset + len(piece.rstrip())
            level = len(heading[1]) if heading else 0
            if end > start:
                found.append(Line(start, end, plain(raw[start:end]), level=level, gap=gap))
            gap = False
        else:
            gap = True
        offset += len(piece)
    return found


def _by_shape(line: Line, shapes: Furniture) -> Line:
    """Tell what a line is by its own wording."""
    tests = (
        (LineKind.FURNITURE, shapes.furniture),
        (LineKind.OPENING, shapes.openings),
        (LineKind.BYLINE, shapes.bylines_before),
        (LineKind.SIGNATURE, shapes.bylines_after),
        (LineKind.CAPTION, shapes.captions),
    )
    for kind, patterns in tests:
        if any(pattern.search(line.text) for _, pattern in patterns):
            return replace(line, kind=kind)
    return replace(line, kind=LineKind.DISPLAY) if line.level else line


def _displayed(found: list[Line], index: int, *, narrow: bool) -> Line:
    """Tell whether a line of text is a headline, by its width and what stands around it."""
    line = found[index]
    if line.kind is not LineKind.BODY or line.finished or _STOPS.search(line.text):
        return line
    before = found[index - 1] if index else None
    starts_fresh = before is None or before.finished or before.kind is not LineKind.BODY
    if narrow:
        wide = _column(found, index, _FAR) * 1.35 < line.width <= 60
        short = starts_fresh and line.width <= _column(found, index, _NEAR) * 0.75
        shown = wide or short
    else:
        shown = starts_fresh and line.width <= 36 and line.text.count("，") <= 1
    return replace(line, kind=LineKind.DISPLAY) if shown else line


def _column(found: list[Line], index: int, around: int) -> float:
    """Return how wide the column is here; a page has columns of several widths."""
    near = found[max(0, index - around) : index] + found[index + 1 : index + around + 1]
    return median(one.width for one in near) if near else NARROW
