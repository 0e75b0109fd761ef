"""Numbers of the drawings: where a bar of the plan, a point of a curve lies.

Drawings are SVG made here, so that they need no script and print as they are seen; the table beside
each says the same.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

LABELS, WIDTH, ROW, HEAD = 210, 960, 30, 34
CURVE_WIDTH, CURVE_HEIGHT, EDGE = 720, 220, 44
MARKS = 8
_MONTHS = (1, 2, 3, 6, 12, 24, 36, 60, 120)


class Mark(NamedTuple):
    """A line across the drawing with what it says."""

    x: float
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a plan: a bar from ``first`` to ``last``, and single days on it."""

    label: str
    first: dt.date
    last: dt.date
    planned: dt.date | None = None
    actual: dt.date | None = None
    fixed: dt.date | None = None
    kind: str = "open"
    href: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """A line of a plan as drawn; what does not apply is None."""

    row: Row
    y: int
    x: float
    width: float
    planned: float | None
    actual: float | None
    fixed: float | None

    @property
    def middle(self) -> int:
        """The height of the marks."""
        return self.y + ROW // 2

    @property
    def text_y(self) -> int:
        """The base line of the label."""
        return self.y + ROW // 2 + 5


@dataclass(frozen=True, slots=True)
class Plan:
    """A drawing of rows over time."""

    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]
    today: float | None
    height: int
    width: int = WIDTH
    labels: int = LABELS


def plan(rows: Sequence[Row], today: dt.date) -> Plan | None:
    """Lay rows out from the first day to the last; None where there is nothing to draw."""
    days = [day for row in rows for day in _days(row)]
    if not days:
        return None
    scale = _Scale(min(days), max(*days, min(days) + dt.timedelta(days=1)))
    bars = tuple(_bar(row, place, scale) for place, row in enumerate(rows))
    here = scale.x(today) if scale.first <= today <= scale.last else None
    return Plan(bars, tuple(_marks(scale)), here, HEAD + ROW * len(rows) + 6)


def _days(row: Row) -> Iterable[dt.date]:
    known = (row.first, row.last, row.planned, row.actual, row.fixed)
    return (day for day in known if day is not None)


class _Scale(NamedTuple):
    first: dt.date
    last: dt.date

    def x(self, day: dt.date) -> float:
        whole = (self.last - self.first).days
        return round(LABELS + (WIDTH - LABELS - 12) * (day - self.first).days / whole, 1)

    def at(self, day: dt.date | None) -> float | None:
        return None if day is None else self.x(day)


def _bar(row: Row, place: int, scale: _Scale) -> Bar:
    left, right = scale.x(row.first), scale.x(row.last)
    y = HEAD + ROW * place
    return Bar(
        row, y, left, max(round(right - left, 1), 3.0),
        scale.at(row.planned), scale.at(row.actual), scale.at(row.fixed),
    )  # fmt: skip


def _marks(scale: _Scale) -> Iterable[Mark]:
    """Yield the first days of months, as many as can be read."""
    months = (scale.last - scale.first).days / 30
    step = next((one for one in _MONTHS if months / one <= MARKS), _MONTHS[-1])
    index = scale.first.year * 12 + scale.first.month - 1
    index += -index % step
    while (day := dt.date(index // 12, index % 12 + 1, 1)) <= scale.last:
        if day >= scale.first:
            yield Mark(scale.x(day), f"{day:%Y-%m}")
        index += step


@dataclass(frozen=True, slots=True)
class Curves:
    """Lines over the same points: each is pieces of a line, broken where nothing is known."""

    labels: tuple[Mark, ...]
    levels: tuple[Mark, ...]
    lines: tuple[tuple[str, ...], ...]
    dots: tuple[tuple[tuple[float, float], ...], ...] = field(default=())
    width: int = CURVE_WIDTH
    height: int = CURVE_HEIGHT
    edge: int = EDGE


def curves(labels: Sequence[str], *series: Sequence[Decimal | None]) -> Curves | None:
    """Draw shares of the whole, 0 to 1, over labels; None without any value."""
    if not any(value is not None for one in series for value in one):
        return None
    step = (CURVE_WIDTH - EDGE - 16) / max(len(labels) - 1, 1)
    xs = [round(EDGE + step * place, 1) for place in range(len(labels))]
    every = -(-len(labels) // MARKS)
    shown = tuple(Mark(x, text) for x, text in list(zip(xs, labels, strict=True))[::every])
    levels = tuple(Mark(_height(Decimal(n) / 4), f"{n * 25}%") for n in range(5))
    placed = [_placed(xs, one) for one in series]
    lines = tuple(tuple(_pieces(one)) for one in placed)
    dots = tuple(tuple(point for point in one if point is not None) for one in placed)
    return Curves(shown, levels, lines, dots)


def _height(share: Decimal) -> float:
    return round(float(CURVE_HEIGHT - 28 - (CURVE_HEIGHT - 44) * share), 1)


def _placed(
    xs: Sequence[float], values: Sequence[Decimal | None]
) -> list[tuple[float, float] | None]:
    return [
        None if value is None else (x, _height(value)) for x, value in zip(xs, values, strict=True)
    ]


def _pieces(points: Iterable[tuple[float, float] | None]) -> Iterable[str]:
    piece: list[str] = []
    for point in [*points, None]:
        if point is not None:
            piece.append(f"{point[0]},{point[1]}")
        elif piece:
            yield " ".join(piece)
            piece = []
