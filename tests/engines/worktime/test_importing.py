"""Calendar files: what is taken, and every reason for which one is not."""

import copy

import pytest

from openzone.engines.text import Text
from openzone.engines.worktime.errors import WorktimeError
from openzone.engines.worktime.files import CalendarFile, assemble, to_mapping
from openzone.engines.worktime.importing import calendar_from_mapping
from openzone.engines.worktime.layers import EntryKind
from openzone.packs.calendars import national_calendar
from tests.engines.worktime.helpers import OFFICE, at, on

NATIONAL = national_calendar()
NAME = {"zh": "示例节", "en": "Sample Day"}
LOCAL = {
    "calendar": "示例",
    "title": {"zh": "示例区工作日历", "en": "Sample zone calendar"},
    "region": ["510183"],
    "verified": "L",
    "notices": [
        {
            "source": {"title": "示例通知", "number": "示例〔2026〕1号", "issued_on": "2026-01-05"},
            "days": [
                {"kind": "hours", "date": "2026-03-09", "name": NAME, "intervals": "09:00-12:00"},
                {
                    "kind": "closure",
                    "from": "2026-07-20T13:30",
                    "to": "2026-07-20T17:30",
                    "name": NAME,
                },
                {"kind": "holiday", "from": "2026-08-06", "to": "2026-08-07", "name": NAME},
                {
                    "kind": "makeup",
                    "date": "2026-08-08",
                    "name": NAME,
                    "document": "示例〔2026〕2号",
                },
            ],
        }
    ],
}


def read(data, base=NATIONAL, lines=None):
    return calendar_from_mapping(data, lines, base)


def with_day(**cells):
    """The sample file with only one row."""
    data = copy.deepcopy(LOCAL)
    data["notices"][0]["days"] = [{"name": NAME, **cells}]
    return data


def only_problem(data, **options):
    imported = read(data, **options)
    assert imported.file is None
    assert len(imported.problems) == 1, [str(p.text) for p in imported.problems]
    return imported.problems[0]


def test_a_good_file_is_taken_whole():
    imported = read(LOCAL)
    assert imported.problems == ()
    calendar = NATIONAL.with_layers(*imported.file.layers)
    assert calendar.closing(on("2026-03-09")) == at("2026-03-09T12:00")
    assert calendar.closing(on("2026-07-20")) == at("2026-07-20T12:00")
    assert not calendar.is_workday(on("2026-08-07"))
    assert calendar.day(on("2026-08-08")).documents == ("示例〔2026〕2号",)
    assert imported.file.layers[0].source.issued_on == on("2026-01-05")


def test_dates_may_come_as_dates_or_as_any_clear_writing():
    for date in (on("2026-08-06"), "2026-8-6", "2026/8/6", "2026年8月6日", "２０２６-08-06"):
        imported = read(with_day(kind="holiday", date=date))
        assert imported.file.layers[0].entries[0].first == on("2026-08-06")


def test_kinds_may_be_written_in_chinese():
    for word, kind in [("放假", EntryKind.HOLIDAY), ("调休上班", EntryKind.MAKEUP)]:
        date = "2026-08-08" if kind is EntryKind.MAKEUP else "2026-08-06"
        assert read(with_day(kind=word, date=date)).file.layers[0].entries[0].kind is kind
    half = read(with_day(kind="半天", date="2026-08-06", intervals=["09:00-12:00"]))
    assert half.file.layers[0].entries[0].kind is EntryKind.HOURS


def test_a_closure_given_by_date_lasts_the_whole_day():
    said = read(with_day(kind="停办", date="2026-07-20")).file.layers[0].closures[0]
    assert (said.start, said.end) == (at("2026-07-20T00:00"), at("2026-07-21T00:00"))


def test_a_closure_may_run_to_twenty_four():
    data = with_day(kind="closure", **{"from": "2026-07-20 18:00", "to": "2026-07-20 24:00"})
    assert read(data).file.layers[0].closures[0].end == at("2026-07-21T00:00")


def test_one_name_serves_both_languages():
    data = with_day(kind="holiday", date="2026-08-06")
    data["notices"][0]["days"][0]["name"] = "泼水节"
    assert read(data).file.layers[0].entries[0].name == Text("泼水节", "泼水节")


