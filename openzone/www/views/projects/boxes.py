"""Drawings of durations: quartiles of each step, and how many projects took how many months."""

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from openzone.engines.projects.leadtimes import Spread
from openzone.www.views.projects.drawing import HEAD, LABELS, ROW, WIDTH, Mark

STEPS = (1, 2, 5, 10, 20, 30, 60, 90, 180, 365, 730)
MARKS = 10
BARS_HEIGHT, FOOT = 190, 26


class Step(NamedTuple):
    """A step with how long it took: everybody's spread, and one project's days."""

    label: str
    spread: Spread | None
    own: int | None
    href: str


class Box(NamedTuple):
    """A step as drawn."""

    step: Step
    y: int
    least: float
    lower: float
    median: float
    upper: float
    most: float
    own: float | None

    @property
    def width(self) -> float:
        """How wide the middle half is; never so narrow that it cannot be seen."""
        return max(round(self.upper - self.lower, 1), 3.0)

    @property
    def middle(self) -> int:
        """The height of the line."""
        return self.y + ROW // 2


class Boxes(NamedTuple):
    """Steps under each other, over days."""

    boxes: list[Box]
    marks: list[Mark]
    height: int
    width: int = WIDTH


def boxes(steps: Sequence[Step]) -> Boxes | None:
    """Draw the steps of which anything is known; None where that is none of them."""
    known = [one for one in steps if one.spread is not None]
    if not known:
        return None
    longest = max([one.spread.most for one in known if one.spread], default=1)
    longest = max([longest, *(one.own or 0 for one in known), 1])
    made = [_box(one, place, longest) for place, one in enumerate(known)]
    return Boxes(made, list(_marks(longest)), HEAD + ROW * len(known) + 6)


def _box(step: Step, place: int, longest: int) -> Box:
    spread = step.spread
    assert spread is not None  # noqa: S101 - what boxes gives it
    return Box(
        step, HEAD + ROW * place, _x(spread.least, longest), _x(spread.lower, longest),
        _x(spread.median, longest), _x(spread.upper, longest), _x(spread.most, longest),
        None if step.own is None else _x(step.own, longest),
    )  # fmt: skip


def _x(days: Decimal | int, longest: int) -> float:
    return round(LABELS + (WIDTH - LABELS - 16) * float(days) / longest, 1)


def _marks(longest: int) -> Iterable[Mark]:
    step = next((one for one in STEPS if longest / one <= MARKS), longest)
    return (Mark(_x(days, longest), str(days)) for days in range(0, longest + 1, step))


class Months(NamedTuple):
    """How many projects took so many whole months."""

    months: int
    projects: int
    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        """Where the number under it stands."""
        return round(self.x + self.width / 2, 1)


class Histogram(NamedTuple):
    """Bars of months beside each other, without gaps for months nobody took."""

    bars: list[Months]
    height: int = BARS_HEIGHT
    width: int = WIDTH
    foot: int = BARS_HEIGHT - 8


def histogram(months: Iterable[int]) -> Histogram | None:
    """Count durations by whole months; None without any."""
    counts = Counter(months)
    if not counts:
        return None
    step, most = min(WIDTH / len(counts), 90), max(counts.values())
    whole = BARS_HEIGHT - FOOT - 20
    return Histogram(
        [
            Months(
                month, n, round(step * place + 4, 1), round(20 + whole * (1 - n / most), 1),
                round(step - 8, 1), round(whole * n / most, 1),
            )
            for place, (month, n) in enumerate(sorted(counts.items()))
        ]
    )  # fmt: skip
