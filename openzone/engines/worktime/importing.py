"""Reading calendar files: everything is checked, and nothing is taken from a file with a fault."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from openzone.engines.text import Text
from openzone.engines.worktime.calendar import WorkCalendar
from openzone.engines.worktime.cells import read_date, read_intervals, read_name, read_verbatim
from openzone.engines.worktime.checks import Item, check_layer
from openzone.engines.worktime.errors import WorktimeError
from openzone.engines.worktime.files import CalendarFile
from openzone.engines.worktime.intervals import Intervals
from openzone.engines.worktime.layers import (
    WEEKDAYS,
    Closure,
    DayEntry,
    Layer,
    Source,
    WeeklyHours,
)
from openzone.engines.worktime.problems import Collector, Problem, Row
from openzone.engines.worktime.rows import read_row

Path = tuple[str | int, ...]
Lines = Mapping[Path, int]

_FILE_FIELDS = ("calendar", "title", "region", "year", "verified", "notes", "hours", "notices")
_SOURCE_FIELDS = ("title", "number", "issuer", "issued_on", "number_verified")
_VERIFIED = ("V", "V2", "L", "K")


@dataclass(frozen=True, slots=True)
class Imported:
    """A file, or the problems that keep it out; never both."""

    file: CalendarFile | None
    problems: tuple[Problem, ...]


def calendar_from_mapping(
    data: object, lines: Lines | None = None, base: WorkCalendar | None = None
) -> Imported:
    """Read a calendar file from a parsed mapping.

    ``lines`` gives the line of each path (``("notices", 0, "days", 2, "date")``), so that
    problems can point at it. ``base`` is the calendar the file will lie on: a make-up workday is
    checked against it. Without one, Monday to Friday is assumed.
    """
    found = Collector()
    file = _MappingReader(lines or {}, found).read(data, base)
    return Imported(None if found.problems else file, tuple(found.problems))


def read_layer(
    rows: Iterable[Row], source: Source, year: int | None, base: WorkCalendar, found: Collector
) -> Layer:
    """Read one document's rows and check them against the calendar below."""
    read = [(row, read_row(row, found)) for row in rows]
    items = [Item(row, said) for row, said in read if said is not None]
    layer = Layer(
        source,
        tuple(item.said for item in items if isinstance(item.said, DayEntry)),
        tuple(item.said for item in items if isinstance(item.said, Closure)),
        year,
    )
    check_layer(items, layer, base, found)
    return layer


