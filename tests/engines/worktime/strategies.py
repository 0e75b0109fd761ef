"""Arbitrary calendars and moments, small enough to be checked minute by minute."""

import datetime as dt

from hypothesis import strategies as st

from openzone.engines.text import Text
from openzone.engines.worktime.calendar import WorkCalendar
from openzone.engines.worktime.intervals import Interval, Intervals
from openzone.engines.worktime.layers import (
    Closure,
    DayEntry,
    EntryKind,
    Layer,
    Source,
    WeeklyHours,
)

NAME = Text("示例", "example")
FIRST_DAY = dt.date(2026, 9, 21)
MIDNIGHT = dt.datetime.combine(FIRST_DAY, dt.time())
DAYS = 14
MINUTES = DAYS * 24 * 60

moments = st.builds(lambda minute: MIDNIGHT + dt.timedelta(minutes=minute), st.integers(0, MINUTES))
exact_moments = st.builds(
    lambda second, micro: MIDNIGHT + dt.timedelta(seconds=second, microseconds=micro),
    st.integers(0, MINUTES * 60),
    st.integers(0, 999_999),
)
dates = st.builds(lambda day: FIRST_DAY + dt.timedelta(days=day), st.integers(0, DAYS))


@st.composite
def intervals(draw: st.DrawFn) -> Intervals:
    """One to three stretches of a day, in quarters of an hour."""
    quarters = st.integers(0, 96) | st.sampled_from([0, 96])  # midnights are where mistakes hide
    points = draw(st.lists(quarters, min_size=2, max_size=6, unique=True))
    points = sorted(points)[: len(points) // 2 * 2]
    return tuple(Interval(a * 15, b * 15) for a, b in zip(points[::2], points[1::2], strict=True))


@st.composite
def weeks(draw: st.DrawFn) -> WeeklyHours:
    worked = draw(st.lists(intervals(), min_size=1, max_size=7))
    days = worked + [()] * (7 - len(worked))
    return WeeklyHours(tuple(draw(st.permutations(days))), draw(intervals()))


@st.composite
def entries(draw: st.DrawFn) -> DayEntry:
    kind = draw(st.sampled_from([EntryKind.HOLIDAY, EntryKind.MAKEUP, EntryKind.HOURS]))
    first = draw(dates)
    own_hours = kind is EntryKind.HOURS or (kind is EntryKind.MAKEUP and draw(st.booleans()))
    last = first + dt.timedelta(days=draw(st.integers(0, 4)))
    return DayEntry(kind, first, last, NAME, draw(intervals()) if own_hours else ())


@st.composite
def closures(draw: st.DrawFn) -> Closure:
    start = draw(moments)
    return Closure(start, start + dt.timedelta(minutes=draw(st.integers(1, 3 * 24 * 60))), NAME)


layers = st.builds(
    Layer,
    st.just(Source("示例通知")),
    st.lists(entries(), max_size=3).map(tuple),
    st.lists(closures(), max_size=2).map(tuple),
)
calendars = st.builds(WorkCalendar, weeks(), st.lists(layers, max_size=3).map(tuple))
