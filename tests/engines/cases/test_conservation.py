"""Time is conserved, whatever happens and whatever is refused.

Histories are arbitrary: anybody tries anything at any moment, with sense or without. Every other
event is drawn from what is possible, so that histories get far.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from openzone.engines.cases import holding
from openzone.engines.cases.attention import clock_views, reminders_due
from openzone.engines.cases.clocks import Worktime
from openzone.engines.cases.errors import Impossible
from openzone.engines.cases.events import Event, Party
from openzone.engines.cases.fold import apply, replay, settle, why_not
from openzone.engines.cases.holding import Span, Stretch
from openzone.engines.cases.model import Action, Verb
from openzone.engines.cases.state import State
from openzone.engines.cases.summary import summary
from openzone.engines.cases.turn import Scene
from openzone.packs.calendars import default_receipt_rule, national_calendar
from tests.engines.cases.helpers import (
    CALLER,
    CENTRE,
    FIN,
    FIN2,
    FIRM,
    LAND,
    LEADER,
    OPENING,
    SYSTEM,
    TAX,
    sample,
)

WORKTIME = Worktime(national_calendar(), default_receipt_rule())
TYPE = sample()
ACTIONS = [action for action in TYPE.actions.values() if action.verb is not Verb.OPEN]
# What moves a case between holders, opens it and closes it; the rest is tried now and then.
MOVING = [
    TYPE.actions[name]
    for name in [
        "accept",
        "ask_requester",
        "supply",
        "wait",
        "resume",
        "finish",
        "explain",
        "dissatisfied",
        "confirm",
        "call_back",
        "appeal",
        "rule_appeal",
        "merge",
        "unmerge",
        "lapse",
        "ask_extension",
        "grant_extension",
        "decline",
        "route",
    ]
]
PARTIES = (FIRM, CENTRE, CALLER, LEADER, FIN, FIN2, LAND, TAX, SYSTEM)
UNITS = ("FIN", "LAND", "TAX", "CENTRE")


class Try(NamedTuple):
    """Somebody tries something after a while: ``sensible`` from what is possible then."""

    action: int
    party: int
    minutes: int
    unit: int
    yes: bool
    mark: int
    sensible: bool


tries = st.lists(
    st.builds(
        Try,
        st.integers(0, 10_000),
        st.integers(0, 10_000),
        st.sampled_from([0, 30, 90, 480, 1440, 1500, 4000, 20_000, -60]),
        st.integers(0, 3),
        st.booleans(),
        st.integers(0, 6),
        st.sampled_from([True, True, True, False]),
    ),
    min_size=10,
    max_size=30,
)


def said(one: Try, at: dt.datetime) -> Mapping[str, Any]:
    """Everything any verb may want to hear; an empty reason now and then."""
    unit = UNITS[one.unit]
    return {
        "unit": unit,
        "reason": "material",
        "document": "d" if one.mark != 6 else "",
        "what": "w",
        "third": "省厅",
        "until": (at + dt.timedelta(days=one.unit)).isoformat() if one.mark == 5 else "",
        "asks": "a",
        "text": "t",
        "evidence": ["e"] if one.mark != 6 else [],
        "satisfied": one.mark,
        "upheld": one.yes,
        "clock": "resolve",
        "limit": "2 workdays",
        "attempts": ["1", "2"],
        "level": "key",
        "leader": "l1",
        "order": "o",
        "at": at.isoformat(),
        "units": [unit],
        "attended": ["x"],
        "minutes": "m",
        "task": "T1",
        "owner": unit,
        "due": "2026-12-01",
        "to": "f2",
        "into": "OTHER",
        "number": "SECOND",
        "children": ["P-1", "P-2"],
    }


def choice(one: Try, state: State, at: dt.datetime) -> tuple[Action, Party]:
    if not one.sensible:
        return ACTIONS[one.action % len(ACTIONS)], PARTIES[one.party % len(PARTIES)]
    now = settle(state, at, WORKTIME)
    can = {
        action.id: (action, party)
        for action in (ACTIONS if one.mark == 5 else MOVING)
        for party in PARTIES[one.party % 3 :]
        if why_not(Scene(TYPE, action, now, at, party)) is None
    }
    return list(can.values())[one.action % len(can)] if can else (ACTIONS[0], PARTIES[0])


def history(steps: list[Try]) -> tuple[list[Event], list[State]]:
    """Apply what is possible and pass over the rest: the events and the state after each."""
    at = dt.datetime.fromisoformat("2026-09-28T09:00")
    first = Event(1, at, "open", FIRM, {**OPENING, "unit": UNITS[len(steps) % 3]})
    events, states = [first], [apply(TYPE, None, first, WORKTIME)]
    for step in steps:
        when = at + dt.timedelta(minutes=step.minutes)
        action, party = choice(step, states[-1], when)
        event = Event(len(events) + 1, when, action.id, party, said(step, when))
        try:
            states.append(apply(TYPE, states[-1], event, WORKTIME))
        except Impossible:
            continue
        events.append(event)
        at = when
    return events, states


@settings(max_examples=120, deadline=None)
@given(tries, st.integers(0, 40_000))
def test_every_working_minute_has_exactly_one_holder(steps: list[Try], later: int) -> None:
    events, states = history(steps)
    now = events[-1].at + dt.timedelta(minutes=later)
    state = settle(states[-1], now, WORKTIME)
    calendar = WORKTIME.calendar
    held = holding.minutes(state.stretches, calendar, now)
    # Elapsed working time from the events alone: from each to the next while the case was open.
    moments = [event.at for event in events[1:]] + [now]
    elapsed = sum(
        calendar.working_minutes_between(event.at, moment)
        for event, moment, after in zip(events, moments, states, strict=True)
        if not after.closed
    )
    assert sum(held.values()) == elapsed == holding.elapsed(state.spans, calendar, now)
    assert all(minutes >= 0 for minutes in held.values())
    _assert_one_holder_at_a_time(state)


def _gaps(pieces: Sequence[Stretch | Span]) -> list[tuple[dt.datetime | None, dt.datetime]]:
    """The times between pieces; a case closed and opened again at once leaves none."""
    return [(one.end, two.start) for one, two in pairwise(pieces) if one.end != two.start]


def _assert_one_holder_at_a_time(state: State) -> None:
    """Stretches follow each other without a gap while open, and none lies outside."""
    assert state.stretches[0].start == state.spans[0].start
    assert state.stretches[-1].end == state.spans[-1].end
    assert _gaps(state.stretches) == _gaps(state.spans)
    assert (state.holder is None) == state.closed
    assert state.closed or state.stretches[-1].holder == state.holder


@settings(max_examples=60, deadline=None)
@given(tries)
def test_one_by_one_or_all_at_once_is_the_same(steps: list[Try]) -> None:
    events, states = history(steps)
    assert replay(TYPE, events, WORKTIME) == states[-1]
    assert replay(TYPE, events, WORKTIME) == replay(TYPE, iter(events), WORKTIME)


@settings(max_examples=40, deadline=None)
@given(tries, st.integers(1, 40))
def test_the_fold_of_a_beginning_is_the_beginning_of_the_fold(
    steps: list[Try], length: int
) -> None:
    events, states = history(steps)
    length = min(length, len(events))
    assert replay(TYPE, events[:length], WORKTIME) == states[length - 1]


@settings(max_examples=60, deadline=None)
@given(tries, st.integers(0, 40_000))
def test_clocks_stay_in_their_senses(steps: list[Try], later: int) -> None:
    events, states = history(steps)
    now = events[-1].at + dt.timedelta(minutes=later)
    state = states[-1]
    settled = settle(state, now, WORKTIME)
    assert TYPE.pauses is not None
    assert sum(pause.stops_clocks for pause in state.pauses) <= TYPE.pauses.times
    for clock in settled.clocks.values():
        assert clock.due > clock.counted_from
        assert (clock.outcome in ("running", "paused")) == (clock.stopped is None)
        assert clock.outcome != "paused" or settled.pause is not None
        assert not (settled.closed and clock.active)
    for pause in settled.pauses:
        assert pause.until is None or (pause.ended or now) <= pause.until
        assert Stretch(pause.holder, pause.started, pause.ended) in settled.stretches
    for reminder in reminders_due(TYPE, state, now, WORKTIME):
        assert settled.clocks[reminder.clock].outcome == "running"
    for view in clock_views(TYPE, state, now, WORKTIME):
        assert view.share >= 0
        assert view.status != "overdue" or view.share >= 1


@settings(max_examples=40, deadline=None)
@given(tries)
def test_a_history_survives_its_export(steps: list[Try]) -> None:
    events, states = history(steps)
    again = [Event.from_json(event.to_json("n")) for event in events]
    assert again == events
    now = events[-1].at
    assert summary(TYPE, states[-1], now, WORKTIME) == summary(
        TYPE, replay(TYPE, again, WORKTIME), now, WORKTIME
    )


@settings(max_examples=60, deadline=None)
@given(tries)
def test_nobody_has_the_last_word_on_their_own_case(steps: list[Try]) -> None:
    events, states = history(steps)
    for event, before, after in zip(events[1:], states, states[1:], strict=False):
        if after.closed and not before.closed and after.word_by in ("call_back", "lapse"):
            assert before.proposal is None or event.by.id != before.proposal.by
            assert event.by.kind == "system" or event.by.id != before.handler
        if event.action == "grant_extension":
            assert all(asked.by != event.by.id for asked in before.extensions[:1])
