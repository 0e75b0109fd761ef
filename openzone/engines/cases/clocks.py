"""One clock of a case: when it is due, how much of it is used, and what pauses did to it.

Pauses and extensions count in the clock's own kind of time. A limit in days moves by whole days,
and the day it runs again is day 0 once more, as the day of receipt is (民法典第二百零一条); a limit
in hours or minutes moves by exactly the (working) time it stood still.
"""

import datetime as dt
from typing import NamedTuple

from openzone.engines.worktime.calendar import WorkCalendar
from openzone.engines.worktime.due import due_and_years
from openzone.engines.worktime.durations import Duration, Unit
from openzone.engines.worktime.receipt import ReceiptRule

_US = dt.timedelta(microseconds=1)
_DAYS = (Unit.WORKDAY, Unit.DAY)


class Worktime(NamedTuple):
    """The calendar and the counting rule of a zone."""

    calendar: WorkCalendar
    rule: ReceiptRule


class Still(NamedTuple):
    """The clock stood still from ``start`` to ``end``; it still does where there is no end."""

    start: dt.datetime
    end: dt.datetime | None


class Round(NamedTuple):
    """What became of a clock before its case was opened again."""

    due: dt.datetime
    stopped: dt.datetime
    outcome: str


class ClockState(NamedTuple):
    """A clock after its last event.

    ``started``: what set it off; ``counted_from``: later than that if the limit was replaced by
    the shorter one of a priority. ``extended``: granted so far, in the limit's days or minutes.
    ``outcome``: ``running``, ``paused``, ``met``, ``missed``, or ``stopped`` with its case.
    ``years``: unpublished years the due moment rests on. ``with_case``: whether only the end of its
    case stopped it.
    """

    id: str
    started: dt.datetime
    limit: Duration
    due: dt.datetime
    counted_from: dt.datetime
    outcome: str = "running"
    stopped: dt.datetime | None = None
    pauses: tuple[Still, ...] = ()
    extended: int = 0
    extensions: int = 0
    round: int = 1
    rounds: tuple[Round, ...] = ()
    years: tuple[int, ...] = ()
    with_case: bool = False

    @property
    def provisional(self) -> bool:
        """Whether a calendar yet to be published can move the due moment."""
        return bool(self.years)

    @property
    def active(self) -> bool:
        """Whether it is yet to be met."""
        return self.stopped is None

    @property
    def ever_missed(self) -> bool:
        """Whether it was missed now or before the case was opened again."""
        return self.outcome == "missed" or any(one.outcome == "missed" for one in self.rounds)


def start(name: str, limit: Duration, at: dt.datetime, worktime: Worktime) -> ClockState:
    """Return a clock set off at a moment."""
    return _counted(ClockState(name, at, limit, at, at), worktime)


def pause(clock: ClockState, at: dt.datetime) -> ClockState:
    """Stop the hand; the due moment is not known again before it runs."""
    return clock._replace(outcome="paused", pauses=(*clock.pauses, Still(at, None)))


def resume(clock: ClockState, at: dt.datetime, worktime: Worktime) -> ClockState:
    """Let it run again."""
    ended = (*clock.pauses[:-1], Still(clock.pauses[-1].start, at))
    return _counted(clock._replace(outcome="running", pauses=ended), worktime)


def running_at(clock: ClockState, at: dt.datetime, worktime: Worktime) -> ClockState:
    """Return the clock as if a pause ended now: where its due moment stands at least."""
    return resume(clock, at, worktime) if clock.outcome == "paused" else clock


def stop(clock: ClockState, at: dt.datetime, worktime: Worktime, with_case: bool) -> ClockState:
    """End it: met or missed by what stops it, ``stopped`` if only its case ended in time."""
    clock = running_at(clock, at, worktime)
    in_time = "stopped" if with_case else "met"
    return clock._replace(
        outcome="missed" if at > clock.due else in_time, stopped=at, with_case=with_case
    )


def undo_stop(clock: ClockState, worktime: Worktime, at: dt.datetime) -> ClockState:
    """Let it run on as if its case had not ended; the time between is not counted."""
    if clock.stopped is None:
        return clock
    stood = (*clock.pauses, Still(clock.stopped, at))
    again = clock._replace(outcome="running", stopped=None, with_case=False, pauses=stood)
    return _counted(again, worktime)


def reopen(clock: ClockState, at: dt.datetime, worktime: Worktime, restart: bool) -> ClockState:
    """Set it going for another round; what became of it so far stays."""
    if clock.stopped is None:
        return clock
    past = Round(clock.due, clock.stopped, clock.outcome)
    again = clock._replace(round=clock.round + 1, rounds=(*clock.rounds, past))
    if not restart:
        return undo_stop(again, worktime, at)
    fresh = again._replace(outcome="running", stopped=None, counted_from=at, with_case=False)
    return _counted(fresh._replace(extended=0), worktime)


def extend(clock: ClockState, amount: int, worktime: Worktime) -> ClockState:
    """Grant more of the limit's days or minutes."""
    longer = clock._replace(extended=clock.extended + amount, extensions=clock.extensions + 1)
    return longer if clock.outcome == "paused" else _counted(longer, worktime)


def shorten(clock: ClockState, limit: Duration, at: dt.datetime, worktime: Worktime) -> ClockState:
    """Give it the limit of a priority, counted from ``at``, unless that ends no sooner."""
    shorter = _counted(clock._replace(limit=limit, counted_from=at, extended=0), worktime)
    return shorter if shorter.due < clock.due else clock


