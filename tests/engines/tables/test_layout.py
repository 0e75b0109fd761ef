"""Where the table is in the sheet, and which rows are data."""

from typing import Any

import pytest

from openzone.engines.tables.layout import is_column_numbers
from tests.engines.tables.builders import codes, csv_text, read, values, xlsx

HEADER = ["企业名称", "2025年营业收入（万元）", "从业人员"]
FIRM = ["示例甲公司", 1200, 12]
OTHER = ["示例乙公司", 800, 30]


def skipped(rows: list[list[Any]], **options: Any) -> dict[int | None, str]:
    return {each.row: each.code for each in read(xlsx(rows, **options)).skipped}


def names(rows: list[list[Any]], **options: Any) -> list[str]:
    return [row["name"] for row in values(read(xlsx(rows, **options)))]


def test_titles_above_the_header_are_passed_over() -> None:
    rows = [["示例高新区企业情况表"], [], ["填报单位：示例管委会"], HEADER, FIRM]
    reading = read(xlsx(rows, merges=["A1:C1"]))
    assert reading.sheets[0].header_rows == (4, 4)
    assert reading.sheets[0].titles == ("示例高新区企业情况表", "填报单位：示例管委会")
    assert values(reading)[0]["name"] == "示例甲公司"


def test_rows_keep_the_numbers_people_see() -> None:
    rows = [["标题"], [], HEADER, FIRM, [], OTHER]
    assert [row.number for row in read(xlsx(rows)).rows] == [4, 6]


def test_merged_headers_of_two_rows() -> None:
    rows = [
        ["企业名称", "营业收入(万元)", None, "从业人员"],
        [None, "2025年", "2024年", None],
        ["示例甲公司", 1200, 1000, 12],
    ]
    reading = read(xlsx(rows, merges=["A1:A2", "B1:C1", "D1:D2"]))
    assert reading.sheets[0].header_rows == (1, 2)
    assert values(reading) == [
        {"name": "示例甲公司", "revenue_y1": 12_000_000, "revenue_y2": 10_000_000, "employees": 12}
    ]


def test_years_under_a_group_may_be_bare_numbers() -> None:
    rows = [["企业名称", "营业收入(万元)", None], [None, 2025, 2024], ["示例甲公司", 1200, 1000]]
    reading = read(xlsx(rows, merges=["A1:A2", "B1:C1"]))
    assert values(reading)[0]["revenue_y2"] == 10_000_000


def test_merged_headers_of_three_rows() -> None:
    rows = [
        ["基本情况", None, "经营情况", None],
        ["企业名称", "成立日期", "营业收入", None],
        [None, None, "2025年(万元)", "2024年(万元)"],
        ["示例甲公司", "2020-01-05", 1200, 1000],
    ]
    merges = ["A1:B1", "C1:D1", "A2:A3", "B2:B3", "C2:D2"]
    reading = read(xlsx(rows, merges=merges))
    assert codes(reading) == []
    assert set(values(reading)[0]) == {"name", "registered_on", "revenue_y1", "revenue_y2"}


def test_a_row_of_units_below_the_names_belongs_to_the_header() -> None:
    rows = [["企业名称", "2025年营业收入", "占地面积"], [None, "万元", "亩"], ["示例甲公司", 5, 15]]
    assert values(read(xlsx(rows))) == [
        {"name": "示例甲公司", "revenue_y1": 50_000, "land_area": 10_000}
    ]


def test_a_row_of_contract_names_below_the_labels_belongs_to_the_header() -> None:
    rows = [["企业名称", "营收（万元）"], ["name", "revenue_y1"], ["示例甲公司", 5]]
    assert values(read(xlsx(rows))) == [{"name": "示例甲公司", "revenue_y1": 50_000}]


@pytest.mark.parametrize(
    "line",
    ["单位：万元", "（单位：万元）", "金额单位：人民币万元", "计量单位：万元、亩", "单位:万元 "],
)
def test_the_unit_line_applies_to_money_without_a_unit_of_its_own(line: str) -> None:
    rows = [[None, None, line], ["企业名称", "2025年营业收入", "注册资本（亿元）"], ["甲", 5, 2]]
    (row,) = values(read(xlsx(rows)))
    assert (row["revenue_y1"], row["capital"]) == (50_000, 200_000_000)


