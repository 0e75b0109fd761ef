"""Which roles of an action a party can be in, as far as the events alone show.

Whether a person is a leader or handles matters of a unit is known to the zone; that nobody has
the last word on their own work is known here.
"""

from openzone.engines.cases.events import Party
from openzone.engines.cases.model import UNIT_ROLE, Action
from openzone.engines.cases.state import State

STAFF = ("recorder", "head", "leader")


def fits(role: str, state: State, by: Party) -> bool:
    """Whether nothing in the case's history speaks against a party having a role."""
    match role:
        case "requester" | "system":
            return by.kind == role
        case "recorder":
            return True
    if by.kind != "user":
        return False
    if role.startswith(UNIT_ROLE):
        return by.unit == role.removeprefix(UNIT_ROLE)
    match role:
        case "lead":
            return by.unit is not None and by.unit == state.lead
        case "assist":
            return by.unit in state.unanswered
        case "centre":
            return by.role == "centre" or by.unit == state.centre or state.centre == "centre"
        case "caller":
            return is_independent(state, by)
        case "owner":
            return any(task.owner in (by.unit, by.id) for task in state.tasks)
    return True


def is_independent(state: State, by: Party) -> bool:
    """Whether a party is neither of the unit that handled the case nor who says it is solved."""
    proposer = state.proposal.by if state.proposal else None
    same_unit = by.unit is not None and by.unit == state.lead
    return not same_unit and by.id != proposer and by.id != state.handler


def may_be(action: Action, state: State, by: Party) -> bool:
    """Whether a party can be in one of the roles of an action, or in the one that was kept."""
    wanted = (by.role,) if by.role else action.who
    return any(role in action.who and fits(role, state, by) for role in wanted)
