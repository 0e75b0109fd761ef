"""Who had the case, and for how many working minutes.

Minutes are cut on one line common to all moments, so the minutes of consecutive stretches add up
to those of the whole: no minute is lost and none is counted twice.
"""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from openzone.engines.worktime.calendar import WorkCalendar


class Stretch(NamedTuple):
    """``holder`` had the case from ``start`` to ``end``; until now where there is no end."""

    holder: str
    start: dt.datetime
    end: dt.datetime | None


class Span(NamedTuple):
    """The case was open from ``start`` to ``end``; it still is where there is no end."""

    start: dt.datetime
    end: dt.datetime | None


def minutes(
    stretches: Iterable[Stretch], calendar: WorkCalendar, now: dt.datetime
) -> dict[str, int]:
    """Return the working minutes of every holder, in the order they first had the case."""
    held: dict[str, int] = {}
    for holder, start, end in stretches:
        worked = calendar.working_minutes_between(start, end or max(now, start))
        held[holder] = held.get(holder, 0) + worked
    return held


def elapsed(spans: Iterable[Span], calendar: WorkCalendar, now: dt.datetime) -> int:
    """Return the working minutes during which the case was open."""
    return sum(
        calendar.working_minutes_between(start, end or max(now, start)) for start, end in spans
    )