@dataclass(frozen=True, slots=True)
class _MappingReader:
    lines: Lines
    found: Collector

    def read(self, data: object, base: WorkCalendar | None) -> CalendarFile | None:
        row = self._row(data, ())
        if row is None:
            return None
        self.found.refuse_unknown(row, _FILE_FIELDS)
        hours = self._hours(row)
        year = self.found.read_if_filled(row, "year", _read_year, None)
        below = base or WorkCalendar(WeeklyHours.monday_to_friday())
        if hours:
            below = WorkCalendar(hours, below.layers)
        return CalendarFile(
            id=self.found.read(row, "calendar", read_verbatim) or "",
            title=self.found.read(row, "title", read_name) or Text("", ""),
            region=self.found.read_if_filled(row, "region", _read_texts, ()),
            year=year,
            verified=self.found.read_if_filled(row, "verified", _read_verified, ""),
            hours=hours,
            layers=self._layers(row, year, below),
            notes=self.found.read_if_filled(row, "notes", _read_notes, ()),
        )

    def _layers(self, row: Row, year: int | None, below: WorkCalendar) -> tuple[Layer, ...]:
        layers: list[Layer] = []
        for notice in self._rows(row, "notices", ()):
            self.found.refuse_unknown(notice.row, ("source", "days"))
            source = self._row(notice.row.cells.get("source"), (*notice.path, "source"))
            days = [day.row for day in self._rows(notice.row, "days", notice.path)]
            layers.append(
                read_layer(
                    days,
                    _read_source(source, self.found) if source else Source(""),
                    year,
                    below.with_layers(*layers),
                    self.found,
                )
            )
        return tuple(layers)

    def _hours(self, row: Row) -> WeeklyHours | None:
        if "hours" not in row.cells:
            return None
        week = self._row(row.cells["hours"], ("hours",))
        if week is None:
            return None
        self.found.refuse_unknown(week, (*WEEKDAYS, "makeup"))
        none: Intervals = ()
        read = {
            name: self.found.read_if_filled(week, name, read_intervals, none)
            for name in (*WEEKDAYS, "makeup")
        }
        days = tuple(read[name] for name in WEEKDAYS)
        makeup = read["makeup"] or _common(days)
        try:
            return WeeklyHours(days, makeup)
        except WorktimeError as error:
            self.found.add(row, "hours", error.reason)
            return None

    def _rows(self, parent: Row, name: str, path: Path) -> Iterable["_Placed"]:
        items = parent.cells.get(name, [])
        if not isinstance(items, list):
            self.found.add(parent, name, Text("应为列表", "must be a list"))
            return
        for index, item in enumerate(items):
            row = self._row(item, (*path, name, index))
            if row:
                yield _Placed((*path, name, index), row)

    def _row(self, data: object, path: Path) -> Row | None:
        if not isinstance(data, Mapping):
            reason = Text("应为“字段: 值”的形式", "must be a mapping of fields to values")
            name = str(path[-1]) if path else "calendar"
            self.found.add(Row(self._place(path), {name: data}), name, reason)
            return None
        return Row(
            self._place(path),
            {str(name): value for name, value in data.items() if value not in (None, "")},
            {str(name): self._place((*path, name)) for name in data},
        )

    def _place(self, path: Path) -> Text:
        if path in self.lines:
            return Text("第{n}行", "line {n}").format(n=self.lines[path])
        dotted = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
        return Text(f"文件{dotted}", f"file{dotted}")


@dataclass(frozen=True, slots=True)
class _Placed:
    path: Path
    row: Row


def _read_source(row: Row, found: Collector) -> Source:
    found.refuse_unknown(row, _SOURCE_FIELDS)
    return Source(
        title=found.read(row, "title", read_verbatim) or "",
        number=found.read_if_filled(row, "number", read_verbatim, ""),
        issuer=found.read_if_filled(row, "issuer", read_verbatim, ""),
        issued_on=found.read_if_filled(row, "issued_on", read_date, None),
        number_verified=found.read_if_filled(row, "number_verified", _read_bool, True),
    )


def _common(days: Sequence[Intervals]) -> Intervals:
    """Return the hours all worked weekdays share; none if they differ, so they must be stated."""
    worked = {day for day in days if day}
    return worked.pop() if len(worked) == 1 else ()


def _read_year(value: object) -> int:
    text = str(value)
    if not (text.isascii() and text.isdigit() and 1949 <= int(text) <= 9998):
        raise WorktimeError(Text("不是年份，应写作2026", "is not a year; write 2026"))
    return int(text)


def _read_verified(value: object) -> str:
    if value not in _VERIFIED:
        raise WorktimeError(
            Text("核实标记应为V、V2、L或K", "the verification mark is V, V2, L or K")
        )
    return str(value)


def _read_bool(value: object) -> bool:
    words = {"true": True, "false": False}
    if str(value).lower() not in words:
        raise WorktimeError(Text("应为true或false", "must be true or false"))
    return words[str(value).lower()]


def _read_texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise WorktimeError(Text("应为列表", "must be a list"))
    return tuple(read_verbatim(item) for item in value)


def _read_notes(value: object) -> tuple[Text, ...]:
    if not isinstance(value, list):
        raise WorktimeError(Text("应为列表", "must be a list"))
    return tuple(read_name(item) for item in value)
