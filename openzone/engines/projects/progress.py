"""Physical progress (形象进度): work in its own units, planned and done, never only a percentage.

Plan and reports are cumulative: so many cubic metres poured by this day. Between two points of the
plan the work is taken to go evenly; before the first point it begins at nothing on ``begins``.
"""

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from openzone.engines.text import Text

_JUMPS = (Decimal(10), Decimal(100), Decimal(1000), Decimal(10_000))


@dataclass(frozen=True, slots=True)
class Point:
    """So much, counted from the beginning, by the end of a day."""

    on: dt.date
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of work: its unit (m³, 孔, 层), how much it is, and its plan.

    ``weight`` is its part in the project as a whole, compared with the weights of the others.
    """

    id: str
    unit: str
    total: Decimal
    begins: dt.date
    plan: tuple[Point, ...]
    weight: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Standing:
    """How an item stands: ``done`` is unknown before the first report, which is not zero."""

    item: Item
    planned: Decimal
    done: Decimal | None
    reported_on: dt.date | None

    @property
    def ahead(self) -> Decimal | None:
        """Units ahead of the plan, below zero when behind."""
        return None if self.done is None else self.done - self.planned

    @property
    def planned_share(self) -> Decimal:
        """Planned part of the item, 0 to 1."""
        return self.planned / self.item.total

    @property
    def done_share(self) -> Decimal | None:
        """Done part of the item, 0 to 1."""
        return None if self.done is None else self.done / self.item.total


@dataclass(frozen=True, slots=True)
class Whole:
    """A project by the weights of its items; ``known`` is the part of the weight reported on."""

    planned: Decimal
    done: Decimal | None
    known: Decimal


class Remedy(StrEnum):
    """What lets a report pass that something is wrong with."""

    NONE = "none"
    EXPLAIN = "explain"
    CONFIRM = "confirm"


@dataclass(frozen=True, slots=True)
class ReportFault:
    """What is wrong with a report, and what lets it pass nevertheless."""

    field: str
    reason: Text
    remedy: Remedy


LOWER = Text(
    "累计量 {new} 小于 {day} 已报的 {old}；更正请另附说明",
    "{new} in all is less than {old} reported for {day}; a correction says why",
)
ABOVE = Text("累计量 {new} 超过总量 {total}", "{new} in all is more than the whole, {total}")
BELOW_ZERO = Text("累计量不能为负", "the amount cannot be below zero")
JUMP = Text(
    "与 {day} 所报 {old} 正好相差 {times} 倍，请核对单位",
    "exactly {times} times the {old} reported for {day}: is it the same unit?",
)


def planned(item: Item, on: dt.date) -> Decimal:
    """Return how much is planned to be done by the end of a day."""
    points = (Point(item.begins, Decimal(0)), *sorted(item.plan, key=lambda one: one.on))
    after = bisect_right(points, on, key=lambda one: one.on)
    if after == 0:
        return Decimal(0)
    if after == len(points):
        return points[-1].quantity
    before, then = points[after - 1], points[after]
    passed = Decimal((on - before.on).days) / Decimal((then.on - before.on).days)
    return before.quantity + (then.quantity - before.quantity) * passed


def standing(item: Item, reports: Sequence[Point], on: dt.date) -> Standing:
    """Return how an item stands by the last report up to a day."""
    last = max((one for one in reports if one.on <= on), key=lambda one: one.on, default=None)
    if last is None:
        return Standing(item, planned(item, on), None, None)
    return Standing(item, planned(item, on), last.quantity, last.on)


def whole(standings: Sequence[Standing]) -> Whole:
    """Weigh the items. What nobody reported on is left out of what is done, and is told."""
    weights = sum((one.item.weight for one in standings), Decimal(0))
    if not weights:
        return Whole(Decimal(0), None, Decimal(0))
    reported = [one for one in standings if one.done_share is not None]
    known = sum((one.item.weight for one in reported), Decimal(0))
    done = sum((one.item.weight * (one.done_share or 0) for one in reported), Decimal(0))
    plan = sum((one.item.weight * one.planned_share for one in standings), Decimal(0))
    return Whole(plan / weights, done / known if known else None, known / weights)


def check_report(item: Item, reports: Sequence[Point], new: Point) -> list[ReportFault]:
    """Return what is wrong with a new report, beside those already given."""
    earlier = max(
        (one for one in reports if one.on <= new.on), key=lambda one: one.on, default=None
    )
    return [*_against_item(item, new), *(_against(earlier, new) if earlier else ())]


def _against_item(item: Item, new: Point) -> Iterator[ReportFault]:
    if new.quantity < 0:
        yield ReportFault("quantity", BELOW_ZERO, Remedy.NONE)
    if new.quantity > item.total:
        reason = ABOVE.format(new=_plain(new.quantity), total=_plain(item.total))
        yield ReportFault("quantity", reason, Remedy.NONE)


def _against(earlier: Point, new: Point) -> Iterator[ReportFault]:
    told = {"new": _plain(new.quantity), "old": _plain(earlier.quantity), "day": earlier.on}
    if new.quantity < earlier.quantity:
        yield ReportFault("quantity", LOWER.format(**told), Remedy.EXPLAIN)
    elif earlier.quantity and new.quantity / earlier.quantity in _JUMPS:
        times = _plain(new.quantity / earlier.quantity)
        yield ReportFault("quantity", JUMP.format(times=times, **told), Remedy.CONFIRM)


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
