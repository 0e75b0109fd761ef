"""Points over two measures, their areas a third; axes with round numbers."""

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from openzone.engines.drawing.naming import names_beside
from openzone.engines.drawing.scene import QUIET, SIGNS, Ground, Label, Mark, Scene, Sign, Stroke
from openzone.engines.text import Text

WIDTH, HEIGHT = 960.0, 600.0
LEFT, RIGHT, TOP, BOTTOM = 76.0, 40.0, 34.0, 64.0
SMALLEST, LARGEST, USUAL = 6.0, 26.0, 9.0
TICKS = 6


class Point(NamedTuple):
    """A point to draw; ``row`` is its row in the table, ``said`` its name with its state."""

    row: int
    name: Text
    said: Text
    x: float
    y: float
    size: float | None
    look: str


class Axes(NamedTuple):
    """What is measured, with its unit, and what a larger point means."""

    x: Text
    y: Text
    size: Text | None = None


class Scale(NamedTuple):
    """Values from ``low`` to ``high`` laid over pixels from ``start`` to ``end``."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """Return where a value stands."""
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


def ticks(low: float, high: float, most: int = TICKS) -> list[float]:
    """Return round values that enclose ``low`` and ``high``, at steps of 1, 2, 2.5 or 5."""
    span = high - low or abs(high) or 1.0
    raw = span / most
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(power * part for part in (1, 2, 2.5, 5, 10) if power * part >= raw * (1 - 1e-9))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    if first == last:
        last += 1
    return [round(number * step, 12) for number in range(first, last + 1)]


def scatter(points: Sequence[Point], axes: Axes) -> Scene:
    """Draw points; large ones lie below small ones."""
    across = ticks(*_ends(point.x for point in points))
    upward = ticks(*_ends(point.y for point in points))
    x = Scale(across[0], across[-1], LEFT, WIDTH - RIGHT)
    y = Scale(upward[0], upward[-1], HEIGHT - BOTTOM, TOP)
    largest = max((point.size or 0 for point in points), default=0)
    marks = [_mark(point, x, y, largest) for point in points]
    marks.sort(key=lambda mark: -mark.width)
    named = names_beside(marks, {point.row: point.name for point in points}, WIDTH)
    ground = Ground(LEFT, TOP, WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM, "band")
    lines = [*_lines(across, x, upright=True), *_lines(upward, y, upright=False)]
    labels = [*_numbers(across, x, upright=True), *_numbers(upward, y, upright=False)]
    heads = [
        Label(WIDTH - RIGHT, HEIGHT - 18, axes.x, 13, "end", bold=True),
        Label(LEFT - 60, 16, axes.y, 13, bold=True),
    ]
    return Scene(WIDTH, HEIGHT, [ground], lines, marks, [*labels, *heads, *named])


def _ends(values: Iterable[float]) -> tuple[float, float]:
    found = list(values)
    return (min(found), max(found)) if found else (0.0, 1.0)


def _mark(point: Point, x: Scale, y: Scale, largest: float) -> Mark:
    radius = USUAL
    if largest:
        radius = max(SMALLEST, LARGEST * math.sqrt(max(point.size or 0, 0) / largest))
    left, top = x.at(point.x) - radius, y.at(point.y) - radius
    sign = SIGNS.get(point.look, Sign.NONE) if radius >= USUAL else Sign.NONE
    return Mark(
        point.row, point.said, left, top, 2 * radius, 2 * radius, point.look, circle=True,
        sign=sign, sign_at=radius,
    )  # fmt: skip


def _lines(at: Sequence[float], scale: Scale, *, upright: bool) -> list[Stroke]:
    found = list[Stroke]()
    for value in at:
        place = scale.at(value)
        ends = (place, TOP, place, HEIGHT - BOTTOM)
        if not upright:
            ends = (LEFT, place, WIDTH - RIGHT, place)
        look = "axis" if value in {0.0, at[0]} else "grid"
        found.append(Stroke(f"M{ends[0]:.1f} {ends[1]:.1f}L{ends[2]:.1f} {ends[3]:.1f}", look))
    return found


def _numbers(at: Sequence[float], scale: Scale, *, upright: bool) -> list[Label]:
    found = list[Label]()
    for value in at:
        text, place = Text(f"{value:,.10g}", f"{value:,.10g}"), scale.at(value)
        if upright:
            found.append(Label(place, HEIGHT - BOTTOM + 16, text, 12, "middle", QUIET))
        else:
            found.append(Label(LEFT - 8, place, text, 12, "end", QUIET))
    return found
