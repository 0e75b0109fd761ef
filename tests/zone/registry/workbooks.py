"""Workbooks as zones keep them, written for tests."""

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter

HEADERS = (
    "序号",
    "企业名称",
    "统一社会信用代码",
    "行业代码",
    "2025年营业收入(万元)",
    "从业人员",
    "所在园区",
)


def workbook(
    rows: Sequence[Sequence[Any]],
    headers: Sequence[Any] = HEADERS,
    title: str = "示例园区 2025 年度企业台账",
    **more: tuple[Sequence[Any], Sequence[Sequence[Any]]],
) -> bytes:
    """An xlsx with a title above the header; ``more`` are other sheets as (headers, rows)."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("台账")
        sheet.merge_range(0, 0, 0, max(len(headers) - 1, 1), title)
        _fill(sheet, 1, [headers, *rows])
        for name, (other_headers, other_rows) in more.items():
            _fill(book.add_worksheet(name), 0, [other_headers, *other_rows])
    return buffer.getvalue()


def _fill(sheet: Any, top: int, lines: Sequence[Sequence[Any]]) -> None:
    for line, cells in enumerate(lines, start=top):
        for column, cell in enumerate(cells):
            if isinstance(cell, str) and cell.startswith("="):
                sheet.write_formula(line, column, cell, None, 0)
            elif cell is not None:
                sheet.write(line, column, cell)
