"""The workbook that goes back: the same cells, the doubtful ones coloured and explained."""

import io
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

from openzone.engines.tables import gate
from openzone.engines.tables.kinds import FileKind, Limits, content
from openzone.engines.tables.messages import Severity
from openzone.engines.tables.ooxml import column_index
from openzone.engines.tables.problems import Problem
from openzone.engines.tables.values import shown
from openzone.engines.tables.workbook import PROBLEM_LIST, Sheet, read_sheets
from openzone.engines.tables.writing import fitted

LIST_HEADERS = (
    "工作表 Sheet", "行 Row", "列 Column", "表头 Header", "内容 Value", "程度 Severity",
    "问题", "建议", "Problem", "Suggestion", "代码 Code",
)  # fmt: skip
LIST_WIDTHS = (16, 8, 8, 22, 24, 12, 48, 40, 48, 40, 20)
SEVERITIES = {Severity.ERROR: "错误 error", Severity.WARNING: "提醒 warning"}
COLOURS = {Severity.ERROR: "FFC7CE", Severity.WARNING: "FFEB9C"}
AUTHOR = "OpenZone"
# Excel opens tens of thousands of comments slowly; the list still names every problem.
MOST_COMMENTS = 5_000
LAST_LISTED = 1_000_000

_OPENPYXL_GIVES_UP = (ValueError, KeyError, TypeError, AttributeError, IndexError)

Place = tuple[int, int]
Marks = dict[Place, list[Problem]]


def mark_workbook(
    name: str, data: bytes | Path, problems: Sequence[Problem], limits: Limits | None = None
) -> bytes:
    """Return the file as xlsx with its problems marked, and a sheet that lists them all.

    An xlsx keeps its cells, formulas, formats and widths (pictures and charts are lost); a csv,
    xls or parquet becomes a new xlsx of its values. Errors are red, warnings yellow, each with a
    comment in both languages. Raises `Refused` as reading does.
    """
    kind = gate.check(name, data, limits)
    if kind is FileKind.XLSX:
        try:
            return _mark_original(content(data), problems)
        except _OPENPYXL_GIVES_UP:
            pass  # the values could be read; only the styles around them could not
    return _mark_copy(read_sheets(name, data, kind, limits), problems)


def _by_place(problems: Iterable[Problem]) -> Marks:
    """Problems by cell, counting from 0; one without a column marks the first cell of its row."""
    marks: Marks = defaultdict(list)
    for each in problems:
        if each.row is not None:
            column = column_index(each.column) if each.column else 0
            marks[each.row - 1, column].append(each)
    return marks


def _by_sheet(problems: Iterable[Problem]) -> dict[str, list[Problem]]:
    sheets: dict[str, list[Problem]] = defaultdict(list)
    for each in problems:
        sheets[each.sheet].append(each)
    return sheets


def _severity(problems: Sequence[Problem]) -> Severity:
    errors = any(each.severity is Severity.ERROR for each in problems)
    return Severity.ERROR if errors else Severity.WARNING


def _comment(problems: Sequence[Problem]) -> str:
    lines = []
    for each in problems:
        fix = each.suggestion
        lines.append(each.reason.zh + (f"。{fix.zh}" if fix else ""))
        lines.append(each.reason.en + (f"; {fix.en}" if fix else ""))
    return "\n".join(lines)


def _list_row(each: Problem) -> tuple[Any, ...]:
    fix = each.suggestion
    return (
        each.sheet,
        each.row,
        each.column,
        each.header,
        each.value,
        SEVERITIES[each.severity],
        each.reason.zh,
        fix.zh if fix else None,
        each.reason.en,
        fix.en if fix else None,
        each.code,
    )


def _free_name(taken: Iterable[str]) -> str:
    names = {each.lower() for each in taken}
    candidates = (PROBLEM_LIST, *(f"{PROBLEM_LIST} {number}" for number in range(2, 100)))
    return next(each for each in candidates if each.lower() not in names)


