"""A workbook that was entered is taken back: what it brought is gone, what came since stays."""

import datetime as dt
from decimal import Decimal

import pytest

from openzone.zone.audit.models import Event
from openzone.zone.errors import Refused
from openzone.zone.projects.enums import SheetState
from openzone.zone.projects.models import LIVE, Project, ProjectSheet
from openzone.zone.projects.selectors.statistics import figures
from openzone.zone.projects.services.projects import change_project
from openzone.zone.projects.services.sheet_undo import undo_sheet, undoable
from openzone.zone.projects.services.sheets import apply_sheet, check_sheet
from tests.zone.projects.conftest import JANUARY, NOW, TODAY
from tests.zone.projects.test_sheets import HEAD, ROW, STARTED, book

YEAR = (dt.date(2026, 1, 1), TODAY)


@pytest.fixture
def apply(actor, pipe):
    def run(*rows, head=HEAD):
        sheet = check_sheet(
            actor=actor, user=pipe.clerk, file_name="台账.xlsx", data=book(*rows, head=head),
            as_of=TODAY, now=NOW, synthetic=True,
        )  # fmt: skip
        return apply_sheet(actor=actor, sheet=sheet, now=NOW)

    return run


@pytest.fixture
def undo(actor):
    def run(sheet, reason="导错了文件"):
        return undo_sheet(actor=actor, sheet=sheet, reason=reason, now=NOW, today=TODAY)

    return run


def counted():
    return {row.key: row.projects for row in figures("six_batches", *YEAR).entered.rows if row.ids}


def test_a_new_project_is_gone_from_lists_and_counters_and_can_come_again(apply, undo):
    sheet = apply(ROW)
    assert counted() == {("signed",): 1, ("started",): 1}
    [one] = undoable(sheet)
    assert (one.why_not, one.amounts) == (None, ())
    done = undo(sheet)
    assert (done.state, done.kept) == (SheetState.UNDONE, [])
    assert not Project.objects.filter(LIVE, name="示例光伏项目").exists()
    assert counted() == {}
    assert Event.objects.filter(action="projects.withdrawn").count() == 1
    again = apply(ROW)
    assert (again.created, again.changed) == (1, 0)


def test_a_known_project_is_as_before(apply, undo, actor, pipe, priced, filed, entered):
    priced(pipe.plant, 100_000_000)
    filed(pipe.plant, "concept", "contact_record")
    plant = entered(Project.objects.get(pk=pipe.plant.pk), "reserve", JANUARY)
    before = {name: getattr(plant, name) for name in ("industry", "origin", "stage", "since")}
    row = ("示例电池工厂", "示例新能源", 1.5, "C382", "二产", "外资", STARTED, None, None)
    undo(sheet := apply(row))
    after = Project.objects.get(pk=plant.pk)
    assert {name: getattr(after, name) for name in before} == before
    assert (after.total, after.size) == (Decimal(100_000_000), "ge_1yi")
    assert [one.value for one in after.amounts.order_by("pk")] == [
        100_000_000, 150_000_000, 100_000_000,
    ]  # fmt: skip
    assert counted() == {("reserve",): 1}
    assert ProjectSheet.objects.get(pk=sheet.pk).kept == []


def test_what_somebody_worked_on_since_stays_and_is_named(apply, undo, actor):
    other = ("示例储能项目", *ROW[1:])
    sheet = apply(ROW, other)
    touched = Project.objects.get(name="示例储能项目")
    change_project(actor=actor, project=touched, summary="补充内容")
    done = undo(sheet)
    [kept] = done.kept
    assert (kept["name"], kept["row"]) == ("示例储能项目", 4)
    assert kept["en"] == "something was done since; it stays as it is"
    assert [one.name for one in Project.objects.filter(LIVE, stage="started")] == ["示例储能项目"]


def test_an_amount_first_stated_by_the_book_cannot_be_unsaid_and_is_named(apply, undo, pipe):
    row = ("示例电池工厂", "示例新能源", 1.5, None, None, None, None, None, None)
    done = undo(apply(row))
    assert "不能清空" in done.kept[0]["zh"]


def test_it_is_undone_once_with_a_reason_and_never_if_nothing_can_be(apply, undo, actor):
    sheet = apply(ROW)
    with pytest.raises(Refused, match="撤销原因"):
        undo(sheet, reason=" ")
    change_project(actor=actor, project=Project.objects.get(name="示例光伏项目"), summary="x")
    with pytest.raises(Refused, match="没有可以撤销"):
        undo(sheet)
    other = apply(("示例储能项目", *ROW[1:]))
    undo(other)
    with pytest.raises(Refused, match="已撤销"):
        undo(other)
