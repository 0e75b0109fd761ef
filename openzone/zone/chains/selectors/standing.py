"""Who stands where in a chain on a day, as the engine reads it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from openzone.engines.chains.model import Chain
from openzone.engines.chains.standing import At, Standing
from openzone.zone.chains.models import Placement
from openzone.zone.chains.selectors.versions import chain_on
from openzone.zone.registry.models import Enterprise


@dataclass(frozen=True)
class OnRecord:
    """A chain with its firms; in ``standing`` a firm is called by the key of its enterprise.

    ``elsewhere`` are placements at nodes the version in force no longer has.
    """

    chain: Chain
    on: dt.date
    standing: Standing
    firms: Mapping[str, Enterprise]
    placements: Mapping[tuple[str, str], Placement]
    elsewhere: tuple[Placement, ...]


def holds_on(on: dt.date) -> Q:
    """Return the condition that a placement or a role holds; ``valid_to`` is the day after."""
    return Q(valid_from__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gt=on))


def placements_on(on: dt.date, known_at: dt.datetime | None = None) -> QuerySet[Placement]:
    """Return the placements that hold on a day, as far as they were known at a moment."""
    found = Placement.objects.filter(holds_on(on))
    if known_at is None:
        return found.filter(withdrawn_at__isnull=True)
    return found.filter(recorded_at__lte=known_at).filter(
        Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=known_at)
    )


def on_record(chain: str, on: dt.date, known_at: dt.datetime | None = None) -> OnRecord:
    """Return a chain in force on a day with the firms at its nodes; merged firms are one."""
    known = chain_on(chain, on)
    rows = placements_on(on, known_at).filter(chain=chain).select_related("enterprise")
    merged = [row.enterprise.root_id for row in rows if row.enterprise.root_id != row.enterprise_id]
    roots = Enterprise.objects.in_bulk(merged)
    firms: dict[str, Enterprise] = {}
    kept: dict[tuple[str, str], Placement] = {}
    elsewhere: list[Placement] = []
    for row in rows:
        root = roots.get(row.enterprise.root_id, row.enterprise)
        if row.node not in known.nodes:
            elsewhere.append(row)
            continue
        firms[str(root.pk)] = root
        kept.setdefault((str(root.pk), row.node), row)
    at = [At(firm, node, float(row.share)) for (firm, node), row in kept.items()]
    return OnRecord(known, on, Standing.of(known, at), firms, kept, tuple(elsewhere))
