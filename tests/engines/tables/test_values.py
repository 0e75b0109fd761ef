"""One cell, one field: the value, or the reason why there is none."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openzone.engines.facts.catalogue import NEVER
from openzone.engines.tables.columns import Field
from openzone.engines.tables.marks import MarkKind
from openzone.engines.tables.units import parse_unit
from openzone.engines.tables.values import MISSING, Value, is_missing, jump, read_value
from tests.engines.tables.builders import FIELDS, field


def value(name: str, cell: Any, unit: str = "", mark: MarkKind | None = None) -> Any:
    reading = read_value(cell, field(name), parse_unit(unit) if unit else None, mark)
    assert reading.value is not None, reading.fault
    return reading.value.value


def fault(name: str, cell: Any, unit: str = "", mark: MarkKind | None = None) -> str:
    reading = read_value(cell, field(name), parse_unit(unit) if unit else None, mark)
    assert reading.value is None
    assert reading.fault is not None
    return reading.fault.code


@pytest.mark.parametrize(
    ("cell", "unit", "yuan"),
    [
        (1200, "", "1200"),
        (1200, "万元", "12000000"),
        (0.1 + 0.2, "亿元", "30000000"),
        ("1,200.50", "万元", "12005000"),
        ("3200万", "", "32000000"),
        ("3200万", "万元", "32000000"),
        ("3200万", "亿元", "32000000"),
        ("3.2亿元", "万元", "320000000"),
        ("5000元", "万元", "5000"),
        ("三百二十", "万元", "3200000"),
        ("(12)", "万元", "-120000"),
        (12, "万", "120000"),
        (0, "万元", "0"),
    ],
)
def test_money_is_in_yuan_and_the_cell_outranks_the_header(cell: Any, unit: str, yuan: str) -> None:
    assert value("capital", cell, unit) == Decimal(yuan)


def test_a_value_keeps_what_was_written() -> None:
    reading = read_value("约3000万元", field("capital"), parse_unit("万元"))
    assert reading.value == Value(Decimal(30_000_000), "约3000万元", "元", approx=True)
    assert reading.fault is not None
    assert reading.fault.code == "approximate"


@pytest.mark.parametrize(
    ("cell", "unit", "area"),
    [
        (15, "亩", "10000"),
        (1, "亩", "666.6667"),
        ("2.8万亩", "", "18666666.6667"),
        ("3万", "亩", "20000000"),
        (1.5, "公顷", "15000"),
        ("0.5平方公里", "亩", "500000"),
        (320, "", "320"),
    ],
)
def test_land_is_in_square_metres(cell: Any, unit: str, area: str) -> None:
    assert value("land_area", cell, unit) == Decimal(area)


@pytest.mark.parametrize(
    ("cell", "unit", "ratio"),
    [
        ("3.5%", "", "0.035"),
        ("3.5%", "%", "0.035"),
        (3.5, "%", "0.035"),
        ("3.5", "%", "0.035"),
        (0.035, "", "0.035"),
        ("百分之三点五", "", "0.035"),
        ("5‰", "", "0.005"),
        (1, "", "1"),
        (0.5, "%", "0.005"),
    ],
)
def test_ratios_are_decimals(cell: Any, unit: str, ratio: str) -> None:
    assert value("rd_ratio", cell, unit) == Decimal(ratio)


def test_a_cell_shown_as_percent_is_not_divided_twice() -> None:
    assert value("rd_ratio", 0.035, "%", MarkKind.PERCENT) == Decimal("0.035")
    assert value("rd_ratio", 0.035, "", MarkKind.PERCENT) == Decimal("0.035")


def test_a_bare_ratio_above_one_is_questioned_with_the_likely_meaning() -> None:
    reading = read_value(3.5, field("rd_ratio"))
    assert reading.value is None
    assert reading.fault is not None
    assert reading.fault.suggestion is not None
    assert "3.5%" in reading.fault.suggestion.zh
    assert "0.035" in reading.fault.suggestion.en


def test_a_ratio_that_may_exceed_one_is_taken() -> None:
    assert value("growth", 2.32) == Decimal("2.32")


def test_a_percentage_above_100_is_taken_with_a_warning() -> None:
    reading = read_value("350%", field("rd_ratio"))
    assert reading.value is not None
    assert reading.value.value == Decimal("3.5")
    assert reading.fault is not None
    assert reading.fault.code == "ratio_above_one"


@pytest.mark.parametrize(
    ("name", "cell", "code"),
    [
        ("capital", "500万美元", "foreign_currency"),
        ("capital", "15亩", "unit_mismatch"),
        ("capital", "3.5%", "unit_mismatch"),
        ("land_area", "300万元", "unit_mismatch"),
        ("rd_ratio", "3.5个百分点", "percentage_points"),
        ("niche_years", "36个月", "unit_mismatch"),
        ("employees", dt.date(2024, 1, 2), "number_is_date"),
        ("employees", True, "type_unsupported"),
        ("employees", dt.time(3, 4), "type_unsupported"),
        ("employees", float("nan"), "not_finite"),
        ("employees", float("inf"), "not_finite"),
        ("employees", 1e300, "number_too_long"),
        ("capital", "1" * 16 + "亿元", "number_too_long"),
        ("capital", "#DIV/0!", "excel_error"),
        ("name", "#N/A", "excel_error"),
        ("registered_on", "#REF!", "excel_error"),
        ("uscc", 9.1110108551385e17, "digits_lost"),
        ("uscc", "9.11101E+17", "digits_lost"),
        ("name", dt.timedelta(hours=1), "type_unsupported"),
        ("registered_on", True, "type_unsupported"),
        ("registered_on", "长期", "date_unreadable"),
        ("hightech", "也许", "bool_unreadable"),
        ("hightech", 2, "bool_unreadable"),
        ("rd_level", "市级", "choice_unknown"),
    ],
)
def test_what_cannot_be_read_says_why(name: str, cell: Any, code: str) -> None:
    assert fault(name, cell) == code


def test_a_scaling_format_is_an_error_because_people_see_another_number() -> None:
    assert fault("capital", 32_000_000, "万元", MarkKind.SCALED) == "scaled_format"
    assert value("capital", "3200", "万元", MarkKind.SCALED) == 32_000_000


@pytest.mark.parametrize(
    "cell",
    [None, "", "  ", "—", "——", "－", "-", "--", "/", "\\", "空", "不详", "暂无", "N/A", "n/a",
     "null", "NULL", "None", "…", "无", " 无 ", "未填写"],
)  # fmt: skip
@pytest.mark.parametrize("name", ["capital", "employees", "rd_ratio", "registered_on", "name"])
def test_missing_marks_are_missing_never_zero(name: str, cell: Any) -> None:
    assert read_value(cell, field(name)) is MISSING


@pytest.mark.parametrize(
    "cell", ["是", "有", "√", "✓", "Y", "yes", "TRUE", True, 1, 1.0, "１", "☑"]
)
def test_yes(cell: Any) -> None:
    assert value("hightech", cell) is True


@pytest.mark.parametrize("cell", ["否", "无", "没有", "×", "N", "no", "false", False, 0, 0.0, "０"])
def test_no(cell: Any) -> None:
    assert value("hightech", cell) is False


@pytest.mark.parametrize("cell", [None, "", "—", "/", "不详", "暂无", "未知"])
def test_unknown_is_not_no(cell: Any) -> None:
    assert read_value(cell, field("hightech")) is MISSING


@pytest.mark.parametrize(
    ("cell", "choice"), [("国家级", "national"), ("national", "national"), ("National", "national"),
                         ("无", "none"), (" 国家级 ", "national")],
)  # fmt: skip
def test_choices_by_value_or_label_even_when_the_label_is_a_missing_mark(
    cell: str, choice: str
) -> None:
    assert value("rd_level", cell) == choice


@pytest.mark.parametrize(
    ("name", "cell", "text"),
    [
        ("name", " 示例甲公司\u3000", "示例甲公司"),
        ("name", "示例\u200b甲公司", "示例甲公司"),
        ("name", 12345.0, "12345"),
        ("name", "=HYPERLINK(1)", "=HYPERLINK(1)"),
        ("name", "甲\r\n乙", "甲\n乙"),
        ("name", dt.date(2024, 1, 5), "2024-01-05"),
        ("uscc", "９１１１", "９１１１"),
        ("industry", " c3841 ", "C3841"),
        ("industry", "Ｃ３８４１", "C3841"),
        ("industry", 3841.0, "3841"),
    ],
)
def test_text_and_codes(name: str, cell: Any, text: str) -> None:
    assert value(name, cell) == text


@pytest.mark.parametrize(
    ("new", "old", "warned"),
    [("12000000", "1200", True), ("1200", "12000000", True), ("5", "500000000", True),
     ("1300", "1200", False), ("120000", "1200", False), ("0", "1200", False)],
)  # fmt: skip
def test_a_jump_by_ten_thousand_smells_of_a_wrong_unit(new: str, old: str, warned: bool) -> None:
    found = jump(Value(Decimal(new), new), Decimal(old))
    assert (found is not None) is warned


cells = st.one_of(
    st.none(), st.text(max_size=12), st.booleans(), st.integers(), st.floats(), st.dates(),
    st.datetimes(), st.times(), st.timedeltas(), st.decimals(allow_nan=False, allow_infinity=False),
)  # fmt: skip


@given(cells, st.sampled_from(FIELDS), st.sampled_from([None, "万元", "亩", "%", "人", "万"]))
def test_every_cell_gives_a_value_a_fault_or_nothing(cell: Any, item: Any, unit: Any) -> None:
    reading = read_value(cell, item, parse_unit(unit) if unit else None)
    if reading.fault is not None:
        assert reading.fault.reason.zh
        assert reading.fault.reason.en
    if is_missing(cell, item.type) and not item.choices:
        assert reading is MISSING


CERTIFICATE = Field(
    "hightech_certificate_valid_to", "date", None, "证书", "Certificate", can_be_absent=True
)


@pytest.mark.parametrize("word", ["无", "没有", "（无）", " 未取得 ", "none"])
def test_a_certificate_column_can_say_that_there_is_none(word: str) -> None:
    reading = read_value(word, CERTIFICATE)
    assert reading.value is not None
    assert reading.value.value == NEVER


@pytest.mark.parametrize("word", ["", "—", "不详", "N/A"])
def test_a_certificate_that_nobody_wrote_about_stays_unknown(word: str) -> None:
    assert read_value(word, CERTIFICATE).value is None
