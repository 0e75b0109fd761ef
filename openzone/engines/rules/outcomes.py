"""Outcomes in the words that fit what a rule answers."""

from collections.abc import Mapping

from openzone.engines.rules.match import Outcome
from openzone.engines.rules.schema import Kind
from openzone.engines.text import Text

OUTCOMES: Mapping[Outcome, Text] = {
    "met": Text("符合", "met"),
    "not_met": Text("不符合", "not met"),
    "unknown": Text("尚不能判定", "cannot be told yet"),
}
_OF_BENEFITS: Mapping[Outcome, Text] = {
    "met": Text("可以享受", "entitled"),
    "not_met": Text("不能享受", "not entitled"),
}
_OF_CLASSES: Mapping[Outcome, Text] = {"not_met": Text("不适用", "does not apply")}
_OUTCOMES_OF: Mapping[Kind, Mapping[Outcome, Text]] = {
    "qualify": OUTCOMES,
    "classify": {**OUTCOMES, **_OF_CLASSES},
    "reduce": {**OUTCOMES, **_OF_BENEFITS},
    "subsidise": {**OUTCOMES, **_OF_BENEFITS},
    "entitle": {**OUTCOMES, **_OF_BENEFITS},
}


def outcome_text(kind: Kind, outcome: Outcome) -> Text:
    """Write an outcome in the words that fit what a rule answers."""
    return _OUTCOMES_OF[kind][outcome]
