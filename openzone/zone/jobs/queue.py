"""The life of a job: claimed under a lease, then done, put back, or given up.

Every step names the job by its id and its attempt. A worker whose lease ran out and whose job was
claimed again matches no row any more: that is the fence.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django_tasks import TaskResultStatus, default_task_backend
from django_tasks.utils import get_exception_traceback, get_module_path, normalize_json

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused
from openzone.zone.jobs.models import Job

BACK_OFF = timedelta(seconds=10)
LONGEST_BACK_OFF = timedelta(minutes=10)
FAULT = Text(
    "程序出错，管理员可在作业记录中查看详情",
    "a fault in the program; administrators see the details",
)
LOST = Text("多次中断，未能完成", "interrupted too often to be finished")


class LostLease(Exception):  # noqa: N818 - it says what happened
    """Another worker has taken the job over; whatever this one did is rolled back."""


def lease() -> timedelta:
    """Return for how long a claim holds without being renewed."""
    return timedelta(seconds=default_task_backend.options.get("LEASE", 60))


def claim(worker: str) -> Job | None:
    """Take the next due job, or one whose worker fell silent."""
    now = timezone.now()
    # A read first: an idle worker must not take the write lock of an SQLite zone every second.
    while _due(now).exists():
        with transaction.atomic():
            job = _due(now).select_for_update(skip_locked=True).first()
            if job is None:
                return None
            if job.attempts < job.max_attempts:
                return _start(job, worker, now)
            _give_up(job, LOST)
    return None


def renew(job: Job) -> bool:
    """Prolong the lease; ``False`` when it is lost."""
    return bool(_held(job).update(lease_until=timezone.now() + lease()))


@contextmanager
def fence(job: Job) -> Iterator[None]:
    """Open a transaction that only commits while the job is still ours."""
    with transaction.atomic():
        if _held(job).select_for_update().first() is None:
            raise LostLease(str(job))
        yield


def complete(job: Job, value: Any) -> None:
    """Note the result, in the transaction of the job's effects."""
    done = _held(job).update(
        status=TaskResultStatus.SUCCESSFUL,
        result=json.dumps(normalize_json(value), ensure_ascii=False),
        finished_at=timezone.now(),
        lease_until=None,
    )
    if not done:
        raise LostLease(str(job))


def fail(job: Job, error: Exception) -> None:
    """Put a job back for later, or give it up: when refused, or after its last attempt."""
    with fence(job):
        job.error_class = get_module_path(type(error))
        job.error_traceback = get_exception_traceback(error)
        if isinstance(error, Refused):
            _give_up(job, error.reason)
        elif job.attempts >= job.max_attempts:
            _give_up(job, FAULT)
        else:
            _put_back(job)


def back_off(attempts: int) -> timedelta:
    """Return how long to wait after so many attempts: doubling, up to ten minutes."""
    return min(BACK_OFF * (1 << min(attempts, 16) - 1), LONGEST_BACK_OFF)


def _due(now: datetime) -> QuerySet[Job]:
    waiting = Q(status=TaskResultStatus.READY, run_after__lte=now)
    silent = Q(status=TaskResultStatus.RUNNING, lease_until__lt=now)
    return Job.objects.filter(waiting | silent).order_by("-priority", "run_after", "id")


def _held(job: Job) -> QuerySet[Job]:
    return Job.objects.filter(
        pk=job.pk, attempts=job.attempts, status=TaskResultStatus.RUNNING
    ).order_by()


def _start(job: Job, worker: str, now: datetime) -> Job:
    job.status = TaskResultStatus.RUNNING
    job.attempts += 1
    job.workers = [*job.workers, worker]
    job.lease_until = now + lease()
    job.started_at = job.started_at or now
    job.last_attempted_at = now
    job.save()
    return job


def _put_back(job: Job) -> None:
    job.status = TaskResultStatus.READY
    job.run_after = timezone.now() + back_off(job.attempts)
    job.lease_until = None
    job.save()


def _give_up(job: Job, reason: Text) -> None:
    job.status = TaskResultStatus.FAILED
    job.finished_at = timezone.now()
    job.lease_until = None
    job.reason_zh, job.reason_en = reason.zh, reason.en
    job.save()
    record(
        "jobs.job.failed",
        actor=Actor.system("jobs"),
        subject=f"job:{job.pk}",
        payload={"task": job.task, "reason": reason.en, "attempts": job.attempts},
    )
