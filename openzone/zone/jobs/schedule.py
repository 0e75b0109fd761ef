"""Tasks of every day. Who misses a day entirely does not make it up: the next run sees it all."""

from datetime import datetime, time
from typing import Any, NamedTuple

from django.utils import timezone
from django_tasks.base import Task

from openzone.zone.jobs.backend import enqueue_once


class _Tick(NamedTuple):
    task: Task[[str], Any]
    at: time


_ticks: list[_Tick] = []


def daily(task: Task[[str], Any], *, at: time) -> None:
    """Run a task once a day, from ``at`` on; call this in ``AppConfig.ready``.

    The task is given the day as ``2026-11-20``, in the zone's own time.
    """
    _ticks.append(_Tick(task, at))


def enqueue_due(now: datetime) -> None:
    """Queue what today asks for. However many workers do so, each task is queued once a day."""
    local = timezone.localtime(now)
    day = local.date().isoformat()
    for tick in _ticks:
        if local.time() >= tick.at:
            enqueue_once(tick.task, f"{tick.task.module_path}:{day}", day)
