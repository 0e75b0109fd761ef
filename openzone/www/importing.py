"""Which background job works on an upload, and how far it is."""

from typing import Any, NamedTuple

from django_tasks import TaskResultStatus
from django_tasks.base import Task

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.jobs.backend import enqueue_once
from openzone.zone.jobs.models import Job
from openzone.zone.jobs.progress import Progress, progress_of
from openzone.zone.registry.enums import BatchStatus
from openzone.zone.registry.models import ImportBatch

WAITING, RUNNING = TaskResultStatus.READY, TaskResultStatus.RUNNING


class Work(NamedTuple):
    """What a job does for an upload right now."""

    job: Job
    progress: Progress | None

    @property
    def active(self) -> bool:
        """Whether it waits or runs; a page shows it until it does not."""
        return self.job.status in (WAITING, RUNNING)

    @property
    def waiting(self) -> bool:
        """Whether no worker has taken it yet."""
        return self.job.status == WAITING

    @property
    def reason(self) -> Text | None:
        """Why it failed, if it did."""
        failed = self.job.status == TaskResultStatus.FAILED
        return Text(self.job.reason_zh, self.job.reason_en) if failed else None


def start(task: Task[Any, Any], batch: ImportBatch, actor: Actor, **options: Any) -> None:
    """Queue a job for an upload; pressing a button twice queues it once."""
    key = f"{_prefix(batch)}{task.name}:{_finished(batch)}"
    who = [actor.kind, actor.id, actor.label]
    enqueue_once(task, key, batch=batch.pk, actor=who, **options)


def work_on(batch: ImportBatch) -> Work | None:
    """Return the latest job of an upload."""
    job = _jobs(batch).order_by("-pk").first()
    return Work(job, progress_of(job.pk)) if job else None


def is_busy(batch: ImportBatch, work: Work | None) -> bool:
    """Whether something still happens to an upload without anybody pressing a button."""
    return bool(work and work.active) or (batch.status == BatchStatus.CHECKING and not work)


def _jobs(batch: ImportBatch) -> Any:
    return Job.objects.filter(unique_key__startswith=_prefix(batch))


def _finished(batch: ImportBatch) -> int:
    """Count the jobs that are done: a new attempt after one of them is a new job."""
    return int(_jobs(batch).exclude(status__in=(WAITING, RUNNING)).count())


def _prefix(batch: ImportBatch) -> str:
    return f"import:{batch.pk}:"
