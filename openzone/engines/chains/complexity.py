"""Economic complexity of places by what they make, exactly.

Balassa's revealed comparative advantage; proximity and density after Hidalgo and others (2007)
with a proximity of 1 of a product to itself; the complexity indices as the second eigenvector
(Hausmann and others, 2014), products on the scale of places, so that the index of a place is the
mean of those of what it makes, as the Growth Lab publishes them; fitness after Tacchella and
others (2012). Beside every ranking stands the naive one, by size: within one place density is no
better than the size of an industry.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from openzone.engines.chains.spectrum import second
from openzone.engines.text import Text

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
NEGATIVE = Text("流量为负数或不是数字", "a flow is negative or not a number")
EMPTY = Text("筛选后没有剩下地区或产品", "no place or product is left by the size filters")
ITERATIONS = 200
CLOSE = 1e-12
STILL = 1e-14
"""A change of fitness, whose mean is 1, that is rounding."""


class InvalidFlows(ValueError):  # noqa: N818 - callers read it as the reason it holds
    """Flows from which nothing can be computed."""

    def __init__(self, reason: Text) -> None:
        self.reason = reason
        super().__init__(str(reason))


@dataclass(frozen=True)
class Complexity:
    """Figures of places (rows) and products (columns).

    ``eci`` has mean 0 and deviation 1, ``pci`` its scale. Both are ``None`` where the matrix falls
    into parts that share no product (the second eigenvector then tells the parts apart and
    nothing else) and where it is tied with the third (any mixture would do as well).
    """

    rca: Floats
    specialised: Flags
    proximity: Floats
    density: Floats
    eci: Floats | None
    pci: Floats | None
    fitness: Floats
    quality: Floats

    @property
    def diversity(self) -> Floats:
        """How many products each place is specialised in: the naive ranking of places."""
        found: Floats = self.specialised.sum(axis=1).astype(np.float64)
        return found

    @property
    def ubiquity(self) -> Floats:
        """How many places are specialised in each product."""
        found: Floats = self.specialised.sum(axis=0).astype(np.float64)
        return found


def rca(flows: Floats) -> Floats:
    """Return the share of a product in a place over its share in all; 0 where there is nothing."""
    shares, everywhere = _parts(flows, 1), _parts(flows.sum(axis=0, keepdims=True), 1)
    found: Floats = np.zeros_like(shares)
    np.divide(shares, everywhere, out=found, where=everywhere > 0)
    return found


def _parts(flows: Floats, axis: int) -> Floats:
    whole = flows.sum(axis=axis, keepdims=True)
    found: Floats = np.divide(flows, whole, out=np.zeros(flows.shape), where=whole > 0)
    return found


def proximity(specialised: Flags) -> Floats:
    """Return for two products the lesser chance of one given the other; 1 with itself."""
    made = specialised.astype(np.float32)  # counts of places: exact up to 16 million
    together = (made.T @ made).astype(np.float64)
    each = np.diag(together)
    larger = np.maximum.outer(each, each)
    found = np.divide(together, larger, out=np.zeros_like(together), where=larger > 0)
    np.fill_diagonal(found, 1.0)
    return found


def density(specialised: Flags, near: Floats) -> Floats:
    """Return how much of what is near a product a place makes, 0 to 1."""
    found: Floats = (specialised.astype(np.float64) @ near) / near.sum(axis=0)
    return found


def complexity_indices(specialised: Flags) -> tuple[Floats, Floats] | None:
    """Return the indices of places and products, larger for more diverse places.

    The second eigenvector of the symmetric form D_c^-1/2 M D_p^-1 Mᵀ D_c^-1/2, on the smaller side;
    the first is known to be the root of the diversity.
    """
    made = specialised.astype(np.float64)
    diversity, ubiquity = made.sum(axis=1), made.sum(axis=0)
    scaled = made / np.sqrt(diversity)[:, None] / np.sqrt(ubiquity)[None, :]
    wide = scaled.shape[0] <= scaled.shape[1]
    side = scaled if wide else scaled.T
    found = second(side @ side.T, np.sqrt(diversity if wide else ubiquity))
    if found is None or not CLOSE < found[0] < 1 - CLOSE:
        return None
    value, vector = found
    places = (vector if wide else scaled @ vector) / np.sqrt(diversity)
    places = places * _sign(places, diversity)
    products = made.T @ places / ubiquity / value
    spread = places.std()
    return (places - places.mean()) / spread, (products - places.mean()) / spread


def _sign(values: Floats, diversity: Floats) -> float:
    together = float(((values - values.mean()) * (diversity - diversity.mean())).sum())
    return -1.0 if together < 0 else 1.0


def fitness(specialised: Flags, iterations: int = ITERATIONS) -> tuple[Floats, Floats]:
    """Return the fitness of places and the quality of products, each with a mean of 1."""
    made = specialised.astype(np.float64)
    places, products = np.ones(made.shape[0]), np.ones(made.shape[1])
    for _ in range(iterations):
        new_places = made @ products
        new_products = 1 / np.maximum(made.T @ (1 / np.maximum(places, CLOSE)), CLOSE)
        before, products = products, new_products / new_products.mean()
        earlier, places = places, new_places / new_places.mean()
        if max(abs(places - earlier).max(), abs(products - before).max()) < STILL:
            break
    return places, products


def complexity(flows: Floats, iterations: int = ITERATIONS) -> Complexity:
    """Compute everything from flows ``[place, product]`` in one unit of value.

    Raises:
        InvalidFlows: negative or missing flows, or a place or product without any.

    """
    if not np.isfinite(flows).all() or (flows < 0).any():
        raise InvalidFlows(NEGATIVE)
    if not flows.size or not flows.any(axis=0).all() or not flows.any(axis=1).all():
        raise InvalidFlows(EMPTY)
    advantage = rca(flows)
    specialised = _specialised(advantage)
    near = proximity(specialised)
    both = complexity_indices(specialised)
    eci, pci = both if both else (None, None)
    strong, quality = fitness(specialised, iterations)
    return Complexity(
        advantage, specialised, near, density(specialised, near), eci, pci, strong, quality
    )


def _specialised(advantage: Floats) -> Flags:
    """Tell where the advantage is 1 or more; somewhere it is, for each place and each product.

    Where it is 1 nearly everywhere rounding may hide that.
    """
    found: Flags = advantage >= 1
    hidden = not found.any(axis=0).all() or not found.any(axis=1).all()
    return advantage >= 1 - CLOSE if hidden else found


def large_enough(flows: Floats, least_place: float, least_product: float) -> tuple[Flags, Flags]:
    """Tell which places and products to keep: small ones reach the top by accident.

    What has no flow at all is never kept. Dropping one may leave another without any, so the
    filters are applied until nothing more goes.
    """
    places = np.ones(flows.shape[0], dtype=np.bool_)
    products = np.ones(flows.shape[1], dtype=np.bool_)
    while True:
        rows = np.where(products, flows, 0).sum(axis=1)
        columns = np.where(places[:, None], flows, 0).sum(axis=0)
        kept = places & (rows > 0) & (rows >= least_place)
        left = products & (columns > 0) & (columns >= least_product)
        if (kept == places).all() and (left == products).all():
            return kept, left
        places, products = kept, left