@pytest.mark.parametrize(
    ("cells", "field", "zh", "en"),
    [
        ({"kind": "假", "date": "2026-08-06"}, "kind", "类型应为", "the kind must be"),
        ({"date": "2026-08-06"}, "kind", "未填写", "is missing"),
        ({"kind": "holiday", "date": "2026-02-30"}, "date", "没有这一天", "no such day"),
        ({"kind": "holiday", "date": "8月6日"}, "date", "不是日期", "is not a date"),
        ({"kind": "holiday", "date": "06/08/2026"}, "date", "不是日期", "is not a date"),
        ({"kind": "holiday", "date": "2026-08/06"}, "date", "不是日期", "is not a date"),
        ({"kind": "holiday", "date": at("2026-08-06T09:00")}, "date", "不填钟点", "without a time"),
        ({"kind": "holiday", "from": "2026-08-06"}, "to", "未填写", "is missing"),
        ({"kind": "holiday", "to": "2026-08-06"}, "from", "未填写", "is missing"),
        (
            {"kind": "holiday", "date": "2026-08-06", "to": "2026-08-07"},
            "date",
            "只填一种",
            "either date",
        ),
        (
            {"kind": "holiday", "from": "2026-08-07", "to": "2026-08-06"},
            "to",
            "早于或等于起始",
            "does not come after",
        ),
        (
            {"kind": "holiday", "from": "2026-08-07", "to": "2062-08-08"},
            "to",
            "超过一年",
            "more than a year",
        ),
        (
            {"kind": "closure", "from": "2026-08-07T10:00", "to": "2026-08-07T10:00"},
            "to",
            "早于或等于起始",
            "does not come after",
        ),
        (
            {"kind": "closure", "from": "2026-08-07T25:00", "to": "2026-08-08"},
            "from",
            "没有这个钟点",
            "no such time",
        ),
        (
            {"kind": "closure", "from": at("2026-08-07T10:00:30"), "to": "2026-08-08"},
            "from",
            "精确到分",
            "whole minutes",
        ),
        ({"kind": "hours", "date": "2026-08-06"}, "intervals", "未填写", "is missing"),
        (
            {"kind": "hours", "date": "2026-08-06", "intervals": "上午"},
            "intervals",
            "不是时段",
            "is not an interval",
        ),
        (
            {"kind": "hours", "date": "2026-08-06", "intervals": "09:00-12:00, 11:00-13:00"},
            "intervals",
            "重叠",
            "overlap",
        ),
        (
            {"kind": "hours", "date": "2026-08-06", "intervals": "12:00-09:00"},
            "intervals",
            "先开始后结束",
            "start before it ends",
        ),
        (
            {"kind": "holiday", "date": "2026-08-06", "intervals": "09:00-12:00"},
            "intervals",
            "放假和停办不填时段",
            "have no intervals",
        ),
        ({"kind": "holiday", "date": "2026-08-06", "memo": "x"}, "memo", "没有这个字段", "unknown"),
        (
            {"kind": "makeup", "date": "2026-08-06"},
            "date",
            "本来就上班（周四，工作日）",
            "worked anyway",
        ),
        ({"kind": "makeup", "date": "2026-10-10"}, "date", "国庆节调休上班", "make-up workday for"),
        (
            {"kind": "hours", "date": "2026-03-08", "intervals": "09:00-12:00"},
            "date",
            "休息（周日，休息日）",
            "is not worked",
        ),
    ],
)  # fmt: skip
def test_a_faulty_row_is_named_with_field_value_and_reason(cells, field, zh, en):
    problem = only_problem(with_day(**cells))
    assert problem.field == field
    assert problem.value == str(cells.get(field, ""))
    assert zh in problem.reason.zh
    assert en in problem.reason.en
    assert "notices[0].days[0]" in problem.where.zh


def test_a_make_up_workday_may_stand_on_a_weekday_that_a_lower_document_made_a_holiday():
    assert read(with_day(kind="makeup", date="2026-10-07")).problems == ()


def test_a_file_with_hours_of_its_own_still_lies_on_the_holidays_below():
    data = with_day(kind="makeup", date="2026-10-07") | {"hours": {"wednesday": ["08:30-12:00"]}}
    assert read(data).problems == ()


def test_a_missing_name_is_noticed():
    data = with_day(kind="holiday", date="2026-08-06")
    del data["notices"][0]["days"][0]["name"]
    assert only_problem(data).field == "name"


def test_a_date_given_twice_is_named_with_its_first_place():
    data = with_day(kind="holiday", **{"from": "2026-08-05", "to": "2026-08-07"})
    data["notices"][0]["days"].append({"kind": "holiday", "date": "2026-08-06", "name": NAME})
    problem = only_problem(data)
    assert "2026-08-06与文件.notices[0].days[0]重复" in problem.reason.zh
    assert "2026-08-06 stands in file.notices[0].days[0] too" in problem.reason.en


def test_a_holiday_cannot_be_a_make_up_workday_in_the_same_document():
    data = with_day(kind="holiday", date="2026-08-08")
    data["notices"][0]["days"].append({"kind": "makeup", "date": "2026-08-08", "name": NAME})
    assert "重复" in only_problem(data).reason.zh


def test_a_make_up_workday_may_have_its_hours_in_an_entry_of_its_own():
    data = with_day(kind="makeup", date="2026-08-08")
    data["notices"][0]["days"].append(
        {"kind": "hours", "date": "2026-08-08", "name": NAME, "intervals": "09:00-12:00"}
    )
    calendar = NATIONAL.with_layers(*read(data).file.layers)
    assert calendar.closing(on("2026-08-08")) == at("2026-08-08T12:00")


