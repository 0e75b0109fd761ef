"""Workbooks of projects as offices keep them."""

import datetime as dt
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import Workbook

from openzone.engines.tables.messages import Severity
from openzone.zone import workbooks
from openzone.zone.audit.models import Event
from openzone.zone.errors import Refused
from openzone.zone.projects.models import Project, ProjectSheet
from openzone.zone.projects.selectors.statistics import figures
from openzone.zone.projects.services.sheets import (
    apply_sheet,
    check_sheet,
    discard_sheet,
)
from openzone.zone.registry.imports.problems import from_json
from tests.zone.projects.conftest import NOW, TODAY

HEAD = (
    "项目名称",
    "投资方",
    "总投资(亿元)",
    "行业",
    "产业",
    "内外资",
    "签约日期",
    "开工日期",
    "牵头单位",
)
SIGNED, STARTED = dt.date(2026, 2, 3), dt.date(2026, 5, 6)
ROW = ("示例光伏项目", "示例光能", 9.2, "C382", "二产", "外资", SIGNED, STARTED, "示例投资促进局")


def book(*rows, head=HEAD):
    made = Workbook()
    made.active.append(["示例区2026年重点项目台账"])
    made.active.append(list(head))
    for row in rows:
        made.active.append(list(row))
    stream = BytesIO()
    made.save(stream)
    return stream.getvalue()


@pytest.fixture
def check(actor, pipe):
    def run(data, file_name="项目台账.xlsx", **more):
        return check_sheet(
            actor=actor, user=pipe.clerk, file_name=file_name, data=data, as_of=TODAY, now=NOW,
            synthetic=True, **more,
        )  # fmt: skip

    return run


def errors(sheet):
    found = [from_json(one) for one in sheet.problems]
    return [one for one in found if one.severity == Severity.ERROR]


def test_a_book_is_read_with_its_unit_and_nothing_is_entered_yet(check, pipe):
    sheet = check(book(ROW))
    assert (len(sheet.rows), sheet.created, errors(sheet)) == (1, 1, [])
    assert Project.objects.get() == pipe.plant


def test_applied_it_counts_and_says_that_the_papers_are_missing(check, actor):
    apply_sheet(actor=actor, sheet=check(book(ROW)), now=NOW)
    one = Project.objects.get(name="示例光伏项目")
    assert one.total == Decimal(920_000_000)
    assert (one.stage, one.since, one.size) == ("started", STARTED, "ge_5yi")
    assert (one.sector, one.origin, one.lead_unit.code) == (2, "foreign", "promotion")
    found = figures("six_batches", dt.date(2026, 1, 1), TODAY, by=("stage", "origin"))
    assert {row.key: row.count for row in found.entered.rows} == {
        ("signed", "foreign"): 1, ("started", "foreign"): 1,
    }  # fmt: skip
    assert {unproved.stage for unproved in found.unproved} == {"signed", "started"}
    assert Event.objects.filter(action="projects.sheet.applied").count() == 1


@pytest.mark.parametrize(
    ("header", "value"), [("总投资（万元）", 92000), ("总投资(元)", 920000000)]
)
def test_the_unit_of_the_header_counts(check, actor, header, value):
    data = book(("示例光伏项目", value), head=("项目名称", header))
    apply_sheet(actor=actor, sheet=check(data), now=NOW)
    assert Project.objects.get(name="示例光伏项目").total == Decimal(920_000_000)


def test_a_text_file_is_read_too(check):
    data = "项目名称,总投资(亿元),签约日期\n示例光伏项目,9.2,2026-02-03\n".encode("gb18030")
    sheet = check(data, "台账.csv")
    assert (len(sheet.rows), errors(sheet)) == (1, [])


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({8: "没有这个局"}, "没有单位"),
        ({6: STARTED, 7: SIGNED}, "早于"),
        ({7: dt.date(2026, 12, 1)}, "还没有到"),
        ({2: "约十个亿多"}, ""),
        ({0: None}, ""),
    ],
)
def test_a_bad_row_says_what_is_wrong_in_both_languages_and_good_ones_go_on(check, change, says):
    bad = tuple(change.get(place, value) for place, value in enumerate(ROW))
    good = ("示例储能项目", *ROW[1:])
    sheet = check(book(bad, good))
    assert [row["name"] for row in sheet.rows] == ["示例储能项目"]
    [problem] = errors(sheet)
    assert problem.row == 3
    assert says in problem.reason.zh
    assert problem.reason.en
    assert workbooks.marked(sheet)


