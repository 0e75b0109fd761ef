"""An obstacle belongs to its project; whoever raised it says that it is gone."""

import pytest

from openzone.zone.cases.services.acting import act
from openzone.zone.errors import Refused
from tests.zone.cases.people import PROOF
from tests.zone.reviews.conftest import TODAY, at

pytestmark = pytest.mark.django_db


def test_it_is_a_case_about_its_project_at_the_first_tier_that_meets(planned, stuck):
    obstacle = stuck(planned.major, wanted_by=TODAY)
    assert obstacle.case.origin == f"project:{planned.major.pk}"
    assert obstacle.case.requester_unit == planned.bureau
    assert (obstacle.case.kind, obstacle.tier) == ("obstacle", "force")
    assert obstacle.case.fields["wanted_by"] == TODAY.isoformat()


@pytest.mark.parametrize(("name", "tier"), [("major", "force"), ("key", "chief")])
def test_the_class_says_where_it_begins(planned, stuck, name, tier):
    assert stuck(getattr(planned, name)).begun == tier


def test_the_same_obstacle_sent_twice_is_one(planned, stuck):
    assert stuck(planned.major, request_id="once") == stuck(planned.major, request_id="once")


@pytest.mark.parametrize(
    ("change", "field"), [({"topic": "weather"}, "topic"), ({"severity": "9"}, "severity"),
                          ({"title": " "}, "title")],
)  # fmt: skip
def test_bad_answers_are_refused_by_name(planned, stuck, change, field):
    with pytest.raises(Refused) as refusal:
        stuck(planned.major, **change)
    assert refusal.value.field == field


def test_nobody_without_a_post_raises_one(planned, stuck):
    with pytest.raises(Refused, match="任职"):
        stuck(planned.major, user=planned.member)


def test_who_raised_it_closes_it_out_and_the_solver_does_not(planned, stuck, actor):
    from openzone.zone.people.models import Unit

    case = stuck(planned.major, unit=Unit.objects.get(code="centre")).case

    def do(action, user, **more):
        act(actor=actor, case=case, action=action, now=at(TODAY, 12), user=user, **more)

    do("accept", planned.centre)
    do("finish", planned.centre, data={"text": "已交付"}, files=[
        PROOF])  # fmt: skip
    with pytest.raises(Refused):
        do("confirm", planned.centre, data={"satisfied": 5})
    do("confirm", planned.clerk, data={"satisfied": 5})
    case.refresh_from_db()
    assert case.closed
