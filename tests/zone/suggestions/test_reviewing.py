"""Decisions with a reason, a second pair of eyes, and a word to every proposer."""

import datetime as dt
from decimal import Decimal

import pytest

from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused
from openzone.zone.suggestions.enums import Channel, Check, OriginalState, Outcome, Response
from openzone.zone.suggestions.models import Feedback, Final, Verdict
from openzone.zone.suggestions.permissions import (
    may_check,
    may_respond,
    may_review,
    may_see_original,
    may_submit,
)
from openzone.zone.suggestions.selectors import listing
from openzone.zone.suggestions.selectors.metrics import funnel, metrics
from openzone.zone.suggestions.selectors.states import state_of
from openzone.zone.suggestions.services.campaigns import end_collecting, finish_campaign
from openzone.zone.suggestions.services.effects import record_effect
from openzone.zone.suggestions.services.merging import Part, merge
from openzone.zone.suggestions.services.reviewing import (
    decide,
    pass_answer,
    reject_originals,
    return_answer,
)
from openzone.zone.suggestions.services.submitting import submit
from openzone.zone.suggestions.services.telling import explain_again, note_told, respond
from tests.zone.suggestions.conftest import DAY, NOW, TEXT

pytestmark = pytest.mark.django_db
WHY = "现行规定已有安排，请在政务大厅三号窗口办理。"


@pytest.fixture
def merged(call, say, by_clerk):
    """A final of two suggestions: one proposer has a login, one has none."""
    parts = [Part(say(0)), Part(say(1))]
    return merge(campaign=call.campaign, title="设专窗", text=TEXT, parts=parts, **by_clerk)


@pytest.fixture
def accepted(merged, by_clerk, by_checker):
    verdict = decide(final=merged, outcome=Outcome.ACCEPT, answer="同意，年内办。", **by_clerk)
    return pass_answer(verdict=verdict, **by_checker)


@pytest.mark.parametrize(
    ("reason", "answer", "field"),
    [
        ("", WHY, "reason"),
        ("whim", WHY, "reason"),
        ("means", "不行", "answer"),
        ("means", "", "answer"),
    ],
)
def test_a_rejection_carries_a_reason_and_is_explained(merged, by_clerk, reason, answer, field):
    with pytest.raises(Refused) as refused:
        decide(final=merged, outcome=Outcome.REJECT, reason=reason, answer=answer, **by_clerk)
    assert refused.value.field == field
    assert not Verdict.objects.exists()


def test_a_decision_stands_only_after_somebody_else_checked_the_answer(
    call, merged, by_clerk, by_checker
):
    said = merged.flows.first().original
    verdict = decide(final=merged, outcome=Outcome.PILOT, answer="先试点。", **by_clerk)
    assert state_of(said) == OriginalState.MERGED
    assert not may_check(call.clerk, verdict, DAY).allowed
    with pytest.raises(Refused):
        pass_answer(verdict=verdict, **by_clerk)
    pass_answer(verdict=verdict, **by_checker)
    assert state_of(said) == OriginalState.PILOT
    with pytest.raises(Refused):
        pass_answer(verdict=verdict, **by_checker)


def test_an_answer_that_does_not_answer_goes_back_and_is_given_again(merged, by_clerk, by_checker):
    first = decide(final=merged, outcome=Outcome.ACCEPT, answer="感谢支持。", **by_clerk)
    with pytest.raises(Refused) as refused:
        return_answer(verdict=first, remark="", **by_checker)
    assert refused.value.field == "remark"
    return_answer(verdict=first, remark="没有说办不办、何时办", **by_checker)
    assert not Feedback.objects.exists()
    second = decide(final=merged, outcome=Outcome.ACCEPT, answer="同意，6月底前办。", **by_clerk)
    pass_answer(verdict=second, **by_checker)
    assert list(merged.verdicts.values_list("check_state", "standing")) == [
        (Check.RETURNED, False),
        (Check.PASSED, True),
    ]


def test_while_an_answer_waits_there_is_no_second_one(merged, by_clerk):
    decide(final=merged, outcome=Outcome.ACCEPT, answer="同意。", **by_clerk)
    with pytest.raises(Refused):
        decide(final=merged, outcome=Outcome.PILOT, answer="试点。", **by_clerk)


