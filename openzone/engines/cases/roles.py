"""Which roles of an action a party can be in, as far as the events alone show.

Whether a person is a leader or handles matters of a unit is known to the zone; that nobody has
the last word on their own work is known here.
"""

from collections.abc import Callable, Mapping

from openzone.engines.cases.events import Party
from openzone.engines.cases.model import UNIT_ROLE, Action
from openzone.engines.cases.state import State

CENTRE = "centre"
"""What stands for the centre where its unit is not known."""


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
    return role in _STAFF and _STAFF[role](state, by)


def _of_lead(state: State, by: Party) -> bool:
    """Whether a party is of the lead unit: then only a role that was kept makes them more."""
    return by.unit is not None and by.unit == state.lead


def _is_leader(state: State, by: Party) -> bool:
    return by.role == "leader" or not _of_lead(state, by)


def _is_centre(state: State, by: Party) -> bool:
    unknown = state.centre == CENTRE and not _of_lead(state, by)
    return by.role == "centre" or by.unit == state.centre or unknown


def _assists(state: State, by: Party) -> bool:
    return by.unit in state.unanswered


def _owns(state: State, by: Party) -> bool:
    return any(task.owner in (by.unit, by.id) for task in state.tasks)


def is_independent(state: State, by: Party) -> bool:
    """Whether a party is neither of the unit that handled the case nor who says it is solved."""
    proposer = state.proposal.by if state.proposal else None
    return not _of_lead(state, by) and by.id != proposer and by.id != state.handler


_STAFF: Mapping[str, Callable[[State, Party], bool]] = {
    "lead": _of_lead,
    "head": _of_lead,
    "leader": _is_leader,
    "centre": _is_centre,
    "assist": _assists,
    "owner": _owns,
    "caller": is_independent,
}


def may_be(action: Action, state: State, by: Party) -> bool:
    """Whether a party can be in one of the roles of an action, or in the one that was kept."""
    wanted = (by.role,) if by.role else action.who
    return any(role in action.who and fits(role, state, by) for role in wanted)