def test_the_same_project_twice_in_a_book_is_told(check):
    sheet = check(book(ROW, ("示例 光伏项目", *ROW[1:])))
    [problem] = errors(sheet)
    assert problem.row == 4
    assert "第 3 行" in problem.reason.zh


def test_what_is_on_record_is_changed_not_doubled(check, actor):
    apply_sheet(actor=actor, sheet=check(book(ROW)), now=NOW)
    later = (*ROW[:2], 10.5, *ROW[3:])
    sheet = check(book(later))
    assert (sheet.created, sheet.changed, errors(sheet)) == (0, 1, [])
    apply_sheet(actor=actor, sheet=sheet, now=NOW)
    one = Project.objects.get(name="示例光伏项目")
    assert one.total == Decimal(1_050_000_000)
    assert [amount.value for amount in one.amounts.all()] == [920_000_000, 1_050_000_000]
    assert "项目台账.xlsx" in one.amounts.last().reason
    assert one.log.count() == 2, "stages entered before are not entered again"


def test_an_amount_in_the_wrong_unit_is_asked_about(check, actor):
    apply_sheet(actor=actor, sheet=check(book(ROW)), now=NOW)
    jumped = (*ROW[:2], 92000, *ROW[3:])
    [problem] = errors(check(book(jumped)))
    assert "10,000" in problem.reason.zh
    assert errors(check(book(jumped), sure=True)) == []


def test_another_day_for_a_stage_on_record_is_refused(check, actor):
    apply_sheet(actor=actor, sheet=check(book(ROW)), now=NOW)
    moved = tuple(dt.date(2026, 2, 4) if one == SIGNED else one for one in ROW)
    [problem] = errors(check(book(moved)))
    assert "2026-02-03" in problem.reason.zh


@pytest.mark.parametrize(
    ("stage", "says"), [("竣工", "日期"), ("签约", "其后阶段"), ("腾飞", "没有阶段"), ("开工", "")]
)
def test_the_stage_a_book_names_must_fit_its_days(check, stage, says):
    sheet = check(book((*ROW, stage), head=(*HEAD, "当前阶段")))
    assert len(sheet.rows) == (0 if says else 1)
    assert all(says in one.reason.zh for one in errors(sheet))


def test_applying_is_whole_or_nothing_and_once(check, actor):
    sheet = check(book(ROW, ("示例储能项目", *ROW[1:])))
    first = check(book(("示例储能项目", "示例光能", 3, *ROW[3:6], dt.date(2026, 1, 4), None, None)))
    apply_sheet(actor=actor, sheet=first, now=NOW)
    with pytest.raises(Refused, match="第 4 行"):
        apply_sheet(actor=actor, sheet=sheet, now=NOW)
    assert not Project.objects.filter(name="示例光伏项目").exists()
    discard_sheet(actor=actor, sheet=sheet)
    with pytest.raises(Refused, match="已处理"):
        apply_sheet(actor=actor, sheet=sheet, now=NOW)


def test_what_is_no_book_is_refused_and_nothing_is_kept(check):
    with pytest.raises(Refused):
        check(b"PK\x03\x04 no workbook")
    assert not ProjectSheet.objects.exists()


def test_a_book_without_a_column_we_know_has_no_row_to_enter(check, actor):
    sheet = check(book(("甲", 1), head=("天气", "温度")))
    assert sheet.rows == []
    assert errors(sheet)
    with pytest.raises(Refused, match="没有可以录入的行"):
        apply_sheet(actor=actor, sheet=sheet, now=NOW)
