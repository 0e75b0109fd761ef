"""The tasks a document gives to units, and how far they are."""

import datetime as dt

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import Unit
from openzone.zone.policies.enums import TaskState
from openzone.zone.policies.history import differences, locked_document, note
from openzone.zone.policies.models import Document, DocumentTask


@transaction.atomic
def add_task(
    *,
    actor: Actor,
    document: Document,
    title: str,
    unit: Unit,
    due_on: dt.date | None = None,
    clause: str = "",
) -> DocumentTask:
    """Give a unit a task of a document."""
    current = locked_document(document)
    if due_on and current.issued_on and due_on < current.issued_on:
        raise Refused(
            Text("期限早于印发日期", "due before the document was issued"), field="due_on"
        )
    task = DocumentTask(
        document=current, title=title.strip(), unit=unit, due_on=due_on, clause=clause.strip()
    )
    ensure_valid(task)
    task.save()
    note(
        "policies.task.added",
        actor=actor,
        document=current,
        about=f"{task.title} · {unit}",
        payload={"task": task.pk, "unit": unit.code, "due_on": due_on},
    )
    return task


@transaction.atomic
def change_task(
    *,
    actor: Actor,
    task: DocumentTask,
    state: TaskState,
    on: dt.date,
    due_on: dt.date | None = None,
    note_text: str = "",
) -> DocumentTask:
    """Say how far a task is. Done on ``on``; a task that is open again has no such day."""
    current = DocumentTask.objects.select_for_update(of=("self",)).get(pk=task.pk)
    done = state is TaskState.DONE
    kept = current.done_on if current.state == TaskState.DONE else None
    if state is TaskState.DROPPED and not note_text.strip():
        raise Refused(Text("请说明取消的原因", "say why it is dropped"), field="note")
    changed = differences(
        current,
        {
            "state": state,
            "done_on": (kept or on) if done else None,
            "due_on": due_on,
            "note": note_text.strip()[:300],
        },
    )
    ensure_valid(current)
    current.save()
    if changed:
        said = {f"task.{name}": values for name, values in changed.items()}
        note(
            "policies.task.changed",
            actor=actor,
            document=current.document,
            changed=said,
            payload={"task": current.pk, "state": str(state)},
        )
    return current
