"""Short ways to write moments, days and documents."""

import datetime as dt

from openzone.engines.text import Text
from openzone.engines.worktime.intervals import parse_intervals
from openzone.engines.worktime.layers import (
    Closure,
    DayEntry,
    EntryKind,
    Layer,
    Source,
    WeeklyHours,
)

OFFICE = WeeklyHours.monday_to_friday(parse_intervals("09:00-12:00, 13:30-17:30"))
RAIN = Text("暴雨红色预警", "red rainstorm warning")


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def on(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def layer(
    *said: DayEntry | Closure, number: str = "示例〔2026〕1号", year: int | None = None
) -> Layer:
    return Layer(
        Source("示例通知", number),
        tuple(item for item in said if isinstance(item, DayEntry)),
        tuple(item for item in said if isinstance(item, Closure)),
        year,
    )


def holiday(first: str, last: str | None = None, name: str = "示例节") -> DayEntry:
    return DayEntry(EntryKind.HOLIDAY, on(first), on(last or first), Text(name, name))


def makeup(day: str, intervals: str = "", name: str = "示例节") -> DayEntry:
    hours = parse_intervals(intervals) if intervals else ()
    return DayEntry(EntryKind.MAKEUP, on(day), on(day), Text(name, name), hours)


def hours(first: str, intervals: str, last: str | None = None, name: str = "另定") -> DayEntry:
    return DayEntry(
        EntryKind.HOURS, on(first), on(last or first), Text(name, name), parse_intervals(intervals)
    )


def closed(start: str, end: str) -> Closure:
    return Closure(at(start), at(end), RAIN)
