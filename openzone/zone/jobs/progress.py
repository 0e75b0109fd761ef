"""How far a running job is.

Kept in the cache, not in the database: on SQLite nobody else can write while the job's own
transaction is open, and on PostgreSQL nobody would see it before the commit.
"""

from typing import NamedTuple

from django.core.cache import cache
from django_tasks import TaskContext

from openzone.engines.text import Text

KEPT = 24 * 60 * 60


class Progress(NamedTuple):
    """``done`` of ``total`` steps, and what is being done."""

    done: int
    total: int
    text: Text


def report_progress(context: TaskContext, done: int, total: int, text: Text) -> None:
    """Say how far the job is. For a long loop, every hundred rows or so will do."""
    cache.set(_key(context.task_result.id), (done, total, text.zh, text.en), KEPT)


def progress_of(job_id: int | str) -> Progress | None:
    """Return how far a job is, if it has said so."""
    known = cache.get(_key(str(job_id)))
    return Progress(known[0], known[1], Text(known[2], known[3])) if known else None


def _key(job_id: str) -> str:
    return f"jobs.progress.{job_id}"
