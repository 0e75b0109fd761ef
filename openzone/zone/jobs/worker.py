"""The worker: a loop for a process or for a thread beside the site."""

import logging
import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

from django.db import Error, close_old_connections, connections, transaction
from django.utils import timezone
from django_tasks import TaskContext, task_backends

from openzone.zone.jobs import queue
from openzone.zone.jobs.backend import task_of
from openzone.zone.jobs.models import Job
from openzone.zone.jobs.schedule import enqueue_due

log = logging.getLogger(__name__)


def run_worker(stop: threading.Event, *, poll: float = 1.0) -> None:
    """Run jobs until told to stop; the job in hand is finished first.

    ``poll`` is the pause in seconds when nothing is due. A database that is away for a while does
    not end the worker.
    """
    worker = f"{socket.gethostname()}-{os.getpid()}-{uuid4().hex[:8]}"
    try:
        while not stop.is_set():
            if not _turn(worker):
                stop.wait(poll)
    finally:
        connections.close_all()


def run_pending() -> int:
    """Run everything that is due, here and now; return how many jobs that were."""
    count = 0
    while run_next("inline"):
        count += 1
    return count


def run_next(worker: str) -> bool:
    """Claim one job and run it; ``False`` when none is due."""
    job = queue.claim(worker)
    if job is None:
        return False
    with _lease_kept(job):
        try:
            _run(job)
        except queue.LostLease:
            log.warning("job %s was taken over by another worker", job)
        except Exception as error:
            log.warning("job %s failed: %s", job, error)
            _note_failure(job, error)
    return True


@contextmanager
def effects(context: TaskContext) -> Iterator[None]:
    """Open one short transaction inside a task that is not atomic.

    It is refused once another worker has taken the job over. Several of them in one job must each
    bear being repeated: after a crash the job starts again from the top.
    """
    result = context.task_result
    job = Job.objects.get(pk=result.id)
    job.attempts = context.attempt
    with queue.fence(job):
        yield


def _turn(worker: str) -> bool:
    close_old_connections()
    try:
        enqueue_due(timezone.now())
        return run_next(worker)
    except Error:
        log.exception("the database did not answer; trying again")
        connections.close_all()
        return False


def _run(job: Job) -> None:
    task = task_of(job)
    if not task.atomic:
        queue.complete(job, _call(job))
        return
    with transaction.atomic():
        queue.complete(job, _call(job))


def _call(job: Job) -> Any:
    task = task_of(job)
    result = task_backends[task.backend].get_result(str(job.pk))
    if task.takes_context:
        return task.call(TaskContext(task_result=result), *result.args, **result.kwargs)
    return task.call(*result.args, **result.kwargs)


def _note_failure(job: Job, error: Exception) -> None:
    try:
        queue.fail(job, error)
    except queue.LostLease:
        log.warning("job %s was taken over by another worker", job)


@contextmanager
def _lease_kept(job: Job) -> Iterator[None]:
    """Renew the lease from a thread while the job runs."""
    done = threading.Event()
    keeper = threading.Thread(target=_keep, args=(job, done), daemon=True)
    keeper.start()
    try:
        yield
    finally:
        done.set()
        keeper.join()


def _keep(job: Job, done: threading.Event) -> None:
    try:
        while not done.wait(queue.lease().total_seconds() / 3):
            if not _renewed(job):
                return
    finally:
        connections.close_all()


def _renewed(job: Job) -> bool:
    try:
        return queue.renew(job)
    except Error:
        # On SQLite the job's own transaction keeps us out, and everybody who could claim it too.
        return True
