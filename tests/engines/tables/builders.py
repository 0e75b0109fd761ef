"""Files and vocabularies for the tests of this engine, built in memory."""

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import openpyxl
import xlwt

from openzone.engines.tables.columns import Choice, Field, Vocabulary
from openzone.engines.tables.reading import TableReading, read_table

AS_OF = dt.date(2026, 3, 1)


def yearly(series: str, label_zh: str, label_en: str, years: int, *aliases: str) -> list[Field]:
    ago = [("(上年度)", " (last year)"), ("(前一年度)", " (the year before)"),
           ("(前2年度)", " (3 years ago)")]  # fmt: skip
    return [
        Field(
            f"{series}_y{back}", "yuan", None, label_zh + zh, label_en + en, aliases,
            series=series, year_offset=back,
        )
        for back, (zh, en) in enumerate(ago[:years], start=1)
    ]  # fmt: skip


FIELDS = [
    Field("id", "text", None, "标识", "Identifier", ("编号",)),
    Field("uscc", "text", None, "统一社会信用代码", "Credit code", ("信用代码",)),
    Field("name", "text", None, "企业名称", "Name", ("单位名称",)),
    Field("industry", "code", None, "行业代码", "Industry code"),
    Field("registered_on", "date", None, "成立日期", "Registered on", ("注册日期",)),
    Field("founded", "date", None, "建厂时间", "Founded", precision="month"),
    Field("employees", "number", "人", "从业人员数", "Employees", ("职工人数", "从业人员")),
    Field("power", "number", "千瓦时", "用电量", "Electricity"),
    Field("niche_years", "number", None, "从事细分市场年限", "Years in niche"),
    *yearly("revenue", "营业收入", "Revenue", 3, "年营业收入"),
    *yearly("rd_expense", "研发费用", "R&D expense", 2),
    *yearly("total_assets", "资产总额", "Total assets", 1),
    Field("capital", "yuan", None, "注册资本", "Registered capital"),
    Field("land_area", "area", None, "占地面积", "Land area", ("用地面积",)),
    Field("rd_ratio", "ratio", None, "研发占比", "R&D ratio"),
    Field("growth", "ratio", None, "营收增速", "Growth", above_one=True),
    Field("hightech", "bool", None, "是否高新技术企业", "High-tech enterprise"),
    Field(
        "rd_level", "text", None, "研发机构级别", "R&D institution",
        choices=(Choice("national", ("国家级", "National")), Choice("none", ("无", "None"))),
    ),
]  # fmt: skip
VOCABULARY = Vocabulary(tuple(FIELDS))


def field(name: str) -> Field:
    return VOCABULARY[name]


def xlsx(
    rows: Sequence[Sequence[Any]],
    *,
    merges: Sequence[str] = (),
    name: str = "企业",
    edit: Callable[[Any], None] | None = None,
) -> bytes:
    """A workbook of one sheet; `edit` may change the openpyxl sheet before it is saved."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = name
    for row in rows:
        sheet.append(list(row))
    for area in merges:
        sheet.merge_cells(area)
    if edit:
        edit(sheet)
    return saved(book)


def saved(book: Any) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def xls(
    rows: Sequence[Sequence[Any]], name: str = "企业", percent: frozenset[Any] = frozenset()
) -> bytes:
    """An Excel 97 workbook; places in `percent` are shown with a percent format."""
    book = xlwt.Workbook()
    sheet = book.add_sheet(name)
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if cell is None:
                continue
            look = "0.0%" if (row, column) in percent else "General"
            look = "yyyy-mm-dd" if isinstance(cell, dt.date) else look
            sheet.write(row, column, cell, xlwt.easyxf(num_format_str=look))
    return saved(book)


def csv_text(rows: Sequence[Sequence[Any]], separator: str = ",") -> str:
    return "".join(
        separator.join("" if cell is None else str(cell) for cell in row) + "\r\n" for row in rows
    )


def zipped(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return target.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def read(data: bytes | str, name: str = "表.xlsx", **options: Any) -> TableReading:
    """Read a file, or a csv given as text."""
    if isinstance(data, str):
        data, name = data.encode(), "表.csv"
    options.setdefault("as_of", AS_OF)
    return read_table(name, data, options.pop("vocabulary", VOCABULARY), **options)


def values(reading: TableReading) -> list[dict[str, Any]]:
    """The rows as plain values."""
    return [{key: each.value for key, each in row.values.items()} for row in reading.rows]


def codes(reading: TableReading) -> list[str]:
    return [each.code for each in reading.problems]
