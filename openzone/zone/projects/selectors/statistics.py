"""What entered the stages in a period, what stands where, and the money that came."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import TruncMonth

from openzone.engines.projects import money, statistics
from openzone.engines.projects.statistics import Counters, RateValue, Unproved
from openzone.zone.projects.models import LIVE, Arrival, MonthlyReport, Project
from openzone.zone.projects.packs import pipeline
from openzone.zone.projects.selectors.records import (
    kinds_for,
    moved_within,
    period,
    records,
)


@dataclass(frozen=True, slots=True)
class Figures:
    """The counters of a period. Ids behind every row are project numbers."""

    entered: Counters
    at_end: Counters
    rates: tuple[RateValue, ...]
    unproved: list[Unproved]


class Arrived(NamedTuple):
    """Funds in place of a month, for one purpose and in one currency."""

    month: dt.date
    kind: str
    currency: str
    amount: Decimal
    arrivals: int


class Invested(NamedTuple):
    """What was planned and invested in a month, in yuan, by how many projects that said so."""

    month: dt.date
    planned: Decimal | None
    invested: Decimal | None
    reported: int


def live(name: str) -> QuerySet[Project]:
    """Return the projects of a pipeline that are not merged into others."""
    return Project.objects.filter(LIVE, pipeline=name)


def figures(
    name: str, start: dt.date, end: dt.date, *, by: Sequence[str] = ("stage",),
    amount: str = "total", place: str | None = None, within: QuerySet[Project] | None = None,
) -> Figures:  # fmt: skip
    """Count a pipeline over a period, both days included.

    ``by``: of ``engines.projects.tally.DIMENSIONS``; ``place`` is the name of a park or street, of
    which only the share counts; ``within`` narrows what is counted, to a list or to what somebody
    may see.
    """
    found = live(name) if within is None else within.filter(pipeline=name)
    stages, kinds = pipeline(name), kinds_for(name, amount)
    moved, now = period(found, start, end, *kinds, by=_asked(by, place))
    here = [one for one in moved if place is None or place in one.shares]
    return Figures(
        statistics.counters(moved, stages, start, end, by=by, amount=amount, place=place),
        statistics.stock(now, stages, end, by=by, amount=amount, place=place),
        statistics.rates(here, stages, start, end),
        statistics.unproved(here, stages, start, end),
    )


def entered(
    name: str, start: dt.date, end: dt.date, *, by: Sequence[str] = ("stage",),
    amount: str = "total", place: str | None = None, within: QuerySet[Project] | None = None,
) -> Counters:  # fmt: skip
    """Count only what entered the stages in a period: for one more breakdown of it."""
    found = live(name) if within is None else within.filter(pipeline=name)
    moved = records(moved_within(found, start, end), *kinds_for(name, amount), by=_asked(by, place))
    return statistics.counters(moved, pipeline(name), start, end, by=by, amount=amount, place=place)


def _asked(by: Sequence[str], place: str | None) -> tuple[str, ...]:
    return (*by, "place") if place is not None else tuple(by)


def funds_by_month(
    start: dt.date, end: dt.date, within: QuerySet[Project] | None = None
) -> list[Arrived]:
    """Return the funds that arrived in a period by month, purpose and currency."""
    rows = (
        _arrivals(start, end, within).order_by().annotate(month=TruncMonth("on"))
        .values("month", "kind", "currency").annotate(sum=Sum("amount"), n=Count("pk"))
        .order_by("month", "kind", "currency")
    )  # fmt: skip
    return [
        Arrived(one["month"], one["kind"], one["currency"], one["sum"], one["n"]) for one in rows
    ]


def foreign(
    start: dt.date, end: dt.date, within: QuerySet[Project] | None = None
) -> money.ForeignInvestment:
    """Return utilised foreign investment of a period: of full scope, and comparable."""
    came = _arrivals(start, end, within).filter(foreign=True)
    rows = came.values_list("on", "amount", "kind", "currency", "usd", "financial")
    return money.foreign_investment([money.Arrival(*row) for row in rows], start, end)


def investment_by_month(
    start: dt.date, end: dt.date, within: QuerySet[Project] | None = None
) -> list[Invested]:
    """Return planned and actual investment by month, from the reports that stand."""
    rows = (
        _reports(start, end, within).order_by().values("month")
        .annotate(plan=Sum("investment_planned"), sum=Sum("invested"), n=Count("invested"))
        .order_by("month")
    )  # fmt: skip
    return [Invested(one["month"], one["plan"], one["sum"], one["n"]) for one in rows]


def invested_in(month: dt.date, within: QuerySet[Project] | None = None) -> tuple[str, ...]:
    """Return the numbers of the projects whose report of a month says what was invested."""
    told = _reports(month, month, within).filter(invested__isnull=False)
    return tuple(told.order_by("project_id").values_list("project__number", flat=True))


def _reports(
    start: dt.date, end: dt.date, within: QuerySet[Project] | None
) -> QuerySet[MonthlyReport]:
    """The monthly reports of a period that stand."""
    found = MonthlyReport.objects.filter(current=True, month__range=(start.replace(day=1), end))
    found = found.filter(project__merged_into=None, project__withdrawn_at=None)
    return found if within is None else found.filter(project__in=within.order_by().values("pk"))


def _arrivals(start: dt.date, end: dt.date, within: QuerySet[Project] | None) -> QuerySet[Arrival]:
    """The arrivals of a period that stand; of a corrected one, its last correction."""
    came = Arrival.objects.filter(on__range=(start, end), corrected_by=None)
    came = came.filter(project__merged_into=None, project__withdrawn_at=None)
    return came if within is None else came.filter(project__in=within.order_by().values("pk"))
