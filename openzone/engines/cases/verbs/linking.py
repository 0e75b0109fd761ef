"""Merging into another case and back, and splitting. Every case keeps its number."""

from openzone.engines.cases.state import Changes, unit_holder
from openzone.engines.cases.turn import Scene, Turn, refuse_unless
from openzone.engines.text import Text

SELF = Text("不能并入自己", "a case cannot be merged into itself")
TAKEN = Text("已并入其他案件的件，先拆回", "other cases were merged into this one: undo that first")
NOT_MERGED = Text("没有合并", "it was not merged")
TWICE = Text("“{n}”已在其中", "“{n}” is part of it already")
ABSENT = Text("“{n}”不在其中", "“{n}” is no part of it")
TOO_FEW = Text("至少拆成两件，编号不重复", "split into two or more, with numbers of their own")


def can_merge(scene: Scene) -> Text | None:
    """No chains: a case that took others in stays."""
    return TAKEN if scene.state.taken_in else None


def merge(turn: Turn) -> Changes:
    """It goes on in another case; its own time ends here."""
    into, state = turn.text("into"), turn.state
    refuse_unless(into != state.number, SELF)
    held = state.pause.back if state.pause else state.holder
    return {"merged_into": into, "merged_from": (state.stage, held or ""), "outcome": "merged"}


def take_in(turn: Turn) -> Changes:
    """Another case goes on in this one."""
    number, state = turn.text("number"), turn.state
    refuse_unless(number != state.number, SELF)
    refuse_unless(number not in state.taken_in, TWICE.format(n=number))
    return {"taken_in": (*state.taken_in, number)}


def can_unmerge(scene: Scene) -> Text | None:
    """It was merged, or others were merged into it."""
    return None if scene.state.merged_into or scene.state.taken_in else NOT_MERGED


def unmerge(turn: Turn) -> Changes:
    """Undo it: the merged case stands where it stood; the other lets it go."""
    state = turn.state
    if state.merged_into and state.merged_from:
        stage, holder = state.merged_from
        return {
            "stage": stage,
            "holder": holder or unit_holder(state.lead or state.centre),
            "merged_into": None,
            "merged_from": None,
            "outcome": "",
        }
    number = turn.text("number")
    refuse_unless(number in state.taken_in, ABSENT.format(n=number))
    return {"taken_in": tuple(one for one in state.taken_in if one != number)}


def split(turn: Turn) -> Changes:
    """It goes on in its parts."""
    children = turn.names("children")
    refuse_unless(len(set(children)) == len(children) >= 2, TOO_FEW)
    refuse_unless(turn.state.number not in children, SELF)
    return {"children": children, "outcome": "split"}
