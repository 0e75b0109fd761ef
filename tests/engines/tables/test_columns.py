"""Which field a header means."""

import datetime as dt

import pytest

from openzone.engines.tables.columns import Field, Match, Vocabulary, unit_fault
from tests.engines.tables.builders import AS_OF, FIELDS, VOCABULARY


def match(*parts: str, as_of: dt.date = AS_OF, title_year: int | None = None) -> Match:
    return VOCABULARY.match(parts, as_of, title_year)


def name(*parts: str) -> str | None:
    found = match(*parts)
    return found.field.name if found.field else None


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_contract_names_and_labels_are_known(field: Field) -> None:
    assert name(field.name) == field.name
    assert name(field.label_zh) == field.name
    assert name(field.label_en) == field.name


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("REVENUE_Y1", "revenue_y1"),
        ("单位名称", "name"),
        ("* 企业名称（必填）", "name"),
        ("2025年营业收入（万元）", "revenue_y1"),
        ("2024年度营业收入/亿元", "revenue_y2"),
        ("2023营业收入", "revenue_y3"),
        ("revenue_2025", "revenue_y1"),
        ("去年研发费用", "rd_expense_y1"),
        ("营业收入万元(上年度)", "revenue_y1"),
        ("用地面积（亩）", "land_area"),
        ("职工人数(人)", "employees"),
    ],
)
def test_headers_as_people_write_them(header: str, expected: str) -> None:
    assert name(header) == expected


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (("营业收入(万元)", "2025年"), "revenue_y1"),
        (("2024年", "营业收入"), "revenue_y2"),
        (("经营情况", "2025年", "营业收入"), "revenue_y1"),
        (("基本信息", "企业名称"), "name"),
        (("营业收入", "2025年", "金额"), "revenue_y1"),
        (("营业收入（上年度）", "revenue_y1"), "revenue_y1"),
    ],
)
def test_headers_of_several_rows(parts: tuple[str, ...], expected: str) -> None:
    assert name(*parts) == expected


def test_a_group_that_changes_the_meaning_is_not_dropped() -> None:
    assert name("母公司", "2025年营业收入") is None
    assert name("营业收入", "同比增速") is None


def test_the_unit_may_stand_in_any_row_of_the_header() -> None:
    found = match("营业收入（万元）", "2025年")
    assert found.unit is not None
    assert found.unit.text == "万元"


def test_the_year_shifts_with_the_day_of_the_question() -> None:
    assert match("2025年营业收入", as_of=dt.date(2027, 1, 1)).field == VOCABULARY["revenue_y2"]


def test_a_yearly_header_without_a_year_is_not_guessed() -> None:
    found = match("营业收入")
    assert found.field is None
    assert found.fault is not None
    assert found.fault.code == "year_missing"
    assert found.fault.suggestion is not None
    assert "2025年营业收入" in found.fault.suggestion.zh


def test_the_year_of_the_title_is_taken_and_said() -> None:
    found = match("营业收入", title_year=2024)
    assert found.field == VOCABULARY["revenue_y2"]
    assert found.fault is not None
    assert found.fault.code == "year_assumed"


def test_a_series_of_one_year_needs_no_year_but_says_what_it_took() -> None:
    found = match("资产总额（万元）")
    assert found.field == VOCABULARY["total_assets_y1"]
    assert found.fault is not None
    assert found.fault.code == "year_assumed"


def test_a_year_out_of_reach_lists_the_years_in_reach() -> None:
    found = match("2019年营业收入")
    assert found.field is None
    assert found.fault is not None
    assert found.fault.code == "year_unknown"
    assert "revenue_y3" in found.fault.suggestion.en


def test_a_year_on_a_field_without_years_is_kept_only_when_recent() -> None:
    recent, old = match("2025年末从业人员"), match("2021年末从业人员")
    assert recent.field == VOCABULARY["employees"]
    assert recent.fault is not None
    assert recent.fault.code == "year_ignored"
    assert old.field is None
    assert old.fault is not None
    assert old.fault.code == "year_unknown"


def test_two_fields_of_one_name_are_ambiguous_and_both_named() -> None:
    words = Vocabulary.of(
        [
            Field("sales", "yuan", None, "销售额", "Sales", ("收入",)),
            Field("income", "yuan", None, "总收入", "Income", ("收入",)),
        ]
    )
    found = words.match(("收入（万元）",), AS_OF)
    assert found.fault is not None
    assert found.fault.code == "column_ambiguous"
    assert "sales" in found.fault.reason.zh
    assert "income" in found.fault.reason.en


def test_an_unknown_header_is_told_what_is_close() -> None:
    assert match("企业名").fault is not None
    assert VOCABULARY.closest("企业名") == [VOCABULARY["name"]]
    assert VOCABULARY["employees"] in VOCABULARY.closest("从业人员数量")
    assert VOCABULARY.closest("完全无关的内容") == []


@pytest.mark.parametrize(
    ("header", "code"),
    [("注册资本（万美元）", "foreign_currency"), ("注册资本（亩）", "unit_mismatch"),
     ("占地面积（万元）", "unit_mismatch"), ("从业人员（%）", "unit_mismatch")],
)  # fmt: skip
def test_a_unit_that_does_not_fit_the_field(header: str, code: str) -> None:
    fault = unit_fault(match(header))
    assert fault is not None
    assert fault.code == code


def test_a_unit_beside_text_does_not_matter() -> None:
    assert unit_fault(match("企业名称（家）")) is None
