"""A chain as data: nodes in stages, and directed edges from what is needed to what needs it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

import numpy as np

from openzone.engines.chains.circles import circles
from openzone.engines.chains.graph import Digraph
from openzone.engines.chains.graphs import Graph
from openzone.engines.text import Text


class Relation(StrEnum):
    """What flows along an edge. All but ``RETURN`` (recycling) together have no cycle."""

    INPUT = "input"
    EQUIP = "equip"
    SERVICE = "service"
    RETURN = "return"


class Need(StrEnum):
    """Whether the node at the end can do without it."""

    REQUIRED = "required"
    OPTIONAL = "optional"


@dataclass(frozen=True, slots=True)
class Node:
    """A link of the chain.

    ``keywords`` tell it in a text wherever they stand, ``heads`` only at the end of a phrase;
    ``excludes`` take a phrase away from it; ``firms`` are brand names known to be here.
    """

    id: str
    name: Text
    stage: str
    weight: float = 1.0
    parent: str | None = None
    industries: tuple[str, ...] = ()
    customs: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    firms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Edge:
    """``source`` goes into ``target``; members of one ``group`` stand in for each other."""

    source: str
    target: str
    relation: Relation
    need: Need
    group: str | None = None
    cost_share: float | None = None
    origin: str = ""

    def __str__(self) -> str:
        return f"{self.source}→{self.target}"


@dataclass(frozen=True)
class Chain:
    """A checked chain (see ``checking.faults``): every edge joins two of its nodes."""

    id: str
    name: Text
    version: str
    stages: tuple[str, ...]
    nodes: Mapping[str, Node]
    edges: tuple[Edge, ...]
    sources: tuple[str, ...] = field(default=())

    @cached_property
    def position(self) -> Mapping[str, int]:
        """The place of each node in the order of the pack."""
        return {name: place for place, name in enumerate(self.nodes)}

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The nodes in the order of the pack."""
        return tuple(self.nodes)

    @cached_property
    def called(self) -> Mapping[str, str]:
        """The id of each node, by its id and by its names; an id comes before a name."""
        names = {
            one: node.id for node in self.nodes.values() for one in (node.name.en, node.name.zh)
        }
        return names | {id_: id_ for id_ in self.nodes}

    @cached_property
    def graph(self) -> Graph:
        """All edges."""
        place = self.position
        pairs = [(place[edge.source], place[edge.target]) for edge in self.edges]
        return Digraph.of(len(self.nodes), pairs)

    @cached_property
    def circles(self) -> tuple[tuple[str, ...], ...]:
        """The ways round along inputs and returns: they hang on the pack, not on the firms."""
        flows: dict[Relation, list[tuple[str, str]]] = {one: [] for one in Relation}
        for edge in self.edges:
            flows[edge.relation].append((edge.source, edge.target))
        return tuple(circles(self.ids, flows[Relation.INPUT], flows[Relation.RETURN]))

    @cached_property
    def cuts(self) -> tuple[str, ...]:
        """The nodes without which the chain falls apart."""
        return tuple(self.ids[place] for place in self.graph.articulation())

    @cached_property
    def weights(self) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
        """The weight of each node."""
        return np.array([node.weight for node in self.nodes.values()])
