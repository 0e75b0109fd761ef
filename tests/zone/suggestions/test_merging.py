"""Six hundred become ten, every original still to be seen; and back again."""

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openzone.zone.audit.models import Event
from openzone.zone.errors import Refused
from openzone.zone.suggestions.enums import OriginalState, Outcome
from openzone.zone.suggestions.models import Final, Flow, Original, Verdict
from openzone.zone.suggestions.selectors.metrics import funnel
from openzone.zone.suggestions.selectors.provenance import history, provenance
from openzone.zone.suggestions.selectors.states import counts, finals, state_of
from openzone.zone.suggestions.services.collecting import withdraw
from openzone.zone.suggestions.services.merging import (
    Part,
    add,
    dissolve,
    merge,
    revise,
    undo_flow,
)
from openzone.zone.suggestions.services.reviewing import (
    decide,
    pass_answer,
    reject_originals,
    return_answer,
)
from tests.zone.suggestions.conftest import NOW, TEXT

pytestmark = pytest.mark.django_db
ANSWER = "经研究，现阶段条件尚不具备，待预算批复后再行研究。"


@pytest.fixture
def merged(call, say, by_clerk):
    """One final of three suggestions by three people of both groups, in two rounds."""
    said = [say(0), say(1, turn=1), say(3)]
    parts = [Part(one) for one in said]
    return merge(campaign=call.campaign, title="设企业服务专窗", text=TEXT, parts=parts, **by_clerk)


def test_a_final_shows_every_original_with_proposer_group_and_round(call, merged):
    (shown,) = provenance(finals(call.campaign))
    who = [(flow.original.number, flow.original.member.name) for flow in shown.flows]
    assert who == [(1, "示例成员0"), (2, "示例成员1"), (3, "示例成员3")]
    assert (shown.people, shown.groups, shown.rounds) == (
        3,
        [("一组", 2), ("二组", 1)],
        [(1, 2), (2, 1)],
    )


def test_an_original_flows_into_several_finals_with_a_stated_part(call, say, merged, by_clerk):
    long = merged.flows.first().original
    with pytest.raises(Refused) as refused:
        merge(campaign=call.campaign, title="二", text=TEXT, parts=[Part(long)], **by_clerk)
    assert refused.value.field == "part"
    part = Part(long, "其中关于延时服务的部分")
    second = merge(campaign=call.campaign, title="二", text=TEXT, parts=[part], **by_clerk)
    assert {flow.final_id for flow in history(long)} == {merged.pk, second.pk}
    assert second.flows.get().part == "其中关于延时服务的部分"
    assert counts(Original.objects.all())[OriginalState.MERGED] == 3  # counted once


def test_the_same_original_twice_in_one_final_is_refused(call, say, merged, by_clerk):
    with pytest.raises(Refused):
        add(final=merged, parts=[Part(merged.flows.first().original)], **by_clerk)
    one = say(4)
    with pytest.raises(Refused):
        add(final=merged, parts=[Part(one), Part(one)], **by_clerk)


def test_undoing_puts_every_original_back_and_keeps_what_was(call, merged, by_clerk):
    dissolve(final=merged, because="两件事不宜合并", **by_clerk)
    assert counts(Original.objects.all())[OriginalState.OPEN] == 3
    assert not finals(call.campaign)
    assert Final.objects.count() == 1
    assert {flow.undone_because for flow in Flow.objects.all()} == {"两件事不宜合并"}
    assert Event.objects.filter(action="suggestions.final.dissolved").count() == 1
    with pytest.raises(Refused):
        dissolve(final=merged, because="再来一次", **by_clerk)


def test_one_original_is_taken_out_and_can_come_back(merged, by_clerk):
    flow = merged.flows.first()
    undo_flow(flow=flow, because="误并", **by_clerk)
    assert state_of(flow.original) == OriginalState.OPEN
    add(final=merged, parts=[Part(flow.original)], **by_clerk)
    assert merged.flows.filter(undone_at__isnull=True).count() == 3
    assert len(history(flow.original)) == 2


def test_the_last_original_leaves_only_with_the_whole_merge(call, say, by_clerk):
    alone = merge(campaign=call.campaign, title="一", text=TEXT, parts=[Part(say())], **by_clerk)
    with pytest.raises(Refused):
        undo_flow(flow=alone.flows.get(), because="误并", **by_clerk)


def test_a_merge_without_a_reason_is_not_undone(merged, by_clerk):
    with pytest.raises(Refused) as refused:
        dissolve(final=merged, because=" ", **by_clerk)
    assert refused.value.field == "because"


