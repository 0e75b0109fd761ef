"""A drawing as geometry: what is where and how it looks. Pixels, y downwards.

Texts stay bilingual until they are written (:mod:`openzone.engines.drawing.svg`), so one layout
serves both languages.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from openzone.engines.text import Text

INK, QUIET = "#14202e", "#4b5768"
INDENT = 32.0
"""What the sign of a state takes at the left of a box; a pattern stays within it."""


class Look(NamedTuple):
    """Fill, line and dashes of a shape. ``pattern`` is laid into the fill: hatch or dots.

    What has an ``opacity`` below 1 lets what lies behind it show.
    """

    fill: str
    line: str
    width: float = 1.0
    dashes: str = ""
    pattern: str = ""
    grain: str = ""
    opacity: float = 1.0


STATES: Mapping[str, Look] = {
    "strong": Look("#cdeadb", "#1f7a4a", 1.5),
    "weak": Look("#fdeccd", "#9a5a06", 1.5, "", "hatch", "#f3cf93"),
    "missing": Look("#ffffff", "#b3261e", 1.8, "7 4"),
    "extendable": Look("#e8f1fc", "#1b5aa6", 1.8, "2 3", "dots", "#a9c8ea"),
    "plain": Look("#eef1f5", "#5b6b80", 1.2),
    "added": Look("#cdeadb", "#1f7a4a", 1.5),
    "changed": Look("#fdeccd", "#9a5a06", 1.5, "", "hatch", "#f3cf93"),
    "removed": Look("#ffffff", "#b3261e", 1.8, "7 4"),
}
TONES = ("#d6e4f5", "#dcefe3", "#f8e6c8", "#eadff2", "#d3edef", "#f6dcd8", "#e7ead0", "#e2e5ea")
"""Fills side by side, pale enough for dark text; what they stand for is always written too."""
STEPS = ("#eef4fb", "#cfe0f3", "#a9c8ea", "#7fb0dd", "#4f8fc9")
"""Fills from little to much."""
RETURN_LINE = "#7b3fa0"
LOOKS: Mapping[str, Look] = {
    **STATES,
    **{f"tone{number}": Look(fill, "#5b6b80") for number, fill in enumerate(TONES)},
    **{f"step{number}": Look(fill, "#5b6b80", 0.8) for number, fill in enumerate(STEPS)},
    "unvalued": Look("#ffffff", "#5b6b80", 0.8, "", "hatch", "#dfe4ea"),
    "land": Look("#f3f5f2", "#8b97a6", 0.8),
    "band": Look("#f6f8fa", "#dfe4ea"),
    "firm": Look("#ffffff", "#b8c2cf", 0.8, opacity=0.72),
    "cluster": Look("#33475f", "#ffffff", 2),
    "edge": Look("none", "#7c8aa0", 1.3),
    "optional": Look("none", "#7c8aa0", 1.3, "5 4"),
    "return": Look("none", RETURN_LINE, 1.8, "9 3 2 3"),
    "back": Look("none", "#b08bcb", 2),
    "flow": Look("#7fa6d3", "none", opacity=0.55),
    "thin": Look("none", "#7fa6d3", 1.5, "2 3"),
    "axis": Look("none", "#5b6b80", 1),
    "grid": Look("none", "#e3e8ee", 1),
    "course0": Look("none", "#1b5aa6", 2.2),
    "course1": Look("none", "#9a5a06", 2.2, "8 4"),
    "course2": Look("none", "#1f7a4a", 2.2, "2 3"),
    "course3": Look("none", "#7b3fa0", 2.2, "9 3 2 3"),
    **{
        f"dot{number}": Look(fill, "#ffffff", 0.8)
        for number, fill in enumerate(("#1b5aa6", "#9a5a06", "#1f7a4a", "#7b3fa0"))
    },
    "aim": Look("none", "#b3261e", 1.6, "10 4"),
    "ahead": Look("none", "#5b6b80", 1.6, "3 4"),
    "interval": Look("#e8f1fc", "#7fb0dd", 0.8, "2 3", "dots", "#a9c8ea"),
}


class Sign(StrEnum):
    """The sign of a state, told apart without colour."""

    NONE = ""
    FULL = "full"
    HALF = "half"
    CROSS = "cross"
    PLUS = "plus"


SIGNS = {
    "strong": Sign.FULL,
    "weak": Sign.HALF,
    "missing": Sign.CROSS,
    "extendable": Sign.PLUS,
    "added": Sign.PLUS,
    "changed": Sign.HALF,
    "removed": Sign.CROSS,
}


class Label(NamedTuple):
    """A text set around ``y``; wrapped to ``width`` in at most ``lines``, ``None``: as it is.

    A ``halo`` keeps it readable over lines.
    """

    x: float
    y: float
    text: Text
    size: float = 13
    anchor: str = "start"
    colour: str = INK
    bold: bool = False
    width: float | None = None
    lines: int = 1
    halo: bool = False


class Ground(NamedTuple):
    """A plain rectangle behind everything; ``title`` is shown over it."""

    x: float
    y: float
    width: float
    height: float
    look: str
    title: Text | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """Something a reader can go to: ``row`` is its row in the table of the picture.

    ``name`` is what is said of it; the sign stands ``sign_at`` from the
    left and ``sign_down`` from the top, else in the middle; ``circle`` is drawn into the box
    ``x, y, width, height``; ``parts`` lie on it.
    """

    row: int
    name: Text
    x: float
    y: float
    width: float
    height: float
    look: str
    circle: bool = False
    sign: Sign = Sign.NONE
    sign_at: float = INDENT / 2
    sign_down: float | None = None
    parts: Sequence[Ground] = ()
    labels: Sequence[Label] = ()
    badge: str = ""


class Stroke(NamedTuple):
    """A line, or an area where its look is filled. ``ends``: the rows of the marks it joins."""

    d: str
    look: str
    ends: tuple[int, int] | None = None
    arrow: bool = False
    width: float | None = None
    title: Text | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """A whole drawing; painted in this order."""

    width: float
    height: float
    grounds: Sequence[Ground] = ()
    strokes: Sequence[Stroke] = ()
    marks: Sequence[Mark] = ()
    labels: Sequence[Label] = ()
