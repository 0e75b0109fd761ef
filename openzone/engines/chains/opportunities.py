"""What a place does not make yet and is near to, beside what size alone would say."""

from typing import NamedTuple

import numpy as np

from openzone.engines.chains.complexity import Complexity, Floats


class Opportunity(NamedTuple):
    """A product a place is not specialised in; ``product`` is its column.

    ``score`` is density × how far the index lies above that of the least complex product: this
    project's own order, which falls with neither; None without an index.
    ``rank_by_size`` counts among the same products, by their size everywhere: within one place
    density is no better than that.
    """

    product: int
    density: float
    pci: float | None
    score: float | None
    rca: float
    rank_by_size: int


def opportunities(found: Complexity, place: int, sizes: Floats) -> list[Opportunity]:
    """Return the products a place is not specialised in, the best score first.

    ``sizes``: the whole flow of each product. Without an index the nearest come first.
    """
    rest = np.flatnonzero(~found.specialised[place])
    by_size = dict(zip(rest.tolist(), ranks(sizes[rest]), strict=True))
    rows = [_opportunity(found, place, int(one), by_size[int(one)]) for one in rest]
    return sorted(rows, key=lambda row: -(row.density if row.score is None else row.score))


def _opportunity(found: Complexity, place: int, product: int, rank: int) -> Opportunity:
    near = float(found.density[place, product])
    pci = None if found.pci is None else float(found.pci[product])
    score = None if found.pci is None else near * float(found.pci[product] - found.pci.min())
    return Opportunity(product, near, pci, score, float(found.rca[place, product]), rank)


def ranks(values: Floats) -> list[int]:
    """Return the rank of each value, the largest 1; equals share the better one."""
    falling = np.sort(-values)
    return [int(place) + 1 for place in np.searchsorted(falling, -values)]


def rank_correlation(first: Floats, second: Floats) -> float | None:
    """Return Spearman's correlation of two orders; None where one of them says nothing."""
    one, other = _middle(first), _middle(second)
    if len(first) < 2 or one.std() == 0 or other.std() == 0:
        return None
    both = ((one - one.mean()) * (other - other.mean())).mean()
    return float(both / one.std() / other.std())


def _middle(values: Floats) -> Floats:
    """Return ranks from the least on; equals share their mean."""
    rising = np.sort(values)
    ends = np.searchsorted(rising, values), np.searchsorted(rising, values, side="right")
    found: Floats = (ends[0] + ends[1] + 1) / 2
    return found
