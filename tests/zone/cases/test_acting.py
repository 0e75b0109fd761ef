"""Who may do what, what is told to whom was too late, and rows that follow the events."""

import pytest

from openzone.zone.cases.folding import events_of
from openzone.zone.cases.models import Attachment, Case, Meeting, Notification, Part, Task
from openzone.zone.cases.selectors.offers import offers
from openzone.zone.cases.services.acting import act
from openzone.zone.cases.services.rebuilding import rebuild
from openzone.zone.errors import Refused
from tests.factories import TESTS
from tests.zone.cases.people import DAY, HOUR, NOW, PROOF, People

pytestmark = pytest.mark.django_db

ON = NOW.date()
PROJECTED = (
    "stage", "closed", "outcome", "holder", "holder_unit", "lead", "handler", "priority", "pending",
    "escalated", "supervised", "bounces", "redo", "satisfaction", "merged_into", "clocks", "due_at",
    "due_clock", "wake_at", "closed_at", "changed_at", "last_seq",
)  # fmt: skip


@pytest.mark.parametrize("who", ["stranger", "surveyor", "owner", "leader", "centre"])
def test_only_people_of_the_unit_accept(people: People, who: str):
    case = people.open().case
    with pytest.raises(Refused):
        people.do(case, getattr(people, who), "accept")
    assert people.do(case, people.second, "accept").handler == people.second


@pytest.mark.parametrize("who", ["handler", "second", "head", "stranger", "surveyor"])
def test_nobody_of_the_unit_and_no_stranger_says_that_the_firm_is_satisfied(
    people: People, who: str
):
    case = people.proposed()
    for action in ("confirm", "call_back"):
        with pytest.raises(Refused):
            people.do(case, getattr(people, who), action, satisfied=5)
    assert people.do(case, people.centre, "call_back", satisfied=4).closed


def test_a_solution_needs_proof(people: People):
    case = people.accepted()
    with pytest.raises(Refused):
        people.do(case, people.handler, "finish", text="好了")
    assert not Attachment.objects.exists()
    solved = people.do(case, people.handler, "finish", text="好了", files=[PROOF])
    assert Attachment.objects.get().case == solved


def test_a_name_is_no_proof_and_nor_is_a_forged_list_of_files(people: People):
    case = people.accepted()
    named = {"text": "好了", "evidence": ["证明.pdf"]}
    forged = named | {"files": [{"field": "evidence", "name": "证明.pdf", "sha256": "5a"}]}
    for said in (named, forged):
        with pytest.raises(Refused) as refusal:
            act(actor=TESTS, case=case, action="finish", now=NOW, user=people.handler, data=said)
        assert refusal.value.field == "evidence"
    with pytest.raises(Refused) as refusal:
        people.do(case, people.handler, "finish", text="好了", documents=["示例〔2026〕2号"])
    assert "evidence is a file" in refusal.value.reason.en
    solved = people.do(case, people.handler, "finish", files=[PROOF], **named)
    assert events_of(solved)[-1].data["evidence"] == ["证明.pdf"]


def test_the_second_hand_is_told_who_was_quicker(people: People):
    case = people.open().case
    people.do(case, people.handler, "accept", NOW + HOUR, seen=1)
    with pytest.raises(Refused) as refusal:
        people.do(case, people.second, "accept", NOW + HOUR, seen=1)
    assert refusal.value.reason.en.startswith("already done by handler at 2026-11-16 11:00")
    assert "已由handler于2026-11-16 11:00办理" in refusal.value.reason.zh


def test_the_same_form_sent_twice_happens_once(people: People):
    case = people.accepted()
    for _ in range(2):
        again = people.do(case, people.handler, "note", seen=2, text="已电话联系")
    assert (again.last_seq, len(events_of(case))) == (3, 3)
    people.do(case, people.handler, "note", seen=3, text="已电话联系")
    assert len(events_of(case)) == 4


def test_what_somebody_else_did_in_between_does_not_stop_what_is_still_possible(people: People):
    case = people.accepted()
    people.do(case, people.owner, "note", seen=2, text="请尽快")
    assert people.do(case, people.handler, "answer", seen=2, text="一周内答复").last_seq == 4


