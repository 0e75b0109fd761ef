"""Rounds of reports with how far they are, and the reports of one."""

import datetime as dt

from django.db.models import Count, Q, QuerySet

from openzone.zone.indicators.enums import OWED, EntityKind, ReportState
from openzone.zone.indicators.models import Entity, Report, ReportRound


def counted() -> QuerySet[ReportRound]:
    """Return rounds with how many owe, handed in, wait, are approved and were late."""
    return ReportRound.objects.annotate(
        members=Count("reports", filter=~Q(reports__state=ReportState.EXCUSED)),
        owed=Count("reports", filter=Q(reports__state__in=OWED)),
        waiting=Count("reports", filter=Q(reports__state=ReportState.SUBMITTED)),
        approved=Count("reports", filter=Q(reports__approved_at__isnull=False)),
        late=Count("reports", filter=Q(reports__late=True)),
        excused=Count("reports", filter=Q(reports__state=ReportState.EXCUSED)),
    )


def chosen(one: ReportRound, which: str) -> QuerySet[Report]:
    """Return reports of a round: all, those not handed in, those late, or those of a state."""
    found = one.reports.select_related("entity", "round").annotate(
        reminded=Count("reminders", distinct=True)
    )
    if which == "owed":
        found = found.filter(state__in=OWED)
    elif which == "late":
        found = found.filter(late=True)
    elif which:
        found = found.filter(state=which)
    return found.order_by("entity__name", "pk")


def waiting_reports() -> QuerySet[Report]:
    """Return reports that wait for a decision, the one due first at the top."""
    found = Report.objects.filter(state=ReportState.SUBMITTED)
    return found.select_related("round", "entity").order_by("round__due_on", "pk")


def due_reports(entities: QuerySet[Report], until: dt.date) -> QuerySet[Report]:
    """Return those of some reports that were not handed in and are due by a day."""
    return entities.filter(state__in=OWED, round__due_on__lte=until)


def members(who: str, day: dt.date) -> QuerySet[Entity]:
    """Return the subjects of a kind that were there on a day."""
    kind = EntityKind.ENTERPRISE if who == "enterprise" else EntityKind.PARK
    return Entity.objects.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=day),
        Q(valid_to__isnull=True) | Q(valid_to__gte=day), kind=kind,
    ).select_related("enterprise", "unit")  # fmt: skip
