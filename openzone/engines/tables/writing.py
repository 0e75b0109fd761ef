"""Rows → xlsx, for every export: typed, readable, and safe against formulas in the data."""

import datetime as dt
import math
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any, NamedTuple

import xlsxwriter

from openzone.engines.facts.catalogue import NEVER
from openzone.engines.tables.numbers import decimal_of

YES_NO = ("是", "否")
NONE = "无"
LAST_ROW = 1_000_000  # per sheet; Excel ends at 1,048,576
LONGEST_TEXT = 32_767
WIDTH_SAMPLE = 200
NARROWEST, WIDEST = 8, 48

_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}
_HEADER = {"bold": True, "bg_color": "#DCE6F1", "border": 1, "text_wrap": True, "valign": "vcenter"}
_TITLE = {"bold": True, "font_size": 14}
_NOTE = {"italic": True, "font_color": "#595959"}
_MOMENT = {"num_format": "yyyy-mm-dd hh:mm:ss"}


def write_table(
    target: str | Path | IO[bytes],
    headers: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    title: str | None = None,
    note: str | None = None,
    sheet: str = "数据",
    yes_no: tuple[str, str] = YES_NO,
) -> int:
    """Write rows below a header; return how many.

    Cells may be text, numbers, dates (`NEVER` as 无), booleans (是/否), `Text` or None. Text that
    looks like a formula stays text. Numbers that Excel would round (over 15 digits) become text.
    Beyond a million rows the table goes on in another sheet. Memory does not grow with the rows,
    which may come from a generator. Raises ValueError for NaN and infinity.
    """
    with xlsxwriter.Workbook(target, _OPTIONS) as book:
        return _Writer(book, headers, title, note, yes_no).write(iter(rows), sheet)


class Leaf(NamedTuple):
    """One sheet of a workbook; ``name`` is at most 31 characters of a name Excel takes."""

    name: str
    headers: Sequence[str]
    rows: Sequence[Sequence[Any]]


def write_book(
    target: str | Path | IO[bytes],
    leaves: Iterable[Leaf],
    *,
    title: str | None = None,
    note: str | None = None,
    yes_no: tuple[str, str] = YES_NO,
) -> None:
    """Write several tables, a sheet for each, with the care of ``write_table``."""
    with xlsxwriter.Workbook(target, _OPTIONS) as book:
        for leaf in leaves:
            _Writer(book, leaf.headers, title, note, yes_no).write(iter(leaf.rows), leaf.name)


class _Writer:
    """Writes one table into a workbook, over as many sheets as it takes."""

    def __init__(
        self,
        book: Any,
        headers: Sequence[str],
        title: str | None,
        note: str | None,
        yes_no: tuple[str, str],
    ) -> None:
        self.book, self.headers, self.title, self.note = book, headers, title, note
        self.yes_no = yes_no
        self.formats = {
            name: book.add_format(look)
            for name, look in (("header", _HEADER), ("title", _TITLE), ("note", _NOTE),
                               ("moment", _MOMENT))
        }  # fmt: skip

    def write(self, rows: Iterator[Sequence[Any]], name: str) -> int:
        written, number = 0, 1
        while True:
            first = list(islice(rows, WIDTH_SAMPLE))
            if number > 1 and not first:
                return written
            part = self._sheet(name if number == 1 else f"{name}{number}", first)
            written += part.fill(islice(chain(first, rows), LAST_ROW))
            number += 1

    def _sheet(self, name: str, sample: Sequence[Sequence[Any]]) -> "_Sheet":
        sheet = self.book.add_worksheet(name)
        top = 0
        for text, look in ((self.title, "title"), (self.note, "note")):
            if text:
                sheet.write_string(top, 0, text, self.formats[look])
                top += 1
        for column, header in enumerate(self.headers):
            sheet.write_string(top, column, header, self.formats["header"])
            sheet.set_column(column, column, _width(header, sample, column))
        sheet.freeze_panes(top + 1, 0)
        return _Sheet(sheet, top + 1, self.formats["moment"], self.yes_no)


class _Sheet:
    """One sheet below its header."""

    def __init__(self, sheet: Any, top: int, moment: Any, yes_no: tuple[str, str]) -> None:
        self.sheet, self.top, self.moment, self.yes_no = sheet, top, moment, yes_no

    def fill(self, rows: Iterable[Sequence[Any]]) -> int:
        count = 0
        for count, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                self._cell(self.top + count - 1, column, cell)
        return count

    def _cell(self, row: int, column: int, cell: Any) -> None:
        match cell:
            case None | "":
                return
            case bool():
                self.sheet.write_string(row, column, self.yes_no[0 if cell else 1])
            case int() | float() | Decimal():
                self._number(row, column, cell)
            case dt.datetime():
                self.sheet.write_datetime(row, column, cell.replace(tzinfo=None), self.moment)
            case dt.date() if cell == NEVER:
                self.sheet.write_string(row, column, NONE)
            case dt.date():
                self.sheet.write_datetime(row, column, cell)
            case _:
                self.sheet.write_string(row, column, fitted(str(cell)))

    def _number(self, row: int, column: int, number: int | float | Decimal) -> None:
        if not math.isfinite(number):
            raise ValueError(f"row {row + 1}, column {column + 1}: {number} is not a number")
        if decimal_of(float(number)) == decimal_of(number):
            self.sheet.write_number(row, column, number)
        else:
            self.sheet.write_string(row, column, f"{decimal_of(number):f}")


def fitted(text: str) -> str:
    """Text cut, visibly, to what a cell can hold."""
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"


def _width(header: str, sample: Sequence[Sequence[Any]], column: int) -> int:
    cells = (str(row[column]) for row in sample if column < len(row) and row[column] is not None)
    widest = max((_columns_of(text) for text in (header, *cells)), default=0)
    return max(NARROWEST, min(WIDEST, widest + 2))


def _columns_of(text: str) -> int:
    """How many columns of a fixed-width font the longest line takes; Chinese takes two each."""
    lines = text.splitlines() or [""]
    return max(
        sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line[:WIDEST])
        for line in lines
    )
