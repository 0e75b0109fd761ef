"""Rounds of reports: opened by the calendar or a person, with who owes what; closed for good."""

import datetime as dt
from typing import Final

from django.db import IntegrityError, transaction

from openzone.engines.reporting.deadline import opens_on
from openzone.engines.series.due import last_day
from openzone.engines.series.periods import Period
from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused
from openzone.zone.indicators.enums import OWED, ReportState
from openzone.zone.indicators.models import Entity, Report, ReportRound
from openzone.zone.indicators.report_packs import (
    due,
    ensure_period,
    form_of,
    forms,
    last_ended,
    rules,
)
from openzone.zone.indicators.report_writing import report_in, round_open, step, told
from openzone.zone.indicators.selectors.rounds import members
from openzone.zone.indicators.services.report_telling import tell_opened
from openzone.zone.indicators.writing import ensure_said, note

ALREADY: Final = Text(
    "“{form}”{period}已经开始报送", "reporting of {form} {period} is open already"
)
NOBODY: Final = Text(
    "没有应报的单位：请先建立统计对象", "nobody owes this report: enter subjects of figures first"
)
OTHER_KIND: Final = Text("“{name}”不填报本表", "“{name}” does not report by this form")
OWES: Final = Text("“{name}”已在本期应报名单内", "“{name}” owes this report already")
WAITING: Final = Text(
    "还有{n}份报表待审定，请先审定或退回",
    "{n} reports wait for a decision: approve or return them first",
)


@transaction.atomic
def open_round(
    *, actor: Actor, form: str, period: Period, now: dt.datetime, on: dt.date,
    synthetic: bool = False,
) -> ReportRound:  # fmt: skip
    """Open a round for everybody who owes the form on the last day of the period.

    Raises:
        Refused: the form has no such period, it is not over, is open already, or nobody owes it.

    """
    spec = form_of(form)
    ensure_period(spec, period, on)
    owing = list(members(spec.who, last_day(period)))
    if not owing:
        raise Refused(NOBODY, field="form")
    made = ReportRound(
        form=form, version=spec.version, period=str(period), due_on=due(spec, period).day,
        opened_at=now, opened_by=actor.label[:150],
        synthetic=synthetic or all(one.synthetic for one in owing),
    )  # fmt: skip
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:
        label = spec.label.text
        raise Refused(Text(ALREADY.zh.format(form=label.zh, period=period),
                           ALREADY.en.format(form=label.en, period=period)),
                      field="period") from None  # fmt: skip
    Report.objects.bulk_create([Report(round=made, entity=one) for one in owing], batch_size=500)
    note("round.opened", actor, f"report_round:{made.pk}",
         {"form": form, "period": made.period, "reports": len(owing)})  # fmt: skip
    tell_opened(made, now, on)
    return made


@transaction.atomic
def add_to_round(
    *, actor: Actor, report_round: ReportRound, entity: Entity, now: dt.datetime
) -> Report:
    """Let somebody else owe the report of a round as well."""
    current = round_open(report_round)
    if entity.kind != form_of(current.form).who:
        raise Refused(OTHER_KIND.format(name=entity.name), field="entity")
    made, new = Report.objects.get_or_create(round=current, entity=entity)
    if not new:
        raise Refused(OWES.format(name=entity.name), field="entity")
    told(made, "added", actor)
    return made


@transaction.atomic
def excuse(*, actor: Actor, report: Report, reason: str, now: dt.datetime) -> Report:
    """Excuse somebody from a report, with the reason; sums name them and are not complete."""
    fresh = report_in(report, *OWED)
    fresh.reason = ensure_said(reason)
    step(fresh, ReportState.EXCUSED, now, actor, fresh.reason)
    told(fresh, "excused", actor, reason=fresh.reason)
    return fresh


@transaction.atomic
def close_round(*, actor: Actor, report_round: ReportRound, now: dt.datetime) -> ReportRound:
    """Close a round: nobody hands in any more, and its sums are shown as they are known by then."""
    current = round_open(report_round)
    waiting = current.reports.filter(state=ReportState.SUBMITTED).count()
    if waiting:
        raise Refused(WAITING.format(n=waiting))
    current.closed_at, current.closed_by = now, actor.label[:150]
    current.save(update_fields=["closed_at", "closed_by"])
    missing = current.reports.exclude(state=ReportState.APPROVED).count()
    note("round.closed", actor, f"report_round:{current.pk}", {"not_approved": missing})
    return current


@transaction.atomic
def open_due_rounds(*, actor: Actor, on: dt.date, now: dt.datetime) -> int:
    """Open the round of the last period that is over, of every form somebody owes."""
    opened = 0
    for name, form in forms().items():
        period = last_ended(form, on)
        fresh = (on - opens_on(period)).days < rules().automatic_days
        known = ReportRound.objects.filter(form=name, period=str(period)).exists()
        if known or not fresh or not members(form.who, last_day(period)).exists():
            continue
        open_round(actor=actor, form=name, period=period, now=now, on=on)
        opened += 1
    note("rounds.looked_after", actor, "", {"day": on.isoformat(), "opened": opened})
    return opened
