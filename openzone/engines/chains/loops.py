"""Which loops of recycling are closed, and where the others are open."""

from typing import NamedTuple

from openzone.engines.chains.standing import Standing


class Loop(NamedTuple):
    """A way from where recycling enters to where it leaves again; ``missing`` opens it."""

    nodes: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def closed(self) -> bool:
        """Whether every node of it is here."""
        return not self.missing


def loops(standing: Standing) -> list[Loop]:
    """Return the loops of the chain in material, the closed first, then what lacks least."""
    found = [
        Loop(way, tuple(node for node in way if node not in standing.firms))
        for way in standing.chain.circles
    ]
    return sorted(found, key=lambda loop: (len(loop.missing), len(loop.nodes)))
