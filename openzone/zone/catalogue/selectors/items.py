"""Items by filters, how many accept which commitment, and the item × region matrix."""

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Q, QuerySet

from openzone.packs.commitments import Kind
from openzone.zone.catalogue.models import Acceptance, RegionOffer, ServiceItem
from openzone.zone.catalogue.packs import commitments
from openzone.zone.people.models import Unit


@dataclass(frozen=True, slots=True)
class ItemFilter:
    """What a list of items is narrowed by; ``kind`` may be ``excluded`` or ``none``."""

    text: str = ""
    unit: Unit | None = None
    kind: str = ""


def in_force(on: dt.date) -> QuerySet[ServiceItem]:
    """Return the items of the catalogue on a day."""
    return ServiceItem.objects.filter(Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=on))


def items(chosen: ItemFilter, on: dt.date) -> QuerySet[ServiceItem]:
    """Return the items of a day that pass a filter, by code."""
    found = in_force(on)
    if chosen.text:
        found = found.filter(Q(name__icontains=chosen.text) | Q(code__icontains=chosen.text))
    if chosen.unit is not None:
        found = found.filter(deciding_unit=chosen.unit)
    if chosen.kind == "excluded":
        found = found.exclude(excluded_reason="")
    elif chosen.kind == "none":
        found = found.filter(acceptances__isnull=True, excluded_reason="")
    elif chosen.kind:
        found = found.filter(acceptances__kind=chosen.kind, excluded_reason="")
    return found.select_related("deciding_unit").order_by("code")


class Accepted(NamedTuple):
    """How many items accept a kind."""

    kind: Kind
    items: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """Of ``total`` items, how many accept any commitment, which, and how many may not by law."""

    total: int
    any_kind: int
    excluded: int
    by_kind: tuple[Accepted, ...]

    @property
    def without(self) -> int:
        """Items that could accept a commitment and accept none."""
        return self.total - self.any_kind - self.excluded


def coverage(on: dt.date) -> Coverage:
    """Count the items of a day by the commitments they accept.

    An item excluded by law counts as excluded only, whatever it was once said to accept.
    """
    found = in_force(on)
    open_ = Acceptance.objects.filter(item__in=found.filter(excluded_reason=""))
    counts = Counter(open_.values_list("kind", flat=True))
    return Coverage(
        total=found.count(),
        any_kind=open_.values("item").distinct().count(),
        excluded=found.exclude(excluded_reason="").count(),
        by_kind=tuple(Accepted(kind, counts[kind.id]) for kind in commitments().kinds),
    )


class Matrix(NamedTuple):
    """Items against regions: ``cells`` holds the offers by (item, division)."""

    regions: list[tuple[str, str]]
    items: list[ServiceItem]
    cells: dict[tuple[int, str], list[RegionOffer]]


def offers_on(on: dt.date) -> QuerySet[RegionOffer]:
    """Return the offers in force on a day of items in force."""
    valid = Q(valid_from__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gte=on))
    return RegionOffer.objects.filter(valid, item__in=in_force(on))


def matrix(on: dt.date) -> Matrix:
    """Return every item that is handled with a region, by code, against the regions."""
    cells: dict[tuple[int, str], list[RegionOffer]] = defaultdict(list)
    regions: dict[str, str] = {}
    for offer in offers_on(on).select_related("item__deciding_unit"):
        cells[offer.item_id, offer.division].append(offer)
        regions[offer.division] = offer.region
    numbers = {item for item, _ in cells}
    found = ServiceItem.objects.filter(pk__in=numbers).select_related("deciding_unit")
    return Matrix(sorted(regions.items()), list(found.order_by("code")), dict(cells))
