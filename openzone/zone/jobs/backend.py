"""The database behind the standard task interface (``django_tasks``).

``TASKS = {"default": {"BACKEND": "openzone.zone.jobs.backend.DatabaseBackend"}}``. Application code
knows ``@task``, ``.enqueue()`` and ``TaskContext`` only; another engine is another setting.
"""

import json
from dataclasses import dataclass, replace
from typing import Any, ParamSpec, TypeVar

from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import TaskResult, TaskResultStatus
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskError
from django_tasks.exceptions import InvalidTaskError, TaskResultDoesNotExist
from django_tasks.utils import normalize_json

from openzone.zone.jobs.models import Job

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseTask(Task[P, T]):
    """A task of this backend: ``@task(max_attempts=5, atomic=False)``.

    An ``atomic`` task runs in one transaction with the note that it is done, so its effects in the
    database happen exactly once. A long one should not be: it would keep every other writer of an
    SQLite zone waiting. It writes inside ``worker.effects(context)`` instead.
    """

    max_attempts: int = 3
    atomic: bool = True
    unique_key: str | None = None


def task_of(job: Job) -> DatabaseTask[..., Any]:
    """Return the task a job calls; a name that is no task of this program is refused."""
    try:
        task = import_string(job.task)
    except ImportError:
        task = None
    if not isinstance(task, DatabaseTask):
        raise InvalidTaskError(f"{job.task} is not a task of this program")
    return task


def enqueue_once(task: Task[P, T], key: str, *args: P.args, **kwargs: P.kwargs) -> TaskResult[T]:
    """Queue a task unless one was queued under the same key before; return that one then."""
    if not isinstance(task, DatabaseTask):
        raise InvalidTaskError("only a task of the database backend has a unique key")
    return replace(task, unique_key=key).enqueue(*args, **kwargs)


class DatabaseBackend(BaseTaskBackend):
    """Keeps jobs in the database, in the transaction of whoever asks: an outbox."""

    task_class = DatabaseTask
    supports_defer = True
    supports_get_result = True
    supports_priority = True

    def enqueue(self, task: Task[P, T], args: Any, kwargs: Any) -> TaskResult[T]:
        """Write the job; it runs once the caller's transaction commits, never if it does not."""
        self.validate_task(task)
        assert isinstance(task, DatabaseTask)  # noqa: S101 - made by this backend's task_class
        now = timezone.now()
        job = Job(
            task=task.module_path,
            arguments=json.dumps(
                {"args": normalize_json(args), "kwargs": normalize_json(kwargs)},
                ensure_ascii=False,
            ),
            queue=task.queue_name,
            priority=task.priority,
            unique_key=task.unique_key,
            run_after=task.run_after or now,
            max_attempts=task.max_attempts,
            enqueued_at=now,
        )
        return self._result(_save_once(job), task)

    def get_result(self, result_id: str) -> TaskResult[Any]:
        """Return the state of a job by its id."""
        try:
            job = Job.objects.get(pk=result_id)
        except (Job.DoesNotExist, ValueError):
            raise TaskResultDoesNotExist(result_id) from None
        return self._result(job, task_of(job))

    def _result(self, job: Job, task: Task[P, T]) -> TaskResult[T]:
        arguments = json.loads(job.arguments)
        result: TaskResult[T] = TaskResult(
            task=task,
            id=str(job.pk),
            status=TaskResultStatus(job.status),
            enqueued_at=job.enqueued_at,
            started_at=job.started_at,
            finished_at=job.finished_at,
            last_attempted_at=job.last_attempted_at,
            args=arguments["args"],
            kwargs=arguments["kwargs"],
            backend=self.alias,
            errors=_errors(job),
            worker_ids=list(job.workers),
        )
        object.__setattr__(result, "_return_value", json.loads(job.result))
        return result


def _save_once(job: Job) -> Job:
    """Save a job, or return the one that has its key already."""
    if job.unique_key is None:
        job.save(force_insert=True)
        return job
    values = {
        f.attname: getattr(job, f.attname) for f in Job._meta.concrete_fields if f.name != "id"
    }
    key = values.pop("unique_key")
    return Job.objects.get_or_create(unique_key=key, defaults=values)[0]


def _errors(job: Job) -> list[TaskError]:
    if not job.error_class:
        return []
    return [TaskError(exception_class_path=job.error_class, traceback=job.error_traceback)]
