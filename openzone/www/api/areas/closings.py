"""Programmes finished: asked by one person, confirmed by another, reopened with a reason."""

import datetime as dt
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from ninja import Schema

from openzone.engines.text import Text
from openzone.www.api.areas.reforms import ProgrammeOut, RuleIn, desk
from openzone.www.api.bodies import Body
from openzone.www.api.errors import require
from openzone.www.api.sent import Asked, Sent
from openzone.www.api.shapes.common import PersonOut
from openzone.www.api.values import Day, Id, Line, Paragraphs
from openzone.www.forms.closings import ReopenForm
from openzone.zone.errors import Refused
from openzone.zone.reforms import permissions
from openzone.zone.reforms.models import Closing, Programme, Task
from openzone.zone.reforms.selectors.closings import latest, left
from openzone.zone.reforms.services import closings as services

__all__ = ["desk"]  # one router with the programmes
NO_TASK = Text("没有这项未完成的任务", "there is no such task that is not done")
NO_NEXT = Text("没有这个方案", "there is no such programme")


class TaskRef(Schema):
    """A task."""

    id: int
    number: str
    title: str


class CarriedOut(Schema):
    """A task that goes on in another programme."""

    task: TaskRef
    into: ProgrammeOut
    due_on: dt.date
    reason: str


class ReopeningOut(Schema):
    """A finished programme went on."""

    reason: str
    reopened_by: PersonOut
    reopened_at: dt.datetime


class ClosingOut(Schema):
    """The last closing of a programme; ``confirmed`` is null until somebody else decided."""

    id: int
    programme: ProgrammeOut
    summary: str
    asked_by: PersonOut
    asked_at: dt.datetime
    confirmed: bool | None
    remark: str
    done: list[TaskRef]
    carried: list[CarriedOut]
    reopenings: list[ReopeningOut]


class CarryIn(Body):
    """Where a task that is not done goes on, by which day, and why it is not done."""

    task: Id
    into: Id
    due_on: Day
    reason: Line


class ClosingIn(Body):
    """What was achieved, and what becomes of every task that is not done."""

    summary: Paragraphs
    carries: list[CarryIn] = []


@desk.read("/reforms/{pk}/closing", Text("结项报告", "The closing report"), ClosingOut)
def get_closing(asked: Asked, pk: Id) -> Any:
    """The last closing that was asked for: what is done, what goes on, who said so."""
    require(permissions.may_see(asked.user, asked.on))
    return _shown(asked, pk)


@desk.act("/reforms/{pk}/closing", Text("申请结项", "Ask for the closing"), ClosingIn, ClosingOut,
          status=201)  # fmt: skip
def ask_closing(asked: Asked, sent: ClosingIn, pk: Id) -> Any:
    """Say that a programme is finished; somebody else confirms it."""
    require(permissions.may_manage(asked.user, asked.on))
    programme = get_object_or_404(Programme, pk=pk)
    try:
        services.ask_closing(
            actor=asked.actor, by=asked.user, programme=programme, summary=sent.summary,
            carries=_carries(programme, sent.carries), now=asked.now,
        )  # fmt: skip
    except Refused as refusal:
        # The form of the page has a field for every task; here they are a list.
        field = refusal.field if refusal.field in ("", "summary") else "carries"
        raise Refused(refusal.reason, field=field) from None
    return _shown(asked, pk)


@desk.act("/reforms/closings/{pk}/rule", Text("确认或退回结项", "Decide on the closing"), RuleIn,
          ClosingOut)  # fmt: skip
def rule_closing(asked: Asked, sent: RuleIn, pk: Id) -> Any:
    """Confirm it (`granted`), or return it with a remark; never one's own."""
    require(permissions.may_see(asked.user, asked.on))
    closing = get_object_or_404(Closing.objects.select_related("programme"), pk=pk)
    require(permissions.may_rule_closing(asked.user, closing, asked.on))
    services.rule_closing(
        actor=asked.actor, by=asked.user, closing=closing, confirmed=sent.granted,
        remark=sent.remark, now=asked.now,
    )  # fmt: skip
    return _shown(asked, closing.programme_id)


@desk.act("/reforms/{pk}/reopen", Text("重新启动方案", "Reopen the programme"), ReopenForm,
          ClosingOut)  # fmt: skip
def reopen(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Let a finished programme go on; tasks that went elsewhere stay there."""
    require(permissions.may_reopen(asked.user, asked.on))
    programme = get_object_or_404(Programme, pk=pk)
    services.reopen_programme(
        actor=asked.actor, by=asked.user, programme=programme, now=asked.now, **sent.given()
    )
    return _shown(asked, pk)


def _carries(programme: Programme, sent: list[CarryIn]) -> list[services.Carry]:
    tasks = {task.pk: task for task in left(programme)}
    others = Programme.objects.in_bulk({one.into for one in sent})
    return [
        services.Carry(_known(tasks, one.task), _next(others, one.into), one.due_on, one.reason)
        for one in sent
    ]


def _known(tasks: dict[int, Task], pk: int) -> Task:
    if pk not in tasks:
        raise Refused(NO_TASK, field="carries")
    return tasks[pk]


def _next(others: dict[int, Programme], pk: int) -> Programme:
    if pk not in others:
        raise Refused(NO_NEXT, field="carries")
    return others[pk]


def _shown(asked: Asked, pk: int) -> dict[str, Any]:
    found = latest(get_object_or_404(Programme, pk=pk), asked.on)
    if found is None:
        raise Http404
    names = ("id", "summary", "asked_by", "asked_at")
    ruling: Any = getattr(found.closing, "ruling", None)
    return {
        **{name: getattr(found.closing, name) for name in names},
        "programme": found.programme,
        "confirmed": None if ruling is None else ruling.confirmed,
        "remark": "" if ruling is None else ruling.remark,
        "done": found.done,
        "carried": found.carried,
        "reopenings": found.reopenings,
    }
