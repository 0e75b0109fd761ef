"""From a mapping to a case type: read, then checked as a whole."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from openzone.engines.cases.checking import check_actions, check_clocks
from openzone.engines.cases.errors import DefinitionError
from openzone.engines.cases.fields import Choice, Field, FieldKind
from openzone.engines.cases.model import (
    Action,
    CaseType,
    ClockSpec,
    Closing,
    ExtensionRule,
    Kind,
    Ladder,
    NoResponse,
    OnRedo,
    PauseReason,
    PauseRule,
    Route,
    SimilarRule,
    Stage,
    Systemic,
    Verb,
)
from openzone.engines.cases.reading import Node
from openzone.engines.text import Text

KNOWN = (
    "id",
    "version",
    "label",
    "number",
    "source",
    "verified",
    "notes",
    "form",
    "stages",
    "actions",
    "clocks",
    "pauses",
    "bounces",
    "objection",
    "no_response",
    "appeal",
    "routing",
    "closing",
    "outcomes",
    "escalation",
    "similar",
    "desk",
)
OUTCOME_LABELS = {
    "solved": Text("已解决", "Solved"),
    "explained": Text("解释说明", "Explained"),
    "rejected": Text("不予支持", "Rejected with reason"),
    "referred": Text("已转送", "Referred"),
    "withdrawn": Text("已撤回", "Withdrawn"),
}


def digest(mapping: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a definition, whatever the order of its keys."""
    text = json.dumps(mapping, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def case_type(mapping: Mapping[str, Any]) -> CaseType:
    """Read a definition: plain JSON-ready data, complete in itself.

    Raises:
        DefinitionError: with every fault and its place.

    """
    root = Node(mapping).only(*KNOWN)
    found = _read(root)
    check_actions(found, root)
    check_clocks(found, root)
    if root.faults:
        raise DefinitionError(root.faults)
    return found


def _read(root: Node) -> CaseType:
    number = root.node("number").only("scope", "type")
    routing = [node.only("when", "unit", "default") for node in root.listed("routing")]
    return CaseType(
        id=root.text("id"),
        version=root.whole("version", 1, least=1),
        label=root.label("label"),
        scope=number.text("scope"),
        series=number.text("type"),
        form=_form(root),
        stages={key: _stage(key, node) for key, node in root.nodes("stages")},
        actions={key: _action(key, node) for key, node in root.nodes("actions")},
        clocks={key: _clock(key, node) for key, node in root.nodes("clocks")},
        pauses=_pauses(root.node("pauses")) if root.has("pauses") else None,
        bounces=root.whole("bounces", 2),
        objection=root.node("objection").only("limit").limit("limit")
        if root.has("objection")
        else None,
        no_response=_no_response(root.node("no_response")) if root.has("no_response") else None,
        appeal=root.node("appeal").only("times").whole("times", 1) if root.has("appeal") else 1,
        routing=tuple(
            Route(node.condition("when"), node.text("default" if node.has("default") else "unit"))
            for node in routing
        ),
        closing=_closing(root.node("closing")),
        outcomes=OUTCOME_LABELS
        | {key: root.node("outcomes").label(key) for key in root.node("outcomes").data},
        escalation=tuple(
            Ladder(node.text("clock"), node.share("after_share"), node.text("to"))
            for node in root.listed("escalation")
        ),
        similar=_similar(root.node("similar")) if root.has("similar") else None,
        mapping=root.data,
        digest=digest(root.data),
    )


def _form(node: Node) -> tuple[Field, ...]:
    return tuple(_field(key, one) for key, one in node.nodes("form"))


def _field(key: str, node: Node) -> Field:
    node.only(
        "id", "label", "kind", "choices", "required", "when", "help", "min", "max", "sensitive"
    )
    kind = node.option("kind", FieldKind)
    choices = tuple(Choice(name, one.label("label")) for name, one in node.nodes("choices"))
    if kind in (FieldKind.CHOICE, FieldKind.CHOICES) and not choices:
        node.fault(Text("选择项不能为空", "there have to be choices"), "choices")
    return Field(
        key,
        node.label("label"),
        kind,
        choices,
        node.flag("required"),
        node.condition("when"),
        node.label("help") if node.has("help") else None,
        node.decimal("min"),
        node.decimal("max"),
        node.flag("sensitive"),
    )


def _stage(key: str, node: Node) -> Stage:
    node.only("id", "label", "kind", "public")
    label = node.label("label")
    return Stage(key, label, node.option("kind", Kind), node.label("public", label))


def _action(key: str, node: Node) -> Action:
    node.only(
        "id", "verb", "label", "from", "to", "otherwise", "who", "outcome", "evidence",
        "documents", "form",
    )  # fmt: skip
    return Action(
        key,
        node.option("verb", Verb),
        node.label("label"),
        frozenset(node.names("from")),
        node.text("to") if node.has("to") else None,
        node.text("otherwise") if node.has("otherwise") else None,
        node.names("who"),
        node.text("outcome", ""),
        node.whole("evidence", 0),
        node.flag("documents"),
        _form(node),
    )


def _clock(key: str, node: Node) -> ClockSpec:
    node.only(
        "id",
        "label",
        "limit",
        "starts",
        "stops",
        "when",
        "unless",
        "priority",
        "pausable",
        "repeat",
        "redo",
        "extension",
        "colours",
        "reminders",
        "verified",
        "source",
        "note",
    )
    return ClockSpec(
        key,
        node.label("label"),
        node.limit("limit"),
        frozenset(node.names("starts")),
        frozenset(node.names("stops")),
        node.condition("when"),
        node.condition("unless"),
        node.limits("priority"),
        node.flag("pausable"),
        node.flag("repeat"),
        node.option("redo", OnRedo, OnRedo.NONE),
        _extension(node.node("extension")) if node.has("extension") else None,
        node.named_shares("colours"),
        node.shares("reminders"),
        node.text("verified"),
    )


def _extension(node: Node) -> ExtensionRule:
    node.only("limit", "times", "ask_before")
    before = node.limit("ask_before") if node.has("ask_before") else None
    return ExtensionRule(node.limit("limit"), node.whole("times", 1, least=1), before)


def _pauses(node: Node) -> PauseRule:
    node.only("reasons", "limit", "times")
    reasons = {
        key: PauseReason(
            key, one.only("id", "label", "document").label("label"), one.flag("document")
        )
        for key, one in node.nodes("reasons")
    }
    return PauseRule(reasons, node.limit("limit"), node.whole("times", 1, least=1))


def _no_response(node: Node) -> NoResponse:
    node.only("after", "attempts", "document", "verified")
    return NoResponse(node.limit("after"), node.whole("attempts", 1, least=1))


def _closing(node: Node) -> Closing:
    node.only("evidence", "requester_word", "satisfied")
    return Closing(
        node.whole("evidence", 0),
        node.flag("requester_word", True),
        node.whole("satisfied", 3, least=1, most=5),
    )


def _similar(node: Node) -> SimilarRule:
    node.only("warn", "systemic")
    systemic = node.node("systemic").only("count", "days")
    return SimilarRule(
        node.share("warn"),
        Systemic(systemic.whole("count", 5, least=2), systemic.whole("days", 90, least=1))
        if node.has("systemic")
        else None,
    )


__all__ = ["CaseType", "DefinitionError", "case_type", "digest"]
