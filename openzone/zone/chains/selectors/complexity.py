"""Figures of economic complexity, computed from a table of flows as it stands."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from openzone.engines.chains.complexity import Complexity, Flags, Floats, complexity, large_enough
from openzone.engines.chains.opportunities import opportunities, rank_correlation, ranks
from openzone.engines.chains.tables import matrix
from openzone.zone.chains.models import ComplexityStudy


@dataclass(frozen=True)
class PlaceLine:
    """A place with its figures, always beside its rank by size."""

    name: str
    eci: float | None
    rank: int | None
    fitness: float
    fitness_rank: int
    diversity: int
    size: float
    size_rank: int


@dataclass(frozen=True)
class ProductLine:
    """A product with its figures."""

    name: str
    pci: float | None
    quality: float
    ubiquity: int
    size: float
    size_rank: int


@dataclass(frozen=True)
class Chance:
    """A product a place is not specialised in."""

    product: ProductLine
    density: float
    score: float | None
    rca: float
    rank: int
    rank_by_size: int


@dataclass(frozen=True)
class FlowLine:
    """A flow with its advantage."""

    place: str
    product: str
    value: float
    rca: float
    specialised: bool


@dataclass(frozen=True)
class StudyReading:
    """A study as its size filters leave it. ``likeness``: of the ranks by index and by size."""

    study: ComplexityStudy
    places: tuple[PlaceLine, ...]
    products: tuple[ProductLine, ...]
    left_places: tuple[str, ...]
    left_products: tuple[str, ...]
    likeness: float | None
    found: Complexity
    flows: Floats

    def chances(self, place: str) -> list[Chance]:
        """Return what a place is not specialised in, the best first."""
        row = [one.name for one in self.places].index(place)
        sizes = self.flows.sum(axis=0)
        return [
            Chance(self.products[one.product], one.density, one.score, one.rca, rank,
                   one.rank_by_size)
            for rank, one in enumerate(opportunities(self.found, row, sizes), 1)
        ]  # fmt: skip

    def rows(self, place: str = "", product: str = "", *, special: bool = False) -> list[FlowLine]:
        """Return the flows behind a figure, the largest first."""
        lines = [
            FlowLine(one.name, other.name, float(self.flows[row, column]),
                     float(self.found.rca[row, column]),
                     bool(self.found.specialised[row, column]))
            for row, one in enumerate(self.places) if place in ("", one.name)
            for column, other in enumerate(self.products) if product in ("", other.name)
            if self.flows[row, column]
        ]  # fmt: skip
        kept = [one for one in lines if one.specialised or not special]
        return sorted(kept, key=lambda one: -one.value)


def studies() -> QuerySet[ComplexityStudy]:
    """Return the studies that hold, the latest data first."""
    return ComplexityStudy.objects.filter(withdrawn_at=None).select_related("recorded_by")


def read_study(
    study: ComplexityStudy, least_place: Decimal | None = None, least_product: Decimal | None = None
) -> StudyReading:
    """Compute a study, with its own size filters or others.

    Raises:
        InvalidFlows: the filters leave nothing.

    """
    stored = study.flows.values_list("place", "product", "value").order_by("id")
    places, products, flows = matrix({(place, product): v for place, product, v in stored})
    rows, columns = large_enough(
        flows,
        float(study.least_place if least_place is None else least_place),
        float(study.least_product if least_product is None else least_product),
    )
    kept = flows[rows][:, columns]
    found, sizes = complexity(kept), kept.sum(axis=1)
    here, small = _parted(places, rows)
    made, rare = _parted(products, columns)
    likeness = None if found.eci is None else rank_correlation(found.eci, sizes)
    return StudyReading(
        study, _places(here, found, kept), _products(made, found, kept), small, rare,
        likeness, found, kept,
    )  # fmt: skip


def _parted(names: list[str], kept: Flags) -> tuple[list[str], tuple[str, ...]]:
    """Return the names that are kept and those that are not."""
    pairs = list(zip(names, kept, strict=True))
    return [name for name, keep in pairs if keep], tuple(name for name, keep in pairs if not keep)


def _places(names: list[str], found: Complexity, flows: Floats) -> tuple[PlaceLine, ...]:
    sizes = flows.sum(axis=1)
    by_size, by_fitness = ranks(sizes), ranks(found.fitness)
    by_index = None if found.eci is None else ranks(found.eci)
    return tuple(
        PlaceLine(
            name, None if found.eci is None else float(found.eci[n]),
            None if by_index is None else by_index[n], float(found.fitness[n]), by_fitness[n],
            int(found.diversity[n]), float(sizes[n]), by_size[n],
        )
        for n, name in enumerate(names)
    )  # fmt: skip


def _products(names: list[str], found: Complexity, flows: Floats) -> tuple[ProductLine, ...]:
    sizes = flows.sum(axis=0)
    by_size = ranks(sizes)
    return tuple(
        ProductLine(
            name, None if found.pci is None else float(found.pci[n]), float(found.quality[n]),
            int(found.ubiquity[n]), float(sizes[n]), by_size[n],
        )
        for n, name in enumerate(names)
    )  # fmt: skip
