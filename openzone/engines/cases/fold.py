"""The fold: from a state and an event to the next state, or why that cannot be."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from openzone.engines.cases.clocks import Worktime
from openzone.engines.cases.errors import Impossible
from openzone.engines.cases.events import Event
from openzone.engines.cases.holding import Span, Stretch
from openzone.engines.cases.model import ANYWHERE, Action, CaseType, Verb
from openzone.engines.cases.opening import opened
from openzone.engines.cases.roles import may_be
from openzone.engines.cases.state import Changes, State
from openzone.engines.cases.ticking import resumed, ticked
from openzone.engines.cases.turn import Scene, Turn
from openzone.engines.cases.verbs.registry import VERBS
from openzone.engines.text import Text
from openzone.engines.worktime.errors import WorktimeError

NOT_FIRST = Text("案件还没有立案", "the case has not been opened")
OPENED = Text("案件已经立案", "the case has been opened already")
WRONG_SEQ = Text("序号应为{wanted}，实际为{seq}", "the number should be {wanted}, not {seq}")
BACKWARDS = Text(
    "时刻{at}早于上一事件的{last}", "the moment {at} is before the last event's {last}"
)
NO_ACTION = Text("没有动作“{id}”", "there is no action “{id}”")
WRONG_STAGE = Text(
    "“{stage}”阶段不能“{action}”", "“{action}” is not possible at the stage “{stage}”"
)
NOT_YOURS = Text("{who}无权办理“{action}”", "“{action}” is not for {who} to do")


def replay(type_: CaseType, events: Iterable[Event], worktime: Worktime) -> State:
    """Return the state after all events.

    Raises:
        Impossible: with the number of the event that cannot have happened.

    """
    state: State | None = None
    for event in events:
        state = apply(type_, state, event, worktime)
    if state is None:
        raise Impossible(NOT_FIRST)
    return state


def apply(type_: CaseType, state: State | None, event: Event, worktime: Worktime) -> State:
    """Return the state after one more event; ``state`` is ``None`` before the first.

    Raises:
        Impossible: why it cannot have happened.

    """
    try:
        action = _action(type_, state, event)
        if state is None:
            return opened(type_, action, event, worktime)
        _check_order(state, event)
        current = settle(state, event.at, worktime)
        scene = Scene(type_, action, current, event.at, event.by)
        if reason := why_not(scene):
            raise Impossible(reason)
        turn = Turn(scene, event.data, worktime)
        return _moved(turn, VERBS[action.verb].effect(turn), event.seq)
    except Impossible as impossible:
        raise Impossible(impossible.reason, event.seq, impossible.field) from None
    except WorktimeError as beyond:
        raise Impossible(beyond.reason, event.seq) from None


def why_not(scene: Scene) -> Text | None:
    """Return why an action is not possible now whatever is said with it, ``None`` if it is."""
    type_, action, state, _, by = scene
    if not _is_stage_for(action, state):
        stage = type_.stages[state.stage].label
        return Text(
            WRONG_STAGE.zh.format(stage=stage.zh, action=action.label.zh),
            WRONG_STAGE.en.format(stage=stage.en, action=action.label.en),
        )
    if by is not None and not may_be(action, state, by):
        who, label = by.named, action.label
        return Text(
            NOT_YOURS.zh.format(who=who.zh, action=label.zh),
            NOT_YOURS.en.format(who=who.en, action=label.en),
        )
    return VERBS[action.verb].guard(scene)


def _is_stage_for(action: Action, state: State) -> bool:
    if not action.start:
        return not state.closed
    return state.stage in action.start or ANYWHERE in action.start


def settle(state: State, at: dt.datetime, worktime: Worktime) -> State:
    """Return the state with a pause ended that reached its limit by a moment.

    The case came back by itself then: clocks run again, and the time is the unit's once more.
    """
    pause = state.pause
    if pause is None or pause.until is None or at < pause.until:
        return state
    until = pause.until
    ended = replace(pause, ended=until, capped=True)
    return state.having(
        {
            "pause": None,
            "pauses": (*state.pauses[:-1], ended),
            "clocks": resumed(state.clocks, until, worktime),
            "stretches": _handed_on(state, pause.back, until),
            "holder": pause.back,
            "held_since": until,
        }
    )


def _action(type_: CaseType, state: State | None, event: Event) -> Action:
    action = type_.actions.get(event.action)
    if action is None:
        raise Impossible(NO_ACTION.format(id=event.action))
    if (state is None) != (action.verb is Verb.OPEN):
        raise Impossible(NOT_FIRST if state is None else OPENED)
    return action


def _check_order(state: State, event: Event) -> None:
    if event.seq != state.last_seq + 1:
        wrong = WRONG_SEQ.format(wanted=state.last_seq + 1, seq=event.seq)
        raise Impossible(wrong, field="seq")
    if event.at < state.last_at:
        back = BACKWARDS.format(at=event.at.isoformat(), last=state.last_at.isoformat())
        raise Impossible(back, field="at")


def _moved(turn: Turn, changes: Changes, seq: int) -> State:
    """Return the next state: stage, closing, holder and clocks follow from the changes."""
    before, action, at = turn.state, turn.scene.action, turn.at
    stage = changes.get("stage", action.to or before.stage)
    closed = turn.type.is_closed(stage)
    holder = None if closed else changes.get("holder", before.holder)
    new: dict[str, Any] = {
        **changes,
        "stage": stage,
        "last_at": at,
        "last_seq": seq,
        **_held(before, holder, at),
        **_opened_or_closed(before, closed, at),
    }
    if before.pause and holder != before.pause.holder:
        new["pauses"] = (*before.pauses[:-1], replace(before.pause, ended=at))
        new["pause"] = None
    if changes.get("pause"):
        new["pauses"] = (*new.get("pauses", before.pauses), changes["pause"])
        new["pause"] = changes["pause"]
    after = before.having(new)
    return after.having({"clocks": ticked(turn.type, before, after, action, turn.worktime)})


def _held(before: State, holder: str | None, at: dt.datetime) -> dict[str, Any]:
    if holder == before.holder:
        return {}
    return {"holder": holder, "held_since": at, "stretches": _handed_on(before, holder, at)}


def _handed_on(state: State, holder: str | None, at: dt.datetime) -> tuple[Stretch, ...]:
    """Return the stretches with the current one ended, and the new holder's begun."""
    done = state.stretches
    if state.holder is not None:
        done = (*done[:-1], Stretch(state.holder, done[-1].start, at))
    return done if holder is None else (*done, Stretch(holder, at, None))


def _opened_or_closed(before: State, closed: bool, at: dt.datetime) -> dict[str, Any]:
    if closed == before.closed:
        return {}
    if closed:
        spans = (*before.spans[:-1], Span(before.spans[-1].start, at))
        return {"closed": True, "closed_at": at, "spans": spans}
    return {"closed": False, "closed_at": None, "spans": (*before.spans, Span(at, None))}
