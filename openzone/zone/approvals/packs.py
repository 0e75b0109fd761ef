"""The approvals of this zone and its working calendar, read once per process."""

import datetime as dt
from functools import cache

from openzone.engines.worktime.due import due_moment
from openzone.engines.worktime.durations import Duration, Unit
from openzone.packs.loading import zone_folder
from openzone.packs.permits import PermitsPack, load_permits
from openzone.zone.cases.packs import worktime


@cache
def pack() -> PermitsPack:
    """Return the items, papers, bundles and paths."""
    return load_permits(zone_folder())


def due(start: dt.datetime, count: int) -> dt.datetime:
    """Return when so many working days from a local moment are over."""
    known = worktime()
    return due_moment(start, Duration(count, Unit.WORKDAY), known.calendar, known.rule)


def later(day: dt.date, count: int) -> dt.date:
    """Return the n-th working day after a day."""
    return worktime().calendar.shift_workdays(day, count)


def workdays(start: dt.datetime, end: dt.datetime) -> int:
    """Return the working days after the day of one local moment up to that of another."""
    return worktime().calendar.workdays_between(start.date(), end.date())
