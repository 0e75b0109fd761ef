"""Setting a programme up: areas, tasks, steps; beginning it; steps done; a new owner."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import TypedDict, Unpack

from django.db import transaction

from openzone.engines.text import Text
from openzone.engines.worktime.localtime import to_local
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import Unit, User
from openzone.zone.reforms.enums import ProgrammeState
from openzone.zone.reforms.models import Area, Programme, Step, Task
from openzone.zone.reforms.permissions import works_for
from openzone.zone.reforms.services.casework import open_for

OUTSIDE = Text(
    "时限应在方案期限内（{first}至{last}）",
    "the day lies outside the programme ({first} to {last})",
)
FINISHED = Text("该方案已结束", "this programme is finished")


class TaskGiven(TypedDict, total=False):
    """What may be said about a task beside what must be."""

    content: str
    owner: User | None
    assisting: Sequence[Unit]
    weight: Decimal


@transaction.atomic
def create_programme(
    *,
    actor: Actor,
    title: str,
    first_on: dt.date,
    last_on: dt.date,
    document: str = "",
    synthetic: bool = False,
) -> Programme:
    """Prepare a programme; its tasks begin when it is begun."""
    if last_on < first_on:
        raise Refused(
            Text("结束日期不能早于开始日期", "the last day must not come before the first"),
            field="last_on",
        )
    programme = Programme(
        title=title.strip(),
        document=document.strip(),
        first_on=first_on,
        last_on=last_on,
        synthetic=synthetic,
    )
    ensure_valid(programme)
    programme.save()
    _note("programme.created", actor, f"programme:{programme.pk}", title=programme.title)
    return programme


@transaction.atomic
def add_area(*, actor: Actor, programme: Programme, title: str) -> Area:
    """Add a field of the programme."""
    area = Area(programme=_unfinished(programme), title=title.strip())
    ensure_valid(area)
    area.save()
    _note("programme.area_added", actor, f"programme:{programme.pk}", area=area.title)
    return area


@transaction.atomic
def add_task(
    *,
    actor: Actor,
    area: Area,
    number: str,
    title: str,
    lead: Unit,
    due_on: dt.date,
    now: dt.datetime,
    **given: Unpack[TaskGiven],
) -> Task:
    """Add a task; in a programme that has begun, it begins at once."""
    programme = _unfinished(area.programme)
    task = Task(
        area=area,
        number=number.strip(),
        title=title.strip(),
        content=given.get("content", "").strip(),
        lead=lead,
        owner=given.get("owner"),
        first_due_on=due_on,
        due_on=due_on,
        weight=given.get("weight", Decimal(1)),
    )
    ensure_valid(task)
    _ensure_sound(programme, task)
    _ensure_of_unit(given.get("owner"), lead, now)
    task.save()
    task.assisting.set([unit for unit in given.get("assisting", ()) if unit != lead])
    if programme.state == ProgrammeState.RUNNING:
        open_for(actor=actor, task=task, now=now)
    _note("task.added", actor, label(task), number=task.number, lead=lead.code)
    return task


@transaction.atomic
def begin_programme(*, actor: Actor, programme: Programme, now: dt.datetime) -> Programme:
    """Begin: every task is given to its lead unit as a case with a number for life."""
    current = Programme.objects.select_for_update().get(pk=programme.pk)
    if current.state != ProgrammeState.DRAFT:
        raise Refused(Text("该方案已启动", "this programme has begun already"))
    tasks = list(Task.objects.filter(area__programme=current).select_related("lead", "owner"))
    if not tasks:
        raise Refused(Text("还没有任务", "there is no task yet"))
    current.state = ProgrammeState.RUNNING
    current.save(update_fields=["state"])
    for task in (one for one in tasks if one.case_id is None):
        open_for(actor=actor, task=task, now=now)
    _note("programme.begun", actor, f"programme:{current.pk}", tasks=len(tasks))
    return current


@transaction.atomic
def name_owner(*, actor: Actor, task: Task, owner: User, now: dt.datetime) -> Task:
    """Say who is responsible for a task from now on: somebody of its lead unit."""
    current = locked(task)
    _ensure_of_unit(owner, current.lead, now)
    before = current.owner
    current.owner = owner
    current.save(update_fields=["owner"])
    _note(
        "task.owner_named",
        actor,
        label(current),
        owner=owner.username,
        before=before.username if before else "",
    )
    return current


@transaction.atomic
def add_step(
    *, actor: Actor, task: Task, title: str, due_on: dt.date, unit: Unit | None = None
) -> Step:
    """Break a task down by one sub-task or milestone, due not later than the task."""
    current = locked(task)
    if due_on > current.due_on:
        raise Refused(
            Text("步骤的时限不能晚于任务的时限", "a step is not due after its task"), field="due_on"
        )
    step = Step(task=current, title=title.strip(), due_on=due_on, unit=unit)
    ensure_valid(step)
    step.save()
    _note("task.step_added", actor, label(current), step=step.title, due=due_on)
    return step


@transaction.atomic
def finish_step(*, actor: Actor, step: Step, on: dt.date, proof: str) -> Step:
    """Note that a step is done, and what proves it."""
    locked(step.task)
    current = Step.objects.get(pk=step.pk)
    if current.done_on is not None:
        raise Refused(Text("该步骤已完成", "this step is done already"))
    if not proof.strip():
        raise Refused(Text("请填写佐证", "say what proves it"), field="proof")
    current.done_on, current.proof, current.done_by = on, proof.strip(), actor.label[:150]
    ensure_valid(current)
    current.save(update_fields=["done_on", "proof", "done_by"])
    _note("task.step_done", actor, label(step.task), step=current.title)
    return current


def locked(task: Task) -> Task:
    """Return a task as it is now, locked, or refuse because nothing more happens to it."""
    related = Task.objects.select_related("area__programme", "lead", "owner", "case")
    current = related.select_for_update(of=("self",)).get(pk=task.pk)
    if current.done_on is not None:
        raise Refused(Text("该任务已完成", "this task is done already"))
    if Task.objects.filter(carried_from=current).exists():
        raise Refused(Text("该任务已转入下一方案", "this task went on into the next programme"))
    # Read after the lock: a closing holds the locks of all tasks until it is written.
    if Programme.objects.get(pk=current.area.programme_id).state == ProgrammeState.FINISHED:
        raise Refused(FINISHED)
    return current


def label(task: Task) -> str:
    """Return what events and cases call a task."""
    return f"reform_task:{task.pk}"


def _unfinished(programme: Programme) -> Programme:
    current = Programme.objects.select_for_update().get(pk=programme.pk)
    if current.state == ProgrammeState.FINISHED:
        raise Refused(FINISHED)
    return current


def _ensure_of_unit(owner: User | None, unit: Unit, now: dt.datetime) -> None:
    if owner is not None and not works_for(owner, unit, to_local(now).date()):
        raise Refused(
            Text(
                "责任人“{name}”不是牵头单位“{unit}”的经办人员",
                "“{name}” does not handle matters of “{unit}”",
            ).format(name=owner, unit=unit),
            field="owner",
        )


def _ensure_sound(programme: Programme, task: Task) -> None:
    if not programme.first_on <= task.due_on <= programme.last_on:
        span = {"first": programme.first_on, "last": programme.last_on}
        raise Refused(OUTSIDE.format(**span), field="due_on")
    if Task.objects.filter(area__programme=programme, number=task.number).exists():
        raise Refused(
            Text("编号“{n}”已使用", "the number “{n}” is taken").format(n=task.number),
            field="number",
        )


def _note(action: str, actor: Actor, subject: str, **payload: str | int | dt.date) -> None:
    record(f"reforms.{action}", actor=actor, subject=subject, payload=payload)
