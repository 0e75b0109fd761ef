"""Values over time against the limits they are held to: lines with names, gaps where nothing is."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from openzone.engines.drawing.scatter import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, Scale, ticks
from openzone.engines.drawing.scene import QUIET, Ground, Label, Mark, Scene, Stroke
from openzone.engines.text import Text

RADIUS = 7.0
APART = 14.0
"""Names of limits nearer than this are left out: the table has them all."""


class Value(NamedTuple):
    """A value at a place of the row of times; ``row`` is its row in the table."""

    row: int
    said: Text
    at: int
    value: float
    look: str


class Limit(NamedTuple):
    """A limit and what it is called."""

    name: Text
    value: float


def levels(
    times: Sequence[Text], values: Sequence[Value], limits: Sequence[Limit], unit: Text,
    joined: str,
) -> Scene:  # fmt: skip
    """Draw values over times; those of the look ``joined`` are joined where they follow."""
    upward = _scale([one.value for one in values], [one.value for one in limits])
    y = Scale(upward[0], upward[-1], HEIGHT - BOTTOM, TOP)
    x = Scale(-0.5, max(len(times), 1) - 0.5, LEFT, WIDTH - RIGHT)
    shown = [one for one in limits if upward[0] <= one.value <= upward[-1]]
    marks = [_mark(one, x, y) for one in values]
    strokes = [*_grid(upward, y), *(_limit(one, y) for one in shown), *_line(values, x, y, joined)]
    labels = [
        *_numbers(upward, y), *_names(shown, y), Label(LEFT - 60, 16, unit, 13, bold=True),
        *(Label(x.at(n), HEIGHT - BOTTOM + 16, one, 12, "middle", QUIET)
          for n, one in enumerate(times)),
    ]  # fmt: skip
    ground = Ground(LEFT, TOP, WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM, "band")
    return Scene(WIDTH, HEIGHT, [ground], strokes, marks, labels)


def _scale(values: Sequence[float], limits: Sequence[float]) -> list[float]:
    """Enclose the values and the nearest limit beyond them, from zero."""
    highest = max(values, default=0.0)
    beyond = min((one for one in limits if one >= highest), default=highest)
    return ticks(min([0.0, *values]), max(highest, beyond) or 1.0)


def _mark(one: Value, x: Scale, y: Scale) -> Mark:
    left, top = x.at(one.at) - RADIUS, y.at(one.value) - RADIUS
    return Mark(one.row, one.said, left, top, 2 * RADIUS, 2 * RADIUS, one.look, circle=True)


def _limit(one: Limit, y: Scale) -> Stroke:
    at = y.at(one.value)
    return Stroke(f"M{LEFT:.1f} {at:.1f}L{WIDTH - RIGHT:.1f} {at:.1f}", "optional", title=one.name)


def _names(limits: Sequence[Limit], y: Scale) -> list[Label]:
    found = list[Label]()
    for one in limits:
        at = y.at(one.value) - 8
        if all(abs(at - other.y) >= APART for other in found):
            found.append(Label(WIDTH - RIGHT - 4, at, one.name, 12, "end", QUIET, halo=True))
    return found


def _line(values: Sequence[Value], x: Scale, y: Scale, joined: str) -> list[Stroke]:
    row = sorted((one for one in values if one.look == joined), key=lambda one: one.at)
    return [
        Stroke(
            f"M{x.at(a.at):.1f} {y.at(a.value):.1f}L{x.at(b.at):.1f} {y.at(b.value):.1f}", "edge"
        )
        for a, b in pairwise(row)
        if b.at == a.at + 1
    ]


def _grid(at: Sequence[float], y: Scale) -> list[Stroke]:
    ends = [(y.at(value), "axis" if value == at[0] else "grid") for value in at]
    return [
        Stroke(f"M{LEFT:.1f} {place:.1f}L{WIDTH - RIGHT:.1f} {place:.1f}", look)
        for place, look in ends
    ]


def _numbers(at: Sequence[float], y: Scale) -> list[Label]:
    said = [(Text(f"{value:,.10g}", f"{value:,.10g}"), y.at(value)) for value in at]
    return [Label(LEFT - 8, place, text, 12, "end", QUIET) for text, place in said]