def share(clock: ClockState, now: dt.datetime, worktime: Worktime) -> float:
    """Return the share of the limit used, 1.0 at the due moment, in its own kind of time."""
    at = clock.stopped or now
    stood = [one for one in clock.pauses if one.end and one.start >= clock.counted_from]
    lost = sum(_between(clock, one.start, one.end or at, worktime) for one in stood)
    if clock.outcome == "paused":
        at = clock.pauses[-1].start
    given = _between(clock, clock.counted_from, clock.due, worktime) - lost
    used = _between(clock, clock.counted_from, at, worktime) - lost
    return max(used, 0) / given if given > 0 else float(at >= clock.due)


def moment_of(clock: ClockState, wanted: float, worktime: Worktime) -> dt.datetime:
    """Return when a running clock reaches a share of its limit, if nothing stops it before."""
    stood = [one for one in clock.pauses if one.end and one.start >= clock.counted_from]
    lost = sum(_between(clock, one.start, one.end or one.start, worktime) for one in stood)
    given = _between(clock, clock.counted_from, clock.due, worktime) - lost
    length = dt.timedelta(microseconds=round(given * wanted) + lost)
    if _by_calendar(clock):
        return worktime.calendar.after_working_time(clock.counted_from, length)
    return clock.counted_from + length


def paused_minutes(clock: ClockState, now: dt.datetime, worktime: Worktime) -> int:
    """Return the minutes it stood still, in its own kind of time."""
    us = sum(_between(clock, one.start, one.end or now, worktime) for one in clock.pauses)
    return us // 60_000_000


def latest_asking(clock: ClockState, before: Duration | None, worktime: Worktime) -> dt.datetime:
    """Return until when an extension may be asked for."""
    if before is None:
        return clock.due
    if before.unit is Unit.WORKDAY:
        day = worktime.calendar.shift_workdays(clock.due.date(), -before.amount)
        return worktime.calendar.closing(day) or clock.due
    if before.unit.counts_working_time:
        position = worktime.calendar.position(clock.due) - (before.minutes or 0) * 60_000_000
        return worktime.calendar.moment_at(position)
    return clock.due - dt.timedelta(
        days=before.amount if before.minutes is None else 0, minutes=before.minutes or 0
    )


def amount_until(clock: ClockState, until: dt.datetime, worktime: Worktime) -> int:
    """Return by how many of the limit's days or minutes a new due moment is later."""
    if clock.limit.unit is Unit.WORKDAY:
        return worktime.calendar.workdays_between(clock.due.date(), until.date())
    if clock.limit.unit is Unit.DAY:
        return (until.date() - clock.due.date()).days
    return _between(clock, clock.due, until, worktime) // 60_000_000


def amount_of(limit: Duration, unit: Unit) -> int | None:
    """Return a limit in days or minutes of a clock; ``None`` if it is another kind of time."""
    if unit in _DAYS:
        return limit.amount if limit.unit is unit else None
    same = limit.unit.counts_working_time == unit.counts_working_time
    return limit.minutes if same else None


def _by_calendar(clock: ClockState) -> bool:
    unit = clock.limit.unit
    return unit is Unit.WORKDAY or unit.counts_working_time


def _between(clock: ClockState, start_: dt.datetime, end: dt.datetime, worktime: Worktime) -> int:
    """Return the microseconds of the clock's own kind of time between two moments."""
    if _by_calendar(clock):
        return worktime.calendar.position(end) - worktime.calendar.position(start_)
    return (end - start_) // _US


def _counted(clock: ClockState, worktime: Worktime) -> ClockState:
    """Count the due moment from the start, with what was granted and what stood still."""
    due, years = _due(clock, worktime)
    return clock._replace(due=due, years=years)


def _due(clock: ClockState, worktime: Worktime) -> tuple[dt.datetime, tuple[int, ...]]:
    unit = clock.limit.unit
    stood = [one for one in clock.pauses if one.start >= clock.counted_from]
    if unit in _DAYS:
        lost = sum(_days(unit, one, worktime) for one in stood)
        length = Duration(clock.limit.amount + clock.extended + lost, unit)
        return due_and_years(clock.counted_from, length, *worktime)
    minutes = (clock.limit.minutes or 0) + clock.extended
    length = Duration(minutes, Unit.WORKING_MINUTE if _by_calendar(clock) else Unit.MINUTE)
    due, years = due_and_years(clock.counted_from, length, *worktime)
    lost = sum(_between(clock, one.start, one.end or one.start, worktime) for one in stood)
    if not lost:
        return due, years
    longer = dt.timedelta(microseconds=lost)
    if not _by_calendar(clock):
        return due + longer, years
    due = worktime.calendar.after_working_time(due, longer)
    return due, worktime.calendar.unpublished_years(clock.counted_from.date(), due.date())


def _days(unit: Unit, still: Still, worktime: Worktime) -> int:
    end = still.end or still.start
    if unit is Unit.DAY:
        return (end.date() - still.start.date()).days
    first, last = (_working_day(moment, worktime) for moment in (still.start, end))
    return worktime.calendar.workdays_between(first, last)


def _working_day(moment: dt.datetime, worktime: Worktime) -> dt.date:
    """Return the day a moment counts for: after closing it is the next working day's."""
    closing = worktime.calendar.closing(moment.date())
    late = closing is None or moment > closing
    if late and Unit.WORKDAY in worktime.rule.late_units:
        return worktime.calendar.next_working_moment(moment).date()
    return moment.date()
