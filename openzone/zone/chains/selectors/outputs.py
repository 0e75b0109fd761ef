"""What each firm makes at a node, from the figures on record: the base of concentration."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from django.db.models import Q, QuerySet

from openzone.zone.chains.models import NodeFigure

OUTPUTS: Final = ("output", "output_value")
"""Kinds of figures, in ``chain_figures.yaml``, that concentration is computed from: the amount,
and where no amount is known at a node, its value."""


def figures_known(
    chain: str, on: dt.date, known_at: dt.datetime | None = None
) -> QuerySet[NodeFigure]:
    """Return the figures of a chain published up to a day, as far as they were known."""
    found = NodeFigure.objects.filter(chain=chain, published_on__lte=on)
    if known_at is None:
        return found.filter(withdrawn_at__isnull=True)
    return found.filter(recorded_at__lte=known_at).filter(
        Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=known_at)
    )


def outputs_on(
    chain: str, on: dt.date, known_at: dt.datetime | None = None
) -> Mapping[tuple[str, str], float]:
    """Return the latest output of each firm at each node.

    Outputs of one node are compared only in one unit and of one period: a node whose firms speak of
    different ones has none.
    """
    rows = (
        figures_known(chain, on, known_at)
        .filter(kind__in=OUTPUTS, enterprise__isnull=False)
        .select_related("enterprise")
        .order_by("period", "published_on", "pk")
    )
    latest: dict[tuple[str, str], dict[str, NodeFigure]] = defaultdict(dict)
    for row in rows:
        if row.enterprise is not None:
            latest[row.kind, row.node][str(row.enterprise.root_id)] = row
    found: dict[tuple[str, str], float] = {}
    for kind in reversed(OUTPUTS):
        for (of_kind, node), rows_ in latest.items():
            if of_kind == kind and len({(row.unit, row.period) for row in rows_.values()}) == 1:
                found |= {(firm, node): float(row.value) for firm, row in rows_.items()}
    return found