def test_what_was_taken_back_or_decided_by_itself_is_not_merged(call, say, actor, by_clerk):
    gone, turned_down = say(0), say(1)
    withdraw(actor=actor, original=gone, because="算了", now=NOW)
    reject_originals(originals=[turned_down], reason="means", answer=ANSWER, **by_clerk)
    for one in (gone, turned_down):
        with pytest.raises(Refused, match=str(one.number)):
            merge(campaign=call.campaign, title="一", text=TEXT, parts=[Part(one)], **by_clerk)
    assert not Final.objects.exists()


def test_a_final_under_review_is_not_reworded_or_undone(actor, merged, by_clerk):
    revise(actor=actor, final=merged, title="新标题", text="新的正文内容")
    decide(final=merged, outcome=Outcome.ACCEPT, answer="同意。", **by_clerk)
    with pytest.raises(Refused):
        revise(actor=actor, final=merged, title="又改", text="又改")
    with pytest.raises(Refused):
        dissolve(final=merged, because="反悔", **by_clerk)
    merged.refresh_from_db()
    assert merged.title == "新标题"


STEPS = st.lists(
    st.tuples(st.integers(0, 8), st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=14
)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS)
def test_whatever_happens_every_original_stands_in_exactly_one_place(
    call, say, actor, by_clerk, by_checker, steps
):
    """The funnel adds up after any course of events, and undoing loses nothing."""
    said = [
        say(n % 6, f"第{n}条建议：优化某项服务流程{len(steps)}-{Original.objects.count()}")
        for n in range(6)
    ]
    campaign = call.campaign
    for kind, first, second in steps:
        _try(kind, said[first], said[second], campaign, actor, by_clerk, by_checker)
        here = Original.objects.filter(pk__in=[one.pk for one in said])
        by_state = counts(here)
        assert sum(by_state.values()) == len(said)
        for one in said:
            _explained(one, state_of(one))
    everything = Original.objects.filter(campaign=campaign)
    bars = {bar.id: bar.size for bar in funnel(campaign)}
    assert bars["made"] == everything.count() == sum(counts(everything).values())
    assert bars["made"] >= bars["valid"] >= bars["merged"]
    assert bars["finals"] >= bars["adopted"] >= bars["submitted"]


def _try(kind, one, other, campaign, actor, by_clerk, by_checker):
    """Do something that may be refused."""
    final = Final.objects.filter(flows__original=one, dissolved_at__isnull=True).last()
    waiting = Verdict.objects.filter(check_state="waiting").last()
    both = [Part(one, "一部分")] + ([Part(other, "另一部分")] if one != other else [])
    doing = {
        0: lambda: merge(campaign=campaign, title="合并", text=TEXT, parts=both, **by_clerk),
        1: lambda: add(final=final, parts=[Part(other, "补充")], **by_clerk),
        2: lambda: dissolve(final=final, because="撤销", **by_clerk),
        3: lambda: undo_flow(flow=final.flows.last(), because="撤销", **by_clerk),
        4: lambda: withdraw(actor=actor, original=one, because="撤回", now=NOW),
        5: lambda: reject_originals(originals=[one], reason="means", answer=ANSWER, **by_clerk),
        6: lambda: decide(
            final=final, outcome=list(Outcome)[other.number % 3], answer=ANSWER,
            reason="means", **by_clerk,
        ),
        7: lambda: pass_answer(verdict=waiting, **by_checker),
        8: lambda: return_answer(verdict=waiting, remark="没有回答", **by_checker),
    }  # fmt: skip
    needs = {1: final, 2: final, 3: final, 6: final, 7: waiting, 8: waiting}
    if needs.get(kind, True) is None:
        return
    with suppress(Refused):
        doing[kind]()


def _explained(original, state):
    """A state follows from what is on record about the original, and from nothing else."""
    live = [flow for flow in history(original) if flow.undone_at is None]
    standing = {
        verdict.outcome
        for flow in live
        for verdict in flow.final.verdicts.all()
        if verdict.standing
    }
    own = original.verdicts.filter(standing=True).exists()
    original.refresh_from_db()
    if original.withdrawn_at is not None:
        assert (state, live, own) == (OriginalState.WITHDRAWN, [], False)
    elif own:
        assert (state, live) == (OriginalState.REJECTED, [])
    elif not live:
        assert state == OriginalState.OPEN
    elif Outcome.ACCEPT in standing:
        assert state == OriginalState.ACCEPTED
    elif Outcome.PILOT in standing:
        assert state == OriginalState.PILOT
    elif len(live) > sum(flow.final.verdicts.filter(standing=True).exists() for flow in live):
        assert state == OriginalState.MERGED
    else:
        assert state == OriginalState.REJECTED
