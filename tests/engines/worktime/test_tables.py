"""Spreadsheet rows: the same checks, named by row."""

import datetime as dt

import pytest

from openzone.engines.text import Text
from openzone.engines.worktime.files import to_table
from openzone.engines.worktime.layers import Source
from openzone.engines.worktime.tables import parse_rows
from openzone.packs.calendars import national_calendar
from tests.engines.worktime.helpers import at, closed, holiday, hours, layer, makeup, on

NATIONAL = national_calendar()
HEADER = ["类型", "日期", "起", "止", "名称", "英文名称", "时段", "文件"]
SOURCE = Source("示例通知", "示例〔2026〕1号")


def read(*rows, header=HEADER, **options):
    options = {"base": NATIONAL, **options}
    return parse_rows([header, *rows], "示例", Text("示例", "example"), SOURCE, **options)


def test_a_table_becomes_one_document():
    imported = read(
        ["放假", on("2026-08-06"), "", "", "示例节", "Sample Day", "", ""],
        ["半天", at("2026-03-09T00:00"), None, None, "妇女节", "", "09:00-12:00", "示例2号"],
        [None, "", "  ", None, "", "", "", ""],
        ["停办", "", at("2026-07-20T13:30"), "2026-07-20 17:30", "暴雨", "rain", "", ""],
    )
    assert imported.problems == ()
    (said,) = imported.file.layers
    assert said.source == SOURCE
    assert said.entries[0].name == Text("示例节", "Sample Day")
    assert said.entries[1].name == Text("妇女节", "妇女节")
    assert said.entries[1].document == "示例2号"
    assert said.closures[0].start == at("2026-07-20T13:30")


def test_headings_may_be_english_and_in_any_order():
    imported = read(
        ["Sample Day", "holiday", "2026-08-07", "2026-08-06"], header=["name", "Kind", "to", "from"]
    )
    assert imported.file.layers[0].entries[0].last == on("2026-08-07")


def test_a_date_cell_at_midnight_ends_a_closure_with_that_day():
    imported = read(
        ["停办", "", at("2026-07-20T00:00"), dt.datetime(2026, 7, 21), "抢险", "", "", ""]  # noqa: DTZ001
    )
    assert imported.file.layers[0].closures[0].end == at("2026-07-22T00:00")


@pytest.mark.parametrize(
    ("rows", "where", "field", "zh"),
    [
        ([["放假", "2026-02-30", "", "", "示例", "", "", ""]], "第2行", "date", "没有这一天"),
        (
            [["", "", "", "", "", "", "", ""], ["放假", "x", "", "", "示例", "", "", ""]],
            "第3行",
            "date",
            "不是日期",
        ),
        (
            [
                ["放假", "2026-08-06", "", "", "示例", "", "", ""],
                ["放假", "2026-08-06", "", "", "示例", "", "", ""],
            ],
            "第3行",
            "date",
            "2026-08-06与第2行重复",
        ),
        (
            [["调休上班", "2026-08-06", "", "", "示例", "", "", ""]],
            "第2行",
            "date",
            "本来就上班",
        ),
        ([["放假", "2026-08-06", "", "", "", "", "", ""]], "第2行", "name", "未填写"),
        (
            [["放假", "2026-08-06", "", "", "示例", "", "", "", "又一格"]],
            "第2行",
            "header",
            "没有列名",
        ),
    ],
)
def test_a_faulty_row_is_named_by_its_number_in_the_sheet(rows, where, field, zh):
    imported = read(*rows)
    assert imported.file is None
    (problem,) = imported.problems
    assert (problem.where.zh, problem.field) == (where, field)
    assert zh in problem.reason.zh


@pytest.mark.parametrize(
    ("header", "zh"),
    [
        (["类型", "日期", "名称", "备忘"], "没有这个列"),
        (["类型", "日期", "名称", "日期"], "列重复"),
        (["日期", "名称"], "缺少“类型”列"),
        (["类型", "日期"], "缺少“名称”列"),
    ],
)
def test_a_faulty_header_is_named_and_no_row_is_read(header, zh):
    imported = read(["乱", "乱", "乱", "乱"], header=header)
    assert [zh in problem.reason.zh for problem in imported.problems] == [True]


def test_an_empty_table_has_no_header():
    assert {p.field for p in parse_rows([], "示例", Text("", ""), SOURCE).problems} == {
        "kind",
        "name",
    }


def test_a_table_may_publish_a_year():
    row = ["放假", "2027-01-01", "", "", "元旦", "New Year's Day", "", ""]
    calendar = NATIONAL.with_layers(*read(row, year=2027).file.layers)
    assert calendar.is_published(2027)
    assert not calendar.is_workday(on("2027-01-01"))
    assert "不在2027年" in read([*row[:1], "2026-08-06", *row[2:]], year=2027).problems[0].reason.zh


def test_writing_and_reading_a_table_is_the_identity():
    original = layer(
        holiday("2026-08-06", "2026-08-07"),
        makeup("2026-08-08", "10:00-12:00"),
        hours("2026-03-09", "09:00-12:00"),
        closed("2026-07-20T13:30", "2026-07-22T00:00"),
    )
    header, *rows = to_table(original)
    assert read(*rows, header=header).file.layers[0].entries == original.entries
    assert read(*rows, header=header).file.layers[0].closures == original.closures
