"""What is wrong with a chain, each fault with the node or edge and the reason."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from openzone.engines.chains.graph import Digraph
from openzone.engines.chains.model import Edge, Node, Relation
from openzone.engines.identity.industries import Industries, InvalidIndustry
from openzone.engines.text import Text

CUSTOMS = re.compile(r"\d{2}(\d{2}){0,4}")
"""Chapter, heading, subheading; then national digits (Harmonised System)."""
TWICE = Text("节点编号重复", "the node id is used twice")
NO_STAGE = Text(
    "阶段“{stage}”未在 stages 中声明，可用：{known}",
    "stage “{stage}” is not declared; declared are {known}",
)
STAGE_TWICE = Text("阶段“{stage}”声明了两次", "stage “{stage}” is declared twice")
NO_PARENT = Text("上级节点“{parent}”不存在", "there is no parent node “{parent}”")
PARENT_CYCLE = Text("上级节点成环：{path}", "parents in a circle: {path}")
NOWHERE = Text("端点“{node}”不存在", "there is no node “{node}”")
SELF_LOOP = Text("自己连到自己", "leads to itself")
EDGE_TWICE = Text("同一关系的边重复", "the same edge with the same relation twice")
CYCLE = Text(
    "非回收边成环：{path}；回收请用 rel: return",
    "a cycle without a return edge: {path}; recycling is rel: return",
)
ALONE = Text("孤立节点：没有边，也没有上下级", "isolated: no edge, no parent, no child")
COLLISION = Text("{what}“{word}”同时属于 {others}", "{what_en} “{word}” also belongs to {others}")
BAD_CODE = Text("行业代码“{code}”无效：{why}", "industry code “{code}” is not valid: {why}")
BAD_CUSTOMS = Text(
    "商品编码“{code}”无效：应为2至10位数字", "HS code “{code}” is not valid: 2 to 10 digits"
)
BAD_WEIGHT = Text("权重应为正数", "the weight must be above zero")
BAD_SHARE = Text("成本占比应在0与1之间", "the cost share must be between 0 and 1")
SHOWN = 12
"""Names told of a list at most."""
NO_NODES = Text("没有节点", "there are no nodes")


class Fault(NamedTuple):
    """Where it is (``nodes``/``edges`` and its place in the file), the node, and what is wrong."""

    path: tuple[str | int, ...]
    node: str
    reason: Text


def faults(
    stages: Sequence[str], nodes: Sequence[Node], edges: Sequence[Edge], industries: Industries
) -> list[Fault]:
    """Return every fault, in the order of the file."""
    found = [
        *_of_stages(stages),
        *_of_nodes(stages, nodes, industries),
        *_of_parents(nodes),
        *_of_words(nodes),
        *_of_edges({node.id for node in nodes}, edges),
        *_cycles(nodes, edges),
        *_alone(nodes, edges),
    ]
    return sorted(
        found, key=lambda fault: (fault.path[0] != "nodes", str(fault.path[0]), _at(fault))
    )


def _at(fault: Fault) -> int:
    return fault.path[1] if len(fault.path) > 1 and isinstance(fault.path[1], int) else -1


def _of_stages(stages: Sequence[str]) -> Iterator[Fault]:
    seen = set[str]()
    for place, stage in enumerate(stages):
        if stage in seen:
            yield Fault(("stages", place), "", STAGE_TWICE.format(stage=stage))
        seen.add(stage)


def _of_nodes(
    stages: Sequence[str], nodes: Sequence[Node], industries: Industries
) -> Iterator[Fault]:
    if not nodes:
        yield Fault(("nodes",), "", NO_NODES)
    seen, declared = set[str](), set(stages)
    for place, node in enumerate(nodes):
        at = ("nodes", place)
        if node.id in seen:
            yield Fault((*at, "id"), node.id, TWICE)
        seen.add(node.id)
        if node.stage not in declared:
            known = "、".join(stages[:SHOWN]) or "—"
            yield Fault((*at, "stage"), node.id, NO_STAGE.format(stage=node.stage, known=known))
        if not node.weight > 0:
            yield Fault((*at, "weight"), node.id, BAD_WEIGHT)
        for code in node.industries:
            if reason := _bad_industry(code, industries):
                yield Fault((*at, "codes"), node.id, reason)
        for code in node.customs:
            if not CUSTOMS.fullmatch(code):
                yield Fault((*at, "codes"), node.id, BAD_CUSTOMS.format(code=code))


def _bad_industry(code: str, industries: Industries) -> Text | None:
    try:
        industries.parse(code)
    except InvalidIndustry as error:
        why = error.reason
        return Text(
            BAD_CODE.zh.format(code=code, why=why.zh), BAD_CODE.en.format(code=code, why=why.en)
        )
    return None


def _of_parents(nodes: Sequence[Node]) -> Iterator[Fault]:
    """Tell parents that are not there, and each circle of parents once."""
    parents = {node.id: node.parent for node in nodes}
    circles = {path[0]: path for path in _parent_circles(parents)}
    for place, node in enumerate(nodes):
        at = ("nodes", place, "parent")
        if node.parent is not None and node.parent not in parents:
            yield Fault(at, node.id, NO_PARENT.format(parent=node.parent))
        elif node.id in circles:
            yield Fault(at, node.id, PARENT_CYCLE.format(path=_way(circles.pop(node.id))))


def _parent_circles(parents: Mapping[str, str | None]) -> Iterator[list[str]]:
    """Return each circle from its first node in the file on."""
    done = set[str]()
    for start in parents:
        path: dict[str, int] = {}
        here: str | None = start
        while here is not None and here in parents and here not in done and here not in path:
            path[here] = len(path)
            here = parents[here]
        if here in path:
            yield list(path)[path[here] :]
        done |= path.keys()


def _way(circle: Sequence[str]) -> str:
    """Write a circle, a long one by its beginning."""
    shown = [*circle[:SHOWN], "…"] if len(circle) > SHOWN else circle
    return "→".join([*shown, circle[0]])


def _of_words(nodes: Sequence[Node]) -> Iterator[Fault]:
    """A word that tells two nodes tells neither."""
    owners: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, node in enumerate(nodes):
        for kind, words in (("keywords", (*node.keywords, *node.aliases)), ("firms", node.firms)):
            for word in {folded(word) for word in words}:
                owners[kind, word].append(place)
    for (kind, word), places in owners.items():
        for place in places[1:]:
            others = "、".join(nodes[one].id for one in places[: SHOWN + 1] if one != place)
            what, what_en = ("关键词", "keyword") if kind == "keywords" else ("企业名", "firm")
            reason = COLLISION.format(what=what, what_en=what_en, word=word, others=others)
            yield Fault(("nodes", place, kind), nodes[place].id, reason)


def folded(text: str) -> str:
    """Return the text as words are compared: half-width, lower case, no blanks."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _of_edges(known: set[str], edges: Sequence[Edge]) -> Iterator[Fault]:
    seen = set[tuple[str, str, Relation]]()
    for place, edge in enumerate(edges):
        at = ("edges", place)
        for end, node in (("from", edge.source), ("to", edge.target)):
            if node not in known:
                yield Fault((*at, end), str(edge), NOWHERE.format(node=node))
        if edge.source == edge.target:
            yield Fault(at, edge.source, SELF_LOOP)
        key = (edge.source, edge.target, edge.relation)
        if key in seen:
            yield Fault(at, str(edge), EDGE_TWICE)
        seen.add(key)
        if edge.cost_share is not None and not 0 <= edge.cost_share <= 1:
            yield Fault((*at, "cost_share"), str(edge), BAD_SHARE)


