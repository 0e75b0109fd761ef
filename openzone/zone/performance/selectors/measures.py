"""Figures from the ledger of projects, each with the projects it is made of."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal

from django.db.models import Count, QuerySet, Sum

from openzone.engines.projects import contributions, statistics
from openzone.engines.projects.contributions import Measured, Part
from openzone.packs.measures import Measure
from openzone.zone.people.models import User
from openzone.zone.projects.models import Arrival, MonthlyReport, Project
from openzone.zone.projects.packs import pipeline
from openzone.zone.projects.selectors.records import kinds_for, moved_within, records
from openzone.zone.promotion.models import LeadCredit

TOTAL = "total"
Span = tuple[dt.date, dt.date]


def measure(
    asked: Measure, found: QuerySet[Project], first: dt.date, last: dt.date,
    person: User | None = None,
) -> Measured:  # fmt: skip
    """Measure a period, both days included, among some projects.

    ``person``: whose part of the credit for leads counts; without one, everybody's.
    """
    if asked.what == "credited":
        return _credited(asked, found, (first, last), person)
    return _WAYS[asked.what](asked, _narrowed(asked, found), (first, last))


def _credited(
    asked: Measure, found: QuerySet[Project], span: Span, person: User | None
) -> Measured:
    """Return the projects that came of leads and entered a stage, by parts of the credit.

    Of a person it does not matter whose project it is now: the credit stays with the adviser.
    """
    given, came = LeadCredit.objects.all(), found
    if person is not None:
        given, came = given.filter(user=person), Project.objects.filter(merged_into=None)
    parts = dict(
        given.exclude(lead__project=None)
        .order_by()
        .values_list("lead__project__number")
        .annotate(sum=Sum("share"))
    )
    signed = _entered(asked, _narrowed(asked, came.filter(number__in=parts)), span)
    return contributions.total(Part(one.id, parts[one.id]) for one in signed.parts)


def _narrowed(asked: Measure, found: QuerySet[Project]) -> QuerySet[Project]:
    if asked.sector is not None:
        found = found.filter(sector=asked.sector)
    if asked.industry is not None:
        found = found.filter(industry__startswith=asked.industry)
    if asked.origin is not None:
        found = found.filter(origin=asked.origin)
    if asked.tag is not None:
        marked = found.exclude(tags=[]).values_list("pk", "tags")
        found = found.filter(pk__in=[pk for pk, tags in marked if asked.tag in tags])
    return found


def _pipelines(found: QuerySet[Project]) -> list[str]:
    return sorted(found.order_by().values_list("pipeline", flat=True).distinct())


def _entered(asked: Measure, found: QuerySet[Project], span: Span) -> Measured:
    """Return what entered a stage, in every pipeline by what its stages count as."""
    return contributions.total(
        part for name in _pipelines(found) for part in _entries(asked, found, name, span)
    )


def _entries(asked: Measure, found: QuerySet[Project], name: str, span: Span) -> Iterator[Part]:
    defined = pipeline(name)
    stage = defined.counting_as(asked.stage or "")
    if stage is None:
        return
    moved = records(moved_within(found.filter(pipeline=name), *span), *kinds_for(name, TOTAL))
    for record in contributions.entries(moved, defined, stage, *span, size=asked.size):
        if asked.of == "count":
            yield Part(record.id, Decimal(1))
        else:
            yield contributions.amount_at_entry(record, stage, TOTAL)


def _rate(asked: Measure, found: QuerySet[Project], span: Span) -> Measured:
    """Return a rate over every pipeline that has it: all above over all below."""
    above: list[str] = []
    below: list[str] = []
    for name in _pipelines(found):
        moved = records(moved_within(found.filter(pipeline=name), *span), *kinds_for(name, TOTAL))
        for one in statistics.rates(moved, pipeline(name), *span):
            if one.rate.id == asked.rate:
                above.extend(one.numerator)
                below.extend(one.denominator)
    return contributions.ratio(above, below)


def _standing_arrivals(found: QuerySet[Project], span: Span) -> QuerySet[Arrival]:
    """Return the arrivals of a period; of a corrected one, its last correction."""
    came = Arrival.objects.filter(on__range=span, corrected_by=None)
    return came.filter(project__in=found.order_by().values("pk")).order_by("project__number")


def _arrivals(asked: Measure, found: QuerySet[Project], span: Span) -> Measured:
    came = _standing_arrivals(found, span).filter(currency=asked.currency)
    if asked.purpose is not None:
        came = came.filter(kind=asked.purpose)
    return _by_project(came.values_list("project__number").annotate(sum=Sum("amount")))


def _foreign(asked: Measure, found: QuerySet[Project], span: Span) -> Measured:
    """Return foreign investment in dollars; of who said nothing in dollars the part is unknown."""
    came = _standing_arrivals(found, span).filter(foreign=True, amount__gt=0)
    if asked.basis == "comparable":
        came = came.filter(financial=False)
    rows = came.values_list("project__number").annotate(
        sum=Sum("usd"), said=Count("usd"), n=Count("pk")
    )
    parts = [Part(number, usd if said == n else None) for number, usd, said, n in rows]
    whole = contributions.total(parts)
    return Measured(None, whole.parts) if whole.unstated else whole


def _invested(asked: Measure, found: QuerySet[Project], span: Span) -> Measured:
    """Return what monthly reports say was invested, in the months that begin in the period."""
    reports = MonthlyReport.objects.filter(
        current=True, month__range=(span[0].replace(day=1), span[1]), invested__isnull=False,
        project__in=found.order_by().values("pk"),
    ).order_by("project__number")  # fmt: skip
    return _by_project(reports.values_list("project__number").annotate(sum=Sum("invested")))


def _by_project(rows: Iterable[tuple[str, Decimal]]) -> Measured:
    return contributions.total(Part(number, value) for number, value in rows)


_WAYS: Mapping[str, Callable[[Measure, QuerySet[Project], Span], Measured]] = {
    "entered": _entered,
    "arrivals": _arrivals,
    "foreign": _foreign,
    "invested": _invested,
    "rate": _rate,
}
