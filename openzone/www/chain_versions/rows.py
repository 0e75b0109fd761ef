"""Nodes and edges of a draft as rows of a table, also while they have faults."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from openzone.engines.chains.model import Need, Relation
from openzone.engines.rules.problems import PackProblem
from openzone.engines.text import Text
from openzone.www.forms.chains_versions import name_of
from openzone.www.words_chains_versions import FIELDS
from openzone.zone.chains.selectors.drafts import Reading

Entry = Mapping[str, Any]
_LISTS = ("keywords", "aliases", "heads", "excludes")
_CODES = ("gbt4754", "hs", "strategic")


class NodeRow(NamedTuple):
    """A node with its place in the file and what is wrong with it."""

    place: int
    id: str
    name: Text
    stage: str
    weight: Any
    parent: str
    words: Mapping[str, str]
    codes: str
    edition: str
    edges: int
    problems: Sequence[PackProblem]

    @property
    def others(self) -> list[tuple[str, str]]:
        """The words besides keywords, each kind with what it is called."""
        kinds = ("aliases", "heads", "excludes", "firms")
        return [(str(FIELDS[kind]), self.words[kind]) for kind in kinds if self.words[kind]]


class EdgeRow(NamedTuple):
    """An edge with its place in the file and what is wrong with it."""

    place: int
    ends: tuple[str, str]
    source: Text
    target: Text
    rel: str
    need: str
    group: str
    cost_share: Any
    origin: str
    problems: Sequence[PackProblem]

    @property
    def id(self) -> str:
        """What the edge is called."""
        return "→".join(self.ends)

    @property
    def usual(self) -> str:
        """What the need is where nothing is said of it."""
        return Need.REQUIRED if self.rel == Relation.INPUT else Need.OPTIONAL


def node_rows(reading: Reading) -> list[NodeRow]:
    """Return the nodes in the order of the file."""
    counts: dict[str, int] = {}
    for edge in reading.entries("edges"):
        for end in {_text(edge, "from"), _text(edge, "to")}:
            counts[end] = counts.get(end, 0) + 1
    return [_node(at, one, counts, reading) for at, one in enumerate(reading.entries("nodes"))]


def _node(place: int, entry: Entry, edges: Mapping[str, int], reading: Reading) -> NodeRow:
    given = entry.get("codes")
    codes = given if isinstance(given, Mapping) else {}
    name = _text(entry, "id")
    words = {key: _joined(entry.get(key)) for key in _LISTS}
    words["firms"] = _joined(entry.get("aliases_firm"))
    written = "、".join(filter(None, (_joined(codes.get(kind)) for kind in _CODES)))
    return NodeRow(
        place, name, name_of(entry), _text(entry, "stage"), entry.get("weight", 1),
        _text(entry, "parent"), words, written,
        _text(codes, "edition"), edges.get(name, 0), reading.about.get(name, ()),
    )  # fmt: skip


def edge_rows(reading: Reading) -> list[EdgeRow]:
    """Return the edges in the order of the file."""
    names = {_text(one, "id"): name_of(one) for one in reading.entries("nodes")}
    return [_edge(at, one, names, reading) for at, one in enumerate(reading.entries("edges"))]


def _edge(place: int, entry: Entry, names: Mapping[str, Text], reading: Reading) -> EdgeRow:
    source, target = _text(entry, "from"), _text(entry, "to")
    return EdgeRow(
        place, (source, target), names.get(source, Text(source, source)),
        names.get(target, Text(target, target)), _text(entry, "rel") or "input",
        _text(entry, "need"), _text(entry, "alt_group"), entry.get("cost_share"),
        _text(entry, "source"), reading.about.get(f"{source}→{target}", ()),
    )  # fmt: skip


def wanted(row: NodeRow, q: str, stage: str) -> bool:
    """Whether a node is of a stage and holds what somebody looks for."""
    if stage and row.stage != stage:
        return False
    said = [row.id, row.name.zh, row.name.en, row.codes, *row.words.values()]
    return not q or any(q.casefold() in one.casefold() for one in said)


def _joined(value: Any) -> str:
    if isinstance(value, Mapping):
        return "、".join(f"{firm}：{node}" for firm, node in value.items())
    if isinstance(value, list | tuple):
        return "、".join(str(one) for one in value)
    return "" if value is None else str(value)


def _text(entry: Entry, key: str) -> str:
    value = entry.get(key)
    return "" if value is None else str(value)
