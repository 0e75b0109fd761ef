"""Lists of placements, and everything that was said about where one firm stands."""

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Prefetch, QuerySet

from openzone.zone.chains.models import Placement, PlacementChange
from openzone.zone.chains.selectors.standing import placements_on
from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.selectors.search import search


@dataclass(frozen=True, slots=True)
class PlacementFilter:
    """What a list of placements shows."""

    chain: str = ""
    node: str = ""
    method: str = ""
    text: str = ""


class Act(NamedTuple):
    """Something done about a firm: the rows it wrote, those it took back, and if it was undone."""

    change: PlacementChange
    made: tuple[Placement, ...]
    gone: tuple[Placement, ...]
    undone: bool


def placements(
    chosen: PlacementFilter, on: dt.date, known_at: dt.datetime | None = None
) -> QuerySet[Placement]:
    """Return who stands where on a day, as known at a moment, node by node."""
    rows = placements_on(on, known_at)
    for name in ("chain", "node", "method"):
        if given := getattr(chosen, name):
            rows = rows.filter(**{name: given})
    if chosen.text:
        rows = rows.filter(enterprise__root__in=search(chosen.text, Enterprise.objects.all()))
    rows = rows.select_related("enterprise__root", "reviewed_by")
    return rows.order_by("chain", "node", "-share", "pk")


def standing_of(
    firm: Enterprise, on: dt.date, known_at: dt.datetime | None = None
) -> list[Placement]:
    """Return where a firm stands on a day over all chains, the largest share first."""
    rows = placements_on(on, known_at).filter(enterprise__root=firm.root_id)
    return list(rows.select_related("reviewed_by").order_by("-share", "chain", "pk"))


def acts_of(firm: Enterprise) -> list[Act]:
    """Return everything done about where a firm stands, the last first."""
    changes = PlacementChange.objects.filter(enterprise__root=firm.root_id)
    rows = changes.select_related("by", "sheet", "proposal").prefetch_related(
        Prefetch("made", Placement.objects.order_by("pk")),
        Prefetch("withdrawn", Placement.objects.order_by("pk")),
    )
    found = list(rows.order_by("-pk"))
    undone = {change.undoes_id for change in found}
    return [
        Act(one, tuple(one.made.all()), tuple(one.withdrawn.all()), one.pk in undone)
        for one in found
    ]
