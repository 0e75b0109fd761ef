"""Which figure should have come by a day: by how often it is published, and how late."""

import calendar
import datetime as dt

from openzone.engines.series.periods import Period

YEAR = 12


def last_due(step: int, lag: int, on: dt.date, *, january: bool = False) -> Period:
    """Return the last cumulative period that should be known by a day, ``lag`` days after it.

    ``step`` is how many months lie between two figures: 1, 3 or 12.
    ``january``: whether January is published by itself; industry and investment publish 1–2月.
    """
    year, number = on.year, YEAR
    while True:
        period = Period(year, number, 1)
        if due_on(period, lag) <= on and (number > 1 or january):
            return period
        year, number = (year - 1, YEAR) if number == step else (year, number - step)


def due_on(period: Period, lag: int) -> dt.date:
    """Return the day by which a figure should be known."""
    return last_day(period) + dt.timedelta(days=lag)


def last_day(period: Period) -> dt.date:
    """Return the last day of a period."""
    days = calendar.monthrange(period.year, period.last)[1]
    return dt.date(period.year, period.last, days)
