"""What is asked about a report while it is typed. Nothing here changes or proposes a figure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from openzone.engines.series.model import State, percent, rounded, tidied
from openzone.engines.tables.numbers import Quantity, clean, read_quantity
from openzone.engines.tables.units import parse_unit
from openzone.engines.text import Text

CheckKind = Literal["at_most", "equals"]
NOTHING = frozenset({"", "-", "--", "—", "——"})
NOT_APPLICABLE = frozenset({"不适用", "n/a", "×"})
NO_NUMBER = Text("“{given}”不是数", "“{given}” is no number")
OTHER_UNIT = Text("“{given}”的单位不是{unit}", "“{given}” is not in {unit}")
APPROXIMATE = Text(
    "“{given}”是约数，请填写准确数", "“{given}” is approximate: state the figure itself"
)
REQUIRED = Text(
    "必填；确无此项请填“不适用”", "to be filled in; 不适用 where there is no such thing"
)
BELOW_ZERO = Text("为负，请核对并说明", "is below zero: check it and say why")
DEPARTS = Text(
    "较{what}变动 {change}%，超过 {limit}%，请核对并说明",
    "{change} % from {what}, beyond {limit} %: check it and say why",
)
JUMP = Text(
    "约为{what}的 {times} 倍，可能错了单位", "about {times} times {what}: the unit may be wrong"
)
FELL = Text("累计数小于上期累计数，请核对并说明", "a cumulative figure fell: check it and say why")


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell: ``value`` is in the unit of the field."""

    state: State
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form; ``cumulative`` figures grow in a year, ``departs`` is in percent."""

    id: str
    unit: str
    required: bool = True
    cumulative: bool = False
    may_be_negative: bool = False
    departs: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """A relation of fields: the sum of ``left`` is at most, or equals, the sum of ``right``."""

    id: str
    kind: CheckKind
    left: tuple[str, ...]
    right: tuple[str, ...]
    reason: Text
    hard: bool = True


@dataclass(frozen=True, slots=True)
class Past:
    """Figures reported before, in the unit of the field; None is not known."""

    last: Decimal | None = None
    year_ago: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Slips:
    """Units that are looked for where a figure jumps, within a factor of ``slack`` either way."""

    powers: tuple[Decimal, ...]
    slack: Decimal

    def has(self, times: Decimal) -> bool:
        """Whether a figure is so many times the one before as a wrong unit makes it."""
        return any(one / self.slack <= times <= one * self.slack for one in self.powers)


@dataclass(frozen=True, slots=True)
class Question:
    """Something about a field. A ``hard`` one must be mended, any other needs a written answer."""

    field: str
    kind: str
    reason: Text
    hard: bool = False


def read_cell(text: str, unit: str) -> Cell | Text:
    """Read what was typed, into the unit of the field; a reason where it is no figure.

    >>> read_cell("1.5亿元", "万元")
    Cell(state=<State.REPORTED: 'reported'>, value=Decimal('15000'))
    """
    word = clean(text)
    if word in NOTHING:
        return Cell(State.MISSING)
    if word in NOT_APPLICABLE:
        return Cell(State.NOT_APPLICABLE)
    found = read_quantity(text)
    if not isinstance(found, Quantity):
        return NO_NUMBER.format(given=text.strip()[:40])
    if found.approx:
        return APPROXIMATE.format(given=text.strip()[:40])
    own, field = found.unit, parse_unit(unit)
    if own is None:
        multiple = field.multiple if field is not None and found.scaled else Decimal(1)
        return Cell(State.REPORTED, tidied(found.amount / multiple))
    if field is None or own.kind != field.kind:
        return OTHER_UNIT.format(given=text.strip()[:40], unit=unit)
    return Cell(State.REPORTED, tidied(found.amount * own.factor / field.factor))


def questions(
    fields: Sequence[Field], cells: Mapping[str, Cell], past: Mapping[str, Past],
    checks: Iterable[Check], slips: Slips,
) -> list[Question]:  # fmt: skip
    """Return everything to ask about a report, field by field, then about the whole."""
    found: list[Question] = []
    for field in fields:
        cell = cells.get(field.id, Cell(State.MISSING))
        found += _of_field(field, cell, past.get(field.id, Past()), slips)
    return found + list(_of_whole(cells, checks))


def change(value: Decimal | None, before: Decimal | None) -> Decimal | None:
    """Return how far a figure is from one before, in percent; None where that says nothing."""
    if value is None or before is None or before <= 0:
        return None
    return percent(value / before - 1, 1)


def _of_field(field: Field, cell: Cell, past: Past, slips: Slips) -> Iterator[Question]:
    if cell.state is State.MISSING:
        if field.required:
            yield Question(field.id, "required", REQUIRED, hard=True)
        return
    if cell.value is None:
        return
    if cell.value < 0 and not field.may_be_negative:
        yield Question(field.id, "below_zero", BELOW_ZERO)
    if field.cumulative and past.last is not None and cell.value < past.last:
        yield Question(field.id, "decreasing", FELL)
    yield from _departures(field, cell.value, past, slips)


def _departures(field: Field, value: Decimal, past: Past, slips: Slips) -> Iterator[Question]:
    """Compare with a year ago; where that is unknown and nothing is cumulative, with the last."""
    before, what = past.year_ago, Text("上年同期", "the year before")
    if before is None and not field.cumulative:
        before, what = past.last, Text("上期", "the last period")
    if before is None or before <= 0 or value <= 0 or field.departs is None:
        return
    if slips.has(value / before):
        yield Question(field.id, "unit_jump", _both(JUMP, what, times=_short(value / before)))
        return
    moved = percent(value / before - 1, 1)
    if abs(moved) > field.departs:
        said = _both(DEPARTS, what, change=_short(moved), limit=_short(field.departs))
        yield Question(field.id, "departs", said)


def _of_whole(cells: Mapping[str, Cell], checks: Iterable[Check]) -> Iterator[Question]:
    for check in checks:
        left, right = _sum(cells, check.left), _sum(cells, check.right)
        if left is None or right is None:
            continue
        if left > right or (check.kind == "equals" and left != right):
            yield Question(check.left[0], check.id, check.reason, check.hard)


def _sum(cells: Mapping[str, Cell], names: Iterable[str]) -> Decimal | None:
    """Return a sum; unknown where a figure is missing, without those that do not apply."""
    total = Decimal(0)
    for name in names:
        cell = cells.get(name, Cell(State.MISSING))
        if cell.state is State.MISSING:
            return None
        total += cell.value or 0
    return total


def _both(said: Text, what: Text, **values: str) -> Text:
    return Text(said.zh.format(what=what.zh, **values), said.en.format(what=what.en, **values))


def _short(value: Decimal) -> str:
    return f"{tidied(rounded(value, 4)):f}"