def _cycles(nodes: Sequence[Node], edges: Sequence[Edge]) -> Iterator[Fault]:
    """Say each circle of inputs once, at the edge that stands last in the file."""
    place = {node.id: number for number, node in enumerate(nodes)}
    forward = [
        (number, edge)
        for number, edge in enumerate(edges)
        if edge.relation != Relation.RETURN
        and edge.source != edge.target
        and {edge.source, edge.target} <= place.keys()
    ]
    graph = Digraph.of(len(nodes), [(place[e.source], place[e.target]) for _, e in forward])
    parts = graph.components()
    part = {node: members[0] for members in parts for node in members}
    of_part: dict[int, list[int]] = defaultdict(list)
    for number, edge in forward:
        if part[place[edge.source]] == part[place[edge.target]]:
            of_part[part[place[edge.source]]].append(number)
    for members in parts:
        if len(members) < 2:
            continue
        here = of_part[members[0]]
        path = _circle(edges[here[-1]], [edges[one] for one in here])
        yield Fault(("edges", here[-1]), str(edges[here[-1]]), CYCLE.format(path=_way(path[:-1])))


def _circle(edge: Edge, edges: Iterable[Edge]) -> list[str]:
    """Return the shortest way from the end of an edge back to its start, and once more round."""
    ways = defaultdict[str, list[str]](list)
    for one in edges:
        ways[one.source].append(one.target)
    came, waiting = {edge.target: ""}, [edge.target]
    for node in waiting:
        new = [end for end in ways[node] if end not in came]
        came |= dict.fromkeys(new, node)
        waiting += new
    path = [edge.source]
    while came.get(path[-1]):
        path.append(came[path[-1]])
    return [edge.source, *reversed(path)]


def _alone(nodes: Sequence[Node], edges: Sequence[Edge]) -> Iterator[Fault]:
    joined = {
        end for edge in edges if edge.source != edge.target for end in (edge.source, edge.target)
    }
    joined |= {node.parent for node in nodes if node.parent} | {n.id for n in nodes if n.parent}
    for place, node in enumerate(nodes):
        if node.id not in joined:
            yield Fault(("nodes", place), node.id, ALONE)
