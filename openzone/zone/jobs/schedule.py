"""Tasks of every day, and of every few minutes.

Who misses a day or a turn entirely does not make it up: the next run sees it all.
"""

from collections.abc import Callable
from datetime import datetime, time
from typing import Any, NamedTuple

from django.utils import timezone
from django_tasks.base import Task

from openzone.zone.jobs.backend import enqueue_once

DAY = 24 * 60


class _Tick(NamedTuple):
    """A task, and the turn it has at a local moment: ``None`` while none has come."""

    task: Task[[str], Any]
    turn: Callable[[datetime], str | None]


_ticks: list[_Tick] = []


def daily(task: Task[[str], Any], *, at: time) -> None:
    """Run a task once a day, from ``at`` on; call this in ``AppConfig.ready``.

    The task is given the day as ``2026-11-20``, in the zone's own time.
    """
    _ticks.append(_Tick(task, lambda local: _day(local) if local.time() >= at else None))


def every(task: Task[[str], Any], *, minutes: int) -> None:
    """Run a task every so many minutes, counted from midnight; they must divide a day.

    The task is given its turn as ``2026-11-20T09:35``, in the zone's own time.
    """
    if minutes < 1 or DAY % minutes:
        raise ValueError(f"{minutes} minutes do not divide a day")
    _ticks.append(_Tick(task, lambda local: _turn(local, minutes)))


def enqueue_due(now: datetime) -> None:
    """Queue what is due by now. However many workers do so, each turn of a task is queued once."""
    local = timezone.localtime(now)
    for tick in _ticks:
        turn = tick.turn(local)
        if turn is not None:
            enqueue_once(tick.task, f"{tick.task.module_path}:{turn}", turn)


def _day(local: datetime) -> str:
    return local.date().isoformat()


def _turn(local: datetime, minutes: int) -> str:
    past = local.hour * 60 + local.minute
    hour, minute = divmod(past - past % minutes, 60)
    return f"{_day(local)}T{hour:02}:{minute:02}"
