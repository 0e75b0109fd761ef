"""The case a task carries: its number, who took it on, its proof, its closing by somebody else."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from openzone.zone.audit.actors import Actor
from openzone.zone.cases.enums import Channel, RequesterKind
from openzone.zone.cases.services.acting import act
from openzone.zone.cases.services.intake import Requester, centre_unit, open_case
from openzone.zone.people.models import User
from openzone.zone.reforms.models import Report, ReportCheck, Task

KIND = "reform_task"


@transaction.atomic
def open_for(*, actor: Actor, task: Task, now: dt.datetime) -> Task:
    """Give a task to its lead unit."""
    title = f"{task.number} {task.title}"
    opened = open_case(
        actor=actor,
        kind=KIND,
        title=title[:200],
        text=task.content,
        now=now,
        channel=Channel.SYSTEM,
        requester=Requester(RequesterKind.UNIT, unit=centre_unit()),
        fields={"area": task.area.title, "due": task.due_on.isoformat()},
        unit=task.lead,
        origin=f"{KIND}:{task.pk}",
    )
    task.case = opened.case
    task.save(update_fields=["case"])
    return task


@transaction.atomic
def propose_done(*, actor: Actor, by: User, task: Task, report: Report, now: dt.datetime) -> None:
    """Ask for the closing of a task, with what proves it."""
    said = {"text": report.text, "documents": [report.evidence]}
    _act(actor, by, task, "finish", said, now)


@transaction.atomic
def settle(*, actor: Actor, by: User, task: Task, found: ReportCheck, now: dt.datetime) -> None:
    """Close the case, or give it back to the lead unit."""
    if found.passed:
        _act(actor, by, task, "close", {}, now)
    else:
        _act(actor, by, task, "return", {"reason": found.remark}, now)


def _act(
    actor: Actor, by: User, task: Task, action: str, said: Mapping[str, object], now: dt.datetime
) -> None:
    if task.case is not None:
        act(actor=actor, case=task.case, action=action, now=now, user=by, data=said)
