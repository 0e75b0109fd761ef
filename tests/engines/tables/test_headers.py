"""Headers taken apart: name, unit, year."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openzone.engines.tables.headers import normalise, parse_header, split_unit
from tests.engines.tables.builders import AS_OF


@pytest.mark.parametrize(
    ("text", "base", "unit"),
    [
        ("营业收入(万元)", "营业收入", "万元"),
        ("营业收入（单位：万元）", "营业收入", "万元"),
        ("营业收入/亿元", "营业收入", "亿元"),
        ("营业收入_万元", "营业收入", "万元"),
        ("占地面积（亩）", "占地面积", "亩"),
        ("占地面积【㎡】", "占地面积", "m2"),
        ("研发占比(%)", "研发占比", "%"),
        ("研发占比（％）", "研发占比", "%"),
        ("从业人员（人）", "从业人员", "人"),
        ("营业收入（万）", "营业收入", "万"),
        ("营业收入（万元，必填）", "营业收入", "万元"),
        ("*企业名称\n（必填）", "企业名称", None),
        ("【企业名称】", "企业名称", None),
        ("1.企业名称", "企业名称", None),
        ("（2）企业名称", "企业名称", None),
        ("三、企业名称：", "企业名称", None),
        ("其中：研发费用", "研发费用", None),
        ("是否高企（是/否）", "是否高企", None),
        ("成立日期(YYYY-MM-DD)", "成立日期", None),
        ("单位名称（盖章）", "单位名称", None),
        ("企 业　名 称", "企业名称", None),
    ],
)
def test_the_bare_name_and_the_unit(text: str, base: str, unit: str | None) -> None:
    header = parse_header(text)
    assert (header.base, header.unit and header.unit.text) == (base, unit)


@pytest.mark.parametrize(
    "text", ["营业收入（万元/亩）", "研发费用（加计扣除）", "用地（规划）", "营业收入(元/人)"]
)
def test_words_that_change_the_meaning_are_kept(text: str) -> None:
    assert parse_header(text).base == normalise(text)
    assert parse_header(text).unit is None


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("2025年营业收入", 1),
        ("2025年度营业收入（万元）", 1),
        ("营业收入2024", 2),
        ("营业收入(2023年)", 3),
        ("2025年末营业收入", 1),
        ("截至2025年底营业收入", 1),
        ("2025年12月31日营业收入", 1),
        ("2025年1-12月营业收入", 1),
        ("上年营业收入", 1),
        ("上年度营业收入", 1),
        ("去年营业收入", 1),
        ("营业收入(上一年度)", 1),
        ("前年营业收入", 2),
        ("营业收入(前一年度)", 2),
        ("营业收入(前2年度)", 3),
        ("大前年营业收入", 3),
        ("本年度营业收入", 0),
    ],
)
def test_years_count_back_from_the_day_of_the_question(text: str, back: int) -> None:
    header = parse_header(text)
    assert (header.base, header.years_back(AS_OF)) == ("营业收入", back)


@pytest.mark.parametrize(
    "text",
    ["2025年1-6月营业收入", "2025年第一季度营业收入", "2025年上半年营业收入", "2025年12月营业收入",
     "2023-2025年营业收入", "2024、2025年营业收入", "近三年营业收入", "以前年度营业收入"],
)  # fmt: skip
def test_part_of_a_year_or_several_years_are_not_a_year(text: str) -> None:
    assert parse_header(text).base != "营业收入"


def test_a_unit_straight_after_the_name_is_only_tried() -> None:
    header = parse_header("营业收入万元")
    assert header.base == "营业收入万元"
    split = split_unit(header)
    assert split is not None
    assert (split.base, split.unit and split.unit.text) == ("营业收入", "万元")
    assert split_unit(parse_header("企业名称")) is None


@given(st.text(max_size=40))
def test_no_header_breaks_the_reader(text: str) -> None:
    header = parse_header(text)
    assert header.year is None or header.back is None
    assert not any(char.isspace() for char in normalise(text))
