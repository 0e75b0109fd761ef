"""What a paper says, before anybody decides what it looks like."""

from collections.abc import Sequence
from typing import NamedTuple


class Grid(NamedTuple):
    """A table: headings, and rows of texts as long as the headings."""

    headings: Sequence[str]
    rows: Sequence[Sequence[str]]


class Drawn(NamedTuple):
    """A picture: a whole SVG file and its size in pixels."""

    svg: str
    width: float
    height: float


class Section(NamedTuple):
    """A heading, sentences below it, a table and pictures where there are some."""

    heading: str
    lines: Sequence[str] = ()
    grid: Grid | None = None
    pictures: Sequence[Drawn] = ()


class Paper(NamedTuple):
    """A whole paper, ready to be set. ``notes`` stand below the title."""

    title: str
    notes: Sequence[str]
    sections: Sequence[Section]
