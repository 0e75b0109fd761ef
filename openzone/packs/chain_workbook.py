"""A chain as a workbook of three sheets, and as tables that came in several files."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import xlsxwriter

from openzone.engines.rules.problems import PackError, PackProblem
from openzone.engines.tables.gate import check
from openzone.engines.tables.kinds import FileKind
from openzone.engines.tables.problems import Refused
from openzone.engines.tables.workbook import Sheet, read_sheets
from openzone.engines.text import Text
from openzone.packs.chain_cells import COLUMNS, NUMBERS
from openzone.packs.chain_checks import Read
from openzone.packs.chain_endings import format_of
from openzone.packs.chain_formats import plain, read
from openzone.packs.chain_shape import ChainPack
from openzone.packs.chain_table import read_table, write_table
from openzone.packs.sourced import Places, Sourced

NOT_A_CHAIN = Text(
    "文件“{name}”不是产业链文件，可用：yaml、json、graphml、csv、xlsx",
    "“{name}” is no chain file; use yaml, json, graphml, csv or xlsx",
)
NO_PAIR = Text(
    "只有 csv 和 xlsx 可以分成几个文件：{name}",
    "only csv and xlsx may come in several files: {name}",
)
TOO_LONG = Text(
    "“{id}”的“{column}”超出 Excel 单元格上限，请用 CSV 或 YAML",
    "“{column}” of “{id}” is longer than a cell of Excel holds; use CSV or YAML",
)
LONGEST_CELL = 32_767
_SHEETS = {
    "节点": ("节点",),
    "边": ("边",),
    "产业链": ("产业链", "阶段", "识别规则", "角色", "区域"),
}
_KIND = COLUMNS["kind"]
_NUMBERS = {COLUMNS[name] for name in NUMBERS}


def write_workbook(pack: ChainPack) -> bytes:
    """Write a chain as xlsx: its nodes, its edges, and the rest.

    Raises:
        PackError: a cell holds more than Excel can.

    """
    rows = _read_csv(write_table(plain(pack)))
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        head = book.add_format({"bold": True, "bg_color": "#DCE6F1", "border": 1})
        for name, kinds in _SHEETS.items():
            chosen = [row for row in rows[1:] if row[0] in kinds]
            _write(book.add_worksheet(name), head, rows[0], chosen)
    return target.getvalue()


def _write(sheet: Any, head: Any, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Write the columns that say something, without the apostrophes that a table needs."""
    used = [at for at, _ in enumerate(headings) if at == 0 or any(row[at] for row in rows)]
    for column, at in enumerate(used):
        sheet.write_string(0, column, headings[at], head)
        sheet.set_column(column, column, 24 if at else 8)
    for number, row in enumerate(rows, 1):
        for column, at in enumerate(used):
            if len(row[at]) > LONGEST_CELL:
                reason = TOO_LONG.format(id=row[1], column=headings[at])
                raise PackError([PackProblem("", 0, "", reason)])
            if headings[at] in _NUMBERS and row[at]:
                sheet.write_number(number, column, float(row[at]))
            elif row[at]:
                sheet.write_string(number, column, row[at])
    sheet.freeze_panes(1, 2)


def _read_csv(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def read_files(files: Sequence[tuple[str, bytes]]) -> Read:
    """Read a chain of one file of any format, or of several tables (nodes and edges apart).

    Raises:
        PackError: with every file, sheet, row and reason.

    """
    if len(files) == 1 and not _is_table(files[0][0]):
        return _read_one(*files[0])
    for name, _ in files:
        if not _is_table(name):
            raise PackError([PackProblem(name, 1, "", NO_PAIR.format(name=name))])
    found = _joined(table for name, data in files for table in _tables(name, data))
    return Read(found.data, lambda finding: found.problem(finding.path, finding.reason))


def _is_table(name: str) -> bool:
    return name.lower().endswith((".csv", ".xlsx", ".xlsm"))


def _read_one(name: str, data: bytes) -> Read:
    kind = format_of(name)
    if kind is None:
        raise PackError([PackProblem(name, 1, "", NOT_A_CHAIN.format(name=name))])
    return read(data, kind, name)


def _tables(name: str, data: bytes) -> list[Sourced]:
    if name.lower().endswith(".csv"):
        return [read_table(data, name)]
    try:
        kind = check(name, data)
        if kind is not FileKind.XLSX:
            raise PackError([PackProblem(name, 1, "", NOT_A_CHAIN.format(name=name))])
        sheets = read_sheets(name, data, kind)
    except Refused as refused:
        raise PackError([PackProblem(name, 1, "", refused.text)]) from None
    return [_of_sheet(name, sheet) for sheet in sheets if sheet.rows and not sheet.hidden]


def _of_sheet(name: str, sheet: Sheet) -> Sourced:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([_told(cell) for cell in row] for row in sheet.rows)
    return read_table(text.getvalue().encode(), f"{name}[{sheet.name}]")


def _told(cell: Any) -> str:
    if cell is None:
        return ""
    return f"{cell:g}" if isinstance(cell, float) and cell.is_integer() else str(cell)


def _joined(tables: Iterable[Sourced]) -> Sourced:
    """Put tables together; what is there once is taken from the first that has it."""
    value: dict[str, Any] = {}
    places: Places = {}
    for table in tables:
        for path, at in table.places.items():
            places.setdefault(_moved(path, value), at)
        value |= {key: _added(value.get(key), part) for key, part in table.data.items()}
    return Sourced(value, places)


def _moved(path: tuple[str | int, ...], value: Mapping[str, Any]) -> tuple[str | int, ...]:
    if len(path) > 1 and isinstance(path[1], int):
        key = str(path[0])
        return (key, path[1] + len(value.get(key, ())), *path[2:])
    return path


def _added(before: Any, part: Any) -> Any:
    return [*before, *part] if isinstance(before, list) else before or part
