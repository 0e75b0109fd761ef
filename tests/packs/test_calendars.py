"""The bundled calendars against an independent library, and the files people bring."""

import datetime as dt
from pathlib import Path

import chinese_calendar
import pytest
import xlsxwriter
import yaml

from openzone.engines.worktime.days import DayKind
from openzone.packs import calendars
from openzone.packs.calendars import (
    NATIONAL,
    CalendarFileError,
    default_receipt_rule,
    load_file,
    load_receipt_rule,
    national_calendar,
    national_files,
    parse_yaml,
    to_yaml,
    zone_calendar,
)

YEARS = range(2020, 2027)
# 国办发明电〔2023〕7号: New Year's Day 2024 "adjoins the weekend". The library calls that weekend
# holiday, the notice does not; it is a weekend here and off in both.
WEEKEND_BESIDE_NEW_YEAR_2024 = {dt.date(2023, 12, 30), dt.date(2023, 12, 31)}


def days_of(year):
    first = dt.date(year, 1, 1)
    return [first + dt.timedelta(days=n) for n in range((dt.date(year + 1, 1, 1) - first).days)]


@pytest.mark.parametrize("year", YEARS)
def test_every_day_is_worked_or_not_as_the_library_says(year):
    calendar = national_calendar()
    differing = [
        day for day in days_of(year) if calendar.is_workday(day) != chinese_calendar.is_workday(day)
    ]
    assert differing == []


@pytest.mark.parametrize("year", YEARS)
def test_every_holiday_and_make_up_workday_has_the_name_the_library_gives(year):
    calendar = national_calendar()
    for day in set(days_of(year)) - WEEKEND_BESIDE_NEW_YEAR_2024:
        _, name = chinese_calendar.get_holiday_detail(day)
        kind = calendar.day(day).kind
        assert (name is not None) == (kind in (DayKind.HOLIDAY, DayKind.MAKEUP)), day
        if name is not None:
            assert name.lower() in calendar.day(day).reason.en.lower(), day


def test_the_one_difference_in_names_is_a_weekend():
    for day in WEEKEND_BESIDE_NEW_YEAR_2024:
        assert chinese_calendar.get_holiday_detail(day) == (True, "New Year's Day")
        assert national_calendar().day(day).kind is DayKind.WEEKEND


def test_new_years_eve_2024_was_only_encouraged_and_stays_a_workday():
    assert national_calendar().is_workday(dt.date(2024, 2, 9))


def test_2027_is_not_published():
    assert [y for y in range(2018, 2030) if national_calendar().is_published(y)] == list(YEARS)


def test_every_year_names_its_notice_with_number_and_date():
    numbers = {
        layer.source.number: (file.year, layer.source.issued_on)
        for file in national_files()
        if file.year
        for layer in file.layers
    }
    assert numbers == {
        "国办发明电〔2019〕16号": (2020, dt.date(2019, 11, 21)),
        "国办发明电〔2020〕1号": (2020, dt.date(2020, 1, 26)),
        "国办发明电〔2020〕27号": (2021, dt.date(2020, 11, 25)),
        "国办发明电〔2021〕11号": (2022, dt.date(2021, 10, 25)),
        "国办发明电〔2022〕16号": (2023, dt.date(2022, 12, 8)),
        "国办发明电〔2023〕7号": (2024, dt.date(2023, 10, 25)),
        "国办发明电〔2024〕12号": (2025, dt.date(2024, 11, 12)),
        "国办发明电〔2025〕7号": (2026, dt.date(2025, 11, 4)),
    }


def test_hours_and_receipt_rule_own_up_to_what_is_not_verified():
    assert national_files()[0].verified == "K"
    doubtful = [c.field for c in default_receipt_rule().clauses if c.verified == "K"]
    assert doubtful == ["late_units"]


@pytest.mark.parametrize("file", national_files(), ids=lambda file: file.id)
def test_writing_and_reading_a_bundled_file_is_the_identity(file):
    assert parse_yaml(to_yaml(file), _without(file)).file == file


