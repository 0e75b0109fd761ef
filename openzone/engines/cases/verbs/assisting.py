"""Assisting units: each is asked something and gives its own answer."""

from dataclasses import replace

from openzone.engines.cases.state import Changes, Part
from openzone.engines.cases.turn import Scene, Turn, refuse_unless
from openzone.engines.cases.verbs.hands import ABOUT
from openzone.engines.text import Text

LEADS = Text("牵头部门不能同时协办", "the lead unit cannot assist itself")
ASKED = Text("该部门已在协办", "that unit assists already")
NOT_ASKED = Text("没有请该部门协办", "that unit was not asked to assist")
NONE_OWED = Text("没有待回复的协办部门", "no assisting unit owes an answer")


def involve(turn: Turn) -> Changes:
    """Ask a unit for its part."""
    state, unit = turn.state, turn.text("unit")
    refuse_unless(unit != state.about_unit, ABOUT)
    refuse_unless(unit != state.lead, LEADS)
    refuse_unless(unit not in state.unanswered, ASKED)
    return {"parts": {**state.parts, unit: Part(turn.text("asks"), turn.at)}}


def can_contribute(scene: Scene) -> Text | None:
    """Somebody was asked and has not answered."""
    state, by = scene.state, scene.by
    if by is not None and by.unit not in state.unanswered:
        return NOT_ASKED
    return None if state.unanswered else NONE_OWED


def contribute(turn: Turn) -> Changes:
    """A unit's own answer."""
    unit, text = turn.by.unit or "", turn.text("text")
    part = replace(turn.state.parts[unit], answer=text, answered_at=turn.at, by=turn.by.id)
    return {"parts": {**turn.state.parts, unit: part}}


def can_excuse(scene: Scene) -> Text | None:
    """Somebody owes an answer."""
    return None if scene.state.unanswered else NONE_OWED


def excuse(turn: Turn) -> Changes:
    """Ask a unit no longer, with the reason."""
    turn.text("reason")
    unit, parts = turn.text("unit"), turn.state.parts
    refuse_unless(unit in turn.state.unanswered, NOT_ASKED)
    return {"parts": {code: part for code, part in parts.items() if code != unit}}
