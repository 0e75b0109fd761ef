"""Bytes → sheets of cells: xlsx, xls, csv and parquet in one shape."""

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl.utils import get_column_letter
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from openzone.engines.tables import biff, csvfile, ooxml, parquet
from openzone.engines.tables.kinds import FileKind, Limits, content
from openzone.engines.tables.marks import CellMark, SheetScan
from openzone.engines.tables.problems import refusal

PROBLEM_LIST = "问题清单 Problems"  # the sheet `marking` adds; never read as data

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384  # of any sheet Excel can hold

Cell = str | int | float | bool | Decimal | dt.date | dt.datetime | dt.time | dt.timedelta | None
Place = tuple[int, int]


@dataclass(frozen=True)
class Sheet:
    """A sheet as a rectangle of cells from A1; rows and columns count from 0.

    Merged cells repeat their value. `sideways` holds the copies right of the first column of a
    merge, `tall` every cell of a merge over several rows. `marks` are the cells that are more
    than their value: formulas, Excel errors, percent and scaling formats.
    """

    name: str
    rows: Sequence[Sequence[Cell]]
    hidden: bool = False
    marks: Mapping[Place, CellMark] = field(default_factory=dict)
    sideways: frozenset[Place] = frozenset()
    tall: frozenset[Place] = frozenset()


def letter(column: int) -> str:
    """Column index from 0 → letters: 0 is A."""
    return get_column_letter(column + 1)


def read_sheets(
    name: str, data: bytes | Path, kind: FileKind, limits: Limits | None = None
) -> list[Sheet]:
    """Read every sheet of a file that `gate.check` let through, as the kind it found.

    Raises `Refused` where the content is damaged, or a sheet is larger than the limits allow.
    """
    allowed = limits or Limits()
    if kind is FileKind.CSV:
        rows, marks = csvfile.read(content(data), allowed)
        return [Sheet(Path(name).stem, rows, marks=marks)]
    if kind is FileKind.PARQUET:
        return [Sheet(Path(name).stem, parquet.read(data, allowed))]
    return _read_workbook(content(data), kind, allowed)


def _read_workbook(data: bytes, kind: FileKind, limits: Limits) -> list[Sheet]:
    scans = ooxml.scan(data, limits) if kind is FileKind.XLSX else biff.scan(data)
    for name, scan in scans.items():
        _check_rectangle(name, scan, limits)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return [
            _read_sheet(book, position, scans.get(each.name, SheetScan()))
            for position, each in enumerate(book.sheets_metadata)
        ]
    except (CalamineError, OSError, ValueError) as broken:
        raise refusal("damaged") from broken
    except BaseException as panic:
        # A panic in the Rust reader arrives as an exception class that cannot be imported.
        if type(panic).__name__ != "PanicException":
            raise
        raise refusal("damaged") from panic


def _check_rectangle(name: str, scan: SheetScan, limits: Limits) -> None:
    """A stray value in the last row makes a rectangle of millions of blank cells."""
    if scan.last_row >= LAST_ROW or scan.last_column >= LAST_COLUMN:
        raise refusal("damaged")
    cells = (scan.last_row + 1) * (scan.last_column + 1)
    if cells > limits.max_cells:
        last = f"{letter(scan.last_column)}{scan.last_row + 1}"
        raise refusal("too_many_cells", sheet=name, last=last, count=cells, limit=limits.max_cells)


def _read_sheet(book: CalamineWorkbook, position: int, scan: SheetScan) -> Sheet:
    meta = book.sheets_metadata[position]
    hidden = meta.visible != SheetVisibleEnum.Visible
    source = book.get_sheet_by_index(position)
    rows: list[list[Any]] = [
        [None if cell == "" else cell for cell in row]
        for row in source.to_python(skip_empty_area=False)
    ]
    sideways, tall = _spread(rows, _merges(source))
    return Sheet(meta.name, rows, hidden, scan.marks, frozenset(sideways), frozenset(tall))


def _merges(source: CalamineSheet) -> list[tuple[Place, Place]]:
    return source.merged_cell_ranges or []


def _spread(
    rows: list[list[Any]], merges: list[tuple[Place, Place]]
) -> tuple[set[Place], set[Place]]:
    """Repeat the value of each merge over its cells, in place; tell which cells are copies."""
    sideways: set[Place] = set()
    tall: set[Place] = set()
    height, width = len(rows), max((len(row) for row in rows), default=0)
    for (top, left), (bottom, right) in merges:
        if top >= height or left >= width or rows[top][left] is None:
            continue
        area = [
            (row, column)
            for row in range(top, min(bottom + 1, height))
            for column in range(left, min(right + 1, width))
        ]
        for row, column in area:
            rows[row][column] = rows[top][left]
        sideways.update(place for place in area if place[1] > left)
        if bottom > top:
            tall.update(area)
    return sideways, tall
