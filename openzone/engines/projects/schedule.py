"""Milestones as a network: what drives the end, what has room, when each is to be expected.

The critical-path method, with the actual days in it: what is done lies where it was done, what is
not done lies no earlier than today, and a delay moves only what it really pushes.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from graphlib import TopologicalSorter

from openzone.engines.projects.schedule_faults import Milestone, ScheduleError, faults

__all__ = ["Milestone", "Placed", "Schedule", "ScheduleError", "schedule"]

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Placed:
    """A milestone with the day it is to be expected.

    ``earliest`` is what its predecessors allow, ``expected`` never before its own plan, ``latest``
    the last day that moves neither the end nor a fixed day behind it. ``slack`` is the days
    between; below zero a fixed day cannot be kept. ``late`` is how many days the expected (or
    actual) day lies after the plan, below zero when ahead of it, unknown without a plan.
    ``driver`` is the predecessor that holds it back.
    """

    id: str
    done: bool
    earliest: dt.date
    expected: dt.date
    latest: dt.date
    slack: int
    late: int | None
    driver: str | None

    @property
    def critical(self) -> bool:
        """Whether another day lost here is lost at the end, or at a fixed day."""
        return not self.done and self.slack <= 0


@dataclass(frozen=True, slots=True)
class Schedule:
    """All milestones in an order in which each follows what it waits for."""

    placed: tuple[Placed, ...]
    finish: dt.date
    path: tuple[str, ...]

    def __getitem__(self, milestone: str) -> Placed:
        """Return one milestone."""
        return next(one for one in self.placed if one.id == milestone)


def schedule(milestones: Sequence[Milestone], as_of: dt.date) -> Schedule:
    """Place every milestone.

    Raises:
        ScheduleError: with every fault, when they are no network: see ``faults``.

    """
    found = faults(milestones, as_of)
    if found or not milestones:
        raise ScheduleError(found)
    by_id = {one.id: one for one in milestones}
    order = [by_id[each] for each in _order(milestones)]
    needs = {one.id: _need(one, by_id) for one in order}
    forward = _forward(order, needs, as_of)
    finish = max(expected for _, expected, _ in forward.values())
    latest = _backward(order, needs, finish)
    placed = tuple(_placed(one, forward[one.id], latest[one.id]) for one in order)
    return Schedule(placed, finish, _path(placed))


def _order(milestones: Iterable[Milestone]) -> Iterable[str]:
    return TopologicalSorter({one.id: one.after for one in milestones}).static_order()


def _need(one: Milestone, by_id: Mapping[str, Milestone]) -> dt.timedelta:
    """How long it takes after the last of what it waits for: its stated days, else as planned."""
    if one.days is not None:
        return one.days * _DAY
    before = [day for each in one.after if (day := by_id[each].planned) is not None]
    if one.planned is None or not before:
        return dt.timedelta(0)
    return max(one.planned - max(before), dt.timedelta(0))


_Forward = tuple[dt.date, dt.date, str | None]


def _forward(
    order: Iterable[Milestone], needs: Mapping[str, dt.timedelta], as_of: dt.date
) -> dict[str, _Forward]:
    placed: dict[str, _Forward] = {}
    for one in order:
        driver = max(one.after, key=lambda each: placed[each][1], default=None)
        start = placed[driver][1] if driver is not None else None
        placed[one.id] = (*_days(one, start, needs[one.id], as_of), driver)
    return placed


def _days(
    one: Milestone, start: dt.date | None, need: dt.timedelta, as_of: dt.date
) -> tuple[dt.date, dt.date]:
    """Return the earliest and the expected day."""
    if one.actual is not None:
        return one.actual, one.actual
    earliest = as_of if start is None else max(start + need, as_of)
    return earliest, earliest if one.planned is None else max(earliest, one.planned)


def _backward(
    order: Sequence[Milestone], needs: Mapping[str, dt.timedelta], finish: dt.date
) -> dict[str, dt.date]:
    latest = {one.id: finish if one.fixed is None else min(finish, one.fixed) for one in order}
    for one in reversed(order):
        for each in one.after:
            latest[each] = min(latest[each], latest[one.id] - needs[one.id])
    return latest


def _placed(one: Milestone, forward: _Forward, latest: dt.date) -> Placed:
    earliest, expected, driver = forward
    late = None if one.planned is None else (expected - one.planned).days
    return Placed(
        one.id, one.actual is not None, earliest, expected, latest,
        (latest - expected).days, late, driver,
    )  # fmt: skip


def _path(placed: Sequence[Placed]) -> tuple[str, ...]:
    """Walk back from the last milestone along what holds each one."""
    by_id = {one.id: one for one in placed}
    last: str | None = max(placed, key=lambda one: one.expected).id
    path: list[str] = []
    while last is not None:
        path.append(last)
        last = by_id[last].driver
    return tuple(reversed(path))
