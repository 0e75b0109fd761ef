"""Adding durations to moments, and measuring between moments.

Plain arithmetic: which moment a clock starts from, and what a document says about late receipt
or days of rest, is the business of ``due``.
"""

import datetime as dt

from openzone.engines.text import Text
from openzone.engines.worktime.calendar import WorkCalendar
from openzone.engines.worktime.durations import Duration, Unit
from openzone.engines.worktime.errors import WorktimeError
from openzone.engines.worktime.localtime import end_of_day, require_local


def add(calendar: WorkCalendar, moment: dt.datetime, duration: Duration) -> dt.datetime:
    """Return the moment ``duration`` after ``moment``.

    Working time: the earliest moment at which it has been worked. Working days: the closing time
    of the n-th working day after the day of ``moment``. Calendar days: the last second of the
    n-th day after. Clock time: exactly that much later.
    """
    require_local(moment)
    try:
        return _add(calendar, moment, duration)
    except OverflowError:
        raise WorktimeError(
            Text("期限过长：{zh}", "the duration is too long: {en}").format(
                zh=duration.text.zh, en=duration.text.en
            )
        ) from None


def _add(calendar: WorkCalendar, moment: dt.datetime, duration: Duration) -> dt.datetime:
    if duration.unit is Unit.WORKDAY:
        return closing(calendar, calendar.shift_workdays(moment.date(), duration.amount))
    if duration.minutes is None:
        return end_of_day(moment.date() + dt.timedelta(days=duration.amount))
    length = dt.timedelta(minutes=duration.minutes)
    if duration.unit.counts_working_time:
        return calendar.after_working_time(moment, length)
    return moment + length


def between(calendar: WorkCalendar, start: dt.datetime, end: dt.datetime) -> dt.timedelta:
    """Return the working time from ``start`` to ``end``, exact; negative if ``end`` is earlier."""
    return calendar.working_time_between(start, end)


def workdays_between(calendar: WorkCalendar, start: dt.datetime, end: dt.datetime) -> int:
    """Return the working days after the day of ``start`` up to and including that of ``end``."""
    return calendar.workdays_between(start.date(), end.date())


def closing(calendar: WorkCalendar, day: dt.date) -> dt.datetime:
    """Return the end of a day's working time; of a day of rest, its last second."""
    return calendar.closing(day) or end_of_day(day)