def test_a_pilot_is_decided_once_more_an_accepted_one_is_not(
    call, say, merged, by_clerk, by_checker
):
    pilot = decide(final=merged, outcome=Outcome.PILOT, answer="先试点。", **by_clerk)
    pass_answer(verdict=pilot, **by_checker)
    full = decide(final=merged, outcome=Outcome.ACCEPT, answer="试点成功，推广。", **by_clerk)
    pass_answer(verdict=full, **by_checker)
    assert merged.verdicts.get(standing=True) == full
    assert Feedback.objects.count() == 4  # both proposers, both times
    with pytest.raises(Refused):
        decide(final=merged, outcome=Outcome.REJECT, answer=WHY, reason="means", **by_clerk)


def test_unmerged_ones_are_turned_down_each_with_its_answer(say, by_clerk, by_checker):
    said = [say(0), say(1)]
    verdicts = reject_originals(originals=said, reason="in_place", answer=WHY, **by_clerk)
    assert {state_of(one) for one in said} == {OriginalState.OPEN}
    for verdict in verdicts:
        pass_answer(verdict=verdict, **by_checker)
    assert {state_of(one) for one in said} == {OriginalState.REJECTED}
    with pytest.raises(Refused):
        reject_originals(originals=said, reason="in_place", answer=WHY, **by_clerk)


def test_every_proposer_is_told_in_the_app_or_by_a_list(call, actor, accepted):
    in_app, by_hand = Feedback.objects.order_by("original__number")
    assert (in_app.channel, in_app.told_at, in_app.text) == (
        Channel.IN_APP, NOW, "同意，年内办。",
    )  # fmt: skip
    assert by_hand.told_at is None
    assert list(listing.notices(call.campaign, told="no")) == [by_hand]
    note_told(actor=actor, notices=[in_app, by_hand], channel=Channel.PHONE, now=NOW)
    in_app.refresh_from_db()
    by_hand.refresh_from_db()
    assert (in_app.channel, by_hand.channel, by_hand.told_by) == ("in_app", "phone", "tests")
    with pytest.raises(Refused):
        note_told(actor=actor, notices=[by_hand], channel=Channel.LETTER, now=NOW)


def test_who_was_not_told_has_nothing_to_say_yet(actor, accepted):
    by_hand = Feedback.objects.get(told_at__isnull=True)
    with pytest.raises(Refused):
        respond(actor=actor, notice=by_hand, response=Response.CONFIRMED, now=NOW)


def test_who_is_not_satisfied_says_why_and_is_told_again(call, accepted):
    notice = Feedback.objects.get(channel=Channel.IN_APP)
    member = notice.original.member.user
    own = Actor.of(member)
    assert may_respond(member, notice, DAY).allowed
    assert not may_respond(call.checker, notice, DAY).allowed
    with pytest.raises(Refused) as refused:
        respond(actor=own, notice=notice, response=Response.DISSATISFIED, now=NOW)
    assert refused.value.field == "remark"
    respond(
        actor=own, notice=notice, response=Response.DISSATISFIED, now=NOW, remark="没说哪个窗口"
    )
    again = explain_again(
        actor=Actor.of(call.clerk), notice=notice, text="3号窗口，7月1日起。", now=NOW
    )
    assert (again.turn, again.channel, again.response) == (2, Channel.IN_APP, Response.NONE)
    with pytest.raises(Refused):
        explain_again(actor=own, notice=notice, text="再说一次", now=NOW)
    respond(actor=own, notice=again, response=Response.CONFIRMED, now=NOW)
    with pytest.raises(Refused):
        respond(actor=own, notice=again, response=Response.DISSATISFIED, now=NOW, remark="又不")


def test_for_who_has_no_login_a_recorder_notes_the_word_but_never_who_answered(call, accepted):
    notice = Feedback.objects.get(told_at__isnull=True)
    assert not may_respond(call.clerk, notice, DAY).allowed
    assert may_respond(call.checker, notice, DAY).allowed


def test_other_members_do_not_read_whose_suggestion_it_was(call, say):
    said = say(0)
    assert may_see_original(call.members[0].user, said, DAY).allowed
    assert may_see_original(call.clerk, said, DAY).allowed
    assert not may_see_original(call.members[3].user, said, DAY).allowed


