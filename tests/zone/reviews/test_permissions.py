"""Who sees, runs and sets up: everybody else reads why not."""

import datetime as dt

import pytest

from openzone.zone.people.enums import Role
from openzone.zone.reviews import permissions as may
from openzone.zone.reviews.selectors.meetings import own, visible
from openzone.zone.reviews.selectors.obstacles import open_ones
from tests.zone.reviews.conftest import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def stranger(make_user):
    return make_user("shengren")


@pytest.mark.parametrize(
    ("who", "tiers"),
    [
        ("centre", {"force", "chief", "leaders"}),
        ("leader", {"leaders"}),
        ("chief", {"chief"}),
        ("head", {"force"}),
        ("member", set()),
        ("clerk", set()),
    ],
)
def test_who_chairs_a_meeting_runs_it_and_the_centre(planned, who, tiers):
    user = getattr(planned, who)
    ran = {
        tier
        for tier in ("force", "chief", "leaders")
        if may.may_run(user, planned.meetings(tier)[0], TODAY).allowed
    }
    assert ran == tiers


@pytest.mark.parametrize("who", ["centre", "leader", "chief", "head", "member", "clerk"])
def test_a_list_shows_what_a_person_may_open(planned, who):
    user = getattr(planned, who)
    shown = set(visible(user, TODAY))
    opened = {
        one
        for tier in ("force", "chief", "leaders")
        for one in planned.meetings(tier)
        if may.may_see(user, one, TODAY).allowed
    }
    assert shown == opened


def test_a_stranger_sees_nothing_and_reads_why(planned, stranger):
    meeting = planned.meetings("force")[0]
    for decision in (
        may.may_list(stranger, TODAY),
        may.may_see(stranger, meeting, TODAY),
        may.may_run(stranger, meeting, TODAY),
        may.may_set_up(stranger, TODAY),
        may.may_manage(stranger, planned.force, TODAY),
        may.may_raise(stranger, planned.major, TODAY),
        may.may_see_obstacles(stranger, planned.major, TODAY),
    ):
        assert not decision.allowed
        assert decision.reason.zh
        assert decision.reason.en
    assert not visible(stranger, TODAY).exists()


def test_a_member_opens_the_calendar_and_raises_on_the_projects_of_the_force(planned):
    assert may.may_list(planned.member, TODAY).allowed
    assert may.may_raise(planned.member, planned.major, TODAY).allowed
    assert not may.may_raise(planned.member, planned.key, TODAY).allowed


def test_who_left_the_force_sees_it_no_more(planned, actor):
    from openzone.zone.reviews.services.forces import end_member

    end_member(actor=actor, member=planned.member.force_posts.get(), on=TODAY)
    meeting, later = planned.meetings("force")[0], TODAY + dt.timedelta(days=1)
    assert may.may_see(planned.member, meeting, TODAY).allowed
    assert not may.may_see(planned.member, meeting, later).allowed


def test_the_calendar_of_each_is_their_own(planned, make_user):
    other = make_user("bieren", Role.HANDLER, None)
    tiers = {
        name: {one.tier for one in own(getattr(planned, name), TODAY)}
        for name in ("leader", "chief", "member", "centre")
    }
    assert tiers == {
        "leader": {"leaders"}, "chief": {"chief", "force"}, "member": {"force"}, "centre": set(),
    }  # fmt: skip
    assert not own(other, TODAY).exists()


def test_open_obstacles_are_shown_to_who_may_see_their_project(planned, stuck):
    major, key = stuck(planned.major), stuck(planned.key, severity="3")
    assert [one.obstacle for one in open_ones(planned.leader, TODAY)] == [key, major]
    assert [one.obstacle for one in open_ones(planned.leader, TODAY, "force")] == [major]
    assert [one.obstacle for one in open_ones(planned.member, TODAY)] == [major]
