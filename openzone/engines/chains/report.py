"""Everything that is read from a chain and the firms on it, at once."""

from collections.abc import Mapping
from dataclasses import dataclass

from openzone.engines.chains.critical import (
    Critical,
    articulation_nodes,
    concentration,
    critical_firms,
)
from openzone.engines.chains.gaps import Gap, coverage, gaps, link_rate
from openzone.engines.chains.local import Local, local
from openzone.engines.chains.loops import Loop, loops
from openzone.engines.chains.standing import Standing


@dataclass(frozen=True, slots=True)
class Report:
    """What is there, what is missing, what breaks what; rates from 0 to 1.

    ``hhi``: concentration of the nodes where every output is known.
    """

    standing: Standing
    coverage: float | None
    links: tuple[int, int]
    gaps: tuple[Gap, ...]
    articulation: tuple[str, ...]
    critical: tuple[Critical, ...]
    loops: tuple[Loop, ...]
    local: Local
    hhi: Mapping[str, float]

    @property
    def link_rate(self) -> float | None:
        """Links with a firm at both ends, of all; nothing for a chain without links."""
        held, whole = self.links
        return held / whole if whole else None


def report(standing: Standing, quotients: Mapping[str, float] | None = None) -> Report:
    """Read a chain; ``quotients`` as for ``gaps.gaps``."""
    chain = standing.chain
    hhi = {node: concentration(standing, node) for node in chain.ids}
    return Report(
        standing,
        coverage(standing.covered, chain.weights),
        link_rate(chain.graph, standing.covered),
        tuple(gaps(standing, quotients)),
        tuple(articulation_nodes(chain)),
        tuple(critical_firms(standing)),
        tuple(loops(standing)),
        local(standing),
        {node: value for node, value in hhi.items() if value is not None},
    )
