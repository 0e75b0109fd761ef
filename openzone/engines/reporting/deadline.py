"""When a report on a period is due: a day of a month after it, on a working day."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from openzone.engines.series.periods import Period
from openzone.engines.text import Text
from openzone.engines.worktime.calendar import WorkCalendar

Roll = Literal["next", "previous", "none"]
UNPUBLISHED = Text(
    "{year}年放假安排尚未公布，截止日为暂定",
    "the holidays of {year} are not published yet: the day is provisional",
)
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DueRule:
    """The ``day`` of the month ``months`` after a period; the last day of a short month.

    A day of rest moves to the ``next`` or the ``previous`` working day, or stays.
    """

    months: int
    day: int
    roll: Roll = "next"


@dataclass(frozen=True, slots=True)
class DueDay:
    """The day a report is due; ``note`` says where it is provisional."""

    day: dt.date
    note: Text | None = None


def due_day(period: Period, rule: DueRule, calendar: WorkCalendar) -> DueDay:
    """Return when the report on a period is due."""
    day = _nominal(period, rule)
    step = _DAY if rule.roll == "next" else -_DAY
    while rule.roll != "none" and not calendar.is_workday(day):
        day += step
    known = calendar.is_published(day.year)
    return DueDay(day, None if known else UNPUBLISHED.format(year=day.year))


def opens_on(period: Period) -> dt.date:
    """Return the day after a period's last one: nobody knows the figure sooner."""
    return _first_after(period, 1)


def _nominal(period: Period, rule: DueRule) -> dt.date:
    last = _first_after(period, rule.months + 1) - _DAY
    return last.replace(day=min(rule.day, last.day))


def _first_after(period: Period, months: int) -> dt.date:
    place = period.year * 12 + period.last - 1 + months
    return dt.date(place // 12, place % 12 + 1, 1)
