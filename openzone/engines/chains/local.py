"""Can it be made here? Inputs are AND, substitutes are OR, and nothing rests on itself.

A node can be made here if a firm is there and every required input can be: each one alone, or
any one of a group of substitutes. The answer is the least set that satisfies this, so that two
nodes which only feed each other do not vouch for each other. A shortest path would answer
another question: it takes one input for all.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from openzone.engines.chains.model import Chain, Edge, Need
from openzone.engines.chains.standing import Standing


@dataclass(frozen=True, slots=True)
class Local:
    """What can be made here, and what each other node still waits for (a group as a whole)."""

    made: tuple[str, ...]
    waits: Mapping[str, tuple[tuple[str, ...], ...]]


def local(standing: Standing) -> Local:
    """Return the least fixpoint over required inputs."""
    chain, needs = standing.chain, _needs(standing.chain)
    made = set[str]()
    rest = [node for node in chain.ids if node in standing.firms]
    while ready := [node for node in rest if _met(needs[node], made)]:
        made.update(ready)
        rest = [node for node in rest if node not in made]
    return Local(
        tuple(node for node in chain.ids if node in made),
        {
            node: tuple(group for group in needs[node] if not made.intersection(group))
            for node in chain.ids
            if node not in made
        },
    )


def _needs(chain: Chain) -> Mapping[str, list[tuple[str, ...]]]:
    """Return the groups of inputs of each node: of each group one is enough."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for edge in chain.edges:
        if edge.need is Need.REQUIRED:
            found[edge.target][_key(edge)].append(edge.source)
    needs = defaultdict[str, list[tuple[str, ...]]](list)
    for node, groups in found.items():
        needs[node] = [tuple(dict.fromkeys(members)) for members in groups.values()]
    return needs


def _key(edge: Edge) -> str:
    return f"group:{edge.group}" if edge.group else f"node:{edge.source}"


def _met(groups: list[tuple[str, ...]], made: set[str]) -> bool:
    return all(made.intersection(group) for group in groups)