def test_a_unit_line_may_stand_inside_the_title() -> None:
    rows = [["2025年企业情况表（单位：万元）"], ["企业名称", "注册资本"], ["示例甲公司", 5]]
    assert values(read(xlsx(rows)))[0]["capital"] == 50_000


def test_a_unit_line_that_contradicts_itself_is_not_applied() -> None:
    rows = [["单位：万元/亿元"], ["企业名称", "注册资本"], ["示例甲公司", 5]]
    reading = read(xlsx(rows))
    assert codes(reading) == ["units_conflict", "unit_assumed"]
    assert values(reading)[0]["capital"] == 5


def test_the_reporting_unit_is_no_unit_of_measure() -> None:
    rows = [["填报单位：示例高新区"], ["企业名称", "注册资本（元）"], ["示例甲公司", 5]]
    assert codes(read(xlsx(rows))) == []


def test_money_without_any_unit_is_yuan_and_that_is_said() -> None:
    reading = read(xlsx([["企业名称", "注册资本"], ["示例甲公司", 5]]))
    assert codes(reading) == ["unit_assumed"]
    assert values(reading)[0]["capital"] == 5


def test_contract_names_say_their_unit() -> None:
    assert codes(read("name,capital\r\n示例甲公司,5\r\n")) == []


def test_the_year_in_the_title_dates_bare_columns() -> None:
    rows = [["2025年度企业情况表"], ["企业名称", "营业收入（万元）"], ["示例甲公司", 5]]
    reading = read(xlsx(rows))
    assert codes(reading) == ["year_assumed"]
    assert values(reading)[0]["revenue_y1"] == 50_000


@pytest.mark.parametrize(
    "title", ["2025年1-6月企业情况表", "2024-2025年企业情况表", "2025年第一季度情况", "企业情况表"]
)
def test_a_title_of_part_of_a_year_dates_nothing(title: str) -> None:
    rows = [[title], ["企业名称", "营业收入（万元）"], ["示例甲公司", 5]]
    assert codes(read(xlsx(rows))) == ["year_missing"]


def test_the_serial_column_is_ignored_and_makes_no_row_of_its_own() -> None:
    rows = [["序号", *HEADER], [1, *FIRM], [2, *OTHER], [3], [4]]
    reading = read(xlsx(rows))
    assert codes(reading) == []
    assert len(reading.rows) == 2


def test_blank_columns_do_not_matter() -> None:
    rows = [[None, "企业名称", None, "从业人员"], [None, "示例甲公司", None, 12]]
    assert values(read(xlsx(rows))) == [{"name": "示例甲公司", "employees": 12}]


def test_a_column_of_data_without_a_header_is_named() -> None:
    rows = [["企业名称", None, "从业人员"], ["示例甲公司", "?", 12]]
    (problem,) = read(xlsx(rows)).problems
    assert (problem.code, problem.column) == ("column_unknown", "B")


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["合计", 2000, 42], "total"),
        (["合  计", 2000, 42], "total"),
        ([None, "总计", 42], "total"),
        (["小计：", 2000, 42], "total"),
        (["Total", 2000, 42], "total"),
        (["注：本表为示例"], "note"),
        (["注1：口径说明"], "note"),
        (["填表人：张三", "审核人：李四", None], "note"),
        (["单位负责人：", "统计负责人：", "填表日期：2026年1月"], "note"),
        (["数据来源：示例"], "note"),
    ],
)
def test_rows_below_the_data_are_cut_and_named(row: list[Any], code: str) -> None:
    rows = [HEADER, FIRM, row]
    assert skipped(rows) == {3: code}
    assert names(rows) == ["示例甲公司"]


def test_a_total_after_a_serial_number_is_a_total() -> None:
    assert skipped([["序号", *HEADER], [1, *FIRM], [2, "合计", 1200, 12]]) == {3: "total"}
    assert skipped([["序号", *HEADER], [1, *FIRM], ["合计", None, 1200, 12]]) == {3: "total"}


@pytest.mark.parametrize("name", ["合计科技（示例）有限公司", "注塑机械示例厂", "总计示例公司"])
def test_firms_whose_names_begin_like_a_total_are_data(name: str) -> None:
    assert names([HEADER, [name, 5, 6]]) == [name]


