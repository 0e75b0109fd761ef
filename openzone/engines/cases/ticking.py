"""What an event does to the clocks of a case."""

import datetime as dt
from collections.abc import Mapping

from openzone.engines.cases import clocks as one
from openzone.engines.cases.clocks import ClockState, Worktime
from openzone.engines.cases.events import Json
from openzone.engines.cases.fields import holds
from openzone.engines.cases.model import Action, CaseType, ClockSpec, OnRedo, Verb
from openzone.engines.cases.state import State

Clocks = Mapping[str, ClockState]


def ticked(
    type_: CaseType, before: State, after: State, action: Action, worktime: Worktime
) -> Clocks:
    """Return the clocks after an action: stopped, paused, resumed, started or ended."""
    at, clocks = after.last_at, dict(after.clocks)
    if after.redo > before.redo:
        _reopen(type_, clocks, at, worktime)
    if before.merged_into and not after.merged_into:
        _unmerge(clocks, at, worktime)
    if before.pause and before.pause.stops_clocks and after.pause is not before.pause:
        _resume(clocks, at, worktime)
    for spec in type_.clocks.values():
        if _touches(spec.stops, action) and not _is_owed(action, after):
            _stop(clocks, spec.id, at, worktime)
        if _touches(spec.starts, action):
            _start(clocks, spec, after, worktime)
    if after.pause and after.pause is not before.pause and after.pause.stops_clocks:
        _pause(type_, clocks, at)
    if after.closed:
        _end(clocks, at, worktime)
    return clocks


def resumed(clocks: Clocks, at: dt.datetime, worktime: Worktime) -> Clocks:
    """Return the clocks with those that stood still running again."""
    again = dict(clocks)
    _resume(again, at, worktime)
    return again


def prioritised(
    type_: CaseType, clocks: Clocks, level: str, at: dt.datetime, worktime: Worktime
) -> Clocks:
    """Return the clocks with the shorter limits of a priority."""
    return {
        key: one.shorten(clock, type_.clocks[key].priority[level], at, worktime)
        if clock.outcome == "running" and level in type_.clocks[key].priority
        else clock
        for key, clock in clocks.items()
    }


def _touches(names: frozenset[str], action: Action) -> bool:
    return action.id in names or action.verb in names


def _is_owed(action: Action, after: State) -> bool:
    """Whether other assisting units still owe the answer this clock waits for."""
    return action.verb is Verb.CONTRIBUTE and bool(after.unanswered)


def _stop(clocks: dict[str, ClockState], name: str, at: dt.datetime, worktime: Worktime) -> None:
    clock = clocks.get(name)
    if clock and clock.active:
        clocks[name] = one.stop(clock, at, worktime, with_case=False)


def _start(
    clocks: dict[str, ClockState], spec: ClockSpec, state: State, worktime: Worktime
) -> None:
    clock = clocks.get(spec.id)
    if clock and (clock.active or not spec.repeat):
        return
    facts: dict[str, Json] = {**state.fields, "topic": state.topic, "priority": state.priority}
    if not holds(spec.when, facts) or (spec.unless and holds(spec.unless, facts)):
        return
    limit = spec.priority.get(state.priority, spec.limit)
    fresh = one.start(spec.id, limit, state.last_at, worktime)
    clocks[spec.id] = _after(clock, fresh) if clock else fresh


def _after(old: ClockState, fresh: ClockState) -> ClockState:
    """Return a repeated clock that remembers what became of it before."""
    past = one.Round(old.due, old.stopped or old.due, old.outcome)
    return fresh._replace(round=old.round + 1, rounds=(*old.rounds, past))


def _pause(type_: CaseType, clocks: dict[str, ClockState], at: dt.datetime) -> None:
    for name, clock in clocks.items():
        if clock.outcome == "running" and type_.clocks[name].pausable:
            clocks[name] = one.pause(clock, at)


def _resume(clocks: dict[str, ClockState], at: dt.datetime, worktime: Worktime) -> None:
    for name, clock in clocks.items():
        if clock.outcome == "paused":
            clocks[name] = one.resume(clock, at, worktime)


def _reopen(
    type_: CaseType, clocks: dict[str, ClockState], at: dt.datetime, worktime: Worktime
) -> None:
    for name, clock in clocks.items():
        redo = type_.clocks[name].redo
        if redo is not OnRedo.NONE and not clock.active:
            clocks[name] = one.reopen(clock, at, worktime, redo is OnRedo.RESTART)


def _unmerge(clocks: dict[str, ClockState], at: dt.datetime, worktime: Worktime) -> None:
    for name, clock in clocks.items():
        if clock.with_case:
            clocks[name] = one.undo_stop(clock, worktime, at)


def _end(clocks: dict[str, ClockState], at: dt.datetime, worktime: Worktime) -> None:
    for name, clock in clocks.items():
        if clock.active:
            clocks[name] = one.stop(clock, at, worktime, with_case=True)
