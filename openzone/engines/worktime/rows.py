"""From one row of a calendar file to what it says about days."""

import datetime as dt
from collections.abc import Callable
from typing import TypeVar

from openzone.engines.text import Text
from openzone.engines.worktime.cells import (
    read_date,
    read_end,
    read_intervals,
    read_kind,
    read_name,
    read_start,
    read_verbatim,
)
from openzone.engines.worktime.intervals import Intervals
from openzone.engines.worktime.layers import Closure, DayEntry, EntryKind
from openzone.engines.worktime.problems import Collector, Row

DAY_FIELDS = ("kind", "date", "from", "to", "name", "intervals", "document")
_LONGEST = dt.timedelta(days=366)
Point = TypeVar("Point", dt.date, dt.datetime)


def read_row(row: Row, found: Collector) -> DayEntry | Closure | None:
    """Read a row; ``None`` after noting its problems."""
    before = len(found.problems)
    found.refuse_unknown(row, DAY_FIELDS)
    kind = found.read(row, "kind", read_kind)
    name = found.read(row, "name", read_name)
    if kind is None or name is None:
        return None
    document = found.read_if_filled(row, "document", read_verbatim, "")
    intervals = _intervals(row, kind, found)
    item: DayEntry | Closure | None
    if kind is EntryKind.CLOSURE:
        moments = _stretch(row, read_start, read_end, found)
        item = Closure(*moments, name, document) if moments else None
    else:
        days = _stretch(row, read_date, read_date, found)
        item = DayEntry(kind, *days, name, intervals, document) if days else None
    return item if len(found.problems) == before else None


def _intervals(row: Row, kind: EntryKind, found: Collector) -> Intervals:
    if kind is EntryKind.HOURS:
        return found.read(row, "intervals", read_intervals) or ()
    if kind is not EntryKind.MAKEUP and "intervals" in row.cells:
        found.add(
            row,
            "intervals",
            Text(
                "放假和停办不填时段（停办的钟点填在起止中）",
                "holidays and closures have no intervals (a closure has its times in from and to)",
            ),
        )
    return found.read_if_filled(row, "intervals", read_intervals, ())


def _stretch(
    row: Row,
    read_first: Callable[[object], Point],
    read_last: Callable[[object], Point],
    found: Collector,
) -> tuple[Point, Point] | None:
    """Read ``date``, or ``from`` and ``to``."""
    single = "date" in row.cells
    if single and row.cells.keys() & {"from", "to"}:
        found.add(row, "date", Text("日期与起止只填一种", "give either date or from and to"))
        return None
    start_field, end_field = ("date", "date") if single else ("from", "to")
    first = found.read(row, start_field, read_first)
    if first is None and single:
        return None
    last = found.read(row, end_field, read_last)
    if first is None or last is None:
        return None
    return _checked(row, end_field, first, last, found)


def _checked(
    row: Row, field: str, first: Point, last: Point, found: Collector
) -> tuple[Point, Point] | None:
    if last < first or (last == first and isinstance(first, dt.datetime)):
        found.add(row, field, Text("早于或等于起始", "does not come after the start"))
        return None
    if last - first > _LONGEST:
        found.add(
            row, field, Text("距起始超过一年，请核对年份", "more than a year after the start")
        )
        return None
    return first, last
