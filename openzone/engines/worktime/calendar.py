"""The working calendar: the week, the State Council's notices, local notices, closures.

For a year without a notice the week alone decides (Monday to Friday), and ``is_published`` says
so; whoever answers from such a year answers provisionally.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from openzone.engines.text import Text
from openzone.engines.worktime.days import (
    NOT_PUBLISHED,
    Day,
    DayKind,
    Ruling,
    closure_reason,
    hours_reason,
    join_texts,
    status_reason,
)
from openzone.engines.worktime.errors import WorktimeError
from openzone.engines.worktime.intervals import Intervals, subtract
from openzone.engines.worktime.layers import Closure, EntryKind, Layer, WeeklyHours
from openzone.engines.worktime.localtime import end_of_day
from openzone.engines.worktime.timeline import MICROSECONDS, Timeline, day_of

_STATUS = (EntryKind.HOLIDAY, EntryKind.MAKEUP)


@dataclass(frozen=True)
class WorkCalendar:
    """An immutable calendar. Equal data, equal calendar; later ``layers`` overrule earlier ones."""

    hours: WeeklyHours
    layers: tuple[Layer, ...] = ()

    def with_layers(self, *layers: Layer) -> "WorkCalendar":
        """Return the calendar with more documents on top."""
        return replace(self, layers=self.layers + layers)

    def as_known_on(self, day: dt.date) -> "WorkCalendar":
        """Return the calendar as it was known on a day: without documents issued later."""
        known = (
            layer
            for layer in self.layers
            if layer.source.issued_on is None or layer.source.issued_on <= day
        )
        return replace(self, layers=tuple(known))

    # What a day is.

    def day(self, date: dt.date) -> Day:
        """Say what kind of day it is, with its hours and the reason."""
        status, hours = self._status.get(date), self._hours.get(date)
        planned = self._planned(date)
        reasons = [status_reason(date, status, worked=bool(planned))]
        documents = [status.document] if status else []
        if hours and planned:
            reasons.append(hours_reason(hours.entry))
            documents.append(hours.document)
        intervals = self.intervals(date)
        if planned:
            for closure, document in self._closures.get(date, ()):
                reasons.append(closure_reason(closure, date))
                documents.append(document)
        published = self.is_published(date.year)
        reason = join_texts(reasons)
        return Day(
            date,
            _kind(status, planned, intervals),
            intervals,
            reason
            if published
            else Text(reason.zh + NOT_PUBLISHED.zh, reason.en + NOT_PUBLISHED.en),
            tuple(filter(None, documents)),
            published,
        )

    def is_workday(self, date: dt.date) -> bool:
        """Whether any time of the day is worked; a half day is a workday."""
        return bool(self._timeline.spans(date.toordinal()))

    def intervals(self, date: dt.date) -> Intervals:
        """Return the working hours of a day, after closures."""
        closed = (closure.window(date) for closure, _ in self._closures.get(date, ()))
        return subtract(self._planned(date), closed)

    def is_published(self, year: int) -> bool:
        """Whether the State Council's notice for the year is part of the calendar."""
        return year in self._years

    def unpublished_years(self, first: dt.date, last: dt.date) -> tuple[int, ...]:
        """Return the years touched from ``first`` to ``last`` that have no notice."""
        return tuple(y for y in range(first.year, last.year + 1) if y not in self._years)

    # Counting. Positions are microseconds of working time, so differences add up exactly.

    def position(self, moment: dt.datetime) -> int:
        """Return the working microseconds up to a moment, from a fixed day of this calendar."""
        return self._timeline.position(moment)

    def working_time_between(self, start: dt.datetime, end: dt.datetime) -> dt.timedelta:
        """Return the working time from ``start`` to ``end``; negative if ``end`` is earlier."""
        return dt.timedelta(microseconds=self.position(end) - self.position(start))

    def working_minutes_between(self, start: dt.datetime, end: dt.datetime) -> int:
        """Return whole working minutes from ``start`` to ``end``.

        Minutes are cut on one line common to all moments, so the minutes of consecutive
        stretches add up to the minutes of the whole: no minute is lost or counted twice.
        """
        return self.position(end) // MICROSECONDS - self.position(start) // MICROSECONDS

    def after_working_time(self, moment: dt.datetime, working: dt.timedelta) -> dt.datetime:
        """Return the earliest moment that is ``working`` (not negative) after ``moment``."""
        if working < dt.timedelta():
            raise WorktimeError(
                Text("工作时间不能为负", "an amount of working time cannot be negative")
            )
        if not working:
            return moment
        microseconds = working // dt.timedelta(microseconds=1)
        return self._timeline.moment_at(self.position(moment) + microseconds)

    def moment_at(self, position: int) -> dt.datetime:
        """Return the earliest moment at which a position is reached."""
        return self._timeline.moment_at(position)

    def next_working_moment(self, moment: dt.datetime) -> dt.datetime:
        """Return ``moment`` itself if work is going on, else the next opening."""
        one = dt.timedelta(microseconds=1)
        return self.after_working_time(moment, one) - one

    def workdays_between(self, first: dt.date, last: dt.date) -> int:
        """Return the workdays after ``first`` up to and including ``last``; negative backwards."""
        days = self._timeline.days
        return days.before(last.toordinal() + 1) - days.before(first.toordinal() + 1)

    def shift_workdays(self, day: dt.date, count: int) -> dt.date:
        """Return the ``count``-th workday strictly after ``day`` (before it, if negative)."""
        if count == 0:
            return day
        days, ordinal = self._timeline.days, day.toordinal()
        start = days.before(ordinal + 1) if count > 0 else days.before(ordinal) + 1
        return day_of(days.reaching(start + count))

    def closing(self, date: dt.date) -> dt.datetime | None:
        """Return the end of a day's working time; ``None`` on a day of rest.

        Work until 24:00 ends with the last second of the day, so that the end lies on the day.
        """
        known = self._closings
        if date not in known:
            known[date] = self._closing(date)
        return known[date]

    # Everything below is computed once from the data above.

    def _planned(self, date: dt.date) -> Intervals:
        """Return the hours before closures."""
        status, hours = self._status.get(date), self._hours.get(date)
        usual = self.hours.days[date.weekday()]
        if status:
            is_holiday = status.entry.kind is EntryKind.HOLIDAY
            usual = () if is_holiday else status.entry.intervals or self.hours.makeup
        return hours.entry.intervals if usual and hours else usual

    @cached_property
    def _closings(self) -> dict[dt.date, dt.datetime | None]:
        """The closing times asked for so far: every limit in working days asks for some."""
        return {}

    def _closing(self, date: dt.date) -> dt.datetime | None:
        spans = self._timeline.spans(date.toordinal())
        if not spans:
            return None
        midnight = dt.datetime.combine(date, dt.time())
        return min(midnight + dt.timedelta(microseconds=spans[-1][1]), end_of_day(date))

    @cached_property
    def _years(self) -> frozenset[int]:
        return frozenset(layer.year for layer in self.layers if layer.year is not None)

    @cached_property
    def _status(self) -> dict[dt.date, Ruling]:
        return self._rulings(_STATUS)

    @cached_property
    def _hours(self) -> dict[dt.date, Ruling]:
        return self._rulings((EntryKind.HOURS,))

    def _rulings(self, kinds: Iterable[EntryKind]) -> dict[dt.date, Ruling]:
        return {
            date: Ruling(entry, entry.document or layer.source.number)
            for layer in self.layers
            for entry in layer.entries
            if entry.kind in kinds
            for date in entry.days()
        }

    @cached_property
    def _closures(self) -> dict[dt.date, list[tuple[Closure, str]]]:
        found: dict[dt.date, list[tuple[Closure, str]]] = {}
        for layer in self.layers:
            for closure in layer.closures:
                for date in closure.days():
                    document = closure.document or layer.source.number
                    found.setdefault(date, []).append((closure, document))
        return found

    @cached_property
    def _timeline(self) -> Timeline:
        special = self._status.keys() | self._hours.keys() | self._closures.keys()
        return Timeline.of(self.hours.days, {d.toordinal(): self.intervals(d) for d in special})


def _kind(status: Ruling | None, planned: Intervals, intervals: Intervals) -> DayKind:
    if planned and not intervals:
        return DayKind.CLOSED
    if status is not None:
        return DayKind(status.entry.kind.value)
    return DayKind.WEEKDAY if planned else DayKind.WEEKEND
