"""The register of honours: lists, counters by kind and level."""

from collections.abc import Mapping
from typing import NamedTuple

from django.db.models import Count, QuerySet

from openzone.zone.cultivation.models import Honour


class Asked(NamedTuple):
    """What a list shows; empty does not narrow."""

    kind: str = ""
    level: str = ""
    year: int | None = None
    q: str = ""


def honours(asked: Asked) -> QuerySet[Honour]:
    """Return the rows of a list that were not withdrawn, the latest first."""
    found = Honour.objects.filter(withdrawn_on__isnull=True).select_related("enterprise")
    if asked.kind:
        found = found.filter(kind=asked.kind)
    if asked.level:
        found = found.filter(level="" if asked.level == NO_LEVEL else asked.level)
    if asked.year is not None:
        found = found.filter(on__year=asked.year)
    if asked.q:
        found = found.filter(holder__icontains=asked.q) | found.filter(
            enterprise__name__icontains=asked.q
        )
    return found.order_by("-on", "-pk")


NO_LEVEL = "-"
"""What a filter says for rows without a level."""


def by_level(found: "QuerySet[Honour]") -> Mapping[str, Mapping[str, int]]:
    """Count rows by kind and level; ``NO_LEVEL`` where none is stated."""
    counts: dict[str, dict[str, int]] = {}
    rows = found.order_by().values("kind", "level").annotate(n=Count("pk"))
    for kind, level, n in rows.order_by("kind", "level").values_list("kind", "level", "n"):
        counts.setdefault(kind, {})[level or NO_LEVEL] = n
    return counts
