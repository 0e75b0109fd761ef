"""Money of a project: what was stated when, funds that arrived, foreign investment.

Amounts are ``Decimal`` in their own currency, yuan where none is named; currencies are never added
up or converted here. A revised amount does not take the place of the earlier one: both stay, with
their days.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from openzone.engines.text import Text

YUAN = "CNY"
_WRONG_UNITS = (4, 8)
"""元/万元 and 元/亿元: figures of one project differ by these powers of ten when a unit slipped."""
_WITHIN = Decimal(2)
"""How far from the power a slipped unit may be, as the import of tables has it."""
_TENFOLD = Decimal("0.001")
"""A digit too many gives ten times to the digit; a project that really grows does not."""
JUMP = Text(
    "{new} 是原值 {old} 的约 {times} 倍，请核对单位或位数",
    "{new} is about {times} times the earlier {old}; check the unit or the digits",
)


@dataclass(frozen=True, slots=True)
class Stated:
    """An amount of one kind (total, fixed, foreign…) as stated on a day; None: not dated."""

    kind: str
    value: Decimal
    currency: str = YUAN
    on: dt.date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Revision:
    """Two values of one kind, one after the other; ``jump`` where a wrong unit is likely."""

    kind: str
    earlier: Stated
    later: Stated
    jump: Text | None

    @property
    def change(self) -> Decimal | None:
        """By how much; None between two currencies."""
        same = self.earlier.currency == self.later.currency
        return self.later.value - self.earlier.value if same else None


@dataclass(frozen=True, slots=True)
class Arrival:
    """Funds that arrived: ``kind`` fixed or working, ``financial`` for banks, securities, insurers.

    ``usd`` states the same sum in dollars where the foreign-investment survey has it.
    """

    on: dt.date
    amount: Decimal
    kind: str = "fixed"
    currency: str = YUAN
    usd: Decimal | None = None
    financial: bool = False


@dataclass(frozen=True, slots=True)
class FundsInPlace:
    """Funds that arrived in a period, by currency and then by kind."""

    by_kind: dict[str, dict[str, Decimal]] = field(default_factory=dict)

    def total(self, currency: str = YUAN) -> Decimal:
        """Return all kinds together."""
        return sum(self.by_kind.get(currency, {}).values(), Decimal(0))


@dataclass(frozen=True, slots=True)
class Foreign:
    """Utilised foreign investment on one basis; None: not stated for every arrival, so no total."""

    cny: Decimal | None
    usd: Decimal | None


@dataclass(frozen=True, slots=True)
class ForeignInvestment:
    """Both bases of a period: ``full`` with financial firms, ``comparable`` without them."""

    full: Foreign
    comparable: Foreign


def value_at(amounts: Iterable[Stated], kind: str, on: dt.date) -> Stated | None:
    """Return what was known of an amount on a day: the last statement up to it, else the first.

    Of two of one day the later in order counts; an undated one is older than all others.
    """
    stated = [one for one in amounts if one.kind == kind]
    if len(stated) < 2:  # most amounts are stated once
        return stated[0] if stated else None
    stated = by_day(stated, kind)
    known = [one for one in stated if one.on is None or one.on <= on]
    return known[-1] if known else stated[0]


def by_day(amounts: Iterable[Stated], kind: str) -> list[Stated]:
    """Return the statements of one kind by their days."""
    return sorted(
        (one for one in amounts if one.kind == kind), key=lambda one: one.on or dt.date.min
    )


def revisions(amounts: Iterable[Stated], kind: str) -> tuple[Revision, ...]:
    """Return every change of an amount with both its values and the later day."""
    stated = by_day(amounts, kind)
    return tuple(
        Revision(kind, one, two, _jump_between(one, two))
        for one, two in pairwise(stated)
        if (one.value, one.currency) != (two.value, two.currency)
    )


def _jump_between(one: Stated, two: Stated) -> Text | None:
    return jump(one.value, two.value) if one.currency == two.currency else None


def jump(old: Decimal, new: Decimal) -> Text | None:
    """Say so where a value is ten times another, or about 10⁴ or 10⁸ times, or that part of it."""
    if old <= 0 or new <= 0:
        return None
    times = new / old
    larger = max(times, 1 / times)
    near = any(1 / _WITHIN <= larger.scaleb(-power) <= _WITHIN for power in _WRONG_UNITS)
    if not near and abs(larger / 10 - 1) > _TENFOLD:
        return None
    shown = f"{times:,.0f}" if times >= 1 else f"1/{1 / times:,.0f}"
    return JUMP.format(new=f"{new:,f}", old=f"{old:,f}", times=shown)


def funds_in_place(arrivals: Iterable[Arrival], start: dt.date, end: dt.date) -> FundsInPlace:
    """Add up the funds that arrived from ``start`` to ``end``, both included."""
    found = FundsInPlace()
    for one in arrivals:
        if start <= one.on <= end:
            kinds = found.by_kind.setdefault(one.currency, {})
            kinds[one.kind] = kinds.get(one.kind, Decimal(0)) + one.amount
    return found


def foreign_investment(
    arrivals: Iterable[Arrival], start: dt.date, end: dt.date
) -> ForeignInvestment:
    """Add up utilised foreign investment on both bases.

    Since May 2022 the published total is of full scope, with banks, securities and insurers, while
    growth is published on the comparable scope without them (commerce ministry).
    """
    within = [one for one in arrivals if start <= one.on <= end]
    return ForeignInvestment(_sum(within), _sum([one for one in within if not one.financial]))


def _sum(arrivals: Sequence[Arrival]) -> Foreign:
    cny = [one.amount if one.currency == YUAN else None for one in arrivals]
    usd = [one.amount if one.currency == "USD" else one.usd for one in arrivals]
    return Foreign(_whole(cny), _whole(usd))


def _whole(values: Sequence[Decimal | None]) -> Decimal | None:
    """Return the sum, or None where a part is not known."""
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if len(known) == len(values) else None


def growth(now: Decimal | None, before: Decimal | None) -> Decimal | None:
    """Return the growth as a decimal; None for an unknown value or a base that is not positive."""
    if now is None or before is None or before <= 0:
        return None
    return now / before - 1
