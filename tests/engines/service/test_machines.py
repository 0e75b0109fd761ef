"""The machines of commitments: what decides first, what waits, and that they differ."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openzone.engines.service.machines import (
    CLOSED,
    MOVES,
    ImpossibleError,
    Machine,
    State,
    Step,
    move,
    steps,
)


def walk(machine: Machine, *taken: Step) -> State:
    state = State.OFFERED
    for step in taken:
        state = move(machine, state, step)
    return state


def test_notify_and_commit_decides_on_the_promise_and_checks_afterwards():
    assert walk(Machine.DECIDE_FIRST, Step.SIGN, Step.GRANT) is State.DECIDED
    assert walk(Machine.DECIDE_FIRST, Step.SIGN, Step.GRANT, Step.KEPT) is State.FULFILLED


def test_a_broken_promise_takes_the_decision_back():
    done = walk(Machine.DECIDE_FIRST, Step.SIGN, Step.GRANT, Step.BROKEN, Step.REVOKE)
    assert done is State.REVOKED


def test_with_papers_missing_the_decision_comes_last():
    done = walk(Machine.WAIT, Step.SIGN, Step.SUPPLY, Step.KEPT, Step.GRANT)
    assert done is State.FULFILLED


@pytest.mark.parametrize("before", [(Step.SIGN,), (Step.SIGN, Step.SUPPLY)])
def test_with_papers_missing_nothing_is_granted_before_they_came_and_were_checked(before):
    with pytest.raises(ImpossibleError, match="补齐并核验"):
        walk(Machine.WAIT, *before, Step.GRANT)


def test_notify_and_commit_never_waits_for_papers():
    with pytest.raises(ImpossibleError, match="不等待材料"):
        walk(Machine.DECIDE_FIRST, Step.SIGN, Step.SUPPLY)


def test_a_declaration_has_no_decision():
    with pytest.raises(ImpossibleError, match="不对应审批决定"):
        walk(Machine.DECLARE, Step.SIGN, Step.GRANT)


@pytest.mark.parametrize("machine", Machine)
@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("step", Step)
def test_what_is_impossible_is_said_in_words(machine, state, step):
    if step in steps(machine, state):
        assert move(machine, state, step) in State
        return
    with pytest.raises(ImpossibleError) as refused:
        move(machine, state, step)
    assert not re.search("[a-z]", refused.value.reason.zh)
    assert not re.search("[\u4e00-\u9fff]", refused.value.reason.en)


@pytest.mark.parametrize("machine", Machine)
def test_an_offer_can_always_be_declined(machine):
    assert walk(machine, Step.DECLINE) is State.DECLINED


@given(st.sampled_from(Machine), st.lists(st.sampled_from(Step), max_size=8))
def test_nothing_follows_an_end_and_the_steps_named_are_the_possible_ones(machine, taken):
    state = State.OFFERED
    for step in taken:
        possible = steps(machine, state)
        if step in possible:
            state = move(machine, state, step)
        else:
            with pytest.raises(ImpossibleError):
                move(machine, state, step)
    assert (state in CLOSED) is (steps(machine, state) == frozenset())


@pytest.mark.parametrize("machine", Machine)
def test_every_state_a_machine_knows_can_be_reached_and_left(machine):
    reached = {State.OFFERED} | set(MOVES[machine].values())
    assert {before for before, _ in MOVES[machine]} <= reached
    assert {state for state in reached if not steps(machine, state)} <= CLOSED
