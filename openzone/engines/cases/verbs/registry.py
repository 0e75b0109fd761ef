"""Every verb with what it needs and what it changes."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from openzone.engines.cases.model import Verb
from openzone.engines.cases.state import Changes
from openzone.engines.cases.turn import Scene, Turn
from openzone.engines.cases.verbs import (
    appealing,
    assisting,
    closing,
    extending,
    hands,
    linking,
    meeting,
    objecting,
    steering,
    waiting,
)
from openzone.engines.text import Text


class Rule(NamedTuple):
    """``guard``: why not, whatever is said; ``effect``: what changes, or ``Impossible``."""

    guard: Callable[[Scene], Text | None]
    effect: Callable[[Turn], Changes]


def _always(_: Scene) -> Text | None:
    return None


def _nothing(_: Turn) -> Changes:
    return {}


VERBS: Mapping[Verb, Rule] = {
    Verb.OPEN: Rule(_always, _nothing),
    Verb.ROUTE: Rule(_always, hands.route),
    Verb.ACCEPT: Rule(hands.can_accept, hands.accept),
    Verb.DECLINE: Rule(hands.can_decline, hands.decline),
    Verb.TRANSFER: Rule(hands.can_transfer, hands.transfer),
    Verb.HAND_OVER: Rule(_always, hands.hand_over),
    Verb.OBJECT: Rule(objecting.can_object, objecting.object_),
    Verb.RULE_OBJECTION: Rule(objecting.can_rule, objecting.rule),
    Verb.ASK_REQUESTER: Rule(waiting.can_wait, waiting.ask_requester),
    Verb.SUPPLY: Rule(_always, waiting.supply),
    Verb.WAIT: Rule(waiting.can_wait, waiting.wait),
    Verb.RESUME: Rule(waiting.can_resume, waiting.resume),
    Verb.INVOLVE: Rule(_always, assisting.involve),
    Verb.CONTRIBUTE: Rule(assisting.can_contribute, assisting.contribute),
    Verb.EXCUSE: Rule(assisting.can_excuse, assisting.excuse),
    Verb.ASK_EXTENSION: Rule(extending.can_ask, extending.ask),
    Verb.GRANT_EXTENSION: Rule(extending.can_rule, extending.grant),
    Verb.REFUSE_EXTENSION: Rule(extending.can_rule, extending.refuse),
    Verb.ANSWER: Rule(_always, closing.answer),
    Verb.PROPOSE: Rule(closing.can_propose, closing.propose),
    Verb.CONFIRM: Rule(closing.can_confirm, closing.confirm),
    Verb.CALL_BACK: Rule(closing.can_call_back, closing.call_back),
    Verb.DISSATISFIED: Rule(closing.can_judge, closing.dissatisfied),
    Verb.LAPSE: Rule(closing.can_lapse, closing.lapse),
    Verb.CLOSE: Rule(closing.can_close, closing.close),
    Verb.WITHDRAW: Rule(_always, closing.withdraw),
    Verb.RATE: Rule(closing.can_rate, closing.rate),
    Verb.APPEAL: Rule(appealing.can_appeal, appealing.appeal),
    Verb.RULE_APPEAL: Rule(appealing.can_rule, appealing.rule),
    Verb.CALL_MEETING: Rule(_always, meeting.call),
    Verb.HOLD_MEETING: Rule(meeting.can_hold, meeting.hold),
    Verb.DECIDE: Rule(_always, meeting.decide),
    Verb.FINISH_TASK: Rule(meeting.can_finish, meeting.finish),
    Verb.MERGE: Rule(linking.can_merge, linking.merge),
    Verb.TAKE_IN: Rule(_always, linking.take_in),
    Verb.UNMERGE: Rule(linking.can_unmerge, linking.unmerge),
    Verb.SPLIT: Rule(_always, linking.split),
    Verb.ESCALATE: Rule(_always, steering.escalate),
    Verb.SUPERVISE: Rule(_always, steering.supervise),
    Verb.NOTE: Rule(_always, _nothing),
    Verb.PRIORITISE: Rule(_always, steering.prioritise),
}