def test_a_unit_that_does_not_exist_gets_nothing(people: People):
    case = people.open().case
    with pytest.raises(Refused) as refusal:
        people.do(case, people.centre, "route", unit="nowhere")
    assert refusal.value.field == "unit"


def test_a_clock_that_runs_backwards_a_little_loses_nothing(people: People):
    case = people.accepted(NOW + HOUR)
    later = people.do(case, people.handler, "note", NOW, text="时钟慢了")
    assert later.changed_at == NOW + HOUR


def test_assisting_units_each_give_their_own_answer(people: People):
    case = people.accepted()
    case = people.do(case, people.handler, "involve", unit="land", asks="是否可以抵押？")
    part = Part.objects.get()
    assert (part.unit, part.asks, part.answered_at) == (people.land, "是否可以抵押？", None)
    with pytest.raises(Refused):
        people.do(case, people.handler, "finish", text="好了", files=[PROOF])
    with pytest.raises(Refused):
        people.do(case, people.handler, "contribute", text="替他们回复")
    people.do(case, people.surveyor, "contribute", NOW + HOUR, text="可以")
    part.refresh_from_db()
    assert (part.answer, part.answered_at) == ("可以", NOW + HOUR)
    assert people.do(case, people.handler, "finish", NOW + HOUR, text="好了", files=[PROOF]).pending


def test_a_meeting_is_called_held_and_its_decisions_are_tasks(people: People):
    case = people.accepted()
    planned = (NOW + DAY).isoformat()
    people.do(case, people.centre, "call_meeting", at=planned, units=["finance", "land"])
    people.do(case, people.centre, "hold_meeting", NOW + DAY, attended=["甲", "乙"], minutes="商定")
    people.do(
        case, people.centre, "decide", NOW + DAY, meeting="M1", task="出具意见", owner="land",
        due="2026-11-20",
    )  # fmt: skip
    meeting, task = Meeting.objects.get(), Task.objects.get()
    assert (meeting.planned_at, meeting.held_at) == (NOW + DAY, NOW + DAY)
    assert (meeting.attended, meeting.minutes) == (["甲", "乙"], "商定")
    assert (task.owner, task.meeting, task.title) == (people.land, "M1", "出具意见")
    with pytest.raises(Refused):
        people.do(case, people.handler, "finish_task", task="T1", files=[PROOF])
    people.do(case, people.surveyor, "finish_task", NOW + 2 * DAY, task="T1", files=[PROOF])
    task.refresh_from_db()
    assert (task.finished_at, task.evidence) == (NOW + 2 * DAY, ["证明.pdf"])


def test_no_task_is_due_before_today_and_no_meeting_was_held_tomorrow(people: People):
    case = people.accepted()
    planned = (NOW + DAY).isoformat()
    people.do(case, people.centre, "call_meeting", at=planned, units=["land"])
    with pytest.raises(Refused) as early:
        people.do(case, people.centre, "hold_meeting", attended=["甲"], minutes="商定")
    with pytest.raises(Refused) as over:
        people.do(
            case, people.centre, "decide", task="出具意见", owner="land",
            due=(NOW - DAY).date().isoformat(),
        )  # fmt: skip
    assert (early.value.field, over.value.field) == ("meeting", "due")
    today = NOW.date().isoformat()
    people.do(case, people.centre, "decide", task="出具意见", owner="land", due=today)
    assert Task.objects.get().title == "出具意见"


def test_declining_is_bounded_and_then_the_centre_decides(people: People):
    case = people.do(
        people.open(fields={"topic": "land"}).case, people.centre, "route", unit="land"
    )
    for _ in range(2):
        case = people.do(case, people.surveyor, "decline", reason="不属于本局")
        case = people.do(case, people.centre, "route", unit="land")
    with pytest.raises(Refused):
        people.do(case, people.surveyor, "decline", reason="还是不属于")
    assert case.bounces == 2


def test_not_satisfied_means_again_and_is_counted(people: People):
    case = people.do(people.proposed(), people.owner, "dissatisfied", reason="没有到账")
    assert (case.stage, case.redo, case.holder_unit) == ("handling", 1, people.finance)


