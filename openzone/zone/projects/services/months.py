"""A project's month is reported, corrected, paused; its lights follow."""

import datetime as dt
from decimal import Decimal
from typing import Final, TypedDict, Unpack

from django.db import transaction

from openzone.engines.projects.money import jump
from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import User
from openzone.zone.projects.models import LightOverride, MonthlyReport, Pause, Project
from openzone.zone.projects.packs import light_rules
from openzone.zone.projects.services.lights import refresh_lights
from openzone.zone.projects.writing import locked, note


class Figures(TypedDict, total=False):
    """What is reported of a month: shares 0 to 1 and cumulative, money in yuan."""

    planned: Decimal | None
    actual: Decimal | None
    investment_planned: Decimal | None
    invested: Decimal | None
    due_on: dt.date | None
    done_on: dt.date | None
    statistics_on: dt.date | None
    expected_late: bool | None
    serious: bool | None
    reason: str
    reason_accepted: bool | None
    remark: str


REPORTED: Final = frozenset(Figures.__optional_keys__)
NO_FIELD = Text("没有“{name}”这一项", "there is no field “{name}”")
TO_COME = Text("{month} 还没有到", "{month} has not come yet")
SHARE = Text("进度应在 0 到 100% 之间", "progress is between 0 and 100 %")
FALLS = Text(
    "累计进度低于 {month} 所报的 {old}，须写明原因",
    "progress is lower than the {old} reported for {month}; say why",
)
WHY = Text("{month} 已报过，须写明更正原因", "{month} was reported already; say why it changes")
OWN = Text("须由另一人决定", "somebody else has to decide")
DECIDED = Text("已经决定过", "this was decided already")
NO_RULE = Text("没有亮灯规则“{name}”", "there is no rule “{name}”")
ENDS_BEFORE = Text("须在今后某日到期", "it has to end on a day to come")
COLOURS: Final = ("green", "yellow", "red", "blue")


@transaction.atomic
def report_month(
    *, actor: Actor, project: Project, month: dt.date, now: dt.datetime, today: dt.date,
    user: User | None = None, change_reason: str = "", sure: bool = False,
    **figures: Unpack[Figures],
) -> MonthlyReport:  # fmt: skip
    """Report a month, or correct it with a reason; nothing that was reported is lost.

    ``figures``: see ``REPORTED``; shares are 0 to 1 and cumulative, money is in yuan. An amount
    that jumps by a power of ten is refused until the person is ``sure``.
    """
    fresh = locked(project)
    report = MonthlyReport(
        project=fresh, month=month.replace(day=1), reported_by=user, reported_at=now,
        change_reason=change_reason.strip(),
    )  # fmt: skip
    for name, value in figures.items():
        if name not in REPORTED:
            raise Refused(NO_FIELD.format(name=name), field=name)
        setattr(report, name, value)
    _ensure_sound(report, today, sure=sure)
    _number(report)
    fresh.months.filter(month=report.month, current=True).update(current=False)
    ensure_valid(report)
    report.save()
    refresh_lights(fresh, today)
    note("month.reported", actor, fresh, month=f"{report.month:%Y-%m}", version=report.version)
    return report


@transaction.atomic
def ask_pause(
    *, actor: Actor, project: Project, begins: dt.date, until: dt.date, reason: str,
    user: User, now: dt.datetime, document_no: str = "",
) -> Pause:  # fmt: skip
    """Ask that work may rest; it changes nothing until somebody else agrees."""
    fresh = locked(project)
    pause = Pause(
        project=fresh, begins=begins, until=until, reason=reason.strip(),
        document_no=document_no.strip(), asked_by=user, asked_at=now,
    )  # fmt: skip
    ensure_valid(pause)
    pause.save()
    note("pause.asked", actor, fresh, begins=begins.isoformat(), until=until.isoformat())
    return pause


