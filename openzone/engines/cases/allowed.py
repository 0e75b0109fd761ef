"""What a person may do with a case now, and why not the rest."""

import datetime as dt
from collections.abc import Collection
from typing import NamedTuple

from openzone.engines.cases.events import Party
from openzone.engines.cases.fold import why_not
from openzone.engines.cases.model import Action, CaseType, Verb
from openzone.engines.cases.state import State
from openzone.engines.cases.turn import Scene
from openzone.engines.text import Text

POSSIBLE = Text("可以办理", "possible")
NO_ACTION = Text("没有动作“{id}”", "there is no action “{id}”")
NOT_YOUR_ROLE = Text("无权办理“{zh}”", "“{en}” is not yours to do")


class Offer(NamedTuple):
    """An action, whether it is possible now, and why not."""

    action: Action
    allowed: bool
    reason: Text


class Answer(NamedTuple):
    """Whether, and why not."""

    allowed: bool
    reason: Text


def possible(
    type_: CaseType,
    state: State,
    roles: Collection[str],
    now: dt.datetime,
    by: Party | None = None,
) -> list[Offer]:
    """Return the actions of somebody's roles in the order of the pack, possible or with a reason.

    ``roles`` is what the zone knows of the person (``lead``, ``unit:CODE``, …). With ``by`` the
    rules about one's own work are applied too. Pass a state settled at ``now``.
    """
    return [
        Offer(action, *_answer(type_, state, action, now, by))
        for action in type_.actions.values()
        if action.verb is not Verb.OPEN and not roles_for(action, roles).isdisjoint(roles)
    ]


def may(
    type_: CaseType,
    state: State,
    action: str,
    roles: Collection[str],
    now: dt.datetime,
    by: Party | None = None,
) -> Answer:
    """Return whether one action is possible in somebody's roles."""
    found = type_.actions.get(action)
    if found is None:
        return Answer(False, NO_ACTION.format(id=action))
    if roles_for(found, roles).isdisjoint(roles):
        label = found.label
        return Answer(False, NOT_YOUR_ROLE.format(zh=label.zh, en=label.en))
    return _answer(type_, state, found, now, by)


def roles_for(action: Action, roles: Collection[str]) -> frozenset[str]:
    """Return the roles of an action that somebody has."""
    return frozenset(action.who).intersection(roles)


def _answer(
    type_: CaseType, state: State, action: Action, now: dt.datetime, by: Party | None
) -> Answer:
    reason = why_not(Scene(type_, action, state, now, by))
    return Answer(reason is None, reason or POSSIBLE)
