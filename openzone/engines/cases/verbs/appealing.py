"""Appeals of the requester, decided by somebody who had no hand in the case."""

from dataclasses import replace

from openzone.engines.cases.roles import is_independent
from openzone.engines.cases.state import Appeal, Changes, unit_holder
from openzone.engines.cases.turn import Scene, Turn
from openzone.engines.cases.verbs.closing import OWN, redone
from openzone.engines.cases.verbs.hands import assigned
from openzone.engines.text import Text

USED = Text("已经申诉过", "there has been an appeal already")
PENDING = Text("申诉尚未决定", "an appeal is yet to be decided")
NONE = Text("没有待决定的申诉", "there is no appeal to decide")
MERGED = Text("已合并，应在并入的案件中申诉", "it was merged: appeal in the case it went into")


def can_appeal(scene: Scene) -> Text | None:
    """As often as the type says, one at a time."""
    state = scene.state
    if state.merged_into or state.children:
        return MERGED
    if state.appeal is None:
        return None if scene.type.appeal else USED
    if state.appeal.upheld is None:
        return PENDING
    return USED if state.appeal.number >= scene.type.appeal else None


def appeal(turn: Turn) -> Changes:
    """Have it looked at again: the centre has the case until that is decided."""
    state = turn.state
    number = state.appeal.number + 1 if state.appeal else 1
    stood = Appeal(
        turn.text("reason"), turn.at, state.stage, state.holder, state.closed, state.outcome, number
    )
    return {"appeal": stood, "outcome": "", "holder": unit_holder(state.centre)}


def can_rule(scene: Scene) -> Text | None:
    """There is one to decide, by somebody independent."""
    state = scene.state
    if state.appeal is None or state.appeal.upheld is not None:
        return NONE
    own = scene.by is not None and not is_independent(state, scene.by)
    return OWN if own else None


def rule(turn: Turn) -> Changes:
    """Upheld, it is done again; turned down, all is as it was."""
    turn.text("reason")
    state, upheld = turn.state, turn.yes("upheld")
    stood = state.appeal
    if stood is None:
        return {}
    decided = replace(stood, upheld=upheld)
    if not upheld:
        stage = turn.scene.action.otherwise or stood.stage
        return {"appeal": decided, "stage": stage, "holder": stood.holder, "outcome": stood.outcome}
    changes = redone(state)
    if unit := turn.text_or("unit", ""):
        changes |= assigned(turn, unit)
    return changes | {"appeal": decided}
