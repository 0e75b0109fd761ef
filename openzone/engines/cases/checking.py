"""Faults of a definition that show only when its parts are seen together."""

from openzone.engines.cases.clocks import amount_of
from openzone.engines.cases.model import (
    ANYWHERE,
    CLOSERS,
    ROLES,
    UNIT_ROLE,
    Action,
    CaseType,
    Verb,
)
from openzone.engines.cases.reading import Node
from openzone.engines.text import Text

OTHER_KIND = Text(
    "时限“{k}”：延期须与期限同一种时间",
    "clock “{k}”: an extension counts in the limit's kind of time",
)


def check_actions(found: CaseType, root: Node) -> None:
    """Note actions that lead nowhere, are for nobody or close a case they may not close."""
    opening = found.by_verb.get(Verb.OPEN, ())
    if len(opening) != 1 or opening[0].to is None:
        root.fault(
            Text(
                "应有且仅有一个立案动作，并写明进入的阶段",
                "there has to be one opening action, with the stage it leads to",
            ),
            "actions",
        )
    for action in found.actions.values():
        node = root.node("actions").node(action.id)
        for stage in action.start - {ANYWHERE}:
            node.among("from", stage, found.stages)
        node.among("to", action.to, found.stages)
        node.among("otherwise", action.otherwise, found.stages)
        if action.outcome:
            node.among("outcome", action.outcome, found.outcomes)
        for role in action.who:
            if not role.startswith(UNIT_ROLE):
                node.among("who", role, ROLES)
        if not action.who:
            node.fault(Text("没有人能办这个动作", "nobody may do this"), "who")
        if action.to in found.stages and found.is_closed(action.to or ""):
            _check_closer(action, node)


def _check_closer(action: Action, node: Node) -> None:
    if action.verb not in CLOSERS:
        node.fault(Text("此动作不能结案", "this verb cannot close a case"), "to")


def check_clocks(found: CaseType, root: Node) -> None:
    """Note clocks that nothing starts or stops, and extensions in another kind of time."""
    known = {*found.actions, *found.by_verb}
    for node in dict(root.nodes("clocks")).values():
        for name in ("starts", "stops"):
            for word in node.names(name):
                node.among(name, word, sorted(known))
    for spec in found.clocks.values():
        if spec.extension and amount_of(spec.extension.limit, spec.limit.unit) is None:
            root.fault(OTHER_KIND.format(k=spec.id), "clocks")
    for ladder in found.escalation:
        root.among("escalation", ladder.clock, found.clocks)
