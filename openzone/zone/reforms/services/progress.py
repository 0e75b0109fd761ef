"""Progress: the owner reports with evidence, somebody else checks; the last check closes."""

import datetime as dt

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import User
from openzone.zone.reforms.enums import ProgrammeState
from openzone.zone.reforms.models import Report, ReportCheck, Task
from openzone.zone.reforms.services import casework
from openzone.zone.reforms.services.programmes import label, locked

WHOLE = 100


@transaction.atomic
def report(
    *,
    actor: Actor,
    by: User,
    task: Task,
    percent: int,
    text: str,
    evidence: str,
    now: dt.datetime,
) -> Report:
    """Report how far a task is; at 100 per cent it is handed over to be closed."""
    current = locked(task)
    if current.area.programme.state != ProgrammeState.RUNNING:
        raise Refused(Text("方案尚未启动", "the programme has not begun"))
    if current.reports.filter(check_result__isnull=True).exists():
        raise Refused(
            Text("上一次报告还在核验", "the report before this one still waits for its check")
        )
    made = Report(
        task=current,
        percent=percent,
        text=text.strip(),
        evidence=evidence.strip(),
        reported_by=by,
        reported_at=now,
    )
    _ensure_sound(made)
    ensure_valid(made)
    made.save()
    if percent == WHOLE:
        casework.propose_done(actor=actor, by=by, task=current, report=made, now=now)
    _note("reported", actor, current, percent=percent, evidence=made.evidence)
    return made


@transaction.atomic
def check_report(
    *,
    actor: Actor,
    by: User,
    report: Report,
    passed: bool,
    now: dt.datetime,
    on: dt.date,
    remark: str = "",
) -> ReportCheck:
    """Confirm a report or return it; a confirmed report of 100 per cent closes the task."""
    task = locked(report.task)
    if ReportCheck.objects.filter(report=report).exists():
        raise Refused(Text("该报告已核验", "this report was checked already"))
    if by.pk in (report.reported_by_id, task.owner_id):
        raise Refused(Text("本人的事项由他人核定", "somebody else decides on one's own"))
    if not passed and not remark.strip():
        raise Refused(Text("请说明退回原因", "say why it is returned"), field="remark")
    found = ReportCheck(
        report=report, passed=passed, remark=remark.strip(), checked_by=by, checked_at=now
    )
    ensure_valid(found)
    found.save()
    if report.percent == WHOLE:
        _settle(actor, by, task, found, now, on)
    _note("checked", actor, task, percent=report.percent, passed=passed, remark=found.remark)
    return found


def _settle(
    actor: Actor, by: User, task: Task, found: ReportCheck, now: dt.datetime, on: dt.date
) -> None:
    casework.settle(actor=actor, by=by, task=task, found=found, now=now)
    if found.passed:
        task.done_on = on
        task.save(update_fields=["done_on"])


def _ensure_sound(made: Report) -> None:
    if not 0 <= made.percent <= WHOLE:
        raise Refused(
            Text("进度应在0到100之间", "progress lies between 0 and 100"), field="percent"
        )
    if not made.evidence:
        raise Refused(Text("请填写佐证", "say what proves it"), field="evidence")


def _note(action: str, actor: Actor, task: Task, **payload: str | int | bool) -> None:
    record(
        f"reforms.task.{action}",
        actor=actor,
        subject=label(task),
        payload={"number": task.number, **payload},
    )
