"""Meetings are in the calendar ahead, once each, on working days."""

import datetime as dt

import pytest

from openzone.zone.audit.models import Event
from openzone.zone.errors import Refused
from openzone.zone.reviews.enums import MeetingState
from openzone.zone.reviews.jobs import every_morning
from openzone.zone.reviews.models import Meeting
from openzone.zone.reviews.services.forces import end_force
from openzone.zone.reviews.services.planning import cancel_meeting, move_meeting, plan_meetings
from tests.zone.reviews.conftest import TODAY, at

pytestmark = pytest.mark.django_db


def test_each_tier_meets_in_its_own_rhythm(planned):
    june = {"on__month": 6}
    assert [one.on.day for one in planned.meetings("force", **june)] == [1, 8, 15, 22, 29]
    chief = [(one.meant, one.on.day) for one in planned.meetings("chief", **june)]
    assert [day for _meant, day in chief] == [1, 15, 30]
    assert chief[0][0] == dt.date(2026, 5, 30)  # a Saturday
    leaders = planned.meetings("leaders", **june)
    assert [(one.meant.day, one.on.day) for one in leaders] == [(28, 29)]  # a Sunday


def test_every_force_and_every_chief_meets_and_the_zone_once(planned):
    assert {one.force for one in planned.meetings("force")} == {planned.force}
    assert {one.chief for one in planned.meetings("chief")} == {planned.chief}
    assert {one.body for one in planned.meetings("leaders")} == {"zone"}


def test_planning_again_adds_nothing_and_says_nothing(planned, actor):
    before = Meeting.objects.count(), Event.objects.count()
    assert plan_meetings(actor=actor, today=TODAY) == 0
    assert (Meeting.objects.count(), Event.objects.count()) == before


def test_the_next_morning_adds_only_what_is_new(planned, actor):
    assert plan_meetings(actor=actor, today=TODAY + dt.timedelta(days=7)) > 0
    days = [(one.tier, one.body, one.meant) for one in Meeting.objects.all()]
    assert len(days) == len(set(days))


def test_a_cancelled_or_moved_meeting_is_not_planned_again(planned, actor):
    first, second = planned.meetings("force")[:2]
    cancel_meeting(
        actor=actor, meeting=first, reason="全区防汛", user=planned.centre, now=at(TODAY)
    )
    move_meeting(
        actor=actor, meeting=second, on=dt.date(2026, 6, 10), begins=dt.time(15), today=TODAY
    )
    assert plan_meetings(actor=actor, today=TODAY) == 0


def test_cancelling_needs_a_reason_and_moving_goes_forward(planned, actor):
    meeting = planned.meetings("force")[1]
    with pytest.raises(Refused, match="原因"):
        cancel_meeting(actor=actor, meeting=meeting, reason=" ", user=planned.centre, now=at(TODAY))
    with pytest.raises(Refused, match="不能早于"):
        move_meeting(
            actor=actor, meeting=meeting, on=dt.date(2026, 5, 1), begins=dt.time(9), today=TODAY
        )


def test_a_force_that_ends_takes_its_later_meetings_along(planned, actor):
    end_force(actor=actor, force=planned.force, on=dt.date(2026, 6, 8), user=planned.centre,
              now=at(TODAY))  # fmt: skip
    states = {one.on.day: one.state for one in planned.meetings("force", on__month=6)}
    assert states[8] == MeetingState.PLANNED
    assert states[15] == MeetingState.CANCELLED
    assert plan_meetings(actor=actor, today=TODAY) == 0


def test_the_morning_makes_the_agenda_of_the_day(planned):
    assert every_morning.call(TODAY.isoformat()) == {"planned": 0, "prepared": 2}
    assert planned.meetings("force")[0].prepared_at is not None
    assert every_morning.call(TODAY.isoformat()) == {"planned": 0, "prepared": 0}


@pytest.mark.django_db(transaction=True)
def test_two_mornings_at_once_plan_each_meeting_once(table, actor, at_the_same_time):
    at_the_same_time(2, lambda: plan_meetings(actor=actor, today=TODAY))
    assert len(table.meetings("force", on__month=6)) == 5
