"""A battery chain small enough to read by eye, with a loop of recycling."""

from openzone.engines.chains.model import Chain, Edge, Need, Node, Relation
from openzone.engines.chains.standing import At, Standing
from openzone.engines.text import Text

STAGES = ("up", "mid", "down", "back", "tools")


def node(name: str, stage: str = "mid", **more: object) -> Node:
    return Node(name, Text(name, name), stage, **more)  # type: ignore[arg-type]


def edge(
    source: str,
    target: str,
    relation: Relation = Relation.INPUT,
    need: Need = Need.REQUIRED,
    group: str | None = None,
) -> Edge:
    return Edge(source, target, relation, need, group)


NODES = (
    node("lithium", "up"), node("nickel", "up"),
    node("precursor"), node("cathode", weight=2.0), node("graphite"), node("silicon"),
    node("cell"), node("car", "down"), node("scrap", "back"), node("coater", "tools"),
)  # fmt: skip
EDGES = (
    edge("nickel", "precursor"), edge("precursor", "cathode"), edge("lithium", "cathode"),
    edge("cathode", "cell"), edge("graphite", "cell", group="anode"),
    edge("silicon", "cell", group="anode"), edge("cell", "car"),
    edge("car", "scrap", need=Need.OPTIONAL),
    edge("scrap", "precursor", Relation.RETURN, Need.OPTIONAL),
    edge("coater", "cell", Relation.EQUIP, Need.OPTIONAL),
)  # fmt: skip


def chain(nodes: tuple[Node, ...] = NODES, edges: tuple[Edge, ...] = EDGES) -> Chain:
    return Chain("small", Text("小链", "small"), "1", STAGES, {n.id: n for n in nodes}, edges)


def standing(*pairs: str, of: Chain | None = None) -> Standing:
    """``standing("甲:cell", …)``: who stands where."""
    return Standing.of(of or chain(), [At(*pair.split(":")) for pair in pairs])
