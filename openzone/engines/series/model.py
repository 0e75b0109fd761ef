"""A figure as it was published, what the indicator is, and what is derived from figures.

Missing, zero and not applicable are three things. A growth rate is kept as published: it is counted
on the same scope of enterprises, and the levels of two years are not (系列口径不可比).
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Context, Decimal
from enum import StrEnum

from openzone.engines.series.periods import Period
from openzone.engines.text import Text

PERCENT = Decimal(100)
_WIDE = Context(prec=100)
"""Room for what the largest figure over the smallest one comes to."""


class State(StrEnum):
    """Whether there is a number."""

    REPORTED = "reported"
    MISSING = "missing"
    NOT_APPLICABLE = "not_applicable"


class Status(StrEnum):
    """How final a figure is; later ones take the place of earlier ones."""

    EXPECTED = "expected"
    FLASH = "flash"
    PRELIMINARY = "preliminary"
    FINAL = "final"
    RESTATED = "restated"


class Kind(StrEnum):
    """What adds up: flows over months do; stocks are as of a day; rates never do."""

    FLOW = "flow"
    STOCK = "stock"
    RATE = "rate"


class Direction(StrEnum):
    """What is better."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Definition:
    """An indicator. ``comparable``: levels of two years may be set against each other.

    ``nominal``: growth is published at current prices; else at comparable ones (可比价), so that
    no level follows from it. ``whole`` is the indicator it is a part of; ``per`` those it is
    divided by.
    """

    id: str
    name: Text
    kind: Kind = Kind.FLOW
    direction: Direction = Direction.UP
    comparable: bool = False
    whole: str = ""
    per: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    nominal: bool = True


@dataclass(frozen=True, slots=True)
class Observation:
    """A figure. ``value`` is in base units, ``step`` what its last printed digit stands for.

    ``growth`` (0.159 for 15.9 %), ``rank``, ``group`` and ``among`` (全市, 全国县级市: whom the
    rank is counted among) are as published; ``target`` is of the year; ``basis`` names the
    definition it was counted by (口径). ``same_scope``: its level and that of the year before were
    counted on one scope, so that growth and levels must agree.
    """

    series: str
    subject: str
    period: Period
    value: Decimal | None
    unit: str = ""
    state: State = State.REPORTED
    status: Status | None = None
    published: dt.date | None = None
    basis: str = ""
    growth: Decimal | None = None
    same_scope: bool = False
    target: Decimal | None = None
    rank: int | None = None
    group: int | None = None
    step: Decimal = Decimal(0)
    approx: str = ""
    source: str = ""
    row: int = 0
    among: str = ""

    @property
    def line(self) -> "Line":
        """What belongs together: one indicator of one subject by one definition."""
        return Line(self.series, self.subject, self.basis)


@dataclass(frozen=True, slots=True, order=True)
class Line:
    """One indicator of one subject by one definition."""

    series: str
    subject: str
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Input:
    """A figure something was derived from; ``row`` is its own, 0 of one that was derived itself."""

    series: str
    subject: str
    period: Period
    value: Decimal
    row: int = 0


@dataclass(frozen=True, slots=True)
class Derived:
    """A figure nobody published, with its formula and what it was derived from."""

    kind: str
    line: Line
    period: Period
    value: Decimal | bool
    unit: str
    formula: Text
    of: tuple[Input, ...] = ()
    more: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Flag:
    """Something to look at before a figure is approved. Nothing is changed by it."""

    kind: str
    line: Line
    period: Period
    reason: Text
    of: tuple[Input, ...] = ()


def inputs(*observations: Observation) -> tuple[Input, ...]:
    """Return figures as what something is derived from; those without a number are left out."""
    return tuple(
        Input(one.series, one.subject, one.period, one.value, one.row)
        for one in observations
        if one.value is not None
    )


def percent(share: Decimal, decimals: int = 2) -> Decimal:
    """Return a share in percent, rounded half up to the decimals that are published."""
    return rounded(share * PERCENT, decimals)


def rounded(value: Decimal, decimals: int = 2) -> Decimal:
    """Round half up; a zero that is rounded has no sign."""
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, _WIDE) + 0


def tidied(value: Decimal) -> Decimal:
    """Return a number without noughts at its end, and without an exponent."""
    short = value.normalize()
    whole = short == short.to_integral_value()
    return short.quantize(Decimal(1), context=_WIDE) if whole else short
