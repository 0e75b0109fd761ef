"""A whole file: rows, problems by place, and what is left out."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openzone.engines.tables.columns import Vocabulary
from openzone.engines.tables.gate import FileKind, Limits
from openzone.engines.tables.messages import Severity
from openzone.engines.tables.problems import Problem, Refused
from openzone.engines.tables.reading import TableReading
from tests.engines.tables.builders import (
    AS_OF,
    FIELDS,
    VOCABULARY,
    codes,
    csv_text,
    field,
    read,
    saved,
    values,
    xls,
    xlsx,
)

HEADER = ["信用代码", "企业名称", "注册资本（万元）", "成立日期"]
FIRM = ["911", "示例甲公司", 100, "2020-01-05"]


def one(reading: TableReading) -> Problem:
    (problem,) = reading.problems
    return problem


def required(*names: str) -> Vocabulary:
    return Vocabulary.of([replace(each, required=each.name in names) for each in FIELDS])


NASTY = [
    ["示例高新区2025年度企业情况统计表", None, None, None, None, None, None, None],
    ["填报单位：示例管委会", None, None, None, None, None, "单位：万元", None],
    ["序号", "企业名称*", "营业收入", None, "研发占比（%）", "占地面积（亩）", "成立日期",
     "是否高新技术企业"],
    [None, None, "2024年", "2025年", None, None, None, None],
    ["甲", "乙", 1, 2, 3, 4, 5, 6],
    [1, "示例甲公司", "１，２００", "约1500", 3.5, 15, "2024年1月5日", "是"],
    [2, "示例乙公司", "1.2亿元", "无", "4%", "—", "2024/1/5", "×"],
    ["小计", None, 99999, None, None, None, None, None],
    [3, "示例丙公司", "(300)", 5, 0, "1.5公顷", "20240105", "不详"],
    [4, "示例甲公司", "１，２００", "约1500", 3.5, 15, "2024年1月5日", "是"],
    ["合计", None, 1, 1, None, None, None, None],
    ["注：示例数据", None, None, None, None, None, None, None],
]  # fmt: skip
EXPECTED = [
    {
        "name": "示例甲公司", "revenue_y2": 12_000_000, "revenue_y1": 15_000_000,
        "rd_ratio": Decimal("0.035"), "land_area": 10_000,
        "registered_on": dt.date(2024, 1, 5), "hightech": True,
    },
    {
        "name": "示例乙公司", "revenue_y2": 120_000_000, "rd_ratio": Decimal("0.04"),
        "registered_on": dt.date(2024, 1, 5), "hightech": False,
    },
    {
        "name": "示例丙公司", "revenue_y2": -3_000_000, "revenue_y1": 50_000, "rd_ratio": 0,
        "land_area": 15_000, "registered_on": dt.date(2024, 1, 5),
    },
]  # fmt: skip
MERGES = ["A1:H1", "C3:D3", *[f"{column}3:{column}4" for column in "ABEFGH"]]


def filled(rows: list[list[Any]]) -> list[list[Any]]:
    """The same rows for a format without merged cells."""
    rows = [list(row) for row in rows]
    rows[2][3] = rows[2][2]
    return rows


def quoted(rows: list[list[Any]]) -> list[list[Any]]:
    return [[f'"{cell}"' if cell else cell for cell in row] for row in rows]


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("表.xlsx", xlsx(NASTY, merges=MERGES), FileKind.XLSX),
        ("表.xls", xls(filled(NASTY)), FileKind.XLS),
        ("表.csv", csv_text(quoted(filled(NASTY))).encode("gbk"), FileKind.CSV),
        ("表.txt", csv_text(filled(NASTY), "\t").encode("utf-16"), FileKind.CSV),
    ],
)  # fmt: skip
def test_a_table_as_zones_keep_it_reads_the_same_in_every_format(
    name: str, data: bytes, kind: FileKind
) -> None:
    reading = read(data, name)
    assert reading.kind is kind
    assert values(reading) == EXPECTED
    assert codes(reading) == ["approximate"]
    assert {each.row: each.code for each in reading.skipped} == {
        5: "column_numbers", 8: "total", 10: "duplicate", 11: "total", 12: "note",
    }  # fmt: skip


def test_a_problem_names_sheet_row_column_header_value_reason_and_suggestion() -> None:
    rows = [["标题"], HEADER, FIRM, ["912", "示例乙公司", "很多", "2020-01-05"]]
    problem = one(read(xlsx(rows, name="企业名单")))
    assert (problem.sheet, problem.row, problem.column) == ("企业名单", 4, "C")
    assert (problem.header, problem.value) == ("注册资本（万元）", "很多")
    assert problem.severity is Severity.ERROR
    assert "工作表“企业名单” 第4行 C列（注册资本（万元））：“很多”不是数字" in problem.sentence.zh
    assert "sheet “企业名单”, row 4, column C" in problem.sentence.en


def test_formula_cells_are_problems_and_not_values() -> None:
    rows = [HEADER, ["911", "示例甲公司", "=1+1", "2020-01-05"]]
    reading = read(xlsx(rows))
    problem = one(reading)
    assert (problem.code, problem.row, problem.column) == ("formula", 2, "C")
    assert problem.suggestion is not None
    assert "数值" in problem.suggestion.zh
    assert "capital" not in values(reading)[0]
    assert reading.good_rows == []


def test_formulas_outside_the_data_do_not_matter() -> None:
    rows = [["=TODAY()"], ["序号", *HEADER, "备注"], ["=ROW()", *FIRM, "=1+1"],
            ["合计", None, None, "=SUM(D3:D3)"]]  # fmt: skip
    assert codes(read(xlsx(rows))) == ["column_unknown"]


def test_an_excel_error_is_a_problem_and_not_a_missing_value() -> None:
    def edit(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        sheet["C2"] = "#DIV/0!"
        sheet["C2"].data_type = "e"

    problem = one(read(xlsx([HEADER, FIRM], edit=edit)))
    assert (problem.code, problem.value) == ("excel_error", "#DIV/0!")


def test_percent_cells_under_a_percent_header() -> None:
    rows = [["企业名称", "研发占比(%)"], ["甲", 3.5], ["乙", 0.035], ["丙", "3.5%"]]

    def edit(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        sheet["B3"].number_format = "0.0%"

    reading = read(xlsx(rows, edit=edit))
    assert [row["rd_ratio"] for row in values(reading)] == [Decimal("0.035")] * 3


def test_a_percent_column_of_tiny_figures_is_questioned_once() -> None:
    rows = [["企业名称", "研发占比(%)"], ["甲", 0.035], ["乙", 0.05], ["丙", 0.4], ["丁", 0]]
    problem = one(read(xlsx(rows)))
    assert (problem.code, problem.row, problem.column) == ("percent_scale", 1, "B")
    rows[1][1] = 3.5
    assert codes(read(xlsx(rows))) == []


def test_identical_rows_are_dropped_and_named() -> None:
    reading = read(xlsx([HEADER, FIRM, FIRM]))
    assert len(reading.rows) == 1
    (left_out,) = reading.skipped
    assert (left_out.row, left_out.code) == (3, "duplicate")
    assert "第2行" in left_out.reason.zh
    assert "row 2" in left_out.reason.en


def test_rows_of_one_key_that_differ_wait_and_name_each_other() -> None:
    other = ["911", "示例甲公司", 200, "2020-01-05"]
    third = ["912", "示例乙公司", 1, None]
    reading = read(xlsx([HEADER, FIRM, third, other]))
    found = {each.row: each.reason for each in reading.problems}
    assert codes(reading) == ["row_conflict", "row_conflict"]
    assert "第2行" in found[4].zh
    assert "注册资本" in found[4].zh
    assert "row 4" in found[2].en
    assert [row.number for row in reading.good_rows] == [3]


def test_the_same_firm_in_two_sheets_is_compared_too() -> None:
    book = openpyxl.Workbook()
    for name in ("一", "二"):
        sheet = book.active if name == "一" else book.create_sheet()
        sheet.title = name
        sheet.append(HEADER)
        sheet.append([*FIRM[:2], 100 if name == "一" else 200, FIRM[3]])
    reading = read(saved(book))
    assert "工作表“一”第2行" in reading.problems[0].reason.zh
    assert "row 2 of sheet “二”" in reading.problems[1].reason.en


def test_rows_without_a_key_are_not_compared() -> None:
    rows = [["成立日期", "从业人员"], ["2020-01-05", 3], ["2020-01-05", 3]]
    assert len(read(xlsx(rows)).rows) == 2


def test_a_key_may_be_another_field_or_none() -> None:
    rows = [["企业名称", "从业人员"], ["甲", 3], ["甲", 4]]
    assert codes(read(xlsx(rows), key=("name",))) == ["row_conflict"] * 2
    assert codes(read(xlsx(rows), key=())) == []


def test_required_cells_and_required_columns() -> None:
    rows = [["企业名称", "从业人员"], ["甲", 3], ["—", 4]]
    reading = read(xlsx(rows), vocabulary=required("name"))
    assert (one(reading).code, one(reading).row) == ("required_missing", 3)
    assert [row.number for row in reading.good_rows] == [2]
    blocked = read(xlsx(rows), vocabulary=required("uscc"))
    assert codes(blocked) == ["column_missing"]
    assert blocked.good_rows == []


def test_two_columns_of_one_field_are_a_problem_unless_they_agree() -> None:
    rows = [["企业名称", "单位名称", "从业人员"], ["甲", "甲", 3], ["乙", None, 4]]
    assert codes(read(xlsx(rows))) == []
    rows[2][1] = "丙"
    reading = read(xlsx(rows))
    assert codes(reading) == ["column_duplicate"]
    assert "A 列和 B 列" in one(reading).reason.zh
    assert values(reading) == [{"employees": 3}, {"employees": 4}]


def test_an_unknown_column_is_named_with_the_closest() -> None:
    problem = one(read(xlsx([["企业名称", "从业人数"], ["甲", 3]])))
    assert (problem.code, problem.column) == ("column_unknown", "B")
    assert problem.severity is Severity.WARNING
    assert problem.suggestion is not None
    assert "从业人员数" in problem.suggestion.zh


def test_a_column_assigned_by_hand_overrides_the_header() -> None:
    rows = [["企业名称", "规模（万元）", "备注"], ["甲", 3, "x"]]
    reading = read(xlsx(rows), mapping={"b": "capital", "C": None})
    assert codes(reading) == []
    assert values(reading) == [{"name": "甲", "capital": 30_000}]


def test_assigning_by_hand_works_without_any_known_header() -> None:
    rows = [["标题"], ["甲项", "乙项"], ["示例甲公司", 3]]
    reading = read(xlsx(rows), mapping={"A": "name", "B": "employees"})
    assert values(reading) == [{"name": "示例甲公司", "employees": 3}]


@pytest.mark.parametrize("mapping", [{"B": "no_such_fact"}, {"Q": "capital"}])
def test_an_assignment_that_cannot_be_is_a_problem(mapping: dict[str, str]) -> None:
    reading = read(xlsx([["企业名称", "从业人员"], ["甲", 3]]), mapping=mapping)
    assert codes(reading) == ["mapping_unknown"]


def test_a_column_whose_unit_does_not_fit_is_not_read() -> None:
    reading = read(xlsx([["企业名称", "注册资本（万美元）"], ["甲", 3]]))
    assert codes(reading) == ["foreign_currency"]
    assert values(reading) == [{"name": "甲"}]


def test_sheets_without_our_columns_hidden_or_empty_are_left_out_and_named() -> None:
    book = openpyxl.Workbook()
    book.active.title = "填表说明"
    book.active.append(["请按要求填写"])
    data = book.create_sheet("数据")
    data.append(["企业名称", "从业人员"])
    data.append(["甲", 3])
    hidden = book.create_sheet("字典")
    hidden.append(["企业名称"])
    hidden.sheet_state = "hidden"
    book.create_sheet("Sheet4")
    reading = read(saved(book))
    assert codes(reading) == []
    assert [each.name for each in reading.sheets] == ["数据"]
    assert {each.sheet: each.code for each in reading.skipped} == {
        "填表说明": "sheet_other", "字典": "sheet_hidden", "Sheet4": "sheet_empty",
    }  # fmt: skip


def test_a_sheet_may_be_chosen_by_name_even_a_hidden_one() -> None:
    book = openpyxl.Workbook()
    book.active.append(["企业名称"])
    book.active.append(["甲"])
    hidden = book.create_sheet("暗")
    hidden.append(["企业名称"])
    hidden.append(["乙"])
    hidden.sheet_state = "hidden"
    assert values(read(saved(book), sheet="暗")) == [{"name": "乙"}]
    problem = one(read(saved(book), sheet="没有"))
    assert problem.code == "sheet_missing"
    assert problem.suggestion is not None
    assert "暗" in problem.suggestion.zh


def test_a_workbook_without_content_has_no_rows() -> None:
    assert codes(read(xlsx([]))) == ["no_rows"]


def test_a_csv_row_that_shifted_is_named_and_waits() -> None:
    reading = read("企业名称,注册资本（元）,从业人员\r\n甲,1,200,12\r\n乙,900,5\r\n")
    problem = one(reading)
    assert (problem.code, problem.row, problem.value) == ("row_shifted", 2, "12")
    assert [row.number for row in reading.good_rows] == [3]


def test_a_wrong_unit_is_suspected_only_against_a_number_on_record() -> None:
    def on_record(key: str, name: str) -> Decimal | None:
        return Decimal(1_000_000) if (key, name) == ("911", "capital") else None

    data = xlsx([["信用代码", "企业名称", "注册资本（亿元）"], ["911", "甲", 100]])
    assert codes(read(data)) == []
    problem = one(read(data, previous=on_record))
    assert (problem.code, problem.severity) == ("unit_jump", Severity.WARNING)
    assert (problem.row, problem.column) == (2, "C")


def test_progress_is_told_to_the_end() -> None:
    seen: list[tuple[int, int]] = []
    rows = [HEADER, *[[f"9{number}", f"示例{number}公司", 1, None] for number in range(1200)]]
    read(xlsx(rows), on_progress=lambda done, total: seen.append((done, total)))
    assert seen == [(500, 1200), (1000, 1200), (1200, 1200)]


def test_reading_twice_gives_the_same() -> None:
    data = xlsx(NASTY, merges=MERGES)
    assert read(data) == read(data)


def test_a_path_reads_like_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(xlsx(NASTY, merges=MERGES))
    assert values(read(path, path.name)) == EXPECTED


def test_the_limits_of_the_caller_hold() -> None:
    with pytest.raises(Refused) as caught:
        read(xlsx([HEADER, FIRM]), limits=Limits(max_cells=7))
    assert caught.value.code == "too_many_cells"


def test_values_say_what_was_written_and_in_which_unit() -> None:
    reading = read(xlsx([HEADER, FIRM]))
    capital = reading.rows[0].values["capital"]
    assert (capital.value, capital.original, capital.unit) == (1_000_000, "100", "万元")


def test_errors_and_warnings_are_told_apart() -> None:
    reading = read(xlsx([["企业名称", "从业人员", "?"], ["甲", "约3", 1], ["乙", "x", 1]]))
    assert [each.code for each in reading.warnings] == ["column_unknown", "approximate"]
    assert [each.code for each in reading.errors] == ["number_unreadable"]


def test_the_summary_tells_where_each_column_was_found() -> None:
    (sheet,) = read(xlsx([["标题"], HEADER, FIRM])).sheets
    assert (sheet.header_rows, sheet.rows) == ((2, 2), 1)
    assert [(each.letter, each.field) for each in sheet.columns] == [
        ("A", field("uscc")), ("B", field("name")), ("C", field("capital")),
        ("D", field("registered_on")),
    ]  # fmt: skip


def test_a_vocabulary_may_be_given_as_plain_fields() -> None:
    assert values(read(xlsx([HEADER, FIRM]), vocabulary=FIELDS)) == values(
        read(xlsx([HEADER, FIRM]), vocabulary=VOCABULARY, as_of=AS_OF)
    )


def test_a_very_long_cell_is_cut_in_the_message_and_takes_no_time() -> None:
    rows = [["企业名称", "从业人员", "成立日期"], ["甲", "1" * 30_000, "2" * 30_000]]
    reading = read(xlsx(rows))
    assert codes(reading) == ["number_unreadable", "date_unreadable"]
    assert len(reading.problems[0].reason.zh) < 150
    assert reading.problems[0].value.endswith("…")


WORDS = (
    "企业名称 从业人员 2025年营业收入（万元） 序号 合计 注：示例 单位：万元 2025年 示例甲公司"
    " 示例乙公司 — 约30 3,000 一、制造业 =1+1"
)
CELLS = st.sampled_from([None, "", *WORDS.split(), 12, 1.5, True, 2025, dt.date(2024, 1, 5)])


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=1, max_size=5), min_size=1, max_size=12))
def test_every_row_below_a_header_is_read_or_left_out_with_a_reason(rows: list[list[Any]]) -> None:
    reading = read(xlsx(rows), key=())
    for sheet in reading.sheets:
        accounted = {row.number for row in reading.rows} | {each.row for each in reading.skipped}
        below = range(sheet.header_rows[1] + 1, len(rows) + 1)
        for number in set(below) - accounted:
            # What neither list names holds nothing, or nothing but its serial number.
            serial = {
                at for at, cell in enumerate(rows[sheet.header_rows[0] - 1]) if cell == "序号"
            }
            cells = {at: cell for at, cell in enumerate(rows[number - 1]) if cell not in (None, "")}
            assert cells.keys() <= serial, (number, cells)
    for each in reading.problems:
        assert each.sentence.zh
        assert each.sentence.en
