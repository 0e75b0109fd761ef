"""Workbooks of leads as offices keep them: row by row, as a whole or not."""

import datetime as dt
from io import BytesIO

import pytest
from openpyxl import Workbook

from openzone.engines.tables.messages import Severity
from openzone.zone import workbooks
from openzone.zone.errors import Refused
from openzone.zone.promotion.enums import LeadState
from openzone.zone.promotion.models import Investor, Lead
from openzone.zone.promotion.services.sheets import apply_sheet, check_sheet, discard_sheet
from openzone.zone.registry.imports.problems import from_json
from tests.zone.promotion.conftest import CODE, NOW, TODAY

HEAD = (
    "线索名称", "投资方", "统一社会信用代码", "来源", "意向投资额(亿元)", "招商顾问", "跟进单位",
    "最近对接日期", "进展情况", "下一步", "下一步日期",
)  # fmt: skip
TALKED = dt.date(2026, 6, 20)
ROW = (
    "示例光伏组件", "示例光能有限公司", None, "外出招商", 3, "lingwai", "示例投资促进局",
    TALKED, "有意考察", "寄资料", dt.date(2026, 7, 1),
)  # fmt: skip


def book(*rows):
    made = Workbook()
    made.active.append(list(HEAD))
    for row in rows:
        made.active.append(list(row))
    stream = BytesIO()
    made.save(stream)
    return stream.getvalue()


def row(**change):
    names = ("title", "investor", "uscc", "source", "wished", "adviser", "unit", "talked", "said",
             "next", "next_on")  # fmt: skip
    return tuple(change.get(name, value) for name, value in zip(names, ROW, strict=True))


@pytest.fixture
def check(actor, stage):
    def run(*rows, **more):
        return check_sheet(
            actor=actor, user=stage.clerk, file_name="线索台账.xlsx", data=book(*rows),
            as_of=TODAY, now=NOW, synthetic=True, **more,
        )  # fmt: skip

    return run


def errors(sheet):
    found = (from_json(one) for one in sheet.problems)
    return [one for one in found if one.severity is Severity.ERROR]


def test_checking_enters_nothing_and_applying_enters_once(check, stage, actor):
    sheet = check(ROW)
    assert (sheet.created, errors(sheet), Lead.objects.count()) == (1, [], 0)
    apply_sheet(actor=actor, sheet=sheet, now=NOW)
    made = Lead.objects.get()
    assert (made.wished, made.source, made.adviser) == (300_000_000, "trip", stage.other)
    assert (made.state, made.last_contact, made.next_step) == (
        LeadState.IN_CONTACT, TALKED, "寄资料",
    )  # fmt: skip
    assert made.investor.name == "示例光能有限公司"
    with pytest.raises(Refused, match="已处理"):
        apply_sheet(actor=actor, sheet=sheet, now=NOW)


def test_the_same_book_again_changes_and_doubles_nothing(check, actor):
    apply_sheet(actor=actor, sheet=check(ROW), now=NOW)
    again = check(row(wished=5))
    assert (again.created, again.changed, errors(again)) == (0, 1, [])
    apply_sheet(actor=actor, sheet=again, now=NOW)
    made = Lead.objects.get()
    assert (made.wished, made.interactions.count()) == (500_000_000, 1)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"adviser": "路人"}, "名册"),
        ({"unit": "没有这个局"}, "没有单位"),
        ({"talked": dt.date(2026, 12, 1)}, "还没有到"),
        ({"said": None}, "进展情况"),
        ({"source": "天上"}, ""),
        ({"uscc": "91320500MA1ABCDE00"}, ""),
        ({"investor": "宁波恒川电子有限公司"}, "相似"),
        ({"investor": None}, ""),
    ],
)
def test_a_bad_row_says_why_in_both_languages_and_good_ones_go_on(check, change, says):
    sheet = check(row(**change), row(title="示例储能", investor="示例储能有限公司"))
    assert [one["title"] for one in sheet.rows] == ["示例储能"]
    [problem] = errors(sheet)
    assert problem.row == 2
    assert says in problem.reason.zh
    assert problem.reason.en
    assert workbooks.marked(sheet)


def test_an_investor_is_found_by_its_code_whatever_it_is_called(check, stage, actor):
    apply_sheet(actor=actor, sheet=check(row(investor="恒川", uscc=CODE)), now=NOW)
    assert Lead.objects.get().investor == stage.firm
    assert Investor.objects.count() == 1


def test_a_second_lead_of_an_investor_and_the_same_row_twice_are_asked_about(check, lead, stage):
    second = row(investor=stage.firm.name)
    assert "XS2026-0001" in errors(check(second))[0].reason.zh
    assert errors(check(second, sure=True)) == []
    [twice] = errors(check(ROW, ROW))
    assert "第 2 行" in twice.reason.zh


def test_a_number_means_the_lead_and_must_exist(check, lead, actor):
    made = Workbook()
    made.active.append(["线索名称", "投资方", "线索编号"])
    made.active.append(["改名", "随便", lead.number])
    made.active.append(["改名", "随便", "XS1999-0001"])
    stream = BytesIO()
    made.save(stream)
    sheet = check_sheet(
        actor=actor, user=None, file_name="a.xlsx", data=stream.getvalue(), as_of=TODAY, now=NOW
    )
    [problem] = errors(sheet)
    assert "XS1999-0001" in problem.reason.zh
    apply_sheet(actor=actor, sheet=sheet, now=NOW)
    lead.refresh_from_db()
    assert lead.title == "改名"


def test_a_book_may_be_put_aside(check, actor):
    sheet = discard_sheet(actor=actor, sheet=check(ROW))
    with pytest.raises(Refused, match="已处理"):
        apply_sheet(actor=actor, sheet=sheet, now=NOW)
    assert not Lead.objects.exists()
