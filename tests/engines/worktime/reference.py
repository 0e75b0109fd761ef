"""The law read minute by minute: slow, obvious, and sharing no code with the engine's counting."""

import datetime as dt
from collections.abc import Iterator

from openzone.engines.worktime.calendar import WorkCalendar
from openzone.engines.worktime.layers import EntryKind

MINUTE = dt.timedelta(minutes=1)


def is_worked(calendar: WorkCalendar, moment: dt.datetime) -> bool:
    """Whether the minute that begins at ``moment`` is worked."""
    date, minute = moment.date(), moment.hour * 60 + moment.minute
    for layer in calendar.layers:
        if any(closure.start <= moment < closure.end for closure in layer.closures):
            return False
    intervals, other_hours = calendar.hours.days[date.weekday()], None
    for layer in calendar.layers:
        for entry in layer.entries:
            if not entry.first <= date <= entry.last:
                continue
            if entry.kind is EntryKind.HOLIDAY:
                intervals = ()
            elif entry.kind is EntryKind.MAKEUP:
                intervals = entry.intervals or calendar.hours.makeup
            else:
                other_hours = entry.intervals
    if intervals and other_hours:
        intervals = other_hours
    return any(interval.start <= minute < interval.end for interval in intervals)


def minutes(start: dt.datetime, end: dt.datetime) -> Iterator[dt.datetime]:
    moment = start
    while moment < end:
        yield moment
        moment += MINUTE


def working_minutes(calendar: WorkCalendar, start: dt.datetime, end: dt.datetime) -> int:
    return sum(is_worked(calendar, moment) for moment in minutes(start, end))


def after(calendar: WorkCalendar, start: dt.datetime, amount: int) -> dt.datetime:
    moment = start
    while amount:
        amount -= is_worked(calendar, moment)
        moment += MINUTE
    return moment


def is_workday(calendar: WorkCalendar, date: dt.date) -> bool:
    midnight = dt.datetime.combine(date, dt.time())
    return any(is_worked(calendar, m) for m in minutes(midnight, midnight + dt.timedelta(days=1)))


def nth_workday(calendar: WorkCalendar, date: dt.date, count: int) -> dt.date:
    while count:
        date += dt.timedelta(days=1)
        count -= is_workday(calendar, date)
    return date
