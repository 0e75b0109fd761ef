"""What each firm makes at a node, from the figures on record: the base of concentration."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping

from django.db.models import Q, QuerySet

from openzone.zone.chains.models import NodeFigure

OUTPUT = "output"
"""The kind of figure, in ``chain_figures.yaml``, that concentration is computed from."""


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
        .filter(kind=OUTPUT, enterprise__isnull=False)
        .select_related("enterprise")
        .order_by("period", "published_on", "pk")
    )
    latest: dict[str, dict[str, NodeFigure]] = defaultdict(dict)
    for row in rows:
        if row.enterprise is not None:
            latest[row.node][str(row.enterprise.root_id)] = row
    return {
        (firm, node): float(row.value)
        for node, of_firms in latest.items()
        if len({(row.unit, row.period) for row in of_firms.values()}) == 1
        for firm, row in of_firms.items()
    }
