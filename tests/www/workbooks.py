"""Workbooks as zones have them."""

import io

import openpyxl
import xlsxwriter

from openzone.zone.policies.services.imports import template_rows

NAMES = ("合肥示例光电有限公司", "合肥示例药业有限公司", "合肥示例食品有限公司")


def nasty() -> bytes:
    """Titles above the header, 万元, full-width digits, a wrong code, text in a number, a total."""
    sheet_rows = [
        ("某区企业基本情况表（示例）",),
        ("填报单位：示例科技局", None, None, "单位：万元"),
        ("企业名称", "统一社会信用代码", "从业人员数", "营业收入（万元）"),
        (NAMES[0], None, "１２０", 3500),
        (NAMES[1], "91340100MA2NQXFL0X", 45, 120.5),
        (NAMES[2], None, "很多", 80),
        ("合计", None, 165, 3700.5),
    ]
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "企业表"
    for row in sheet_rows:
        sheet.append(row)
    sheet.merge_cells("A1:D1")
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def library_sheet(**sheets: list[list[object]]) -> bytes:
    """A spreadsheet of documents and items; without rows given, the template's own example."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        for name, headings, example in template_rows():
            sheet = book.add_worksheet(name)
            for number, row in enumerate([headings, *sheets.get(name, [example])]):
                sheet.write_row(number, 0, row)
    return buffer.getvalue()
