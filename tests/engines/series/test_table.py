"""Files of figures as offices keep them, and every way in which they are wrong."""

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from openzone.engines.series.model import Observation, State, Status
from openzone.engines.series.table import read_observations
from openzone.engines.tables.problems import TableProblems
from openzone.packs.series import load_indicators

TODAY = dt.date(2026, 11, 21)


def read(path: Path) -> list[Observation]:
    return read_observations(path, load_indicators(None).definitions, TODAY)[0]


def csv(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "示例.csv"
    path.write_text("\n".join(lines), "utf-8")
    return path


@pytest.mark.parametrize(
    ("value", "unit", "yuan", "step"),
    [
        ("157.6亿元", "", "15760000000", "10000000"), ("157.6", "亿元", "15760000000", "10000000"),
        ("1,590", "万元", "15900000", "10000"), ("19亿", "元", "1900000000", "100000000"),
        ("108.20", "亿元", "10820000000", "1000000"), ("0", "万元", "0", "10000"),
        ("-3.5", "万元", "-35000", "1000"), ("近200亿元", "", "20000000000", "100000000"),
    ],
)  # fmt: skip
def test_a_value_is_read_with_its_unit_and_its_last_digit(tmp_path, value, unit, yuan, step):
    head, row = "指标,期间,数值,单位", f'到位资金,2026,"{value}",{unit}'
    [one] = read(csv(tmp_path, head, row))
    assert (one.value, one.step, one.unit) == (Decimal(yuan), Decimal(step), "元")
    assert one.series == "funds_in_place"
    assert bool(one.approx) is value.startswith("近")


@pytest.mark.parametrize(
    ("given", "growth"),
    [
        ("15.9%", "0.159"), ("15.9", "0.159"), ("增长15.9%", "0.159"), ("下降3%", "-0.03"),
        ("-3", "-0.03"), ("+232%", "2.32"), ("6.1倍", "6.1"), ("", None), ("—", None), ("0", "0"),
    ],
)  # fmt: skip
def test_growth_is_read_in_percent(tmp_path, given, growth):
    [one] = read(csv(tmp_path, "指标,期间,数值,同比", f"产值,2026,5,{given}"))
    assert one.growth == (None if growth is None else Decimal(growth))


def test_growth_alone_is_a_row_without_a_value(tmp_path):
    [one] = read(csv(tmp_path, "指标,期间,数值,同比", "工业增加值,2026年1-5月,,8.3%"))
    assert (one.value, one.state, one.growth) == (None, State.MISSING, Decimal("0.083"))


def test_zero_missing_and_not_applicable_are_told_apart(tmp_path):
    head = "指标,期间,数值"
    found = read(csv(tmp_path, head, "产值,2026-03,0", "产值,2026-04,—", "产值,2026-05,不适用"))
    assert [one.state for one in found] == ["reported", "missing", "not_applicable"]
    assert [one.value for one in found] == [0, None, None]


def test_a_workbook_of_an_office(tmp_path):
    book = Workbook()
    sheet = book.active
    sheet.append(["指标名称", "地区", "报告期", "数值", "单位", "同比增速", "状态", "发布日期"])
    sheet.append(
        ["GDP", "示例区", "2026年1-6月", 108.8, "亿元", "3%", "预计", dt.date(2026, 6, 28)]
    )
    path = tmp_path / "示例.xlsx"
    book.save(path)
    [one] = read(path)
    assert (one.series, one.subject, one.value) == ("gdp", "示例区", 10_880_000_000)
    assert (one.status, one.published) == (Status.EXPECTED, dt.date(2026, 6, 28))


def test_growth_in_a_cell_that_shows_percent(tmp_path):
    book = Workbook()
    sheet = book.active
    sheet.append(["指标", "期间", "数值", "同比"])
    sheet.append(["产值", "2026", 5, 0.159])
    sheet["D2"].number_format = "0.0%"
    path = tmp_path / "示例.xlsx"
    book.save(path)
    assert read(path)[0].growth == Decimal("0.159")


def test_json_with_english_names(tmp_path):
    rows: list[dict[str, Any]] = [
        {"series": "fdi", "subject": "x", "period": "2026-01/2026-06", "value": 1590,
         "unit": "万美元", "target": 700, "rank": 4, "group": 383, "among": "全省"},
    ]  # fmt: skip
    path = tmp_path / "a.json"
    path.write_text(json.dumps(rows), "utf-8")
    [one] = read(path)
    assert (one.series, one.value, one.target) == ("foreign_capital", 15_900_000, 7_000_000)
    assert (one.unit, one.rank, one.group, one.among) == ("美元", 4, 383, "全省")


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        (",2026,5,,,", "series", "没有指标"), ("产值,,5,,,", "period", "没有期间"),
        ("产值,去年,5,,,", "period", "不是期间"), ("产值,2026,很多,,,", "value", "不是数字"),
        ("产值,2026,5亩,元,,", "value", "不一致"), ("产值,2026,5-6,元,,", "value", "区间"),
        ("产值,2026,5,元,快,", "growth", "不是数字"), ("产值,2026,5,元,,前列", "rank", "不是名次"),
        ("产值,2026,5,元,,0", "rank", "不是名次"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_row_column_and_reason(tmp_path, row, column, reason):
    path = csv(tmp_path, "指标,期间,数值,单位,同比,位次", "产值,2025,4,元,,", row)
    with pytest.raises(TableProblems) as caught:
        read(path)
    [problem] = caught.value.problems
    assert (problem.row, problem.column) == (3, column)
    assert reason in problem.reason.zh
    assert problem.reason.en


def test_one_indicator_has_one_kind_of_unit(tmp_path):
    path = csv(tmp_path, "指标,期间,数值,单位", "产值,2025,4,亿元", "产值,2026,4,吨")
    with pytest.raises(TableProblems) as caught:
        read(path)
    assert "第2行以元计" in caught.value.problems[0].reason.zh


def test_two_values_for_one_vintage_are_refused_and_the_same_twice_is_once(tmp_path):
    path = csv(tmp_path, "指标,期间,数值", "产值,2026,4", "产值,2026,4")
    assert len(read(path)) == 1
    with pytest.raises(TableProblems) as caught:
        read(csv(tmp_path, "指标,期间,数值", "产值,2026,4", "产值,2026,5"))
    assert "第2行" in caught.value.problems[0].reason.zh


def test_an_empty_file_says_so(tmp_path):
    path = tmp_path / "a.json"
    path.write_text("[]")
    with pytest.raises(TableProblems, match="没有数据"):
        read(path)