def _without(file):
    below = [other for other in national_files() if other.id < file.id or other.hours]
    return calendars.assemble(below)


# Files people bring.

LOCAL = """\
calendar: 示例
title: {zh: 示例区工作日历, en: Sample zone calendar}
region: [510183]
hours:
  monday: [08:30-12:00, 14:00-17:30]
  tuesday: [08:30-12:00, 14:00-17:30]
  wednesday: [08:30-12:00, 14:00-17:30]
  thursday: [08:30-12:00, 14:00-17:30]
  friday: [08:30-12:00, 14:00-16:00]
  makeup: [08:30-12:00, 14:00-17:30]
notices:
  - source: {title: 示例通知, number: 示例〔2026〕1号, issued_on: 2026-01-05}
    days:
      - {kind: hours, date: 2026-03-09, name: 妇女节补休, intervals: 08:30-12:00}
      - kind: closure
        from: 2026-07-20T13:30
        to: 2026-07-20T17:30
        name: {zh: 暴雨, en: rain}
"""


@pytest.fixture
def write(tmp_path):
    def write(text, name="示例.yaml"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def problems(action):
    with pytest.raises(CalendarFileError) as caught:
        action()
    return caught.value.problems


def test_a_zone_lays_its_own_file_over_the_national_calendar(write):
    calendar = zone_calendar([write(LOCAL)])
    assert calendar.closing(dt.date(2026, 9, 18)).isoformat() == "2026-09-18T16:00:00"
    assert calendar.closing(dt.date(2026, 3, 9)).isoformat() == "2026-03-09T12:00:00"
    assert calendar.closing(dt.date(2026, 7, 20)).isoformat() == "2026-07-20T12:00:00"
    assert not calendar.is_workday(dt.date(2026, 10, 1))


def test_the_national_calendar_stays_as_it_is_beside_a_zones(write):
    before = national_calendar()
    zone_calendar([write(LOCAL)])
    assert national_calendar() == before


@pytest.mark.parametrize(
    ("old", "new", "line", "field"),
    [
        ("2026-03-09, name", "2026-03-08, name", 14, "date"),
        ("intervals: 08:30-12:00", "intervals: 上午", 14, "intervals"),
        ("to: 2026-07-20T17:30", "to: 2026-07-20T12:00", 17, "to"),
        ("kind: closure", "kind: closed", 15, "kind"),
        ("friday: [08:30-12:00, 14:00-16:00]", "friday: [08:30-12:00, 11:00-16:00]", 9, "friday"),
        ("region: [510183]", "regoin: [510183]", 3, "regoin"),
        ("issued_on: 2026-01-05", "issued_on: 2026-01-32", 12, "issued_on"),
        ("notices:\n", "notices:\nnotices:\n", 12, "notices"),
        ("calendar: 示例\n", "calendar: [示例\n", 2, "YAML"),
        ("region: [510183]", "region: &a [*a]", 3, "*"),
    ],
)
def test_a_fault_in_a_yaml_file_is_named_by_its_line(write, old, new, line, field):
    assert old in LOCAL
    path = write(LOCAL.replace(old, new))
    found = problems(lambda: load_file(path, national_calendar()))
    assert (found[0].where.zh, found[0].where.en, found[0].field) == (
        f"第{line}行",
        f"line {line}",
        field,
    )


def test_a_deeply_nested_file_is_refused_not_crashed_on(write):
    assert problems(lambda: load_file(write("[" * 1500)))[0].field == "YAML"


@pytest.mark.parametrize("text", ["", "# 空文件\n", "只是一句话\n", "- 列表\n"])
def test_a_file_that_is_no_calendar_is_refused(write, text):
    assert "字段: 值" in problems(lambda: load_file(write(text)))[0].reason.zh


def test_a_missing_or_unreadable_file_is_refused(tmp_path):
    missing = tmp_path / "没有.yaml"
    assert "打不开" in problems(lambda: load_file(missing))[0].reason.zh
    missing.write_bytes(b"\xff\xfe\x00")
    assert "UTF-8" in problems(lambda: load_file(missing))[0].reason.zh
    for name in ("没有.xlsx", "没有.ods"):
        assert "电子表格" in problems(lambda name=name: load_file(tmp_path / name))[0].reason.zh


def test_a_file_saved_with_a_byte_order_mark_is_read(tmp_path):
    path = tmp_path / "示例.yaml"
    path.write_text(LOCAL, encoding="utf-8-sig")
    assert load_file(path).id == "示例"


@pytest.fixture
def sheet(tmp_path):
    def sheet(name, *rows, file="2027年.xlsx"):
        path = tmp_path / file
        with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd hh:mm"}) as workbook:
            worksheet = workbook.add_worksheet(name)
            for index, row in enumerate(rows):
                worksheet.write_row(index, 0, row)
        return path

    return sheet


HEADER = ["类型", "日期", "起", "止", "名称", "英文名称", "时段", "文件"]


def test_next_years_calendar_comes_from_a_spreadsheet_named_by_the_year(sheet):
    path = sheet(
        "2027",
        HEADER,
        ["放假", dt.date(2027, 1, 1), "", "", "元旦", "New Year's Day", "", ""],
        ["放假", "", "2027-02-05", "2027-02-11", "春节（示例）", "", "", ""],
        ["调休上班", "2027-02-13", "", "", "春节（示例）", "", "", ""],
    )
    calendar = zone_calendar([path])
    assert calendar.is_published(2027)
    assert not calendar.is_workday(dt.date(2027, 1, 1))
    assert calendar.is_workday(dt.date(2027, 2, 13))


def test_closures_in_a_spreadsheet_have_typed_moments(sheet):
    start = dt.datetime.fromisoformat("2026-07-20T13:30")
    end = dt.datetime.fromisoformat("2026-07-20T17:30")
    path = sheet("停办", HEADER, ["停办", "", start, end, "暴雨", "rain", "", "示例〔2026〕3号"])
    calendar = zone_calendar([path])
    assert calendar.closing(dt.date(2026, 7, 20)).isoformat() == "2026-07-20T12:00:00"
    assert calendar.day(dt.date(2026, 7, 20)).documents == ("示例〔2026〕3号",)
    assert not calendar.is_published(2027)


def test_a_fault_in_a_spreadsheet_is_named_by_its_row(sheet):
    path = sheet(
        "2027",
        [],
        HEADER,
        ["放假", "2026-10-01", "", "", "国庆节", "", "", ""],
    )
    found = problems(lambda: load_file(path, national_calendar()))
    assert "缺少“类型”列" in found[0].reason.zh
    path = sheet("2027", HEADER, [], ["放假", "2026-10-01", "", "", "国庆节", "", "", ""])
    found = problems(lambda: load_file(path, national_calendar()))
    assert (found[0].where.en, found[0].field, found[0].value) == ("row 3", "date", "2026-10-01")
    assert found[0].reason.zh == "不在2027年"


def test_the_error_reads_as_sentences_in_both_languages(write):
    path = write(LOCAL.replace("2026-03-09", "2026-03-99"))
    with pytest.raises(CalendarFileError) as caught:
        load_file(path)
    assert "第14行，字段date“2026-03-99”：历法上没有这一天" in str(caught.value)
    assert "line 14, date “2026-03-99”: there is no such day" in str(caught.value)


def test_a_zone_may_bring_its_own_counting_rule(write):
    text = (NATIONAL / "receipt.yaml").read_text(encoding="utf-8")
    path = write(text.replace("late_units: [workday]", "late_units: []"))
    assert load_receipt_rule(path).late_units == frozenset()


@pytest.mark.parametrize("text", ["", "receipt: [", "receipt: 示例\nlate_units: []\n", "- 1\n"])
def test_a_faulty_counting_rule_is_refused(write, text):
    assert problems(lambda: load_receipt_rule(write(text)))


def test_bundled_packs_are_plain_yaml_that_any_tool_reads():
    for path in sorted(Path(NATIONAL).glob("*.yaml")):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert {"title", "region"} <= data.keys()
