"""How open cases press, by unit and by topic, and which went up to the zone's leaders.

Everything is counted over the cases somebody may see, so that a number is the length of the list
behind it.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet

from openzone.zone.cases.models import Case
from openzone.zone.cases.selectors.colours import ORDER, colour

# From this colour of a running clock on, a case that is not late yet is at risk.
AT_RISK = ("orange", "red")
assert set(AT_RISK) <= set(ORDER)  # noqa: S101 - colours of the packs


@dataclass(slots=True)
class Pressure:
    """Open cases by number: those past due, those near it, the others."""

    late: list[int] = field(default_factory=list)
    at_risk: list[int] = field(default_factory=list)
    calm: list[int] = field(default_factory=list)

    @property
    def open(self) -> list[int]:
        """All of them."""
        return [*self.late, *self.at_risk, *self.calm]

    def plus(self, other: "Pressure") -> "Pressure":
        """Return both together."""
        return Pressure(
            self.late + other.late, self.at_risk + other.at_risk, self.calm + other.calm
        )


def pressure(cases: QuerySet[Case], now: dt.datetime) -> dict[int | None, Pressure]:
    """Return the open ones of these cases by the id of the unit that leads them."""
    found: dict[int | None, Pressure] = defaultdict(Pressure)
    open_ = cases.filter(closed=False).order_by("due_at", "pk")
    for case in open_.only("pk", "lead", "due_at", "clocks"):
        _row_of(found[case.lead_id], case, now).append(case.pk)
    return dict(found)


def together(pressures: Iterable[Pressure]) -> Pressure:
    """Return the sum."""
    total = Pressure()
    for one in pressures:
        total = total.plus(one)
    return total


def _row_of(pressure: Pressure, case: Case, now: dt.datetime) -> list[int]:
    if case.due_at is not None and case.due_at < now:
        return pressure.late
    return pressure.at_risk if colour(case, now) in AT_RISK else pressure.calm


class Topic(NamedTuple):
    """So many cases of a topic, those open among them, and those past due among these."""

    topic: str
    total: int
    open: int
    late: int


def topics(cases: QuerySet[Case], now: dt.datetime, most: int) -> list[Topic]:
    """Return the topics of these cases, the most frequent first."""
    rows = (
        cases.exclude(topic="")
        .order_by()
        .values("topic")
        .annotate(
            total=Count("pk"),
            open=Count("pk", filter=Q(closed=False)),
            late=Count("pk", filter=Q(closed=False, due_at__lt=now)),
        )
    )
    found = [Topic(**row) for row in rows]
    return sorted(found, key=lambda one: (-one.total, one.topic))[:most]


def up_to_leaders(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Return those of these cases that escalation brought to leaders of the zone.

    The last step counts: the ladder only goes up. A level that names a head stays in the unit.
    """
    return cases.exclude(escalated="").exclude(escalated__contains="head")


def up_to_heads(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Return those of these cases that escalation brought to the head of the lead unit."""
    return cases.filter(escalated__contains="head")
