"""How many projects are at each place, drawn without boundaries: what lies in what."""

from collections import defaultdict
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Count, QuerySet, Sum

from openzone.zone.projects.models import Project, ProjectShare
from openzone.zone.registry.models import Place

HEATS = 5


class Tile(NamedTuple):
    """A place with the projects at it; ``heat`` from 0 to 5, ``amount`` in yuan where stated."""

    place: Place | None
    projects: int
    amount: Decimal | None
    heat: int


class Group(NamedTuple):
    """A place and those that lie in it."""

    place: Place | None
    tiles: list[Tile]
    projects: int


def tree(found: QuerySet[Project]) -> list[Group]:
    """Return places by what they lie in. A project that places share is at each of them."""
    counts, sums = _at(found)
    most = max(counts.values(), default=1)
    groups: dict[Place | None, list[Tile]] = defaultdict(list)
    places = Place.objects.filter(pk__in=[pk for pk in counts if pk]).select_related("parent")
    for place in places.order_by("code"):
        count = counts[place.pk]
        tile = Tile(place, count, sums.get(place.pk), -(-HEATS * count // most))
        groups[place.parent].append(tile)
    if None in counts:
        groups[None].append(Tile(None, counts[None], sums.get(None), 1))
    return [
        Group(above, tiles, sum(one.projects for one in tiles)) for above, tiles in groups.items()
    ]


def _at(found: QuerySet[Project]) -> tuple[dict[int | None, int], dict[int | None, Decimal | None]]:
    plain = found.order_by()
    shared = ProjectShare.objects.filter(project__in=plain.values("pk"))
    whole = plain.exclude(pk__in=shared.values("project")).values("place")
    rows = list(
        whole.annotate(n=Count("pk"), worth=Sum("total")).values_list("place", "n", "worth")
    )
    counts: dict[int | None, int] = {place: n for place, n, _worth in rows}
    sums: dict[int | None, Decimal | None] = {place: worth for place, _n, worth in rows}
    for place, n in (
        shared.order_by().values("place").annotate(n=Count("pk")).values_list("place", "n")
    ):
        counts[place] = counts.get(place, 0) + n
    return counts, sums
