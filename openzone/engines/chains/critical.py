"""N-1: whose loss opens a hole, which node holds the chain together, what is concentrated."""

from typing import NamedTuple

from openzone.engines.chains.model import Chain
from openzone.engines.chains.standing import Standing


class Critical(NamedTuple):
    """A firm whose loss leaves nodes without anybody, and breaks the edges at them."""

    firm: str
    nodes: tuple[str, ...]
    links_lost: int


def critical_firms(standing: Standing) -> list[Critical]:
    """Return the firms that are alone at a node, those whose loss breaks most first."""
    alone: dict[str, list[str]] = {}
    for node in standing.chain.ids:
        firms = {one.firm for one in standing.firms.get(node, ())}
        if len(firms) == 1:
            alone.setdefault(firms.pop(), []).append(node)
    held = _held(standing)
    found = [
        Critical(firm, tuple(nodes), len(set().union(*(held[node] for node in nodes))))
        for firm, nodes in alone.items()
    ]
    return sorted(found, key=lambda one: (-one.links_lost, -len(one.nodes)))


def _held(standing: Standing) -> dict[str, set[int]]:
    """Return for each node that is there its links that hold today, by their place in the pack."""
    found: dict[str, set[int]] = {node: set() for node in standing.firms}
    for place, edge in enumerate(standing.chain.edges):
        if edge.source in found and edge.target in found:
            found[edge.source].add(place)
            found[edge.target].add(place)
    return found


def articulation_nodes(chain: Chain) -> list[str]:
    """Return the nodes without which the chain as a pack falls apart."""
    return list(chain.cuts)


def concentration(standing: Standing, node: str) -> float | None:
    """Return the sum of squared shares of a node's output (HHI, 0 to 1).

    Unknown unless the output of every firm there is known.
    """
    outputs = [one.output for one in standing.firms.get(node, ())]
    known = [output for output in outputs if output is not None]
    whole = sum(known)
    if not known or len(known) < len(outputs) or not whole:
        return None
    return sum((output / whole) ** 2 for output in known)
