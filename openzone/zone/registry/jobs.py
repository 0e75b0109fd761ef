"""Imports in the background, for the browser: they report progress and bear being repeated."""

from typing import Literal, cast

from django_tasks import TaskContext, task

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.jobs.progress import report_progress
from openzone.zone.registry.enums import BatchStatus
from openzone.zone.registry.imports.apply import apply_batch
from openzone.zone.registry.imports.check import check_batch
from openzone.zone.registry.imports.progress import Progress
from openzone.zone.registry.models import ImportBatch

Kind = Literal["user", "system", "command"]
_APPLIED = (BatchStatus.APPLIED, BatchStatus.PARTLY_APPLIED)


@task(takes_context=True, atomic=False)
def check_import(context: TaskContext, batch: int, actor: list[str]) -> str:
    """Check an upload; ``actor`` is ``[kind, id, label]``. Returns the status of the upload."""
    checked = check_batch(actor=_actor(actor), batch=_batch(batch), on_progress=_progress(context))
    return str(checked.status)


@task(takes_context=True, atomic=False)
def apply_import(context: TaskContext, batch: int, actor: list[str], good_rows_only: bool) -> str:
    """Apply a checked upload. After a crash the job finds it applied entirely or not at all."""
    current = _batch(batch)
    if current.status not in _APPLIED:
        current = apply_batch(
            actor=_actor(actor),
            batch=current,
            good_rows_only=good_rows_only,
            on_progress=_progress(context),
        )
    return str(current.status)


def _actor(parts: list[str]) -> Actor:
    kind, identifier, label = parts
    return Actor(cast(Kind, kind), identifier, label)


def _batch(pk: int) -> ImportBatch:
    return ImportBatch.objects.get(pk=pk)


def _progress(context: TaskContext) -> Progress:
    def report(done: int, total: int, text: Text) -> None:
        report_progress(context, done, total, text)

    return report
