"""Every Excel export, read back."""

import datetime as dt
import io
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openzone.engines.tables import writing
from openzone.engines.tables.writing import write_table
from openzone.engines.text import Text
from tests.engines.tables.builders import codes, read, values

MORNING = dt.datetime.fromisoformat("2024-01-05T08:30:00")


def written(headers: list[str], rows: Any, **options: Any) -> bytes:
    target = io.BytesIO()
    write_table(target, headers, rows, **options)
    return target.getvalue()


def sheet(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data)).active


def test_cells_are_typed() -> None:
    row = ["文", 1.5, Decimal("2.50"), 3, dt.date(2024, 1, 5), MORNING, None]
    cells = sheet(written(["a"] * 7, [row]))[2]
    assert [cell.data_type for cell in cells[:6]] == ["s", "n", "n", "n", "d", "d"]
    assert cells[2].value == 2.5
    assert cells[4].value.date() == dt.date(2024, 1, 5)
    assert cells[6].value is None


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("x")', "\t=1", "{=1}", "http://example.org"],
)
def test_text_that_looks_like_a_formula_stays_text(text: str) -> None:
    data = written(["名称"], [[text]])
    cell = sheet(data)["A2"]
    assert (cell.data_type, cell.value, cell.hyperlink) == ("s", text, None)


def test_booleans_are_words_and_may_be_other_words() -> None:
    assert [cell.value for cell in sheet(written(["a", "b"], [[True, False]]))[2]] == ["是", "否"]
    data = written(["a"], [[True]], yes_no=("Yes", "No"))
    assert sheet(data)["A2"].value == "Yes"


def test_numbers_that_excel_would_round_become_text() -> None:
    data = written(["a", "b"], [[12345678901234567890, Decimal("0.12345678901234567")]])
    assert [cell.value for cell in sheet(data)[2]] == [
        "12345678901234567890",
        "0.12345678901234567",
    ]


def test_title_and_note_stand_above_a_frozen_header() -> None:
    found = sheet(written(["名称"], [["甲"]], title="企业名单（示例）", note="2026年3月1日导出"))
    assert [found.cell(row, 1).value for row in range(1, 5)] == [
        "企业名单（示例）", "2026年3月1日导出", "名称", "甲",
    ]  # fmt: skip
    assert found.freeze_panes == "A4"
    assert found["A3"].font.b


def test_columns_are_as_wide_as_their_content_within_reason() -> None:
    found = sheet(written(["名", "说明"], [["示例甲有限责任公司", "长" * 500]]))
    assert found.column_dimensions["A"].width >= 20
    assert found.column_dimensions["B"].width <= 50


def test_bilingual_text_and_long_text_fit_a_cell() -> None:
    found = sheet(written(["a", "b"], [[Text("是", "yes"), "长" * 40_000]]))
    assert found["A2"].value == "是 / yes"
    assert len(found["B2"].value) == 32_767
    assert found["B2"].value.endswith("…")


@pytest.mark.parametrize("number", [float("nan"), float("inf"), Decimal("NaN")])
def test_what_is_not_finite_is_refused(number: Any) -> None:
    with pytest.raises(ValueError, match="row 2, column 1"):
        written(["a"], [[number]])


def test_rows_may_come_from_a_generator_and_go_to_a_path(tmp_path: Path) -> None:
    path = tmp_path / "出.xlsx"
    assert write_table(path, ["a"], ([number] for number in range(500))) == 500
    assert sheet(path.read_bytes()).max_row == 501


def test_an_export_without_rows_still_has_its_header() -> None:
    data = written(["名称"], [])
    assert sheet(data)["A1"].value == "名称"


def test_a_table_longer_than_a_sheet_goes_on_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "LAST_ROW", 250)
    data = written(["企业名称"], [[f"示例{number}公司"] for number in range(600)], sheet="名单")
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["名单", "名单2", "名单3"]
    assert [len(list(each.rows)) for each in book] == [251, 251, 101]
    assert len(read(data).rows) == 600


TOTAL = re.compile(
    r"\W*(?:合计|总计|小计|共计|累计|平均|均值|汇总|总和|total|sum|average|mean|注|说明|备注)", re.I
)
# What a record can hold; what no export can mean (control characters, marks of missing, names of a
# line of totals) left out.
words = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z"), exclude_characters="_"), min_size=7
).filter(lambda name: not TOTAL.match(name))
amounts = st.decimals(-(10**12), 10**12, places=2, allow_nan=False, allow_infinity=False)
rows = st.lists(
    st.tuples(
        words, st.none() | amounts, st.none() | st.booleans(),
        st.none() | st.dates(dt.date(1901, 1, 1), dt.date(2100, 12, 31)),
        st.none() | st.decimals(0, 1, places=4, allow_nan=False, allow_infinity=False),
    ),
    min_size=1, max_size=8, unique_by=lambda row: row[0],
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(rows)
def test_what_is_written_reads_back_the_same(table: list[tuple[Any, ...]]) -> None:
    names = ["name", "capital", "hightech", "registered_on", "rd_ratio"]
    data = written(names, table, title="示例名单", note="示例导出")
    reading = read(data, key=())
    assert codes(reading) == []
    assert values(reading) == [
        {key: cell for key, cell in zip(names, row, strict=True) if cell is not None}
        for row in table
    ]


def test_a_chinese_export_reads_back_with_its_units() -> None:
    headers = ["企业名称", "营业收入(上年度)", "营业收入(前一年度)（万元）"]
    data = written(headers, [["示例甲公司", 12_000_000, 900]])
    assert values(read(data)) == [
        {"name": "示例甲公司", "revenue_y1": 12_000_000, "revenue_y2": 9_000_000}
    ]
