"""What a picture of a chain is made from: plain data that any page can fill in.

``Box`` and ``Arrow`` are enough to draw; ``Facts`` are what a reader finds when opening a box.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from openzone.engines.chains.gaps import Gap, GapKind
from openzone.engines.chains.model import Chain, Need, Relation
from openzone.engines.chains.report import Report
from openzone.engines.text import Text

MOST_BOXES = 2_000
"""Above it a picture is no reading matter, and browsers slow down: narrow the chain first."""
TOO_MANY = Text(
    "节点有{count}个，图最多画{most}个，请先缩小范围",
    "{count} nodes: a picture draws at most {most}, narrow the chain first",
)
TWICE = Text("节点“{node}”出现两次", "node “{node}” is there twice")
DANGLING = Text(
    "连线{source}→{target}指向没有的节点“{node}”",
    "the link {source}→{target} names “{node}”, which is not there",
)


class State(StrEnum):
    """How a node stands; each has its colour, sign, border and word."""

    STRONG = "strong"
    WEAK = "weak"
    MISSING = "missing"
    EXTENDABLE = "extendable"
    PLAIN = "plain"
    """Nobody asked: the chain as a file."""
    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"
    """Of two versions of a chain: what came, says something else, went."""


STATE_WORDS = {
    State.STRONG: Text("强", "Strong"),
    State.WEAK: Text("弱", "Weak"),
    State.MISSING: Text("缺", "Missing"),
    State.EXTENDABLE: Text("可延伸", "Extendable"),
    State.PLAIN: Text("", ""),
    State.ADDED: Text("新增", "Added"),
    State.CHANGED: Text("修改", "Changed"),
    State.REMOVED: Text("删除", "Removed"),
}
OF_VERSIONS = frozenset({State.ADDED, State.CHANGED, State.REMOVED})
STATE_OF_GAP = {
    GapKind.FILL: State.MISSING,
    GapKind.APART: State.MISSING,
    GapKind.EXTEND: State.EXTENDABLE,
    GapKind.STRENGTHEN: State.WEAK,
}


class Firm(NamedTuple):
    """A firm at a node; ``output`` in the unit of the node, ``note`` such as its role."""

    name: str
    url: str = ""
    note: Text | None = None
    output: float | None = None


class Figure(NamedTuple):
    """A figure as it is to be read (``"1.2 GWh"``), with its day and where it comes from."""

    label: Text
    value: str
    on: dt.date | None
    source: str
    url: str = ""


class Action(NamedTuple):
    """What a reader can do about a node: a link."""

    label: Text
    url: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known at a node. ``more``: firms beyond those listed; ``url``: the node's own page.

    ``badge`` is written at the corner of the box, for what came or went (``"+1"``).
    """

    firms: Sequence[Firm] = ()
    more: int = 0
    figures: Sequence[Figure] = ()
    actions: Sequence[Action] = ()
    url: str = ""
    on: dt.date | None = None
    source: str = ""
    badge: str = ""

    @property
    def count(self) -> int:
        """How many firms there are, listed or not."""
        return len(self.firms) + self.more


@dataclass(frozen=True, slots=True)
class Box:
    """A node as drawn; ``reason`` says why it is in its state."""

    id: str
    name: Text
    stage: str
    state: State = State.PLAIN
    reason: Text | None = None
    facts: Facts = field(default_factory=Facts)


class Arrow(NamedTuple):
    """A link as drawn. ``returns`` (recycling) runs apart; ``value`` is the width of a flow."""

    source: str
    target: str
    returns: bool = False
    optional: bool = False
    value: float | None = None


class NotDrawable(ValueError):  # noqa: N818 - callers read it as the reason it holds
    """Data no picture can be made of, with the reason."""

    def __init__(self, reason: Text) -> None:
        self.reason = reason
        super().__init__(str(reason))


def ensure_drawable(boxes: Sequence[Box], arrows: Iterable[Arrow]) -> None:
    """Refuse what cannot be drawn.

    Raises:
        NotDrawable: too many boxes, one twice, or an arrow that ends nowhere.

    """
    if len(boxes) > MOST_BOXES:
        raise NotDrawable(TOO_MANY.format(count=len(boxes), most=MOST_BOXES))
    seen = set[str]()
    for box in boxes:
        if box.id in seen:
            raise NotDrawable(TWICE.format(node=box.id))
        seen.add(box.id)
    for arrow in arrows:
        for end in (arrow.source, arrow.target):
            if end not in seen:
                reason = DANGLING.format(source=arrow.source, target=arrow.target, node=end)
                raise NotDrawable(reason)


def boxes_of(of: Chain | Report, facts: Mapping[str, Facts] | None = None) -> list[Box]:
    """Return the nodes of a chain as boxes, in the order of the pack.

    A chain alone has no states. Where ``facts`` says nothing of a node, its firms are those of
    the report, without links.
    """
    if isinstance(of, Chain):
        known = facts or {}
        return [
            Box(node.id, node.name, node.stage, facts=known.get(node.id, Facts()))
            for node in of.nodes.values()
        ]
    chain, gaps = of.standing.chain, {gap.node: gap for gap in of.gaps}
    return [_box(of, node, gaps.get(node), (facts or {}).get(node)) for node in chain.ids]


def arrows_of(chain: Chain, values: Mapping[tuple[str, str], float] | None = None) -> list[Arrow]:
    """Return the edges of a chain as arrows; ``values``: what flows, by source and target."""
    known = values or {}
    return [
        Arrow(
            edge.source,
            edge.target,
            edge.relation is Relation.RETURN,
            edge.need is Need.OPTIONAL,
            known.get((edge.source, edge.target)),
        )
        for edge in chain.edges
    ]


def _box(report: Report, name: str, gap: Gap | None, facts: Facts | None) -> Box:
    node = report.standing.chain.nodes[name]
    state = STATE_OF_GAP[gap.kind] if gap else State.STRONG
    if facts is None:
        at = report.standing.firms.get(name, ())
        facts = Facts(tuple(Firm(one.firm, output=one.output) for one in at))
    return Box(name, node.name, node.stage, state, gap.reason if gap else None, facts)
