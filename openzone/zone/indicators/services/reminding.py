"""Reminders before and after the day a report is due, each once; escalation; reminders by hand."""

import datetime as dt
from collections.abc import Iterable
from typing import Final

from django.db import IntegrityError, transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused
from openzone.zone.indicators.enums import BY_HAND, OWED
from openzone.zone.indicators.models import Report, ReportReminder, ReportRound
from openzone.zone.indicators.report_packs import calendar, rules
from openzone.zone.indicators.services.report_telling import tell_escalated, tell_reminded
from openzone.zone.indicators.writing import note

REMINDED: Final = Text("今天已经催报过", "all of them were reminded today")
NOTHING_OWED: Final = Text("没有未报送的单位", "nobody owes a report")
ESCALATED: Final = "escalated"


@transaction.atomic
def remind(
    *, actor: Actor, report_round: ReportRound, on: dt.date, now: dt.datetime,
    report: Report | None = None,
) -> int:  # fmt: skip
    """Remind by hand whoever has not reported, or one of them; each once a day.

    Raises:
        Refused: nobody owes a report, or all were reminded today.

    """
    owed = _owed(report_round)
    if report is not None:
        owed = [one for one in owed if one.pk == report.pk]
    if not owed:
        raise Refused(NOTHING_OWED)
    told = _remind(owed, f"{BY_HAND}-{on:%Y%m%d}", actor, on, now)
    if not told:
        raise Refused(REMINDED)
    note("reports.reminded", actor, f"report_round:{report_round.pk}", {"reports": told})
    return told


@transaction.atomic
def remind_due(*, actor: Actor, on: dt.date, now: dt.datetime) -> int:
    """Remind of every open round as its day comes near and passes; what was told stays told."""
    told = 0
    since = on - dt.timedelta(days=rules().automatic_days)
    rounds = ReportRound.objects.filter(closed_at__isnull=True, due_on__gte=since)
    for one in rounds:
        kind = occasion(one.due_on, on)
        if kind == ESCALATED:
            told += _escalate(one, actor, on, now)
        elif kind:
            told += _remind(_owed(one), kind, actor, on, now)
    note("reports.looked_after", actor, "", {"day": on.isoformat(), "told": told})
    return told


def occasion(due_on: dt.date, on: dt.date) -> str:
    """Return what a day is to the day a report is due: the occasion of a reminder, or none.

    Days are working days; who missed a morning is told of the last occasion the next one.
    """
    spec, days = rules(), calendar()
    steps = [
        *((days.shift_workdays(due_on, -n), f"before-{n}") for n in spec.remind_before),
        *((days.shift_workdays(due_on, n), f"after-{n}") for n in spec.remind_after),
        (days.shift_workdays(due_on, spec.escalate_after), ESCALATED),
    ]
    begun = sorted(step for step in steps if step[0] <= on)
    return begun[-1][1] if begun else ""


def _escalate(one: ReportRound, actor: Actor, on: dt.date, now: dt.datetime) -> int:
    owed = _fresh(_owed(one), ESCALATED, actor, on, now)
    if owed:
        tell_escalated(one, len(owed), now, on)
        tell_reminded(owed, now, on)
    return len(owed)


def _remind(
    reports: Iterable[Report], kind: str, actor: Actor, on: dt.date, now: dt.datetime
) -> int:
    fresh = _fresh(reports, kind, actor, on, now)
    tell_reminded(fresh, now, on)
    return len(fresh)


def _fresh(
    reports: Iterable[Report], kind: str, actor: Actor, on: dt.date, now: dt.datetime
) -> list[Report]:
    """Write down who is reminded, and return those who were not yet."""
    chosen = list(reports)
    before = ReportReminder.objects.filter(report__in=chosen, kind=kind)
    told = set(before.values_list("report", flat=True))
    fresh = [one for one in chosen if one.pk not in told]
    made = [
        ReportReminder(report=one, kind=kind, on=on, by=actor.label[:150], at=now) for one in fresh
    ]
    try:
        with transaction.atomic():
            ReportReminder.objects.bulk_create(made, batch_size=500)
    except IntegrityError:
        return []
    return fresh


def _owed(one: ReportRound) -> list[Report]:
    """Return the reports of a round that were not handed in; locked, one reminder at a time."""
    ReportRound.objects.select_for_update().get(pk=one.pk)
    found = Report.objects.filter(round=one, state__in=OWED).select_related(
        "round", "entity__enterprise", "entity__unit"
    )
    return list(found.order_by("pk"))
