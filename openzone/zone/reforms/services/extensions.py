"""More time: asked for before the day comes, granted or refused by somebody else."""

import datetime as dt

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import User
from openzone.zone.reforms.models import Extension, ExtensionRuling, Task
from openzone.zone.reforms.packs import pack
from openzone.zone.reforms.services.programmes import OUTSIDE, label, locked


@transaction.atomic
def ask_extension(
    *,
    actor: Actor,
    by: User,
    task: Task,
    to_on: dt.date,
    reason: str,
    now: dt.datetime,
    on: dt.date,
) -> Extension:
    """Ask for more time while there is some left."""
    current = locked(task)
    _ensure_possible(current, to_on, on)
    asked = Extension(
        task=current,
        from_on=current.due_on,
        to_on=to_on,
        reason=reason.strip(),
        asked_by=by,
        asked_at=now,
    )
    if not asked.reason:
        raise Refused(Text("请说明理由", "give a reason"), field="reason")
    ensure_valid(asked)
    asked.save()
    _note("extension_asked", actor, current, to=to_on, reason=asked.reason)
    return asked


@transaction.atomic
def rule_extension(
    *,
    actor: Actor,
    by: User,
    extension: Extension,
    granted: bool,
    now: dt.datetime,
    remark: str = "",
) -> ExtensionRuling:
    """Grant or refuse more time; a refusal says why."""
    task = locked(extension.task)
    if ExtensionRuling.objects.filter(extension=extension).exists():
        raise Refused(Text("该申请已有结论", "it was decided already"))
    if by.pk in (extension.asked_by_id, task.owner_id):
        raise Refused(Text("本人的事项由他人核定", "somebody else decides on one's own"))
    if not granted and not remark.strip():
        raise Refused(Text("请说明不同意的原因", "say why it is refused"), field="remark")
    ruling = ExtensionRuling(
        extension=extension, granted=granted, remark=remark.strip(), ruled_by=by, ruled_at=now
    )
    ensure_valid(ruling)
    ruling.save()
    if granted:
        task.due_on = extension.to_on
        task.save(update_fields=["due_on"])
    _note("extension_ruled", actor, task, granted=granted, due=task.due_on)
    return ruling


def _ensure_possible(task: Task, to_on: dt.date, on: dt.date) -> None:
    rules = pack().extension
    if on > task.due_on:
        raise Refused(
            Text("已逾期，不能再申请延期", "the day has passed: time is asked for before it comes")
        )
    if task.extensions.filter(ruling__isnull=True).exists():
        raise Refused(Text("已有延期申请待定", "an extension waits for a decision"))
    if task.extensions.filter(ruling__granted=True).count() >= rules.times:
        raise Refused(
            Text("最多延期{n}次", "a task is extended {n} times at most").format(n=rules.times)
        )
    _ensure_day(task, to_on, rules.most_days)


def _ensure_day(task: Task, to_on: dt.date, most: int) -> None:
    if to_on <= task.due_on:
        raise Refused(Text("新时限应晚于原时限", "the new day is not later"), field="to_on")
    if (to_on - task.due_on).days > most:
        raise Refused(
            Text("每次最多延长{n}日", "at most {n} days each time").format(n=most), field="to_on"
        )
    programme = task.area.programme
    if to_on > programme.last_on:
        span = {"first": programme.first_on, "last": programme.last_on}
        raise Refused(OUTSIDE.format(**span), field="to_on")


def _note(action: str, actor: Actor, task: Task, **payload: str | bool | dt.date) -> None:
    record(
        f"reforms.task.{action}",
        actor=actor,
        subject=label(task),
        payload={"number": task.number, **payload},
    )
