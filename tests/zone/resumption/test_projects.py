"""Projects on a roster: with an enterprise behind them, or with none."""

from decimal import Decimal

import pytest

from openzone.zone.cases.models import Case
from openzone.zone.errors import Refused
from openzone.zone.people.enums import Role
from openzone.zone.projects.models import Project
from openzone.zone.projects.services.merging import merge_projects
from openzone.zone.projects.services.projects import create_project
from openzone.zone.resumption.models import Member
from openzone.zone.resumption.selectors.days import day_of
from openzone.zone.resumption.selectors.members import own_members
from openzone.zone.resumption.services.blocking import Named
from openzone.zone.resumption.services.roster import enrol
from openzone.zone.resumption.services.sheets import apply_book, check_book
from tests.zone.resumption.scene import NOW, TODAY, reported, scene

ROSTER = "名称,类别\n示例扩建项目,省市重点在建项目\n示例道路项目,省市重点在建项目\n"
SAID = "名称,日期,复工情况\n示例扩建项目,2026-02-28,已复工\n示例道路项目,2026-02-28,未复工\n"


@pytest.fixture
def at(db, actor):
    """The projects come onto the roster and report by workbook."""
    made = scene(actor)
    for name, firm in (("示例扩建项目", made.works.enterprise), ("示例道路项目", None)):
        create_project(actor=actor, name=name, pipeline="six_batches", on=TODAY, now=NOW,
                       enterprise=firm)  # fmt: skip
    for kind, text in (("roster", ROSTER), ("reports", SAID)):
        book = check_book(actor=actor, season=made.season, kind=kind, file_name="表.csv",
                          data=text.encode(), now=NOW)  # fmt: skip
        apply_book(actor=actor, book=book, now=NOW)
    return made


def test_they_are_counted_in_their_class_and_reported_by_their_firm(at):
    line = next(one for one in day_of(at.season, TODAY).lines if one.klass == "major_project")
    resumed = next(one for one in line.rates if one.measure.id == "resumed")
    assert (resumed.part, resumed.whole) == (1, 2)
    assert [one.name for one in own_members(at.speaks, TODAY)] == [at.works.name, "示例扩建项目"]


def test_what_is_in_the_way_of_one_without_a_firm_is_asked_by_a_unit(at, actor, make_user, office):
    road = Member.objects.get(project__name="示例道路项目")
    named = [Named("labour", "缺人", Decimal(100), raise_it=True)]
    user = make_user("jingban", Role.HANDLER, office)
    reported(actor, road, "no", side="visit", user=user, blockers=named)
    case = Case.objects.get()
    assert (case.enterprise, case.fields["posts"]) == (None, "100")


def test_one_that_was_merged_away_is_not_put_on(at, actor):
    gone, kept = (Project.objects.get(name=name) for name in ("示例道路项目", "示例扩建项目"))
    merge_projects(actor=actor, survivor=kept, absorbed=gone, reason="重复", now=NOW)
    gone.refresh_from_db()
    with pytest.raises(Refused, match="已并入“示例扩建项目”"):
        enrol(actor=actor, season=at.season, klass="key", first_on=TODAY, because="x", project=gone)
