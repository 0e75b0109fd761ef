"""Into whose hands a case goes: routing, accepting, declining, passing on."""

from openzone.engines.cases.state import Changes, unit_holder
from openzone.engines.cases.turn import Scene, Turn, refuse_unless
from openzone.engines.text import Text
from openzone.engines.worktime.due import due_moment

ABOUT = Text("反映的就是该部门，不能交给它", "this is about that very unit and cannot go to it")
SAME = Text("已经在该部门", "that unit has it already")
ACCEPTED = Text("已经受理", "it has been accepted already")
BOUNCED = Text(
    "已连续退回{n}次，只能由中心决定", "declined {n} times in a row: only the centre may decide now"
)
RULED = Text(
    "该部门的异议已作决定，不能再退回",
    "the unit's objection was decided: it cannot decline any more",
)
PENDING = Text("派单异议尚未决定", "an objection to the assignment is yet to be decided")
NOBODY = Text("尚未派给任何部门", "it has not been assigned to any unit")


def assigned(turn: Turn, unit: str) -> Changes:
    """Return what follows from giving the case to a unit: nobody has accepted it yet."""
    state, limit = turn.state, turn.type.objection
    refuse_unless(unit != state.about_unit, ABOUT)
    return {
        "holder": unit_holder(unit),
        "lead": unit,
        "handler": None,
        "accepted_at": None,
        "assigned_at": turn.at,
        "objection_until": due_moment(turn.at, limit, *turn.worktime) if limit else None,
    }


def route(turn: Turn) -> Changes:
    """The centre gives it to a unit."""
    refuse_unless(not _pending(turn.state.objections), PENDING)
    return assigned(turn, turn.text("unit"))


def can_accept(scene: Scene) -> Text | None:
    """A unit accepts once."""
    return ACCEPTED if scene.state.accepted_at else None


def accept(turn: Turn) -> Changes:
    """The unit takes it on; who accepts handles it."""
    handler = turn.text_or("handler", turn.by.id)
    return {"handler": handler, "accepted_at": turn.at, "bounces_in_row": 0}


def can_decline(scene: Scene) -> Text | None:
    """Declining is bounded, and nothing for a unit whose objection was turned down."""
    state, most = scene.state, scene.type.bounces
    if state.accepted_at:
        return ACCEPTED
    if state.bounces_in_row >= most:
        return BOUNCED.format(n=state.bounces_in_row)
    if any(one.unit == state.lead and one.upheld is False for one in state.objections):
        return RULED
    return PENDING if _pending(state.objections) else None


def decline(turn: Turn) -> Changes:
    """The unit gives it back to the centre, with a reason."""
    turn.text("reason")
    state = turn.state
    refuse_unless(state.lead != state.centre, NOBODY)
    return {
        "holder": unit_holder(state.centre),
        "lead": state.centre,
        "handler": None,
        "assigned_at": None,
        "objection_until": None,
        "bounces": state.bounces + 1,
        "bounces_in_row": state.bounces_in_row + 1,
    }


def can_transfer(scene: Scene) -> Text | None:
    """A unit may pass it on as often as it may be declined; the centre always may."""
    state, by = scene.state, scene.by
    passed_on = by is not None and by.unit == state.lead and by.unit != state.centre
    if passed_on and state.bounces_in_row >= scene.type.bounces:
        return BOUNCED.format(n=state.bounces_in_row)
    return PENDING if _pending(state.objections) else None


def transfer(turn: Turn) -> Changes:
    """It goes to another unit; if its own unit passes it on, that is a bounce too."""
    turn.text("reason")
    state, unit = turn.state, turn.text("unit")
    refuse_unless(unit != state.lead, SAME)
    changes = assigned(turn, unit)
    if turn.by.unit == state.lead and turn.by.unit != state.centre:
        changes["bounces"] = state.bounces + 1
        changes["bounces_in_row"] = state.bounces_in_row + 1
    return changes


def hand_over(turn: Turn) -> Changes:
    """Another person of the unit handles it from now on."""
    turn.text("reason")
    return {"handler": turn.text("to")}


def _pending(objections: tuple[object, ...]) -> bool:
    return any(getattr(one, "upheld", None) is None for one in objections)
