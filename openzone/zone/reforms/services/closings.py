"""Finishing a programme: asked by one person, confirmed by another, reopened with a reason.

Every task is done, or goes on in another programme with its reason. A task that goes on keeps its
case, and with it its number.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.db import transaction
from django.db.models import QuerySet

from openzone.engines.text import Text
from openzone.engines.worktime.localtime import to_local
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.chain import JSON
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import User
from openzone.zone.reforms.enums import ProgrammeState
from openzone.zone.reforms.models import (
    Area,
    CarriedTask,
    Closing,
    ClosingRuling,
    Extension,
    Programme,
    Reopening,
    Report,
    Task,
)
from openzone.zone.reforms.permissions import may_reopen, may_rule_closing
from openzone.zone.reforms.services.casework import open_for
from openzone.zone.reforms.services.programmes import OUTSIDE

NOT_RUNNING = Text("只有进行中的方案可以结项", "only a programme under way can be finished")
PENDING = Text("已有结项申请待确认", "a closing waits for its confirmation already")
WAITING = Text(
    "还有{n}项报告或延期申请未处理", "{n} reports or requests for more time wait for their decision"
)
LEFT = Text(
    "任务“{task}”未完成：请说明原因并转入下一方案",
    "“{task}” is not done: say why and carry it on into the next programme",
)
SAME = Text("请选择另一个未结束的方案", "choose another programme that is not finished")
RULED = Text("该结项申请已有结论", "this closing was decided already")
NO_REASON = Text("请说明原因", "give a reason")
NO_SUMMARY = Text("请填写成效", "say what was achieved")
NOT_FINISHED = Text("该方案尚未结束", "this programme is not finished")


class Carry(NamedTuple):
    """Where a task that is not done goes on, by which day, and why it is not done."""

    task: Task
    into: Programme
    due_on: dt.date
    reason: str


@transaction.atomic
def ask_closing(
    *,
    actor: Actor,
    by: User,
    programme: Programme,
    summary: str,
    carries: Sequence[Carry],
    now: dt.datetime,
) -> Closing:
    """Say that a programme is finished; tasks that are not done are named with their reason."""
    current = _running(programme)
    if Closing.objects.filter(programme=current, ruling__isnull=True).exists():
        raise Refused(PENDING)
    if not summary.strip():
        raise Refused(NO_SUMMARY, field="summary")
    _ensure_complete(current, {carry.task.pk for carry in carries})
    closing = Closing(programme=current, summary=summary.strip(), asked_by=by, asked_at=now)
    ensure_valid(closing)
    closing.save()
    left = set(_left(current).values_list("pk", flat=True))
    for carry in (one for one in carries if one.task.pk in left):
        _keep(closing, carry)
    _note("closing_asked", actor, current, carried=closing.carried.count())
    return closing


@transaction.atomic
def rule_closing(
    *,
    actor: Actor,
    by: User,
    closing: Closing,
    confirmed: bool,
    now: dt.datetime,
    remark: str = "",
) -> ClosingRuling:
    """Confirm a closing, and what is not done goes on elsewhere; or return it with a remark."""
    programme = _running(closing.programme)
    if ClosingRuling.objects.filter(closing=closing).exists():
        raise Refused(RULED)
    decision = may_rule_closing(by, closing, to_local(now).date())
    if not decision.allowed:
        raise Refused(decision.reason)
    if not confirmed and not remark.strip():
        raise Refused(NO_REASON, field="remark")
    ruling = ClosingRuling(
        closing=closing, confirmed=confirmed, remark=remark.strip(), ruled_by=by, ruled_at=now
    )
    ensure_valid(ruling)
    ruling.save()
    if confirmed:
        _finish(actor, programme, closing, now)
    _note("closing_ruled", actor, programme, confirmed=confirmed)
    return ruling


@transaction.atomic
def reopen_programme(
    *, actor: Actor, by: User, programme: Programme, reason: str, now: dt.datetime
) -> Programme:
    """Let a finished programme go on; tasks that were carried on stay where they are."""
    current = Programme.objects.select_for_update().get(pk=programme.pk)
    if current.state != ProgrammeState.FINISHED:
        raise Refused(NOT_FINISHED)
    decision = may_reopen(by, to_local(now).date())
    if not decision.allowed:
        raise Refused(decision.reason)
    if not reason.strip():
        raise Refused(NO_REASON, field="reason")
    ruling = ClosingRuling.objects.filter(closing__programme=current, confirmed=True).latest("pk")
    row = Reopening(ruling=ruling, reason=reason.strip(), reopened_by=by, reopened_at=now)
    ensure_valid(row)
    row.save()
    current.state = ProgrammeState.RUNNING
    current.save(update_fields=["state"])
    _note("reopened", actor, current, reason=row.reason)
    return current


def _running(programme: Programme) -> Programme:
    """Return a programme under way with its tasks, all locked."""
    current = Programme.objects.select_for_update().get(pk=programme.pk)
    if current.state != ProgrammeState.RUNNING:
        raise Refused(NOT_RUNNING)
    list(Task.objects.select_for_update(of=("self",)).filter(area__programme=current))
    return current


def _left(programme: Programme) -> "QuerySet[Task]":
    tasks = Task.objects.filter(area__programme=programme, done_on__isnull=True)
    return tasks.filter(carried_to__isnull=True)


def _ensure_complete(programme: Programme, carried: set[int]) -> None:
    """Refuse while something waits, or a task is neither done nor carried on."""
    here = {"task__area__programme": programme}
    waiting = Report.objects.filter(check_result__isnull=True, **here).count()
    waiting += Extension.objects.filter(ruling__isnull=True, **here).count()
    if waiting:
        raise Refused(WAITING.format(n=waiting))
    missing = _left(programme).exclude(pk__in=carried).first()
    if missing is not None:
        raise Refused(LEFT.format(task=missing), field=f"reason-{missing.pk}")


def _keep(closing: Closing, carry: Carry) -> None:
    into = Programme.objects.get(pk=carry.into.pk)
    if into == closing.programme or into.state == ProgrammeState.FINISHED:
        raise Refused(SAME, field="into")
    if not carry.reason.strip():
        raise Refused(LEFT.format(task=carry.task), field=f"reason-{carry.task.pk}")
    if not into.first_on <= carry.due_on <= into.last_on:
        reason = OUTSIDE.format(first=into.first_on, last=into.last_on)
        raise Refused(reason, field=f"due-{carry.task.pk}")
    row = CarriedTask(
        closing=closing, task=carry.task, into=into, due_on=carry.due_on,
        reason=carry.reason.strip(),
    )  # fmt: skip
    ensure_valid(row)
    row.save()


def _finish(actor: Actor, programme: Programme, closing: Closing, now: dt.datetime) -> None:
    carried = {row.task_id: row for row in closing.carried.select_related("task__area", "into")}
    _ensure_complete(programme, set(carried))
    left = set(_left(programme).values_list("pk", flat=True))
    for row in (one for pk, one in carried.items() if pk in left):
        _carry_on(actor, row, now)
    programme.state = ProgrammeState.FINISHED
    programme.save(update_fields=["state"])


def _carry_on(actor: Actor, row: CarriedTask, now: dt.datetime) -> None:
    """Make the task of the next programme; the case and its number go with it."""
    old, into = row.task, Programme.objects.select_for_update().get(pk=row.into_id)
    if into.state == ProgrammeState.FINISHED:
        raise Refused(SAME, field="into")
    area, _made = Area.objects.get_or_create(programme=into, title=old.area.title)
    case, old.case = old.case, None
    old.save(update_fields=["case"])
    task = Task.objects.create(
        area=area, number=_free(into, old.number), title=old.title, content=old.content,
        lead=old.lead, owner=old.owner, first_due_on=row.due_on, due_on=row.due_on,
        weight=old.weight, case=case, carried_from=old,
    )  # fmt: skip
    task.assisting.set(old.assisting.all())
    if case is None and into.state == ProgrammeState.RUNNING:
        open_for(actor=actor, task=task, now=now)


def _free(programme: Programme, number: str) -> str:
    """Return the number, or one like it that no task of the programme has."""
    tasks = Task.objects.filter(area__programme=programme)
    taken = set(tasks.values_list("number", flat=True))
    names = (number if n == 1 else f"{number[:12]}-{n}" for n in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)


def _note(what: str, actor: Actor, programme: Programme, **payload: JSON) -> None:
    said: Mapping[str, JSON] = {"title": programme.title, **payload}
    record(
        f"reforms.programme.{what}",
        actor=actor,
        subject=f"programme:{programme.pk}",
        payload=said,
    )
