"""Faults that show only when a row is seen beside the others, or on the calendar below it."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from openzone.engines.text import Text
from openzone.engines.worktime.calendar import WorkCalendar
from openzone.engines.worktime.days import DayKind
from openzone.engines.worktime.layers import Closure, DayEntry, EntryKind, Layer
from openzone.engines.worktime.problems import Collector, Row


@dataclass(frozen=True, slots=True)
class Item:
    """What a row said, with the row to point at."""

    row: Row
    said: DayEntry | Closure

    @property
    def field(self) -> str:
        """The field its first day stands in."""
        return "date" if "date" in self.row.cells else "from"


def check_layer(items: Sequence[Item], layer: Layer, base: WorkCalendar, found: Collector) -> None:
    """Note what is impossible in a layer that is about to lie on ``base``."""
    _check_duplicates(items, found)
    for item, entry in _entries(items):
        if layer.year is not None:
            _check_year(item, entry, layer.year, layer, found)
        if entry.kind is EntryKind.MAKEUP:
            _check_makeup(item, entry, base, found)
        if entry.kind is EntryKind.HOURS and entry.first == entry.last:
            _check_hours(item, entry, base.with_layers(layer), found)


def _entries(items: Iterable[Item]) -> Iterable[tuple[Item, DayEntry]]:
    return ((item, item.said) for item in items if isinstance(item.said, DayEntry))


def _check_duplicates(items: Iterable[Item], found: Collector) -> None:
    """A document may say once whether a day is worked, and once during which hours."""
    seen: dict[tuple[bool, dt.date], Item] = {}
    for item, entry in _entries(items):
        twice = [
            (date, seen[key])
            for date in entry.days()
            if (key := (entry.kind is EntryKind.HOURS, date)) in seen
        ]
        if twice:
            date, first = twice[0]
            found.add(
                item.row,
                item.field,
                Text(
                    f"{date}与{first.row.where.zh}重复",
                    f"{date} stands in {first.row.where.en} too",
                ),
            )
        seen |= {(entry.kind is EntryKind.HOURS, date): item for date in entry.days()}


def _check_year(item: Item, entry: DayEntry, year: int, layer: Layer, found: Collector) -> None:
    """A notice speaks of its year; only its New Year holiday may begin in the December before."""
    reaches_back = (entry.first.year, entry.first.month) == (year - 1, 12)
    of_this_year = any(
        other.last.year == year and other.name == entry.name for other in layer.entries
    )
    if entry.first.year != year and not (reaches_back and of_this_year):
        found.add(
            item.row,
            item.field,
            Text("不在{year}年", "is not in {year}").format(year=year),
        )


def _check_makeup(item: Item, entry: DayEntry, base: WorkCalendar, found: Collector) -> None:
    for date in entry.days():
        day = base.day(date)
        if day.working:
            found.add(
                item.row,
                item.field,
                Text(
                    f"{date}本来就上班（{day.reason.zh}），不能是调休上班日",
                    f"{date} is worked anyway ({day.reason.en}), so it cannot be a make-up workday",
                ),
            )


def _check_hours(item: Item, entry: DayEntry, calendar: WorkCalendar, found: Collector) -> None:
    day = calendar.day(entry.first)
    if day.kind in (DayKind.WEEKEND, DayKind.HOLIDAY):
        found.add(
            item.row,
            item.field,
            Text(
                f"{entry.first}休息（{day.reason.zh}），另定工作时间不起作用；要上班请用“调休上班”",
                f"{entry.first} is not worked ({day.reason.en}), so other hours have no effect; "
                "use makeup to have it worked",
            ),
        )