def _mark_original(data: bytes, problems: Sequence[Problem]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    fills = {severity: PatternFill("solid", fgColor=colour) for severity, colour in COLOURS.items()}
    _forget_last_time(book)
    comments = 0
    for name, found in _by_sheet(problems).items():
        if name not in book.sheetnames:
            continue
        sheet = book[name]
        anchors = _anchors(sheet)
        for (row, column), here in _by_place(found).items():
            cell = sheet.cell(*anchors.get((row + 1, column + 1), (row + 1, column + 1)))
            cell.fill = fills[_severity(here)]
            if comments < MOST_COMMENTS:
                cell.comment = Comment(_comment(here), AUTHOR, height=120, width=320)
                comments += 1
    _add_list(book, problems)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _forget_last_time(book: Any) -> None:
    """Take off the marks of a workbook that comes back corrected."""
    if PROBLEM_LIST not in book.sheetnames:
        return
    del book[PROBLEM_LIST]
    for sheet in book.worksheets:
        for cell in chain.from_iterable(sheet.iter_rows()):
            if cell.comment is not None and cell.comment.author == AUTHOR:
                cell.comment, cell.fill = None, PatternFill()


def _anchors(sheet: Any) -> dict[Place, Place]:
    """Merged cell → the first of its merge, which alone can be styled; counting from 1."""
    return {
        (row, column): (merged.min_row, merged.min_col)
        for merged in sheet.merged_cells.ranges
        for row in range(merged.min_row, min(merged.max_row, sheet.max_row) + 1)
        for column in range(merged.min_col, min(merged.max_col, sheet.max_column) + 1)
    }


def _add_list(book: Any, problems: Sequence[Problem]) -> None:
    sheet = book.create_sheet(_free_name(book.sheetnames))
    sheet.append(LIST_HEADERS)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for number, each in enumerate(problems[:LAST_LISTED], start=2):
        for column, value in enumerate(_list_row(each), start=1):
            cell = sheet.cell(number, column)
            cell.value = _storable(value)
            if isinstance(value, str):
                cell.data_type = "s"  # a value that begins with = stays what was written
    for column, width in enumerate(LIST_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"


def _storable(value: Any) -> Any:
    """Without the control characters that openpyxl refuses to write."""
    if not isinstance(value, str):
        return value
    return fitted(openpyxl.cell.cell.ILLEGAL_CHARACTERS_RE.sub("", value))


def _mark_copy(sheets: Sequence[Sheet], problems: Sequence[Problem]) -> bytes:
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    found = _by_sheet(problems)
    with xlsxwriter.Workbook(target, {**options, "default_date_format": "yyyy-mm-dd"}) as book:
        formats = {
            severity: book.add_format({"bg_color": f"#{colour}", "num_format": "General"})
            for severity, colour in COLOURS.items()
        }
        for sheet in sheets:
            page = book.add_worksheet(_page_name(sheet.name))
            _copy_sheet(page, sheet, _by_place(found.get(sheet.name, ())), formats)
        _write_list(book, [sheet.name for sheet in sheets], problems)
    return target.getvalue()


def _page_name(name: str) -> str:
    """A sheet name Excel accepts: without its reserved characters, 31 at most."""
    kept = "".join(" " if char in "[]:*?/\\" else char for char in name).strip("' ")
    return kept[:31] or "Sheet"


def _copy_sheet(page: Any, sheet: Sheet, marks: Marks, formats: Mapping[Severity, Any]) -> None:
    for row, cells in enumerate(sheet.rows):
        for column, cell in enumerate(cells):
            here = marks.get((row, column))
            look = formats[_severity(here)] if here else None
            if cell is not None and (row, column) not in sheet.sideways:
                _write(page, row, column, cell, look)
            elif here:
                page.write_blank(row, column, None, look)
    for (row, column), here in list(marks.items())[:MOST_COMMENTS]:
        page.write_comment(row, column, _comment(here), {"author": AUTHOR, "width": 320})


def _write(page: Any, row: int, column: int, cell: Any, look: Any) -> None:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        page.write_number(row, column, cell, look)
    else:
        page.write_string(row, column, fitted(shown(cell)), look)


def _write_list(book: Any, names: Sequence[str], problems: Sequence[Problem]) -> None:
    page = book.add_worksheet(_free_name(names))
    bold = book.add_format({"bold": True})
    for column, (header, width) in enumerate(zip(LIST_HEADERS, LIST_WIDTHS, strict=True)):
        page.write_string(0, column, header, bold)
        page.set_column(column, column, width)
    for row, each in enumerate(problems[:LAST_LISTED], start=1):
        for column, value in enumerate(_list_row(each)):
            if value is not None:
                _write(page, row, column, value, None)
    page.freeze_panes(1, 0)
