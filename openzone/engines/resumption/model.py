"""Members of a roster, what they said, what they used, and the measures they are counted by.

Missing is never zero: a member that said nothing is *unknown*, not closed.
"""

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple


class Said(StrEnum):
    """What a report says of work."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class Kind(StrEnum):
    """How a measure is made: members counted, two sums divided, or shares averaged."""

    COUNT = "count"
    RATIO = "ratio"
    MEAN = "mean"


class Fact(StrEnum):
    """What of a member a measure looks at; all but ``RESUMED`` are shares of normal."""

    RESUMED = "resumed"
    STAFF = "staff"
    CAPACITY = "capacity"
    POWER = "power"


class Of(StrEnum):
    """Who is in the denominator: the whole roster, who says it works, or who has a meter."""

    SCOPE = "scope"
    RESUMED = "resumed"
    METERED = "metered"


class Span(NamedTuple):
    """Belonging to a class of the roster, both days included; ``last`` is open if ``None``."""

    klass: str
    first: dt.date
    last: dt.date | None = None

    def covers(self, on: dt.date) -> bool:
        """Whether it holds on a day."""
        return self.first <= on and (self.last is None or on <= self.last)


@dataclass(frozen=True, slots=True)
class Statement:
    """A report for a day. People are heads, ``capacity`` is a share of normal (1 = normal)."""

    on: dt.date
    resumed: Said
    staff: Decimal | None = None
    staff_normal: Decimal | None = None
    capacity: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a roster.

    ``statements`` are in the order of their days, one a day. ``power`` is the use of a day in kWh,
    ``base`` the mean daily use of the base month. ``unplanned_from``: it does not plan to resume
    from that day on, and stays in the denominator.
    """

    id: int
    spans: Sequence[Span]
    statements: Sequence[Statement] = ()
    power: Mapping[dt.date, Decimal] = field(default_factory=dict)
    base: Decimal | None = None
    unplanned_from: dt.date | None = None

    def in_scope(self, on: dt.date, klass: str = "") -> bool:
        """Whether it is on the roster on a day, in a class or in any."""
        return any(one.covers(on) and klass in ("", one.klass) for one in self.spans)


@dataclass(frozen=True, slots=True)
class Measure:
    """How a rate is made; ``least`` is the share a member must reach, ``over``: exceed."""

    id: str
    kind: Kind
    fact: Fact
    of: Of
    least: Decimal | None = None
    over: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """A member on a day: its statement with the day it is of, and its share of normal power."""

    member: Member
    on: dt.date
    statement: Statement | None
    power: Decimal | None

    @property
    def resumed(self) -> Said | None:
        """What it says, ``None`` where it says nothing."""
        return self.statement.resumed if self.statement else None

    @property
    def carried(self) -> bool:
        """Whether what it said is of an earlier day."""
        return self.statement is not None and self.statement.on < self.on

    @property
    def reported(self) -> bool:
        """Whether it reported for this very day."""
        return self.statement is not None and self.statement.on == self.on

    @property
    def unplanned(self) -> bool:
        """Whether it does not plan to resume."""
        start = self.member.unplanned_from
        return start is not None and start <= self.on and self.resumed in (None, Said.NO)

    @property
    def staff(self) -> Decimal | None:
        """The share of people back at their posts."""
        said = self.statement
        return share(said.staff, said.staff_normal) if said else None

    @property
    def capacity(self) -> Decimal | None:
        """The share of normal capacity at work."""
        return self.statement.capacity if self.statement else None


def look(member: Member, on: dt.date, carry_days: int) -> Look:
    """Return how a member stands on a day; a report stands for ``carry_days`` more days."""
    at = bisect_right(member.statements, on, key=lambda one: one.on)
    said = member.statements[at - 1] if at else None
    if said is not None and (on - said.on).days > carry_days:
        said = None
    return Look(member, on, said, share(member.power.get(on), member.base))


def looks(members: Iterable[Member], on: dt.date, carry_days: int, klass: str = "") -> list[Look]:
    """Return how everybody on the roster of a day stands."""
    return [look(one, on, carry_days) for one in members if one.in_scope(on, klass)]


def share(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    """Return a part of a whole; ``None`` where one is not known or the whole is nothing."""
    return part / whole if part is not None and whole else None
