"""Platforms marked by reviewers: nobody sees another's marks, grades by quota, ties told."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from openzone.zone.cases.models import Notification
from openzone.zone.errors import Refused
from openzone.zone.evaluations.models import Outcome, Reviewer
from openzone.zone.evaluations.selectors.panel import shown_marks
from openzone.zone.evaluations.selectors.results import work_out
from openzone.zone.evaluations.services import cells, cycles, entrants, panel, protests
from openzone.zone.people.enums import Role, UnitKind
from openzone.zone.registry.enums import StaffRole
from openzone.zone.registry.services.people import add_staff
from tests.zone.evaluations.field import LONG_AGO, NOW, TODAY, days, firm, person, unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(actor):
    centre = unit(actor, "zhongxin", UnitKind.CENTRE)
    names = ("kaitou", "suoding", "disan")
    return [person(actor, name, Role.CENTRE, centre) for name in names]


@pytest.fixture
def cycle(actor, people):
    made = cycles.open_cycle(
        actor=actor, user=people[0], scheme="service_platforms_2022", year=2025,
        title="示例服务综合体评价", now=NOW,
    )  # fmt: skip
    for place in range(1, 15):
        entrants.add_entrant(actor=actor, cycle=made, group="clusters", name=f"示例平台{place:02}")
    return made


def _marks(cycle, first=95):
    return {
        str(one.pk): {"points": str(first - 3 * place)}
        for place, one in enumerate(cycle.entrants.order_by("pk"))
    }


def _reviewed(actor, cycle, *bonus):
    for number, more in enumerate(bonus):
        reviewer = panel.name_reviewer(
            actor=actor, cycle=cycle, user=person(actor, f"pingshen{number}")
        )
        panel.save_marks(actor=actor, reviewer=reviewer, marks=_marks(cycle, 95 + more))
        panel.lock_marks(actor=actor, reviewer=reviewer, now=NOW)


def test_marks_are_hidden_until_all_are_locked_and_then_stay(actor, cycle, people):
    first = panel.name_reviewer(actor=actor, cycle=cycle, user=person(actor, "zhang"))
    second = panel.name_reviewer(actor=actor, cycle=cycle, user=person(actor, "li"))
    panel.save_marks(actor=actor, reviewer=first, marks=_marks(cycle))
    with pytest.raises(Refused, match="14 项没有打分"):
        panel.lock_marks(actor=actor, reviewer=second, now=NOW)
    panel.lock_marks(actor=actor, reviewer=first, now=NOW)
    assert shown_marks(cycle) == []
    lock = {"actor": actor, "user": people[1], "cycle": cycle, "data_on": TODAY, "now": NOW}
    with pytest.raises(Refused, match="尚未锁定打分：li"):
        cycles.lock_data(**lock)
    with pytest.raises(Refused, match="打分已锁定"):
        panel.save_marks(actor=actor, reviewer=first, marks={})
    with pytest.raises(DatabaseError), transaction.atomic():
        Reviewer.objects.update(marks={})
    panel.save_marks(actor=actor, reviewer=second, marks=_marks(cycle, 93))
    panel.lock_marks(actor=actor, reviewer=second, now=NOW)
    assert len(shown_marks(cycle)) == 2
    cycles.lock_data(**lock)
    best = work_out(cycle)[0]
    assert (best.score, best.class_) == (Decimal(94), "excellent")


@pytest.mark.parametrize("bad", ["-1", "101", "NaN", "好", "1e9"])
def test_a_mark_is_a_number_in_its_bounds(actor, cycle, bad):
    reviewer = panel.name_reviewer(actor=actor, cycle=cycle, user=person(actor, "zhang"))
    marks = _marks(cycle)
    marks[str(cycle.entrants.earliest("pk").pk)] = {"points": bad}
    with pytest.raises(Refused, match=r"示例平台01：得分应为0到100之间的数"):
        panel.save_marks(actor=actor, reviewer=reviewer, marks=marks)
    assert Reviewer.objects.get().marks == {}


def test_who_belongs_to_one_evaluated_stands_back(actor, cycle):
    owner, known = person(actor, "qiye"), firm(actor, "示例检测有限公司")
    add_staff(actor=actor, user=owner, enterprise=known, role=StaffRole.STAFF, valid_from=LONG_AGO)
    entrants.add_entrant(actor=actor, cycle=cycle, group="services", enterprise=known)
    with pytest.raises(Refused, match="应当回避"):
        panel.name_reviewer(actor=actor, cycle=cycle, user=owner)


def test_of_fourteen_two_are_excellent_and_those_level_at_the_quota_are_told(actor, cycle, people):
    _reviewed(actor, cycle, 0, 2)
    every = list(cycle.entrants.order_by("pk"))
    cycles.lock_data(actor=actor, user=people[1], cycle=cycle, data_on=TODAY, now=NOW)
    cycles.publish_list(actor=actor, user=people[0], cycle=cycle, now=NOW)
    grades = dict(Outcome.objects.values_list("entrant", "grade"))
    # 15 % of 14 is 2.1, rounded down.
    assert [grades[one.pk] for one in every[:3]] == ["excellent", "excellent", "good"]
    owner = person(actor, "pingtai")
    known = firm(actor, "示例平台03")
    every[2].enterprise = known
    every[2].save()
    add_staff(actor=actor, user=owner, enterprise=known, role=StaffRole.STAFF, valid_from=LONG_AGO)
    protest = protests.object_to(
        actor=actor, user=owner, entrant=every[2], text="计分有误", now=days(1)
    )
    second = work_out(cycle)[1].score
    cells.enter_cell(
        actor=actor, user=people[0], entrant=every[2], item="points", value=second,
        source="复核记录 示例", reason="漏计一项", now=days(1),
    )  # fmt: skip
    done = protests.answer(actor=actor, user=people[2], protest=protest, upheld=True,
                           text="复核属实", now=days(1))  # fmt: skip
    after = {one.entrant_id: one for one in done.run.outcomes.all()}
    both = [after[one.pk] for one in every[1:3]]
    assert [one.rank for one in both] == [2, 2]
    assert [one.grade for one in both] == ["good", "good"]
    assert all(one.detail["level"] for one in both)


def test_only_platform_evaluations_have_reviewers(actor, people):
    land = cycles.open_cycle(actor=actor, user=people[0], scheme="huaian_2024", year=2025,
                             title="示例亩均", now=NOW)  # fmt: skip
    with pytest.raises(Refused, match="不由评审打分"):
        panel.name_reviewer(actor=actor, cycle=land, user=people[1])


def test_marks_come_from_reviewers_and_are_not_entered_by_who_runs_it(actor, cycle, people):
    one = cycle.entrants.earliest("pk")
    with pytest.raises(Refused, match="得分由评审给出"):
        cells.enter_cell(actor=actor, user=people[0], entrant=one, item="points",
                         value=Decimal(100), source="x", now=NOW)  # fmt: skip
    assert not one.cells.exists()


def test_departments_are_evaluated_and_their_own_people_stand_back(actor, people):
    made = cycles.open_cycle(actor=actor, user=people[0], scheme="departments", year=2025,
                             title="示例部门评价", now=NOW)  # fmt: skip
    units = [unit(actor, f"bumen{n}") for n in range(7)]
    for one in units:
        entrants.add_entrant(actor=actor, cycle=made, group="business", unit=one)
    chief = person(actor, "chuzhang", Role.LEADER, units[0])
    with pytest.raises(Refused, match="应当回避"):
        panel.name_reviewer(actor=actor, cycle=made, user=chief)
    reviewer = panel.name_reviewer(actor=actor, cycle=made, user=person(actor, "pingshen"))
    items = ("key_work", "service", "cooperation", "innovation")
    marks = {
        str(one.pk): dict.fromkeys(items, str(90 - place))
        for place, one in enumerate(made.entrants.order_by("pk"))
    }
    panel.save_marks(actor=actor, reviewer=reviewer, marks=marks)
    panel.lock_marks(actor=actor, reviewer=reviewer, now=NOW)
    cycles.lock_data(actor=actor, user=people[1], cycle=made, data_on=TODAY, now=NOW)
    cycles.publish_list(actor=actor, user=people[0], cycle=made, now=NOW)
    # 15 % of 7 is 1.05, rounded down.
    assert [one.grade for one in Outcome.objects.order_by("rank")] == ["excellent", *["good"] * 6]
    assert list(Notification.objects.filter(user=chief).values_list("action", flat=True)) == [
        "cycle.result"
    ]


def test_nobody_is_added_whose_people_review_already(actor, cycle):
    own = unit(actor, "bumen")
    panel.name_reviewer(actor=actor, cycle=cycle, user=person(actor, "chuzhang", Role.HANDLER, own))
    with pytest.raises(Refused, match="应当回避"):
        entrants.add_entrant(actor=actor, cycle=cycle, group="clusters", unit=own)
    assert not cycle.entrants.filter(unit=own).exists()
