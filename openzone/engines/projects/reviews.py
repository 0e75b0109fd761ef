"""Graded review (分级调度): who meets how often, and what deserves a place on the agenda.

A cadence names days of the calendar; a meeting that falls on a day off is held on the next working
day, or the last one before it where the next would lie in the following period.
"""

import datetime as dt
from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Protocol

from openzone.engines.text import Text


class Every(StrEnum):
    """How often a tier meets."""

    MONTH = "month"
    HALF_MONTH = "half_month"
    WEEK = "week"


@dataclass(frozen=True, slots=True)
class Cadence:
    """A tier's rhythm: days of the month for the first two, a weekday (1 is Monday) for the week.

    Half-monthly is two fixed days of the month and not every fifteen days, so that each month has
    two. A day that a month has not (the 30th in February) is the month's last.
    """

    tier: str
    every: Every
    days: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A meeting: the day it is held, the day it was meant for, and the period it looks at."""

    tier: str
    on: dt.date
    meant: dt.date
    since: dt.date


class Workdays(Protocol):
    """What a working calendar is asked here."""

    def is_workday(self, date: dt.date) -> bool:
        """Say whether people work on a day."""


CADENCE_DAYS = Text("{every} 需要 {wanted} 个日期", "{every} needs {wanted} days")
_WANTED = {Every.MONTH: 1, Every.HALF_MONTH: 2, Every.WEEK: 1}
_WEEK = 7


def check(cadence: Cadence) -> Text | None:
    """Return what is wrong with a cadence; None when nothing is."""
    highest = _WEEK if cadence.every is Every.WEEK else 31
    in_order = list(cadence.days) == sorted({day for day in cadence.days if 0 < day <= highest})
    if in_order and len(cadence.days) == _WANTED[cadence.every]:
        return None
    return CADENCE_DAYS.format(every=cadence.every, wanted=_WANTED[cadence.every])


def occurrences(
    cadence: Cadence, first: dt.date, last: dt.date, calendar: Workdays
) -> list[Occurrence]:
    """Return the meetings held from the first to the last day, both included."""
    margin = dt.timedelta(days=62)
    meant = list(_meant(cadence, first - margin, last + margin))
    held = [
        Occurrence(cadence.tier, _workday(day, following, calendar), day, before)
        for before, day, following in zip(meant, meant[1:], meant[2:], strict=False)
    ]
    return [one for one in held if first <= one.on <= last]


def _meant(cadence: Cadence, first: dt.date, last: dt.date) -> Iterator[dt.date]:
    if cadence.every is Every.WEEK:
        day = first + dt.timedelta(days=(cadence.days[0] - first.isoweekday()) % _WEEK)
        while day <= last:
            yield day
            day += dt.timedelta(days=_WEEK)
        return
    year, month = first.year, first.month
    while (year, month) <= (last.year, last.month):
        end = monthrange(year, month)[1]
        yield from (dt.date(year, month, min(day, end)) for day in cadence.days)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def _workday(day: dt.date, following: dt.date, calendar: Workdays) -> dt.date:
    moved = day
    while not calendar.is_workday(moved) and moved < following:
        moved += dt.timedelta(days=1)
    if moved < following:
        return moved
    back = day
    while not calendar.is_workday(back) and (day - back).days < _WEEK * 2:
        back -= dt.timedelta(days=1)
    return back if calendar.is_workday(back) else day


class Why(IntEnum):
    """Why something is on the agenda, in the order in which it is dealt with."""

    ESCALATED = 0
    TURNED_RED = 1
    NOT_CARRIED_OUT = 2
    OBSTACLE = 3
    STILL_RED = 4
    TURNED_YELLOW = 5
    PROMISE_MISSED = 6
    PROMISE_DUE = 7


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing that may deserve a place: ``severity`` from 0 up, ``due`` where there is a day."""

    project: str
    ref: str
    why: Why
    severity: int = 0
    due: dt.date | None = None


def agenda(matters: Iterable[Matter]) -> list[Matter]:
    """Order what there is: what was escalated first, what may wait last; each thing once.

    Projects stay together: a project stands where its most pressing matter stands.
    """
    once: dict[tuple[str, str], Matter] = {}
    for one in sorted(matters, key=_press):
        once.setdefault((one.project, one.ref), one)
    best: dict[str, tuple[int, int, dt.date, str, str]] = {}
    for one in once.values():
        best[one.project] = min(best.get(one.project, _press(one)), _press(one))
    return sorted(once.values(), key=lambda one: (best[one.project], one.project, _press(one)))


def _press(one: Matter) -> tuple[int, int, dt.date, str, str]:
    return (one.why, -one.severity, one.due or dt.date.max, one.project, one.ref)


@dataclass(frozen=True, slots=True)
class Tiers:
    """The tiers from the one that meets most often to the leaders, and when a thing moves up.

    ``missed`` is after how many meetings of a tier, that found it open and did not settle it, it
    goes to the next.
    """

    ladder: tuple[str, ...]
    missed: int


def tier_now(tiers: Tiers, begun: str, on_agenda: Sequence[str]) -> str:
    """Return the tier that has a thing now, by the meetings (their tiers, in order) that had it.

    A meeting of a tier that does not have the thing counts nothing.
    """
    place, had = tiers.ladder.index(begun), 0
    for met in on_agenda:
        if met != tiers.ladder[place]:
            continue
        had += 1
        if had >= tiers.missed and place + 1 < len(tiers.ladder):
            place, had = place + 1, 0
    return tiers.ladder[place]