def test_the_submission_carries_the_originals_and_stays_as_it_was(
    call, actor, merged, accepted, leader, by_clerk
):
    by_leader = {"actor": Actor.of(leader), "by": leader, "now": NOW}
    given = {"campaign": call.campaign, "title": "建议报告", "recipient": "示例市委改革办"}
    assert may_submit(leader, DAY).allowed
    assert not may_submit(call.clerk, DAY).allowed
    with pytest.raises(Refused):
        submit(chosen=[], **given, **by_leader)
    sent = submit(chosen=[merged], **given, **by_leader)
    Final.objects.filter(pk=merged.pk).update(title="后来改的标题")
    sent.refresh_from_db()
    assert "设专窗" in sent.content["finals"][0]["heading"]
    annex = sent.content["annex"][0]["rows"]
    assert [(row[0], row[2], row[3]) for row in annex] == [
        ("1", "一组", "示例成员0"),
        ("2", "一组", "示例成员1"),
    ]
    assert any("示例" in note for note in sent.content["notes"])
    with pytest.raises(Refused):
        submit(chosen=[merged], **given, **by_leader)


def test_an_undecided_final_is_not_submitted(call, merged, leader):
    with pytest.raises(Refused) as refused:
        submit(
            actor=Actor.of(leader), by=leader, now=NOW, campaign=call.campaign, chosen=[merged],
            title="报告", recipient="上级",
        )  # fmt: skip
    assert refused.value.field == "finals"


def test_each_figure_has_its_numerator_and_denominator(call, say, accepted, by_clerk, by_checker):
    say(3)
    assert {one.id: (one.numerator, one.denominator) for one in metrics(call.campaign)} == {
        "per_head": (3, 6),
        "participation": (3, 6),
        "adoption": (2, 3),
        "told": (1, 2),
        "satisfied": (0, 0),
    }
    second = metrics(call.campaign, group=call.groups[1].pk)
    assert [(one.numerator, one.denominator) for one in second[:3]] == [(1, 3), (1, 3), (0, 1)]
    assert {one.id: one.share for one in second}["satisfied"] is None


def test_the_rows_behind_a_figure_are_as_many_as_it_says(call, say, accepted):
    say(3)
    lists = {
        "originals": lambda f: listing.originals(call.campaign, _filter(f)),
        "members": lambda f: listing.members(call.campaign, **_typed(f)),
        "notices": lambda f: listing.notices(call.campaign, **_typed(f)),
    }
    for group in (None, call.groups[0].pk):
        for metric in metrics(call.campaign, group):
            top, bottom = metric.behind
            assert lists[top[0]](top[1]).count() == metric.numerator, metric.id
            assert lists[bottom[0]](bottom[1]).count() == metric.denominator, metric.id


def _typed(filters):
    return {name: int(one) if name == "group" else one for name, one in filters.items()}


def _filter(filters):
    flags = {name: True for name in filters if name in ("valid", "merged", "adopted")}
    rest = {name: int(one) for name, one in filters.items() if name == "group"}
    return listing.Filter(**flags, **rest)


def test_the_funnel_says_how_many_remained(call, say, accepted):
    say(3)
    sizes = {bar.id: bar.size for bar in funnel(call.campaign)}
    assert sizes == {
        "made": 3, "valid": 3, "merged": 2, "finals": 1, "adopted": 1, "submitted": 0,
    }  # fmt: skip


def test_a_campaign_ends_when_nothing_waits(call, say, actor, accepted, by_clerk, by_checker):
    left = say(3)
    end_collecting(actor=actor, campaign=call.campaign, now=NOW)
    with pytest.raises(Refused, match="1"):
        finish_campaign(actor=actor, campaign=call.campaign)
    (verdict,) = reject_originals(originals=[left], reason="topic", answer=WHY, **by_clerk)
    pass_answer(verdict=verdict, **by_checker)
    assert finish_campaign(actor=actor, campaign=call.campaign).state == "closed"


def test_an_effect_has_its_figures_and_where_they_come_from(actor, merged, accepted):
    given = {
        "actor": actor, "final": merged, "indicator": "平均办理时长", "unit": "分钟",
        "source": "窗口叫号系统（示例）", "today": DAY,
    }  # fmt: skip
    effect = record_effect(
        before=None, after=Decimal("18.5"), measured_on=DAY - dt.timedelta(days=1), **given
    )
    assert effect.before is None  # unknown is not zero
    with pytest.raises(Refused) as refused:
        record_effect(after=Decimal(1), measured_on=DAY + dt.timedelta(days=1), **given)
    assert refused.value.field == "measured_on"
    with pytest.raises(Refused) as refused:
        record_effect(after=Decimal(1), measured_on=DAY, **given | {"source": " "})
    assert refused.value.field == "source"


def test_only_reviewers_review(call, colleague, leader):
    assert may_review(call.clerk, DAY).allowed
    assert may_review(leader, DAY).allowed
    assert not may_review(colleague, DAY).allowed
