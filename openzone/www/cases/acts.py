"""The order and the groups in which a page offers actions.

What others wait for is first, then taking the case on, then what stops the clock due first, then
the way forward. A type may say otherwise: ``desk: {groups: {close: [finish, explain]}}``.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from openzone.engines.cases.clocks import ClockState
from openzone.engines.cases.model import Action, CaseType, Verb
from openzone.engines.cases.state import State
from openzone.engines.text import Text

# What somebody waits for, in the order of who waits longest.
OWED = (
    Verb.SUPPLY, Verb.CONFIRM, Verb.RULE_OBJECTION, Verb.RULE_APPEAL, Verb.GRANT_EXTENSION,
    Verb.ACCEPT,
)  # fmt: skip
# The way a case goes forward where no clock says what is next.
FORWARD = (
    Verb.CONTRIBUTE, Verb.FINISH_TASK, Verb.HOLD_MEETING, Verb.ROUTE, Verb.CALL_BACK, Verb.RESUME,
    Verb.PROPOSE, Verb.CLOSE, Verb.RATE,
)  # fmt: skip
NEXT, CLOSE, PASS_ON, MORE = "next", "close", "pass_on", "more"
HEADINGS: Mapping[str, Promise] = {
    NEXT: _("Next"),
    CLOSE: _("Bring to an end"),
    PASS_ON: _("Pass on or involve"),
    MORE: _("More"),
}
VERBS: Mapping[str, frozenset[Verb]] = {
    NEXT: frozenset({
        *OWED, Verb.REFUSE_EXTENSION, Verb.CONTRIBUTE, Verb.FINISH_TASK, Verb.HOLD_MEETING,
        Verb.CALL_BACK, Verb.DISSATISFIED, Verb.RESUME, Verb.ANSWER, Verb.ASK_REQUESTER, Verb.RATE,
    }),
    CLOSE: frozenset({Verb.PROPOSE, Verb.CLOSE, Verb.LAPSE, Verb.WITHDRAW}),
    PASS_ON: frozenset({
        Verb.ROUTE, Verb.DECLINE, Verb.OBJECT, Verb.TRANSFER, Verb.HAND_OVER, Verb.INVOLVE,
        Verb.CALL_MEETING, Verb.ESCALATE, Verb.DECIDE,
    }),
}  # fmt: skip


class Offer(NamedTuple):
    """An action as a page offers it; ``reason`` says why not, where it is not possible."""

    action: Action
    label: Text
    reason: Text
    primary: bool


class Group(NamedTuple):
    """Actions that belong together, under a heading."""

    id: str
    heading: Promise
    offers: list[Offer]


def stopping(type_: CaseType, clocks: Iterable[ClockState]) -> list[str]:
    """Return the actions that stop a running clock, those of the clock due first in front."""
    running = sorted((one for one in clocks if one.outcome == "running"), key=lambda one: one.due)
    found: dict[str, None] = {}
    for clock in running:
        stops = type_.clocks[clock.id].stops
        found |= {one.id: None for one in type_.actions.values() if stops & {one.id, one.verb}}
    return list(found)


def order(type_: CaseType, clocks: Iterable[ClockState]) -> Callable[[Action], tuple[int, int]]:
    """Return the key by which actions are sorted, what to do next first."""
    timed = stopping(type_, clocks)

    def key(action: Action) -> tuple[int, int]:
        if action.verb in OWED:
            return 0, OWED.index(action.verb)
        if action.id in timed:
            return 1, timed.index(action.id)
        return 2, FORWARD.index(action.verb) if action.verb in FORWARD else len(FORWARD)

    return key


def leads(type_: CaseType, state: State, action: Action) -> bool:
    """Whether an action moves the case on, so that a page may show it as the thing to do.

    To give a case to another unit is that only until somebody has taken it on.
    """
    if action.id in stopping(type_, state.clocks.values()) or action.verb in OWED:
        return True
    return action.verb in FORWARD and (action.verb is not Verb.ROUTE or state.handler is None)


def grouped(type_: CaseType, offers: Sequence[Offer]) -> list[Group]:
    """Return offers in their groups, the primary one first of all; empty groups are left out.

    Inside a group that the type states, its order counts; elsewhere the order of ``offers``.
    """
    said = _said(type_)
    kept: dict[str, list[Offer]] = {name: [] for name in HEADINGS}
    for offer in offers:
        kept[NEXT if offer.primary else group_of(offer.action, said)].append(offer)
    for name, ids in said.items():
        kept[name].sort(key=lambda one: (not one.primary, _place(one.action.id, ids)))
    return [Group(name, heading, kept[name]) for name, heading in HEADINGS.items() if kept[name]]


def group_of(action: Action, said: Mapping[str, Sequence[str]]) -> str:
    """Return the group of an action: the one its type says, else the one of its verb."""
    stated = next((name for name, ids in said.items() if action.id in ids), None)
    by_verb = next((name for name, verbs in VERBS.items() if action.verb in verbs), MORE)
    return stated or by_verb


def _said(type_: CaseType) -> Mapping[str, Sequence[str]]:
    groups = (type_.mapping.get("desk") or {}).get("groups") or {}
    return {name: ids for name, ids in groups.items() if name in HEADINGS}


def _place(name: str, ids: Sequence[str]) -> int:
    return ids.index(name) if name in ids else len(ids)
