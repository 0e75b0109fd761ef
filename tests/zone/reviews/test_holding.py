"""A meeting is held once; what it left open too often climbs to the next tier, once."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction

from openzone.zone.cases.services.acting import act
from openzone.zone.errors import Refused
from openzone.zone.reviews import climbing
from openzone.zone.reviews.enums import ItemOutcome, MeetingState
from openzone.zone.reviews.models import Climb, Decision, Meeting
from openzone.zone.reviews.selectors.agenda import deserved
from openzone.zone.reviews.services.deciding import decide
from openzone.zone.reviews.services.holding import Result, hold_meeting
from openzone.zone.reviews.services.planning import prepare_meeting
from tests.zone.reviews.conftest import TODAY, at

pytestmark = pytest.mark.django_db


def test_a_meeting_keeps_who_was_there_and_what_became_of_each_matter(planned, stuck, held):
    stuck(planned.major)
    meeting = held(
        planned.meetings("force")[0], "settled", others=["示例企业代表", "示例企业代表"],
        minutes="会议听取了汇报。",
    )  # fmt: skip
    assert [str(one) for one in meeting.attendance.all()] == [str(planned.chief), "示例企业代表"]
    assert [item.outcome for item in meeting.items.all()] == [ItemOutcome.SETTLED]
    assert meeting.minutes_text == "会议听取了汇报。"


def test_what_was_not_spoken_of_was_not_reached(planned, stuck, held):
    stuck(planned.major)
    meeting = held(planned.meetings("force")[0], results={})
    assert [item.outcome for item in meeting.items.all()] == [ItemOutcome.POSTPONED]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"attended": []}, "参会人员"),
        ({"others": ["长" * 65]}, "超过64字"),
        ({"results": {999_999: Result("open")}}, "刷新"),
    ],
)
def test_a_record_that_makes_no_sense_writes_nothing(planned, held, change, says):
    meeting = planned.meetings("force")[0]
    with pytest.raises(Refused, match=says), transaction.atomic():
        held(meeting, **change)
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.PLANNED
    assert not meeting.attendance.exists()


def test_no_meeting_is_held_before_its_day_or_without_agenda(planned, actor):
    first, second = planned.meetings("force")[:2]
    given = {"actor": actor, "attended": [planned.head], "user": planned.head, "now": at(TODAY)}
    with pytest.raises(Refused, match="尚未召开"):
        hold_meeting(meeting=second, today=TODAY, **given)
    with pytest.raises(Refused, match="议程"):
        hold_meeting(meeting=first, today=TODAY, **given)


def test_the_second_person_reads_who_was_first(planned, held, actor):
    meeting = held(planned.meetings("force")[0])
    with pytest.raises(Refused, match=f"{planned.centre}于2026-06-01 11:00"):
        hold_meeting(
            actor=actor, meeting=meeting, attended=[planned.head], user=planned.head,
            now=at(TODAY), today=TODAY,
        )  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_two_people_record_the_same_meeting_at_once(planned, stuck, actor, at_the_same_time):
    stuck(planned.major)
    meeting = planned.meetings("force")[0]
    prepare_meeting(actor=actor, meeting=meeting, now=at(TODAY))

    def hold():
        try:
            hold_meeting(
                actor=actor, meeting=meeting, attended=[planned.head], user=planned.head,
                now=at(TODAY), today=TODAY,
            )  # fmt: skip
        except Refused as refusal:
            return str(refusal)
        return ""

    said = sorted(at_the_same_time(2, hold))
    assert said[0] == ""
    assert str(planned.head) in said[1]
    assert meeting.attendance.count() == 1


def test_what_two_meetings_left_open_goes_to_the_chief_and_then_to_the_leaders(
    planned, stuck, held
):
    obstacle = stuck(planned.major)
    first, second = planned.meetings("force")[:2]
    held(first)
    obstacle.refresh_from_db()
    assert obstacle.tier == "force"
    held(second, "postponed")
    obstacle.refresh_from_db()
    assert obstacle.tier == "chief"
    assert obstacle.case.escalated == "chief"
    assert obstacle.case.events.filter(action="escalate").get().data["leader"] == str(planned.chief)
    assert deserved(planned.meetings("force")[2]) == []
    for meeting in planned.meetings("chief", meant__month=6):
        held(meeting)
    obstacle.refresh_from_db()
    assert obstacle.tier == "leaders"
    assert [one.leader for one in obstacle.climbs.all()] == [
        str(planned.chief),
        str(planned.leader),
    ]


def test_at_the_top_it_stays(planned, stuck, held):
    obstacle = stuck(planned.key)
    for meeting in planned.meetings("chief", meant__month=6):
        held(meeting)
    for meeting in planned.meetings("leaders")[:2]:
        held(meeting)
    obstacle.refresh_from_db()
    assert (obstacle.tier, obstacle.climbs.count()) == ("leaders", 1)


def test_a_settled_matter_counts_for_nothing(planned, stuck, held):
    obstacle = stuck(planned.major)
    first, second, third = planned.meetings("force")[:3]
    held(first)
    held(second, "settled")
    obstacle.refresh_from_db()
    assert obstacle.tier == "force"
    held(third)
    obstacle.refresh_from_db()
    assert obstacle.tier == "chief"


def test_what_is_closed_out_climbs_no_more(planned, stuck, held, actor):
    obstacle = stuck(planned.major)
    first, second = planned.meetings("force")[:2]
    held(first)
    prepare_meeting(actor=actor, meeting=second, now=at(second.on))
    act(
        actor=actor, case=obstacle.case, action="withdraw", now=at(second.on), user=planned.clerk,
        data={"reason": "已自行解决"},
    )  # fmt: skip
    hold_meeting(
        actor=actor, meeting=second, attended=[planned.head], user=planned.head,
        now=at(second.on), today=second.on,
    )  # fmt: skip
    assert not Climb.objects.exists()


def test_a_crash_while_it_climbs_leaves_nothing_behind(planned, stuck, held, monkeypatch):
    obstacle = stuck(planned.major)
    first, second = planned.meetings("force")[:2]
    held(first)

    def break_down(**given):
        raise DatabaseError("the server went away")

    monkeypatch.setattr(climbing, "act", break_down)
    with pytest.raises(DatabaseError), transaction.atomic():
        held(second)
    second.refresh_from_db()
    obstacle.refresh_from_db()
    assert (second.state, obstacle.tier) == (MeetingState.PLANNED, "force")
    monkeypatch.setattr(climbing, "act", act)
    held(second)
    assert Climb.objects.count() == 1


def _decided(table, actor, meeting, **more):
    given = {
        "title": "本周五前交付净地", "unit": table.bureau, "due": dt.date(2026, 6, 12),
        "user": table.head, "now": at(TODAY), "today": TODAY,
    }  # fmt: skip
    return decide(actor=actor, meeting=meeting, **{**given, **more})


def test_a_decision_is_a_case_of_its_unit_with_its_day(planned, stuck, actor):
    stuck(planned.major)
    meeting = planned.meetings("force")[0]
    prepare_meeting(actor=actor, meeting=meeting, now=at(TODAY))
    made = _decided(planned, actor, meeting, item=meeting.items.get())
    assert (made.case.kind, made.case.lead) == ("review_task", planned.bureau)
    assert made.case.fields["due"] == "2026-06-12"
    assert made.case.origin == f"meeting:{meeting.pk}"
    assert made.project == planned.major


def test_the_same_decision_sent_twice_is_one(planned, actor):
    meeting = planned.meetings("force")[0]
    first, second = (_decided(planned, actor, meeting, request_id="once") for _ in range(2))
    assert first == second
    assert Decision.objects.count() == 1


def test_decisions_have_a_day_to_come_and_a_meeting_that_took_place(planned, actor):
    first, second = planned.meetings("force")[:2]
    with pytest.raises(Refused, match="时限"):
        _decided(planned, actor, first, due=dt.date(2026, 5, 1))
    with pytest.raises(Refused, match="尚未召开"):
        _decided(planned, actor, second)
    Meeting.objects.filter(pk=first.pk).update(state=MeetingState.CANCELLED, reason="防汛")
    with pytest.raises(Refused, match="防汛"):
        _decided(planned, actor, first)


def test_once_something_is_decided_the_agenda_is_not_made_anew(planned, actor):
    meeting = planned.meetings("force")[0]
    _decided(planned, actor, meeting)
    with pytest.raises(Refused, match="不再重做"):
        prepare_meeting(actor=actor, meeting=meeting, now=at(TODAY))
