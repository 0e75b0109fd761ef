"""Where which problems come up: topics by place."""

import datetime as dt
from typing import NamedTuple

from django.db.models import Count, Q

from openzone.zone.cases.models import Case
from openzone.zone.registry.models import Place


class Spot(NamedTuple):
    """So many cases of a topic at a place, and so many of them still open."""

    topic: str
    place: Place | None
    total: int
    open: int


def heat(first: dt.datetime, last: dt.datetime, kind: str = "") -> list[Spot]:
    """Return every topic and place with cases opened between two moments, the most first.

    A case without a place stands at the place of its enterprise.
    """
    found = Case.objects.filter(opened_at__gte=first, opened_at__lte=last)
    if kind:
        found = found.filter(kind=kind)
    rows = (
        found.order_by()
        .values("topic", "place", "enterprise__place")
        .annotate(n=Count("pk"), opened=Count("pk", filter=Q(closed=False)))
    )
    sums: dict[tuple[str, int | None], tuple[int, int]] = {}
    for row in rows:
        key = row["topic"], row["place"] or row["enterprise__place"]
        before = sums.get(key, (0, 0))
        sums[key] = before[0] + row["n"], before[1] + row["opened"]
    places = Place.objects.in_bulk([place for _, place in sums if place is not None])
    spots = [
        Spot(topic, places.get(place) if place else None, n, left)
        for (topic, place), (n, left) in sums.items()
    ]
    return sorted(spots, key=lambda spot: (-spot.total, spot.topic))
