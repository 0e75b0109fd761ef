"""What documents say about days: the material a calendar is made of.

A layer is one document: a State Council notice, a local notice, an emergency order. Later layers
overrule earlier ones day by day, so a 2020 calendar is the notice of 2019 with the extension of
January 2020 on top, and a zone's own notices lie over both.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from openzone.engines.text import Text
from openzone.engines.worktime.errors import WorktimeError
from openzone.engines.worktime.intervals import (
    ALL_DAY,
    MINUTES_A_DAY,
    Interval,
    Intervals,
    in_order,
)

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKDAY_NAMES = (
    Text("周一", "Monday"),
    Text("周二", "Tuesday"),
    Text("周三", "Wednesday"),
    Text("周四", "Thursday"),
    Text("周五", "Friday"),
    Text("周六", "Saturday"),
    Text("周日", "Sunday"),
)


class EntryKind(StrEnum):
    """What a document does to a day."""

    HOLIDAY = "holiday"  # 放假
    MAKEUP = "makeup"  # 调休上班
    HOURS = "hours"  # 另定工作时间: half days, summer hours; only if the day is worked at all
    CLOSURE = "closure"  # 临时停办


@dataclass(frozen=True, slots=True)
class Source:
    """The document behind a layer. ``number_verified``: the number was read in the document."""

    title: str
    number: str = ""
    issuer: str = ""
    issued_on: dt.date | None = None
    number_verified: bool = True


@dataclass(frozen=True, slots=True)
class DayEntry:
    """Holiday, make-up workday or other hours for the days ``first`` to ``last``, both included.

    ``intervals`` are required for ``HOURS``, optional for ``MAKEUP``. ``document`` names the
    document if it is not that of the layer.
    """

    kind: EntryKind
    first: dt.date
    last: dt.date
    name: Text
    intervals: Intervals = ()
    document: str = ""

    def days(self) -> Iterator[dt.date]:
        """Every day it speaks of."""
        return days_between(self.first, self.last)


@dataclass(frozen=True, slots=True)
class Closure:
    """No work from ``start`` to ``end`` (whole minutes), whatever the day would have been."""

    start: dt.datetime
    end: dt.datetime
    reason: Text
    document: str = ""

    def days(self) -> Iterator[dt.date]:
        """Every day it touches."""
        return days_between(self.start.date(), (self.end - dt.timedelta(minutes=1)).date())

    def window(self, day: dt.date) -> Interval:
        """Return the closed stretch of one of its days."""
        start = _minutes(self.start) if day == self.start.date() else 0
        end = _minutes(self.end) if day == self.end.date() else MINUTES_A_DAY
        return Interval(start, end)


@dataclass(frozen=True, slots=True)
class Layer:
    """All that one document says. ``year``: it publishes the national calendar of that year."""

    source: Source
    entries: tuple[DayEntry, ...] = ()
    closures: tuple[Closure, ...] = ()
    year: int | None = None


@dataclass(frozen=True, slots=True)
class WeeklyHours:
    """The ordinary week, Monday first, and the hours of make-up workdays."""

    days: tuple[Intervals, ...]
    makeup: Intervals

    def __post_init__(self) -> None:
        if len(self.days) != len(WEEKDAYS) or not any(self.days) or not self.makeup:
            raise WorktimeError(
                Text(
                    "一周应写明七天的工作时间，至少一天上班，并写明调休上班日的工作时间",
                    "a week has the hours of seven days, at least one of them worked, "
                    "and the hours of make-up workdays",
                )
            )
        for intervals in (*self.days, self.makeup):
            in_order(intervals)

    @classmethod
    def monday_to_friday(cls, intervals: Intervals = ALL_DAY) -> "WeeklyHours":
        """The same hours from Monday to Friday and on make-up workdays."""
        return cls((intervals,) * 5 + ((),) * 2, intervals)


def days_between(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """Every day from ``first`` to ``last``, both included."""
    return map(dt.date.fromordinal, range(first.toordinal(), last.toordinal() + 1))


def _minutes(moment: dt.datetime) -> int:
    return moment.hour * 60 + moment.minute
