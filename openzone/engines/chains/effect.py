"""What another version of a chain does to its figures while nobody moves."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from openzone.engines.chains.gaps import GapKind
from openzone.engines.chains.model import Chain
from openzone.engines.chains.report import Report, report
from openzone.engines.chains.standing import At, Standing


class GapChange(NamedTuple):
    """A node whose gap is another, or is not there any more; ``None``: no gap."""

    node: str
    before: GapKind | None
    after: GapKind | None


@dataclass(frozen=True, slots=True)
class Effect:
    """Both reports, the gaps that changed, and the firms whose node the new version lacks."""

    before: Report
    after: Report
    gaps: tuple[GapChange, ...]
    homeless: tuple[At, ...]


def effect(before: Standing, chain: Chain, moves: Mapping[str, str] | None = None) -> Effect:
    """Read a chain as it is and as it would be.

    ``moves``: for nodes that the new version lacks the node that takes over their firms.
    """
    kept, homeless = _carried(before, chain, moves or {})
    was, now = report(before), report(Standing.of(chain, kept))
    return Effect(was, now, _gaps(was, now, moves or {}), homeless)


def _carried(
    before: Standing, chain: Chain, moves: Mapping[str, str]
) -> tuple[list[At], tuple[At, ...]]:
    """Return each firm at its node in the new version, once a node, and who has none there."""
    found: dict[tuple[str, str], At] = {}
    homeless: list[At] = []
    for one in before.placements:
        node = one.node if one.node in chain.nodes else moves.get(one.node, "")
        if node not in chain.nodes:
            homeless.append(one)
            continue
        there = found.get((one.firm, node))
        found[one.firm, node] = _joined(there, one) if there else one._replace(node=node)
    return list(found.values()), tuple(homeless)


def _joined(one: At, other: At) -> At:
    """Return a firm that stood at two nodes which are one now; outputs may differ in unit."""
    known = one.share is not None and other.share is not None
    share = min(1.0, (one.share or 0) + (other.share or 0)) if known else None
    return one._replace(share=share, output=None)


def _gaps(was: Report, now: Report, moves: Mapping[str, str]) -> tuple[GapChange, ...]:
    """A node that has another id now, and takes over from one only, is the same node."""
    before, after = was.standing.chain, now.standing.chain
    takers = list(moves.values())
    called = {
        one: moves[one]
        for one in before.ids
        if one in moves
        and one not in after.nodes
        and moves[one] not in before.nodes
        and takers.count(moves[one]) == 1
    }
    old = {called.get(gap.node, gap.node): gap.kind for gap in was.gaps}
    new = {gap.node: gap.kind for gap in now.gaps}
    nodes = dict.fromkeys((*after.ids, *(called.get(one, one) for one in before.ids)))
    return tuple(
        GapChange(node, old.get(node), new.get(node))
        for node in nodes
        if old.get(node) is not new.get(node)
    )