def test_summer_hours_may_begin_and_end_on_days_of_rest():
    cells = {"from": "2026-08-01", "to": "2026-08-30", "intervals": "09:00-12:00, 14:30-18:00"}
    calendar = NATIONAL.with_layers(*read(with_day(kind="hours", **cells)).file.layers)
    assert calendar.closing(on("2026-08-03")) == at("2026-08-03T18:00")
    assert calendar.closing(on("2026-08-01")) is None


def test_a_later_document_may_speak_of_the_same_day():
    data = with_day(kind="holiday", date="2026-08-06")
    data["notices"].append(copy.deepcopy(data["notices"][0]))
    data["notices"][1]["days"][0]["kind"] = "makeup"
    calendar = NATIONAL.with_layers(*read(data).file.layers)
    assert calendar.is_workday(on("2026-08-06"))


@pytest.mark.parametrize(
    ("date", "is_taken"),
    [("2026-08-06", True), ("2025-08-06", False), ("2027-01-01", False), ("2025-12-31", False)],
)
def test_a_notice_for_a_year_speaks_of_that_year(date, is_taken):
    data = with_day(kind="holiday", date=date) | {"year": "2026"}
    problems = read(data).problems
    assert (problems == ()) is is_taken
    assert all("不在2026年" in problem.reason.zh for problem in problems)


def test_its_new_year_holiday_may_begin_in_the_december_before():
    data = with_day(kind="holiday", **{"from": "2025-12-30", "to": "2026-01-01"}) | {"year": 2026}
    data["notices"][0]["days"].append({"kind": "makeup", "date": "2025-12-28", "name": NAME})
    assert read(data).problems == ()
    data["notices"][0]["days"][1]["date"] = "2025-11-30"
    assert "不在2026年" in only_problem(data).reason.zh


def test_all_faults_are_reported_together_and_nothing_is_taken():
    data = copy.deepcopy(LOCAL)
    days = data["notices"][0]["days"]
    days[0]["intervals"], days[2]["from"], days[3]["kind"] = "?", "2026-08-60", "?"
    imported = read(data)
    assert imported.file is None
    assert [problem.field for problem in imported.problems] == ["intervals", "from", "kind"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"calendar": ""}, "calendar"),
        ({"title": {"zh": "仅中文"}}, "title"),
        ({"year": "26"}, "year"),
        ({"year": "二〇二六"}, "year"),
        ({"verified": "yes"}, "verified"),
        ({"region": "510183"}, "region"),
        ({"notes": "说明"}, "notes"),
        ({"notices": {"source": {}}}, "notices"),
        ({"holidays": []}, "holidays"),
        ({"hours": {"monday": ["09:00-12:00"], "tuesday": ["08:00-12:00"]}}, "hours"),
        ({"hours": {"monday": ["09:00"]}}, "monday"),
        ({"hours": {"mon": ["09:00-12:00"], "monday": ["09:00-12:00"]}}, "mon"),
        ({"hours": ["09:00-12:00"]}, "hours"),
    ],
)
def test_a_faulty_head_of_the_file_is_named(change, field):
    problems = read({**LOCAL, **change}).problems
    assert field in [problem.field for problem in problems]


@pytest.mark.parametrize("source", [None, "示例通知", {}, {"number": "1号"}])
def test_days_without_a_titled_document_are_refused(source):
    data = with_day(kind="holiday", date="2026-08-06")
    data["notices"][0]["source"] = source
    assert only_problem(data).field in ("source", "title")


@pytest.mark.parametrize("data", [None, [], "text", 7, [{"kind": "holiday"}]])
def test_what_is_no_mapping_is_refused(data):
    assert "字段: 值" in only_problem(data).reason.zh


def test_problems_name_the_line_if_lines_are_known():
    data = with_day(kind="holiday", date="2026-02-30")
    problem = only_problem(data, lines={("notices", 0, "days", 0, "date"): 12})
    assert problem.text == Text(
        "第12行，字段date“2026-02-30”：历法上没有这一天",
        "line 12, date “2026-02-30”: there is no such day",
    )


def test_weekly_hours_give_make_up_workdays_the_usual_hours_unless_stated():
    week = {"monday": ["08:30-12:00"], "saturday": ["08:30-12:00"]}
    file = read({**LOCAL, "notices": [], "hours": week}).file
    assert file.hours.makeup == file.hours.days[0] == file.hours.days[5]
    assert file.hours.days[1] == ()
    stated = {"monday": ["09:00-12:00"], "tuesday": ["08:00-12:00"], "makeup": ["10:00-12:00"]}
    assert read({**LOCAL, "notices": [], "hours": stated}).file.hours.makeup[0].start == 600


def test_the_last_hours_count_and_none_at_all_are_refused():
    plain = CalendarFile("a", Text("甲", "a"), hours=OFFICE)
    other = read({**LOCAL, "hours": {"monday": ["08:30-12:00"]}}).file
    assert assemble([plain, other]).hours == other.hours
    with pytest.raises(WorktimeError, match="每周工作时间"):
        assemble([CalendarFile("a", Text("甲", "a"))])


def test_the_round_trip_keeps_documents_of_single_rows():
    file = read(LOCAL).file
    assert calendar_from_mapping(to_mapping(file), base=NATIONAL).file == file
