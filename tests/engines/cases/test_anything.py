"""Whatever an event says, the fold answers with a state or a reason; it never fails otherwise."""

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openzone.engines.cases.definition import DefinitionError, case_type
from openzone.engines.cases.errors import Impossible
from openzone.engines.cases.events import Event, Party
from openzone.engines.cases.fold import apply
from openzone.engines.cases.lines import Replay
from openzone.engines.cases.state import State
from openzone.engines.text import Text
from tests.engines.cases.helpers import (
    CALLER,
    CENTRE,
    FIN,
    FIRM,
    LAND,
    OPENING,
    WORKTIME,
    History,
    a_type,
    at,
    base_mapping,
    handled,
    proposed,
    sample,
)

NAMES = """
unit reason document what third until asks text evidence satisfied upheld clock limit attempts
level leader order at units attended minutes task owner due to into number children after_share
meeting handler outcome title fields topic requester centre about_unit definition place
"""
WORDS = ["material", "FIN", "LAND", "resolve", "2 workdays", "2026-11-05T10:00", "M1", "9999-12-31"]
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=8),
    st.sampled_from(WORDS),
)
values = st.one_of(
    scalars,
    st.lists(scalars, max_size=3),
    st.dictionaries(st.text(max_size=4), scalars, max_size=2),
)
said = st.dictionaries(st.sampled_from(NAMES.split()), values, max_size=12)
PARTIES = (FIRM, CENTRE, CALLER, FIN, LAND, Party("user", "x", "", None))
SOURCE = base_mapping()


@cache
def everywhere(make: Callable[..., History]) -> History:
    """A case whose actions are possible at every stage, so that what is said is judged."""
    actions = {name: {**one, "from": ["any"]} for name, one in SOURCE["actions"].items()}
    return make(a_type(actions=actions))


def answer(work: Callable[[], State]) -> State | Text:
    try:
        return work()
    except Impossible as impossible:
        return impossible.reason


def is_an_answer(found: State | Text) -> bool:
    return isinstance(found, State) or bool(found.zh and found.en)


@settings(max_examples=250, deadline=None)
@given(
    st.sampled_from(sorted(SOURCE["actions"])),
    st.sampled_from(PARTIES),
    said,
    st.sampled_from([handled, proposed]),
)
def test_a_state_or_a_reason(
    action: str, by: Party, data: dict[str, Any], make: Callable[..., History]
) -> None:
    history = everywhere(make)
    event = Event(len(history.events) + 1, history.now().last_at, action, by, data)
    assert is_an_answer(answer(lambda: apply(history.type, history.state, event, WORKTIME)))


@settings(max_examples=100, deadline=None)
@given(said)
def test_an_opening_or_a_reason(data: dict[str, Any]) -> None:
    event = Event(1, at("02 09:00"), "open", FIRM, {**OPENING, **data})
    assert is_an_answer(answer(lambda: apply(sample(), None, event, WORKTIME)))


@pytest.mark.parametrize("moment", ["9999-12-30T10:00", "9998-12-31T18:00"])
def test_beyond_the_calendar_is_a_reason(moment: str) -> None:
    event = Event(1, at(moment), "open", FIRM, OPENING)
    found = answer(lambda: apply(sample(), None, event, WORKTIME))
    assert isinstance(found, Text)
    assert "9998" in found.en


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(SOURCE)), values, min_size=1))
def test_a_definition_or_its_faults(changes: dict[str, Any]) -> None:
    problems: tuple[object, ...] = ()
    try:
        found = case_type({**SOURCE, **changes})
    except DefinitionError as error:
        problems = error.problems
    assert problems or found.id


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=40), max_size=4))
def test_lines_of_anything(lines: list[str]) -> None:
    found = Replay(WORKTIME, lambda name: None)
    found.read(lines)
    assert len(found.problems) == sum(bool(line.strip()) for line in lines)
