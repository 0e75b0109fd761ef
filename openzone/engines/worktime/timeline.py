"""Running totals over days: counting across years is one bisection, never a walk over days.

Only the days that some document speaks of are tabled. Before and after them every week is like
any other, so positions there are whole weeks plus a remainder, and no calendar ever "runs out".
"""

import datetime as dt
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from openzone.engines.text import Text
from openzone.engines.worktime.errors import WorktimeError
from openzone.engines.worktime.intervals import Intervals
from openzone.engines.worktime.localtime import require_local

MICROSECONDS = 60_000_000  # in a minute; positions are whole microseconds, so sums are exact
Spans = tuple[tuple[int, int], ...]
_LAST_YEAR = dt.date(dt.MAXYEAR, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Tally:
    """A number for every day, summed: ``dated`` days by ordinal, all others by weekday.

    Ordinals are those of ``date.toordinal``, where 1 is a Monday.
    """

    start: int
    running: tuple[int, ...]
    week: tuple[int, ...]

    @classmethod
    def of(cls, weekly: Sequence[int], dated: Mapping[int, int]) -> "Tally":
        """Sum ``weekly`` (Monday first) except where ``dated`` says otherwise."""
        start = _monday(min(dated, default=1))
        end = _monday(max(dated)) + 7 if dated else start
        daily = (dated.get(day, weekly[(day - 1) % 7]) for day in range(start, end))
        return cls(start, tuple(accumulate(daily, initial=0)), tuple(accumulate(weekly, initial=0)))

    def before(self, ordinal: int) -> int:
        """Return the sum of all days before this one, counted from ``start``."""
        index = ordinal - self.start
        last = len(self.running) - 1
        if 0 <= index <= last:
            return self.running[index]
        edge = 0 if index < 0 else last
        weeks, weekday = divmod(index - edge, 7)
        return self.running[edge] + weeks * self.week[7] + self.week[weekday]

    def reaching(self, total: int) -> int:
        """Return the first day at whose end the sum is at least ``total``."""
        if 0 < total <= self.running[-1]:
            return self.start + bisect_left(self.running, total) - 1
        edge = 0 if total <= 0 else len(self.running) - 1
        weeks, rest = divmod(total - self.running[edge] - 1, self.week[7])
        return self.start + edge + 7 * weeks + bisect_left(self.week, rest + 1) - 1


@dataclass(frozen=True, slots=True)
class Timeline:
    """Working time and working days as positions on a line."""

    weekly: tuple[Spans, ...]
    dated: Mapping[int, Spans]
    time: Tally
    days: Tally

    @classmethod
    def of(cls, weekly: Sequence[Intervals], dated: Mapping[int, Intervals]) -> "Timeline":
        """Build it from the hours of the week (Monday first) and of the days that differ."""
        week = tuple(map(_spans, weekly))
        special = {ordinal: _spans(intervals) for ordinal, intervals in dated.items()}
        return cls(
            week,
            special,
            Tally.of([_length(day) for day in week], {o: _length(d) for o, d in special.items()}),
            Tally.of([bool(day) for day in week], {o: bool(d) for o, d in special.items()}),
        )

    def spans(self, ordinal: int) -> Spans:
        """Return the working stretches of a day in microseconds since midnight."""
        dated = self.dated.get(ordinal)
        return self.weekly[(ordinal - 1) % 7] if dated is None else dated

    def position(self, moment: dt.datetime) -> int:
        """Return the working microseconds up to a moment, counted from a fixed day."""
        require_local(moment)
        ordinal = moment.toordinal()
        clock = (moment.hour * 60 + moment.minute) * MICROSECONDS
        clock += moment.second * 1_000_000 + moment.microsecond
        worked = self.time.before(ordinal)
        for start, end in self.spans(ordinal):
            if clock <= start:
                break
            worked += (clock if clock < end else end) - start
        return worked

    def moment_at(self, position: int) -> dt.datetime:
        """Return the earliest moment at which ``position`` is reached."""
        ordinal = self.time.reaching(position)
        rest = position - self.time.before(ordinal)
        for start, end in self.spans(ordinal):
            if rest <= end - start:
                break
            rest -= end - start
        return dt.datetime.combine(day_of(ordinal), dt.time()) + dt.timedelta(
            microseconds=start + rest
        )


def day_of(ordinal: int) -> dt.date:
    """Return the date of an ordinal; raise ``WorktimeError`` outside the years 1 to 9998."""
    if not 1 <= ordinal < _LAST_YEAR:
        raise WorktimeError(
            Text("结果超出公历1—9998年", "the result lies outside the years 1 to 9998")
        )
    return dt.date.fromordinal(ordinal)


def _monday(ordinal: int) -> int:
    return ordinal - (ordinal - 1) % 7


def _spans(intervals: Intervals) -> Spans:
    return tuple((i.start * MICROSECONDS, i.end * MICROSECONDS) for i in intervals)


def _length(spans: Spans) -> int:
    return sum(end - start for start, end in spans)
