"""How much of a chain is there, and what is missing: filled, strengthened or extended first.

Own design, stated as such: no standard gives these figures. Coverage is by weight, the link rate
by edges with a firm at both ends. A missing node between two that are there breaks a line (补链);
one beside the end of a line lengthens it (延链); one that is there but hangs on a single firm, or
is less concentrated here than in the nation, is to be strengthened (强链).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from openzone.engines.chains.graphs import Flags, Graph, Ints
from openzone.engines.chains.standing import Standing
from openzone.engines.text import Text

Floats = npt.NDArray[np.float64]
SINGLE = Text("只有一家企业：{firm}", "one firm only: {firm}")
LOW = Text("区位商{lq:.2f}，低于1", "location quotient {lq:.2f}, below 1")
BETWEEN = Text(
    "缺；上游有{before}，下游有{after}", "missing, between {before} before it and {after} after it"
)
BEFORE = Text("缺；本地有上游{before}", "missing; its inputs are here: {before}")
AFTER = Text("缺；本地有下游{after}", "missing; its users are here: {after}")
APART = Text("缺；上下游本地都没有", "missing, and nothing next to it is here")


class GapKind(StrEnum):
    """What to do about a node: 补链, 强链, 延链; ``APART`` is missing with nothing beside it."""

    FILL = "fill"
    STRENGTHEN = "strengthen"
    EXTEND = "extend"
    APART = "apart"


ORDER = (GapKind.FILL, GapKind.EXTEND, GapKind.APART, GapKind.STRENGTHEN)


@dataclass(frozen=True, slots=True)
class Gap:
    """A node to do something about, with the covered neighbours it hangs on."""

    node: str
    kind: GapKind
    before: tuple[str, ...]
    after: tuple[str, ...]
    weight: float
    reason: Text

    @property
    def anchors(self) -> int:
        """How many nodes that are here it would serve or buy from."""
        return len(self.before) + len(self.after)


def coverage(covered: Flags, weights: Floats) -> float | None:
    """Return Σ weight of covered nodes / Σ weight; nothing for a chain without nodes."""
    whole = float(weights.sum())
    return float(weights[covered].sum()) / whole if whole else None


def link_rate(graph: Graph, covered: Flags) -> tuple[int, int]:
    """Return how many edges have a firm at both ends, of how many."""
    before, _ = graph.beside(covered)
    return int(before[covered].sum()), graph.edges


def missing(graph: Graph, covered: Flags, weights: Floats, most: int) -> Ints:
    """Return the ``most`` pressing missing nodes: breaks first, then by anchors and weight."""
    before, after = graph.beside(covered)
    anchors = before + after
    breaks = (before > 0) & (after > 0)
    pressing = anchors + breaks * (anchors.max(initial=0) + 1)
    pressing[covered] = -1
    return _first(pressing, weights, min(most, len(covered) - int(covered.sum())))


def _first(ranks: Ints, weights: Floats, most: int) -> Ints:
    """Return the highest by rank, weight and order, without sorting all the others."""
    if not most:
        return np.zeros(0, dtype=np.int64)
    above = np.cumsum(np.bincount(ranks + 1)[::-1])  # by falling rank: how many have it or more
    least = len(above) - 2 - int(np.searchsorted(above, most))
    found, tied = np.flatnonzero(ranks > least), np.flatnonzero(ranks == least)
    found = np.concatenate((found, _heaviest(tied, weights, most - len(found))))
    return found[np.lexsort((found, -weights[found], -ranks[found]))]


def _heaviest(nodes: Ints, weights: Floats, most: int) -> Ints:
    if len(nodes) <= most:
        return nodes
    given = weights[nodes]
    least = np.partition(given, len(nodes) - most)[len(nodes) - most]
    heavier = nodes[given > least]
    return np.concatenate((heavier, nodes[given == least][: most - len(heavier)]))


def gaps(standing: Standing, quotients: Mapping[str, float] | None = None) -> list[Gap]:
    """Return what to fill, to extend and to strengthen, the most pressing first of each.

    ``quotients``: the location quotient of nodes for which national figures are known.
    """
    chain, covered = standing.chain, standing.covered
    order = missing(chain.graph, covered, chain.weights, len(chain.ids))
    lost = [_missing(standing, int(place)) for place in order]
    weak = [
        gap
        for node in chain.ids
        if node in standing.firms and (gap := _weak(standing, node, quotients or {}))
    ]
    return lost + sorted(weak, key=lambda gap: (-gap.weight, -gap.anchors))


def _missing(standing: Standing, place: int) -> Gap:
    chain = standing.chain
    before, after = _neighbours(standing, place)
    said = {
        "before": "、".join(chain.nodes[one].name.zh for one in before),
        "after": "、".join(chain.nodes[one].name.zh for one in after),
    }
    kinds = {
        (True, True): (GapKind.FILL, BETWEEN),
        (True, False): (GapKind.EXTEND, BEFORE),
        (False, True): (GapKind.EXTEND, AFTER),
        (False, False): (GapKind.APART, APART),
    }
    kind, reason = kinds[bool(before), bool(after)]
    node = chain.nodes[chain.ids[place]]
    return Gap(node.id, kind, before, after, node.weight, reason.format(**said))


def _weak(standing: Standing, node: str, quotients: Mapping[str, float]) -> Gap | None:
    firms, lq = standing.firms[node], quotients.get(node)
    if len(firms) == 1:
        reason = SINGLE.format(firm=firms[0].firm)
    elif lq is not None and lq < 1:
        reason = LOW.format(lq=lq)
    else:
        return None
    chain = standing.chain
    before, after = _neighbours(standing, chain.position[node])
    return Gap(node, GapKind.STRENGTHEN, before, after, chain.nodes[node].weight, reason)


def _neighbours(standing: Standing, place: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the covered nodes before and after a node, each once."""
    chain = standing.chain

    def named(places: Sequence[int]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(chain.ids[one] for one in places if standing.covered[one]))

    return named(chain.graph.predecessors(place)), named(chain.graph.successors(place))
