"""A calendar file: documents about days, and the weekly hours if it sets them.

The same content travels as a mapping (YAML packs) and as a table (spreadsheets).
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from openzone.engines.text import Text
from openzone.engines.worktime.calendar import WorkCalendar
from openzone.engines.worktime.errors import WorktimeError
from openzone.engines.worktime.intervals import join
from openzone.engines.worktime.layers import (
    WEEKDAYS,
    Closure,
    DayEntry,
    Layer,
    Source,
    WeeklyHours,
)

TABLE_HEADER = ("类型", "起", "止", "名称", "英文名称", "时段", "文件")


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """The content of a file. ``year``: it publishes the national calendar of that year.

    ``region``: GB/T 2260 prefixes, empty for the whole country. ``verified`` as in every pack.
    """

    id: str
    title: Text
    region: tuple[str, ...] = ()
    year: int | None = None
    verified: str = ""
    hours: WeeklyHours | None = None
    layers: tuple[Layer, ...] = ()
    notes: tuple[Text, ...] = ()


def assemble(files: Iterable[CalendarFile]) -> WorkCalendar:
    """Lay files over each other: later ones overrule earlier ones, the last hours count.

    Raises ``WorktimeError`` if no file sets the weekly hours.
    """
    files = tuple(files)
    hours = [file.hours for file in files if file.hours]
    if not hours:
        raise WorktimeError(
            Text("没有一个日历文件规定每周工作时间", "no calendar file sets the weekly hours")
        )
    return WorkCalendar(hours[-1], tuple(layer for file in files for layer in file.layers))


def to_mapping(file: CalendarFile) -> dict[str, Any]:
    """Return the file as plain data in the shape ``calendar_from_mapping`` reads."""
    return _filled(
        calendar=file.id,
        title=_bilingual(file.title),
        region=list(file.region),
        year=file.year,
        verified=file.verified,
        notes=[_bilingual(note) for note in file.notes],
        hours=_hours(file.hours) if file.hours else None,
        notices=[
            _filled(source=_source(layer.source), days=[_day(item) for item in _items(layer)])
            for layer in file.layers
        ],
    )


def to_table(layer: Layer) -> list[list[str]]:
    """Return one document's days as a table with its header row, as ``parse_rows`` reads it."""
    rows = (_day(item) for item in _items(layer))
    return [
        list(TABLE_HEADER),
        *(
            [
                row["kind"],
                row.get("from", row.get("date")),
                row.get("to", row.get("date")),
                row["name"]["zh"],
                row["name"]["en"],
                row.get("intervals", ""),
                row.get("document", ""),
            ]
            for row in rows
        ),
    ]


def _items(layer: Layer) -> tuple[DayEntry | Closure, ...]:
    return layer.entries + layer.closures


def _day(item: DayEntry | Closure) -> dict[str, Any]:
    if isinstance(item, Closure):
        end = item.end - dt.timedelta(minutes=1)
        return _filled(
            kind="closure",
            **{"from": _minute(item.start), "to": _after(end)},
            name=_bilingual(item.reason),
            document=item.document,
        )
    single = item.first == item.last
    days = {"date": item.first} if single else {"from": item.first, "to": item.last}
    return _filled(
        kind=item.kind.value,
        **{name: day.isoformat() for name, day in days.items()},
        name=_bilingual(item.name),
        intervals=join(item.intervals),
        document=item.document,
    )


def _minute(moment: dt.datetime) -> str:
    return moment.isoformat(timespec="minutes")


def _after(last_minute: dt.datetime) -> str:
    """Write the end that follows a minute: midnight belongs to the day it ends, as 24:00."""
    end = last_minute + dt.timedelta(minutes=1)
    return _minute(end) if end.date() == last_minute.date() else f"{last_minute.date()}T24:00"


def _hours(hours: WeeklyHours) -> dict[str, list[str]]:
    week = {name: list(map(str, day)) for name, day in zip(WEEKDAYS, hours.days, strict=True)}
    return {**week, "makeup": list(map(str, hours.makeup))}


def _source(source: Source) -> dict[str, Any]:
    return {
        **_filled(
            title=source.title,
            number=source.number,
            issuer=source.issuer,
            issued_on=source.issued_on.isoformat() if source.issued_on else None,
        ),
        "number_verified": source.number_verified,
    }


def _bilingual(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def _filled(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "", [])}
