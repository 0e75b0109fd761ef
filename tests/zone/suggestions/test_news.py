"""Every proposer with an account hears what became of a suggestion, once; then of its end."""

import datetime as dt

import pytest

from openzone.packs.services import service_types
from openzone.zone.audit.actors import Actor
from openzone.zone.cases.models import Case, Notification
from openzone.zone.cases.services.types import publish
from openzone.zone.suggestions.enums import Outcome, Response
from openzone.zone.suggestions.models import Feedback
from openzone.zone.suggestions.selectors.implementation import (
    Chosen,
    Standing,
    by_round,
    by_unit,
    narrowed,
    overall,
    progress,
)
from openzone.zone.suggestions.selectors.waiting import owed
from openzone.zone.suggestions.services.campaigns import end_collecting
from openzone.zone.suggestions.services.carrying import assign
from openzone.zone.suggestions.services.merging import Part, dissolve, merge
from openzone.zone.suggestions.services.news import tell_done
from openzone.zone.suggestions.services.reviewing import decide, pass_answer, reject_originals
from openzone.zone.suggestions.services.telling import explain_again, respond
from tests.factories import TESTS, make_unit
from tests.zone.suggestions.conftest import DAY, NOW, TEXT

pytestmark = pytest.mark.django_db
WHY = "现行规定已有安排，请在政务大厅三号窗口办理。"


@pytest.fixture
def merged(call, say, by_clerk):
    """A final of two suggestions of two rounds: one proposer has a login, one has none."""
    parts = [Part(say(0)), Part(say(1, turn=1))]
    return merge(campaign=call.campaign, title="设专窗", text=TEXT, parts=parts, **by_clerk)


@pytest.fixture
def accepted(merged, by_clerk, by_checker):
    verdict = decide(final=merged, outcome=Outcome.ACCEPT, answer="同意，年内办。", **by_clerk)
    pass_answer(verdict=verdict, **by_checker)
    return merged


@pytest.fixture
def assigned(accepted, actor):
    publish(actor=actor, mapping=service_types()["suggestion"].mapping, now=NOW)
    unit = make_unit("示例经发局", code="jingfa")
    return assign(actor=actor, final=accepted, unit=unit, now=NOW)


def told(call, member: int = 0) -> list[str]:
    found = Notification.objects.filter(user=call.members[member].user_id).order_by("pk")
    return list(found.values_list("action", flat=True))


def test_a_merge_is_told_to_who_has_an_account_and_to_nobody_else(call, merged):
    line = Notification.objects.get()
    assert line.user == call.members[0].user
    assert line.text_zh == "您的第1号建议已归并到“设专窗”，等待评审"
    assert line.kind == "suggestion"
    assert line.subject == f"suggestion:{merged.flows.first().original_id}"


def test_who_was_told_of_a_merge_is_told_when_it_is_undone(call, merged, by_clerk):
    dissolve(final=merged, because="题目不同", **by_clerk)
    assert told(call) == ["suggestion.merged", "suggestion.freed"]


def test_a_decision_is_told_when_it_stands_and_not_before(call, merged, by_clerk, by_checker):
    verdict = decide(final=merged, outcome=Outcome.ACCEPT, answer="同意，年内办。", **by_clerk)
    assert told(call) == ["suggestion.merged"]
    pass_answer(verdict=verdict, **by_checker)
    assert told(call) == ["suggestion.merged", "suggestion.accept"]


def test_who_is_turned_down_reads_the_reason_in_the_line(call, say, by_clerk, by_checker):
    given = {"originals": [say(3)], "reason": "in_place", "answer": WHY}
    (verdict,) = reject_originals(**given, **by_clerk)
    pass_answer(verdict=verdict, **by_checker)
    assert Notification.objects.get().text_zh == "您的第1号建议未采纳：已有规定或已在办理"
    assert told(call, 3) == ["suggestion.reject"]


def test_a_further_explanation_is_told(call, accepted, actor):
    notice = Feedback.objects.get(original__member=call.members[0])
    said = {"response": Response.DISSATISFIED, "remark": "没有说时间", "now": NOW}
    respond(actor=actor, notice=notice, **said)
    explain_again(actor=actor, notice=notice, text="十二月底前开窗。", now=NOW)
    assert told(call)[-1] == "suggestion.explained"


def _close(case: Case, outcome: str) -> None:
    """Set what closing leaves in the columns: how a case is closed has tests of its own."""
    Case.objects.filter(pk=case.pk).update(
        closed=True, outcome=outcome, closed_at=NOW, holder="", due_at=None
    )


def test_proposers_hear_once_that_their_suggestion_is_carried_out(call, assigned):
    actor = Actor.system("suggestions")
    assert tell_done(actor=actor, final=assigned, now=NOW) == 0
    _close(assigned.case, "solved")
    assert tell_done(actor=actor, final=assigned, now=NOW) == 2
    assert tell_done(actor=actor, final=assigned, now=NOW) == 0
    assert told(call)[-1] == "suggestion.done"
    assert told(call).count("suggestion.done") == 1


def test_what_was_given_up_is_not_told_as_carried_out(call, assigned):
    _close(assigned.case, "rejected")
    assert tell_done(actor=TESTS, final=assigned, now=NOW) == 0
    assert "suggestion.done" not in told(call)


def standings() -> list[Standing]:
    return [one.standing for one in progress(NOW)]


def test_what_is_only_merged_is_not_adopted(merged):
    assert progress(NOW) == []


def test_an_adopted_suggestion_goes_from_unassigned_to_done(accepted, actor, request):
    assert standings() == [Standing.UNASSIGNED]
    final = request.getfixturevalue("assigned")
    assert standings() == [Standing.UNDER_WAY]
    late = NOW + dt.timedelta(days=400)
    assert [one.standing for one in progress(late)] == [Standing.STUCK]
    _close(final.case, "solved")
    assert standings() == [Standing.DONE]


def test_a_case_closed_without_being_solved_is_stuck(assigned):
    _close(assigned.case, "rejected")
    assert standings() == [Standing.STUCK]


def test_groups_add_up_and_a_final_of_two_rounds_counts_in_both(call, assigned):
    found = progress(NOW, call.campaign)
    assert overall(found).total == 1
    assert [(one.key, one.total) for one in by_unit(found)] == [("jingfa", 1)]
    rounds = {one.pk: str(one.number) for one in call.rounds}
    assert [(one.name, one.by[Standing.UNDER_WAY]) for one in by_round(found, rounds)] == [
        ("1", 1),
        ("2", 1),
    ]
    assert overall([]).done is None


@pytest.mark.parametrize(
    ("chosen", "size"),
    [
        (Chosen(), 1),
        (Chosen(unit="jingfa"), 1),
        (Chosen(unit="-"), 0),
        (Chosen(standing="under_way"), 1),
        (Chosen(standing="done"), 0),
        (Chosen(round=0), 0),
    ],
)
def test_every_number_leads_to_its_rows(assigned, chosen, size):
    assert len(narrowed(progress(NOW), chosen)) == size


def test_reviewers_owe_answers_and_the_other_one_the_check(call, say, merged, by_clerk, actor):
    say(3)
    end_collecting(actor=actor, campaign=call.campaign, now=NOW)
    (mine,) = owed(call.clerk, DAY)
    assert (mine.answers, mine.checks) == (3, 0)
    decide(final=merged, outcome=Outcome.ACCEPT, answer="同意，年内办。", **by_clerk)
    assert owed(call.clerk, DAY)[0].checks == 0  # not one's own
    assert owed(call.checker, DAY)[0].checks == 1
    assert owed(call.members[0].user, DAY) == []
