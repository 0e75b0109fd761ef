"""Objections to an assignment: within the limit, and decided once."""

from dataclasses import replace

from openzone.engines.cases.state import Changes, Objection, unit_holder
from openzone.engines.cases.turn import Scene, Turn, refuse_unless
from openzone.engines.cases.verbs.hands import ACCEPTED, NOBODY, assigned
from openzone.engines.text import Text

TOO_LATE = Text("异议期限已过（{until}）", "the time to object is over ({until})")
DECIDED = Text("派单异议已作决定，不能再提", "an objection was decided already, there is no other")
WAITING = Text("派单异议尚未决定", "an objection is yet to be decided")
NONE = Text("没有待决定的派单异议", "there is no objection to decide")
NO_RULE = Text("此类事项没有派单异议", "cases of this type know no objection")
OWN = Text("不能决定自己提出的异议", "nobody decides their own objection")


def can_object(scene: Scene) -> Text | None:
    """Within the limit, before accepting, and never after a decision."""
    state = scene.state
    if scene.type.objection is None:
        return NO_RULE
    if state.objections:
        return WAITING if state.objections[-1].upheld is None else DECIDED
    if state.accepted_at:
        return ACCEPTED
    if state.objection_until is None:
        return NOBODY
    if scene.at > state.objection_until:
        return TOO_LATE.format(until=state.objection_until.isoformat(" ", "minutes"))
    return None


def object_(turn: Turn) -> Changes:
    """The unit says why it is not the one; the centre has the case until it decides."""
    state, by = turn.state, turn.by
    objection = Objection(state.lead or "", turn.text("reason"), by.id, turn.at)
    return {
        "objections": (*state.objections, objection),
        "holder": unit_holder(state.centre),
    }


def can_rule(scene: Scene) -> Text | None:
    """There is one to decide, and not by who raised it."""
    objections = scene.state.objections
    if not objections or objections[-1].upheld is not None:
        return NONE
    raised = objections[-1]
    own = scene.by is not None and (scene.by.id == raised.by or scene.by.unit == raised.unit)
    return OWN if own else None


def rule(turn: Turn) -> Changes:
    """Upheld, another unit gets it; turned down, it goes back and stays."""
    state, upheld = turn.state, turn.yes("upheld")
    raised = state.objections[-1]
    decided = (*state.objections[:-1], replace(raised, upheld=upheld))
    if not upheld:
        back: Changes = {"objections": decided, "holder": unit_holder(raised.unit)}
        if turn.scene.action.otherwise:
            back["stage"] = turn.scene.action.otherwise
        return back
    unit = turn.text_or("unit", state.centre)
    refuse_unless(
        unit != raised.unit, Text("异议成立，应改派其他部门", "upheld means another unit gets it")
    )
    changes = assigned(turn, unit)
    changes["objections"] = decided
    return changes
