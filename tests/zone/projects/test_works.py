"""Milestones are a network or refused; work is reported in its own unit; sites are counted."""

import datetime as dt
from decimal import Decimal

import pytest

from openzone.zone.errors import Refused
from openzone.zone.projects.models import PhysicalReport
from openzone.zone.projects.selectors.works import plan_of, work_of
from openzone.zone.projects.services.works import (
    add_photo,
    count_site,
    finish_milestone,
    plan_item,
    plan_milestones,
    report_work,
)
from tests.files import PDF
from tests.zone.projects.conftest import JANUARY, NOW, TODAY

pytestmark = pytest.mark.django_db
APRIL = dt.date(2026, 4, 30)
PLAN = (
    {"code": "land", "title": "供地", "planned": dt.date(2026, 4, 1)},
    {"code": "start", "title": "开工", "planned": dt.date(2026, 5, 1), "after": ["land"]},
    {"code": "flood", "title": "水下施工", "planned": dt.date(2026, 7, 10), "after": ["start"],
     "days": 60, "fixed": dt.date(2026, 7, 15), "fixed_reason": "汛期"},
)  # fmt: skip


@pytest.fixture
def planned(actor, pipe):
    return plan_milestones(actor=actor, project=pipe.plant, milestones=PLAN, today=TODAY)


def test_what_is_late_pushes_what_waits_for_it(actor, pipe, planned):
    finish_milestone(actor=actor, milestone=planned[0], on=dt.date(2026, 5, 20), today=TODAY)
    plan = plan_of(pipe.plant, TODAY)
    assert plan["start"].expected == TODAY
    assert plan["flood"].slack == -45
    assert plan.path == ("land", "start", "flood")


def test_a_milestone_is_not_done_before_what_it_waits_for(actor, planned):
    with pytest.raises(Refused) as refused:
        finish_milestone(actor=actor, milestone=planned[1], on=TODAY, today=TODAY)
    assert refused.value.field == "actual"
    assert "land" in refused.value.reason.zh
    planned[1].refresh_from_db()
    assert planned[1].actual is None


def test_taking_a_day_back_says_why(actor, planned):
    finish_milestone(actor=actor, milestone=planned[0], on=JANUARY, today=TODAY)
    with pytest.raises(Refused):
        finish_milestone(actor=actor, milestone=planned[0], on=None, today=TODAY)
    finish_milestone(actor=actor, milestone=planned[0], on=None, remark="误录", today=TODAY)
    planned[0].refresh_from_db()
    assert planned[0].actual is None


def test_planning_anew_keeps_what_is_done_and_refuses_a_circle(actor, pipe, planned):
    finish_milestone(actor=actor, milestone=planned[0], on=JANUARY, today=TODAY)
    circle = ({**PLAN[0], "after": ["start"]}, PLAN[1])
    with pytest.raises(Refused, match="成环"):
        plan_milestones(actor=actor, project=pipe.plant, milestones=circle, today=TODAY)
    assert pipe.plant.milestones.count() == 3
    plan_milestones(actor=actor, project=pipe.plant, milestones=PLAN[:2], today=TODAY)
    assert [(one.code, one.actual) for one in pipe.plant.milestones.all()] == [
        ("land", JANUARY), ("start", None),
    ]  # fmt: skip


@pytest.fixture
def concrete(actor, pipe):
    """遂潼: 160,000 m³ of concrete by the end of April."""
    return plan_item(
        actor=actor, project=pipe.plant, code="concrete", title="混凝土浇筑", unit="m³",
        total=Decimal(400_000), begins=JANUARY, plan={APRIL: Decimal(160_000)},
    )  # fmt: skip


def test_work_stands_against_its_plan_in_its_unit(actor, pipe, concrete):
    report_work(actor=actor, item=concrete, on=APRIL, quantity=Decimal(150_000), now=NOW,
                today=TODAY)  # fmt: skip
    (stands,), whole = work_of(pipe.plant, APRIL)
    assert (stands.planned, stands.ahead, whole.done) == (160_000, -10_000, Decimal("0.375"))


def test_a_lower_amount_is_a_correction_with_its_reason(actor, pipe, concrete):
    given = {"actor": actor, "item": concrete, "on": APRIL, "now": NOW, "today": TODAY}
    report_work(quantity=Decimal(12_000), **given)
    with pytest.raises(Refused):
        report_work(quantity=Decimal(11_000), **given)
    with pytest.raises(Refused):
        report_work(quantity=Decimal(120_000), **given)
    with pytest.raises(Refused):
        report_work(quantity=Decimal(500_000), correction="误", sure=True, **given)
    report_work(quantity=Decimal(11_000), correction="扣除返工", **given)
    assert PhysicalReport.objects.count() == 2
    assert work_of(pipe.plant, APRIL)[0][0].done == 11_000


@pytest.mark.parametrize(
    "plan",
    [{JANUARY: Decimal(9), APRIL: Decimal(5)}, {APRIL: Decimal(11)}],
)
def test_a_plan_rises_and_ends_at_the_whole(actor, pipe, plan):
    with pytest.raises(Refused):
        plan_item(actor=actor, project=pipe.plant, code="gates", title="闸门", unit="孔",
                  total=Decimal(10), begins=JANUARY, plan=plan)  # fmt: skip
    assert not pipe.plant.items.exists()


def test_people_and_machines_are_counted_or_unknown(actor, pipe):
    given = {"actor": actor, "project": pipe.plant, "now": NOW, "today": TODAY}
    day = count_site(on=TODAY, machines=1000, **given)
    assert day.workers is None
    with pytest.raises(Refused):
        count_site(on=TODAY, **given)
    with pytest.raises(Refused, match="还没有到"):
        count_site(on=TODAY + dt.timedelta(days=1), workers=2000, **given)


def test_only_a_picture_is_a_picture(actor, pipe):
    with pytest.raises(Refused) as refused:
        add_photo(actor=actor, project=pipe.plant, on=TODAY, caption="工地", now=NOW, today=TODAY,
                  file_name="a.pdf", data=PDF)  # fmt: skip
    assert refused.value.field == "file"
    assert not pipe.plant.photos.exists()
