"""Lists of parcels by what people look for, and what they add up to."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from openzone.zone.land.enums import ParcelState, StandardState
from openzone.zone.land.models import Parcel, StandardLand
from openzone.zone.land.permissions import visible
from openzone.zone.projects.permissions import Visitor
from openzone.zone.registry.models import Place
from openzone.zone.registry.selectors.enterprises import place_and_below


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list shows. Everything left empty does not narrow it.

    ``place`` and ``unit`` are ids, a place with all that lies in it; ``standard``: with promises
    of standard land in force; areas in m².
    """

    text: str = ""
    state: str = ""
    use: str = ""
    tenure: str = ""
    place: int | None = None
    unit: int | None = None
    standard: bool = False
    least_m2: Decimal | None = None
    most_m2: Decimal | None = None


class StateSum(NamedTuple):
    """How many parcels stand at a state, and their area in m²."""

    state: ParcelState
    parcels: int
    area: Decimal


class Tile(NamedTuple):
    """A place with the parcels in it, by state; areas in m²."""

    place: Place | None
    parcels: list[Parcel]
    area: Decimal


def parcels(chosen: Filter, user: Visitor, on: dt.date) -> QuerySet[Parcel]:
    """Return the parcels of a list that somebody may see, by number."""
    return narrowed(visible(user, on), chosen).select_related("place", "unit").order_by("number")


def narrowed(found: QuerySet[Parcel], chosen: Filter) -> QuerySet[Parcel]:
    """Narrow parcels to those of a list."""
    for name in ("state", "use", "tenure"):
        if value := getattr(chosen, name):
            found = found.filter(**{name: value})
    if chosen.unit is not None:
        found = found.filter(unit=chosen.unit)
    if chosen.place is not None:
        top = Place.objects.filter(pk=chosen.place).first()
        found = found.filter(place__in=place_and_below(top) if top is not None else [])
    if chosen.standard:
        signed = StandardLand.objects.filter(parcel=OuterRef("pk"), state=StandardState.SIGNED)
        found = found.filter(Exists(signed))
    if chosen.least_m2 is not None:
        found = found.filter(area_m2__gte=chosen.least_m2)
    if chosen.most_m2 is not None:
        found = found.filter(area_m2__lte=chosen.most_m2)
    for word in chosen.text.split()[:8]:
        found = found.filter(
            Q(number__icontains=word)
            | Q(name__icontains=word)
            | Q(links__project__name__icontains=word)
        )
    return found.distinct() if chosen.text else found


def by_state(found: QuerySet[Parcel]) -> list[StateSum]:
    """Return how many parcels stand where, and their area; every state is there."""
    rows = {
        row["state"]: row
        for row in found.order_by().values("state").annotate(n=Count("pk"), area=Sum("area_m2"))
    }
    return [
        StateSum(state, rows[state]["n"], rows[state]["area"])
        if state in rows
        else StateSum(state, 0, Decimal(0))
        for state in ParcelState
    ]


def tiles(found: QuerySet[Parcel]) -> list[Tile]:
    """Return parcels by the place they lie in, for a schematic map."""
    groups: dict[Place | None, list[Parcel]] = defaultdict(list)
    for one in found.select_related("place").order_by("place__code", "number"):
        groups[one.place].append(one)
    return [
        Tile(place, rows, sum((one.area_m2 for one in rows), Decimal(0)))
        for place, rows in groups.items()
    ]