def test_who_has_something_to_do_is_told_and_who_did_it_is_not(people: People):
    case = people.open().case
    told = set(Notification.objects.values_list("user__username", flat=True))
    assert told == {"handler", "second"}
    Notification.objects.all().delete()
    people.do(case, people.handler, "accept")
    assert set(Notification.objects.values_list("user__username", flat=True)) == {"owner"}


def test_the_page_offers_what_will_be_accepted(people: People):
    case = people.proposed()
    possible = {
        name: {o.action.id for o in offers(getattr(people, name), case, NOW, ON) if o.allowed}
        for name in ("owner", "handler", "centre", "stranger")
    }
    assert {"confirm", "dissatisfied", "withdraw"} <= possible["owner"]
    assert "call_back" in possible["centre"]
    assert not {"confirm", "call_back", "finish"} & possible["handler"]
    assert possible["stranger"] == set()


def _wild(people: People) -> list[Case]:
    """Cases with a little of everything behind them."""
    one = people.accepted()
    people.do(one, people.handler, "involve", unit="land", asks="意见")
    people.do(one, people.surveyor, "contribute", NOW + HOUR, text="同意")
    people.do(one, people.handler, "ask_extension", NOW + HOUR, clock="resolve",
              limit="2 workdays", reason="复杂")  # fmt: skip
    people.do(one, people.centre, "grant_extension", NOW + HOUR)
    people.do(one, people.centre, "call_meeting", NOW + HOUR, units=["land"], at="2026-11-18T09:00")
    people.do(one, people.centre, "decide", NOW + HOUR, task="办", owner="land", due="2026-11-19")
    two = people.accepted()
    people.do(two, people.handler, "ask_requester", NOW + HOUR, what="合同", reason="material",
              document="通知书")  # fmt: skip
    three = people.closed()
    people.do(three, people.owner, "appeal", NOW + DAY, reason="又停贷")
    four = people.do(people.proposed(), people.owner, "dissatisfied", reason="没有到账")
    people.do(four, people.leader, "supervise", NOW + HOUR, order="限期办结")
    five = people.open(fields={"topic": "land"}).case
    people.do(five, people.centre, "route", unit="land")
    people.do(five, people.surveyor, "object", NOW + HOUR, reason="不归本局")
    return [one, two, three, four, five]


def test_lists_say_what_the_events_say_and_can_be_made_anew(people: People):
    for case in _wild(people):
        before = Case.objects.values(*PROJECTED).get(pk=case.pk)
        rows = [
            list(model.objects.filter(case=case).order_by("pk").values_list(*columns))
            for model, columns in (
                (Part, ("unit", "asks", "answer", "answered_at")),
                (Meeting, ("ref", "called_at", "planned_at", "held_at", "units")),
                (Task, ("ref", "title", "owner", "due_at", "finished_at")),
            )
        ]
        Case.objects.filter(pk=case.pk).update(stage="x", due_at=None, pending="x", redo=9)
        Part.objects.filter(case=case).delete()
        rebuild(actor=TESTS, case=case)
        assert Case.objects.values(*PROJECTED).get(pk=case.pk) == before
        again = [
            list(model.objects.filter(case=case).order_by("pk").values_list(*columns))
            for model, columns in (
                (Part, ("unit", "asks", "answer", "answered_at")),
                (Meeting, ("ref", "called_at", "planned_at", "held_at", "units")),
                (Task, ("ref", "title", "owner", "due_at", "finished_at")),
            )
        ]
        assert again == rows


def test_a_case_that_waits_for_the_centre_says_what_for(people: People):
    waits = {case.title: set(Case.objects.get(pk=case.pk).asks_for) for case in [people.proposed()]}
    assert list(waits.values()) == [{"word"}]
    last = _wild(people)[-1]
    assert Case.objects.get(pk=last.pk).asks_for == ("objection",)


def test_a_transition_takes_few_queries(people: People, django_assert_max_num_queries):
    case = people.open().case
    with django_assert_max_num_queries(16):
        people.do(case, people.handler, "accept")