@transaction.atomic
def rule_pause(
    *, actor: Actor, pause: Pause, granted: bool, user: User, now: dt.datetime, today: dt.date,
    remark: str = "",
) -> Pause:  # fmt: skip
    """Decide about a pause: never whoever asked for it, and once."""
    fresh = locked(pause.project)
    pause = Pause.objects.get(pk=pause.pk)
    if pause.granted is not None:
        raise Refused(DECIDED)
    if pause.asked_by_id == user.pk:
        raise Refused(OWN)
    if not granted and not remark.strip():
        raise Refused(Text("不同意须写明原因", "a refusal says why"), field="remark")
    pause.granted, pause.ruled_by, pause.ruled_at = granted, user, now
    pause.remark = remark.strip()
    pause.save()
    refresh_lights(fresh, today)
    note("pause.ruled", actor, fresh, granted=granted, remark=pause.remark)
    return pause


@transaction.atomic
def override_light(
    *, actor: Actor, project: Project, colour: str, reason: str, begins: dt.date,
    until: dt.date, user: User, now: dt.datetime, today: dt.date, rule: str = "",
) -> LightOverride:  # fmt: skip
    """Set a light by hand, with a reason and a day on which it ends by itself."""
    fresh = locked(project)
    if rule and rule not in light_rules():
        raise Refused(NO_RULE.format(name=rule), field="rule")
    if colour not in COLOURS:
        raise Refused(Text("没有这种灯色", "there is no such light"), field="colour")
    if not reason.strip():
        raise Refused(Text("须写明改灯原因", "say why the light is set"), field="reason")
    if until < max(begins, today):
        raise Refused(ENDS_BEFORE, field="until")
    override = LightOverride(
        project=fresh, rule=rule, colour=colour, reason=reason.strip(), begins=begins,
        until=until, set_by=user, set_at=now,
    )  # fmt: skip
    ensure_valid(override)
    override.save()
    refresh_lights(fresh, today)
    note("light.set", actor, fresh, colour=colour, rule=rule, until=until.isoformat())
    return override


@transaction.atomic
def withdraw_override(
    *, actor: Actor, override: LightOverride, now: dt.datetime, today: dt.date
) -> LightOverride:
    """Let the rule speak again."""
    fresh = locked(override.project)
    if override.withdrawn_at is None:
        override.withdrawn_at = now
        override.save(update_fields=["withdrawn_at"])
    refresh_lights(fresh, today)
    note("light.released", actor, fresh, colour=override.colour, rule=override.rule)
    return override


def _ensure_sound(report: MonthlyReport, today: dt.date, *, sure: bool) -> None:
    month = f"{report.month:%Y-%m}"
    if report.month > today:
        raise Refused(TO_COME.format(month=month), field="month")
    for name in ("planned", "actual"):
        share = getattr(report, name)
        if share is not None and not 0 <= share <= 1:
            raise Refused(SHARE, field=name)
    before = (
        MonthlyReport.objects.filter(project=report.project, current=True)
        .filter(month__lt=report.month)
        .order_by("-month")
    )
    _ensure_rises(report, before.exclude(actual=None).first())
    earlier = before.exclude(invested=None).exclude(invested=Decimal(0)).first()
    if earlier is not None and earlier.invested and report.invested and not sure:
        jumped = jump(earlier.invested, report.invested)
        if jumped is not None:
            raise Refused(jumped, field="invested")


def _ensure_rises(report: MonthlyReport, before: MonthlyReport | None) -> None:
    if before is None or before.actual is None or report.actual is None or report.reason:
        return
    if report.actual < before.actual:
        told = {"month": f"{before.month:%Y-%m}", "old": f"{before.actual:.1%}"}
        raise Refused(FALLS.format(**told), field="actual")


def _number(report: MonthlyReport) -> None:
    last = report.project.months.filter(month=report.month).order_by("version").last()
    if last is None:
        return
    if not report.change_reason:
        raise Refused(WHY.format(month=f"{report.month:%Y-%m}"), field="change_reason")
    report.version = last.version + 1