def test_lines_after_a_note_belong_to_it() -> None:
    rows = [HEADER, FIRM, ["注：1. 本表为示例"], ["2. 金额为万元"], [], ["3. 完"]]
    assert skipped(rows) == {3: "note", 4: "note", 6: "note"}


def test_a_firm_of_which_only_the_name_is_known_is_data() -> None:
    assert names([HEADER, FIRM, ["示例乙公司"]]) == ["示例甲公司", "示例乙公司"]


def test_headings_between_groups_are_cut() -> None:
    rows = [HEADER, ["一、制造业"], FIRM, ["（二）服务业"], OTHER, ["其他企业", None, None]]
    assert skipped(rows, merges=["A6:C6"]) == {2: "section", 4: "section", 6: "section"}
    assert names(rows, merges=["A6:C6"]) == ["示例甲公司", "示例乙公司"]


def test_the_header_repeated_on_each_page_is_cut() -> None:
    rows = [["示例表"], HEADER, FIRM, ["示例表"], HEADER, OTHER]
    assert skipped(rows) == {4: "title_repeat", 5: "header_repeat"}
    assert names(rows) == ["示例甲公司", "示例乙公司"]


def test_a_row_that_numbers_the_columns_is_cut() -> None:
    assert skipped([HEADER, ["甲", 1, 2], FIRM]) == {2: "column_numbers"}


@pytest.mark.parametrize(
    ("cells", "expected"),
    [(["甲", "乙", 1, 2, 3], True), (["1", "2", "3"], True), (["A", "B", 1, 2], True),
     ([1, 2, "3=1+2", 4], False), ([5, 7, 12], False), (["示例", 1, 2], False), ([1, 2], False)],
)  # fmt: skip
def test_column_numbers_count_up(cells: list[Any], expected: bool) -> None:
    assert is_column_numbers(cells) is expected


def test_a_data_row_of_counting_numbers_later_on_is_data() -> None:
    rows = [["编号", "从业人员", "从事细分市场年限"], [7, 8, 2], [1, 2, 3]]
    assert len(read(xlsx(rows)).rows) == 2


def test_text_merged_over_rows_belongs_to_each_row() -> None:
    rows = [["行业代码", "企业名称"], ["C3841", "示例甲公司"], [None, "示例乙公司"]]
    reading = read(xlsx(rows, merges=["A2:A3"]))
    assert [row["industry"] for row in values(reading)] == ["C3841", "C3841"]


def test_a_number_merged_over_rows_belongs_to_nobody() -> None:
    rows = [["企业名称", "从业人员"], ["示例甲公司", 12], ["示例乙公司", None]]
    reading = read(xlsx(rows, merges=["B2:B3"]))
    assert [(each.code, each.row) for each in reading.problems] == [
        ("merged_number", 2),
        ("merged_number", 3),
    ]
    assert all("employees" not in row for row in values(reading))


def test_a_cell_merged_sideways_is_read_once() -> None:
    rows = [HEADER, ["资料暂缺", None, None], FIRM]
    assert names(rows, merges=["A2:C2"]) == ["示例甲公司"]


def test_a_name_column_two_cells_wide_is_one_column() -> None:
    rows = [["企业名称", None, "从业人员"], ["示例甲公司", None, 12]]
    reading = read(xlsx(rows, merges=["A1:B1", "A2:B2"]))
    assert codes(reading) == []
    assert values(reading) == [{"name": "示例甲公司", "employees": 12}]


def test_nothing_known_in_the_first_rows_says_what_is_expected() -> None:
    reading = read(xlsx([["甲", "乙"], ["丙", "丁"]]))
    (problem,) = reading.problems
    assert problem.code == "no_header"
    assert problem.suggestion is not None
    assert "企业名称" in problem.suggestion.zh
    assert reading.rows == ()


def test_a_header_without_data_is_a_problem() -> None:
    assert codes(read(xlsx([HEADER]))) == ["no_rows"]


def test_the_same_table_as_csv() -> None:
    rows = [["2025年企业情况表"], [None, None, "单位：万元"], ["企业名称", "营业收入", "从业人员"],
            ["示例甲公司", '"1,200"', 12], ["合计", '"1,200"', 12]]  # fmt: skip
    reading = read(csv_text(rows))
    assert values(reading) == [{"name": "示例甲公司", "revenue_y1": 12_000_000, "employees": 12}]
