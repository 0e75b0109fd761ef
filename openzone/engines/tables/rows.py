"""Data rows → typed rows: every cell read once, equal cells of a column read only once."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from openzone.engines.tables.assign import ReadColumn
from openzone.engines.tables.marks import MarkKind
from openzone.engines.tables.problems import Fault, Problem, problem
from openzone.engines.tables.units import Unit
from openzone.engines.tables.values import MISSING, Reading, Value, read_value, shown
from openzone.engines.tables.workbook import Cell, Sheet, letter

ENOUGH_FIGURES = 3  # fewer may all be small by chance

FORMULA = Reading(fault=Fault("formula"))


@dataclass(frozen=True, slots=True)
class Row:
    """One data row: its number in the spreadsheet, and its values by field, no missing ones."""

    sheet: str
    number: int
    values: Mapping[str, Value]

    def text(self, name: str) -> str:
        """Return a value as text without spaces around it, empty where there is none."""
        value = self.values.get(name)
        return "" if value is None or value.value is None else str(value.value).strip()

    def decimal(self, name: str) -> Decimal | None:
        """Return a value that is a number."""
        value = self.values.get(name)
        found = None if value is None else value.value
        return Decimal(found) if isinstance(found, Decimal | int) else None

    def day(self, name: str) -> dt.date | None:
        """Return a value that is a day."""
        value = self.values.get(name)
        return value.value if value is not None and isinstance(value.value, dt.date) else None


class RowReader:
    """Reads the rows of one sheet; remembers what equal cells of a column gave."""

    def __init__(self, sheet: Sheet, columns: Sequence[ReadColumn], width: int | None) -> None:
        self.sheet = sheet
        self.width = width
        self.columns = [(column, _Cache()) for column in columns]

    def read(self, index: int) -> tuple[Row, list[Problem]]:
        """Read the row at an index from 0."""
        cells = self.sheet.rows[index]
        values: dict[str, Value] = {}
        problems: list[Problem] = self._surplus(index, cells)
        for column, cache in self.columns:
            cell = cells[column.index] if column.index < len(cells) else None
            reading = self._reading(index, column, cell, cache)
            if reading.value is not None:
                values[column.field.name] = reading.value
            fault = reading.fault
            if fault is None and reading.value is None and column.field.required:
                fault = Fault("required_missing", {"field": column.field.label})
            if fault is not None:
                problems.append(self._problem(fault, index, column, cell))
        return Row(self.sheet.name, index + 1, values), problems

    def _reading(self, index: int, column: ReadColumn, cell: Cell, cache: "_Cache") -> Reading:
        sheet, place = self.sheet, (index, column.index)
        mark = sheet.marks.get(place) if sheet.marks else None
        kind = mark.kind if mark else None
        if kind is MarkKind.FORMULA:
            return FORMULA
        if mark is not None and kind is MarkKind.ERROR:
            return Reading(fault=Fault("excel_error", {"value": mark.text}))
        if cell is None or (sheet.sideways and place in sheet.sideways):
            return MISSING
        if sheet.tall and column.field.is_measured and place in sheet.tall:
            return Reading(fault=Fault("merged_number", {"value": shown(cell)}))
        return cache.reading(cell, column, kind)

    def _surplus(self, index: int, cells: Sequence[Cell]) -> list[Problem]:
        """In a csv, content beyond the header means that an unquoted comma shifted the row."""
        if self.width is None or len(cells) <= self.width:
            return []
        surplus = [cell for cell in cells[self.width :] if cell not in (None, "")]
        if not surplus:
            return []
        fault = Fault("row_shifted", {"value": shown(surplus[0])})
        place = letter(self.width)
        return [
            problem(
                fault, sheet=self.sheet.name, row=index + 1, column=place, value=shown(surplus[0])
            )
        ]

    def _problem(self, fault: Fault, index: int, column: ReadColumn, cell: Cell) -> Problem:
        mark = self.sheet.marks.get((index, column.index))
        text = mark.text if mark and mark.kind is MarkKind.ERROR else shown(cell)
        return problem(
            fault,
            sheet=self.sheet.name,
            row=index + 1,
            column=column.letter,
            header=column.header,
            value=text,
        )


class _Cache:
    """Readings of one column by cell; True, 1 and 1.0 are equal in Python but not the same cell."""

    def __init__(self) -> None:
        self.readings: dict[object, Reading] = {}

    def reading(self, cell: Cell, column: ReadColumn, mark: MarkKind | None) -> Reading:
        key = cell if type(cell) is str and mark is None else (type(cell), cell, mark)
        found = self.readings.get(key)
        if found is None:
            found = read_value(cell, column.field, column.unit, mark)
            self.readings[key] = found
        return found


def percent_scale(columns: Sequence[ReadColumn], rows: Sequence[Row]) -> Iterator[ReadColumn]:
    """Columns in % none of whose figures is above 1: decimals written under a % header."""
    for column in columns:
        if column.field.type != "ratio" or column.unit is None:
            continue
        sizes = list(_sizes(column, column.unit, rows))
        if len(sizes) >= ENOUGH_FIGURES and all(size <= column.unit.factor for size in sizes):
            yield column


def _sizes(column: ReadColumn, unit: Unit, rows: Sequence[Row]) -> Iterator[Decimal]:
    """The figures of a column that took its unit from the header, without zeros and signs."""
    for row in rows:
        value = row.values.get(column.field.name)
        if value and value.unit == unit.text and isinstance(value.value, Decimal) and value.value:
            yield abs(value.value)
