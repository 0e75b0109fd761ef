"""Rates with their numerator, their denominator and who is not known."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from openzone.engines.resumption.model import Fact, Kind, Look, Measure, Of, Said, share

TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Rate:
    """A measure on a day: ``part`` of ``whole`` (members, or sums of what they state).

    ``yes``, ``no`` and ``unknown`` are ids of members, ``outside`` those the measure does not
    speak of. A count keeps the unknown in its denominator; sums and means are of who is known.
    """

    measure: Measure
    part: Decimal
    whole: Decimal
    yes: tuple[int, ...] = ()
    no: tuple[int, ...] = ()
    unknown: tuple[int, ...] = ()
    outside: tuple[int, ...] = ()

    @property
    def value(self) -> Decimal | None:
        """The share; ``None`` where of nobody is anything known: unknown is not none."""
        return share(self.part, self.whole) if self.yes or self.no else None

    @property
    def most(self) -> Decimal | None:
        """The share if everybody unknown counted; for counts only."""
        if self.measure.kind is not Kind.COUNT:
            return None
        return share(self.part + len(self.unknown), self.whole)

    @property
    def percent(self) -> Decimal | None:
        """The share in per cent with one decimal, as such rates are published."""
        return percent(self.part, self.whole) if self.yes or self.no else None


class _Sorted(NamedTuple):
    yes: list[Look]
    no: list[Look]
    unknown: list[Look]
    outside: list[Look]


def percent(part: Decimal | int, whole: Decimal | int) -> Decimal | None:
    """Return a share in per cent with one decimal, halves up; ``None`` of nothing."""
    if not whole:
        return None
    return (Decimal(part) * 100 / Decimal(whole)).quantize(TENTH, ROUND_HALF_UP)


def rate(measure: Measure, found: Iterable[Look]) -> Rate:
    """Return a rate over how members stand on a day."""
    groups = _Sorted([], [], [], [])
    for one in found:
        _group(groups, measure, one).append(one)
    part, whole = _sums(measure, groups)
    ids = [tuple(one.member.id for one in group) for group in groups]
    return Rate(measure, part, whole, *ids)


def known(measure: Measure, one: Look) -> bool | None:
    """Return whether a member counts; ``None`` where that is not known."""
    if measure.fact is Fact.RESUMED:
        return None if one.resumed is None else one.resumed is Said.YES
    value = _share(measure, one)
    if value is None:
        return None
    if measure.over is not None:
        return value > measure.over
    return measure.least is None or value >= measure.least


def _group(groups: _Sorted, measure: Measure, one: Look) -> list[Look]:
    if _is_outside(measure, one):
        return groups.outside
    answer = known(measure, one)
    if answer is None:
        return groups.unknown
    return groups.yes if answer else groups.no


def _is_outside(measure: Measure, one: Look) -> bool:
    if measure.of is Of.METERED:
        return not one.member.base
    return measure.of is Of.RESUMED and one.resumed is not Said.YES


def _share(measure: Measure, one: Look) -> Decimal | None:
    shares = {Fact.STAFF: one.staff, Fact.CAPACITY: one.capacity, Fact.POWER: one.power}
    return shares[measure.fact]


def _sums(measure: Measure, groups: _Sorted) -> tuple[Decimal, Decimal]:
    if measure.kind is Kind.COUNT:
        whole = len(groups.yes) + len(groups.no) + len(groups.unknown)
        return Decimal(len(groups.yes)), Decimal(whole)
    if measure.kind is Kind.MEAN:
        shares = [_share(measure, one) or Decimal(0) for one in groups.yes]
        return sum(shares, Decimal(0)), Decimal(len(shares))
    pairs = [_pair(measure, one) for one in groups.yes]
    return sum((one[0] for one in pairs), Decimal(0)), sum((one[1] for one in pairs), Decimal(0))


def _pair(measure: Measure, one: Look) -> tuple[Decimal, Decimal]:
    """Return part and whole of a member whose share is known."""
    said, member = one.statement, one.member
    part, whole = (
        (member.power.get(one.on), member.base)
        if measure.fact is Fact.POWER
        else (said.staff, said.staff_normal)
        if said
        else (None, None)
    )
    return part or Decimal(0), whole or Decimal(0)
