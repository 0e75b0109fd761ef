"""What one version of a chain says otherwise than another: by part, by field, by word."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple, TypeVar

Value = str | float | bool | tuple[str, ...] | None
Fields = Mapping[str, Value]
K = TypeVar("K")
WORDS = ("keywords", "aliases", "heads", "excludes", "firms")
"""The fields by which firms are recognised."""


class EdgeKey(NamedTuple):
    """What makes two edges the same edge."""

    source: str
    target: str
    relation: str


@dataclass(frozen=True, slots=True)
class Parts:
    """A chain laid out to be compared; a field that says nothing is left out."""

    head: Fields
    stages: tuple[str, ...]
    nodes: Mapping[str, Fields]
    edges: Mapping[EdgeKey, Fields]
    rules: Fields


class Kind(StrEnum):
    """What happened to a part."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


class FieldChange(NamedTuple):
    """A field with both its values; ``None`` where one side says nothing."""

    field: str
    before: Value
    after: Value

    @property
    def gained(self) -> tuple[str, ...]:
        """The members of a list that came in."""
        return _minus(self.after, self.before)

    @property
    def lost(self) -> tuple[str, ...]:
        """The members of a list that went."""
        return _minus(self.before, self.after)


class NodeChange(NamedTuple):
    """A node that came, went or says something else."""

    id: str
    kind: Kind
    fields: tuple[FieldChange, ...]


class EdgeChange(NamedTuple):
    """An edge that came, went or says something else."""

    key: EdgeKey
    kind: Kind
    fields: tuple[FieldChange, ...]


class StageChange(NamedTuple):
    """A stage with its place before and after, from 1; ``None`` where it is not there."""

    name: str
    before: int | None
    after: int | None


class WordChange(NamedTuple):
    """A word with the nodes that had it and those that have it now."""

    word: str
    field: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChainDiff:
    """Everything in which two versions differ. The order of nodes and edges says nothing."""

    head: tuple[FieldChange, ...]
    stages: tuple[StageChange, ...]
    nodes: tuple[NodeChange, ...]
    edges: tuple[EdgeChange, ...]
    rules: tuple[FieldChange, ...]
    words: tuple[WordChange, ...]

    def __len__(self) -> int:
        return sum(map(len, (self.head, self.stages, self.nodes, self.edges, self.rules)))

    def of_kind(self, kind: Kind) -> tuple[NodeChange, ...]:
        """Return the nodes that came, went or changed."""
        return tuple(node for node in self.nodes if node.kind is kind)


def diff(before: Parts, after: Parts, moves: Mapping[str, str] | None = None) -> ChainDiff:
    """Compare two versions; the newer one gives the order, what went comes last.

    ``moves``: for nodes that went the node that takes over. Where that one is new and takes over
    from one node only, the node is the same with another id.
    """
    before, after = _as_now(before, after, moves or {})
    return ChainDiff(
        tuple(_fields(before.head, after.head)),
        tuple(_stages(before.stages, after.stages)),
        tuple(NodeChange(*one) for one in _entries(before.nodes, after.nodes)),
        tuple(EdgeChange(*one) for one in _entries(before.edges, after.edges)),
        tuple(_fields(before.rules, after.rules)),
        tuple(_words(before.nodes, after.nodes)),
    )


def _as_now(before: Parts, after: Parts, moves: Mapping[str, str]) -> tuple[Parts, Parts]:
    """Call nodes that got another id as they are called now, with the old id as a field."""
    takers = list(moves.values())
    called = {
        old: new
        for old, new in moves.items()
        if old in before.nodes.keys() - after.nodes.keys()
        and new in after.nodes.keys() - before.nodes.keys()
        and takers.count(new) == 1
    }
    ids = {new: {"id": new} for new in called.values()}
    nodes = {
        called.get(name, name): _called(fields, called) | ({"id": name} if name in called else {})
        for name, fields in before.nodes.items()
    }
    edges = {
        EdgeKey(called.get(key.source, key.source), called.get(key.target, key.target),
                key.relation): fields
        for key, fields in before.edges.items()
    }  # fmt: skip
    now = {name: {**fields, **ids.get(name, {})} for name, fields in after.nodes.items()}
    return replace(before, nodes=nodes, edges=edges), replace(after, nodes=now)


def _called(fields: Fields, called: Mapping[str, str]) -> dict[str, Value]:
    parent = fields.get("parent")
    if isinstance(parent, str) and parent in called:
        return {**fields, "parent": called[parent]}
    return dict(fields)


def _fields(before: Fields, after: Fields) -> Iterator[FieldChange]:
    for name in dict.fromkeys((*after, *before)):
        old, new = before.get(name), after.get(name)
        if old != new:
            yield FieldChange(name, old, new)


def _entries(
    before: Mapping[K, Fields], after: Mapping[K, Fields]
) -> Iterator[tuple[K, Kind, tuple[FieldChange, ...]]]:
    for name in dict.fromkeys((*after, *before)):
        fields = tuple(_fields(before.get(name, {}), after.get(name, {})))
        if name not in before:
            yield name, Kind.ADDED, fields
        elif name not in after:
            yield name, Kind.REMOVED, fields
        elif fields:
            yield name, Kind.CHANGED, fields


def _stages(before: tuple[str, ...], after: tuple[str, ...]) -> Iterator[StageChange]:
    """Tell what came, what went, and as few as possible of those that moved."""
    old = {name: place for place, name in enumerate(before, 1)}
    new = {name: place for place, name in enumerate(after, 1)}
    was = [name for name in before if name in new]
    matcher = SequenceMatcher(None, was, [name for name in after if name in old], autojunk=False)
    still = {name for at, _, size in matcher.get_matching_blocks() for name in was[at : at + size]}
    for name in dict.fromkeys((*after, *before)):
        if name not in still:
            yield StageChange(name, old.get(name), new.get(name))


def _words(before: Mapping[str, Fields], after: Mapping[str, Fields]) -> Iterator[WordChange]:
    old, new = _owners(before), _owners(after)
    for key in dict.fromkeys((*new, *old)):
        was, now = old.get(key, ()), new.get(key, ())
        if set(was) != set(now):
            yield WordChange(key[1], key[0], was, now)


def _owners(nodes: Mapping[str, Fields]) -> dict[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for node, fields in nodes.items():
        for name in WORDS:
            for word in _members(fields.get(name)):
                found[name, word] = (*found.get((name, word), ()), node)
    return found


def _members(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def _minus(some: Value, others: Value) -> tuple[str, ...]:
    return tuple(one for one in _members(some) if one not in _members(others))
