"""Monthly figures as they were stated, held against a threshold and the routes onto the roster."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from openzone.engines.cultivation.nearing import Nearing, nearing, shifted
from openzone.engines.cultivation.routes import Check, Conditions, Known, checks
from openzone.packs.cultivation import Pool, Route
from openzone.zone.cultivation.enums import Basis
from openzone.zone.cultivation.models import Entry, MonthlyFigure
from openzone.zone.cultivation.packs import pack
from openzone.zone.cultivation.selectors.screening import limits
from openzone.zone.registry.models import Enterprise

Figures = Mapping[str, Mapping[dt.date, float]]


class RouteStanding(NamedTuple):
    """A route with its conditions, and the papers of it that are missing."""

    route: Route
    checks: list[Check]
    missing: list[str]

    @property
    def met(self) -> bool | None:
        """Whether every condition is met; one that fails decides, else one not known."""
        answers = [one.met for one in self.checks]
        if False in answers:
            return False
        return None if None in answers else True


def figures_of(enterprises: Iterable[int]) -> Mapping[int, Figures]:
    """Return the latest amounts of each enterprise (by root) by basis and month, in yuan."""
    found: dict[int, dict[str, dict[dt.date, float]]] = defaultdict(lambda: defaultdict(dict))
    rows = MonthlyFigure.objects.filter(enterprise__root__in=list(enterprises)).order_by("pk")
    for root, basis, month, amount in rows.values_list(
        "enterprise__root", "basis", "month", "amount"
    ):
        found[root][basis][month] = float(amount)
    return found


def nearing_of(pool: Pool, enterprise: Enterprise, on: dt.date) -> Nearing | None:
    """Return how the monthly sales of an enterprise stand at the last full month."""
    return nearing_all(pool, [enterprise.root_id], on)[enterprise.root_id]


def nearing_all(
    pool: Pool, enterprises: Sequence[int], on: dt.date
) -> Mapping[int, Nearing | None]:
    """Return how monthly sales stand, by enterprise (root).

    ``None``: nothing was stated, or the pool has no route and asks for no sales.
    """
    if not pool.routes:
        return dict.fromkeys(enterprises)
    known, asked = figures_of(enterprises), limits(pool, enterprises, on)
    return {
        pk: _nearing(known.get(pk, {}), asked.get(pk, pool.routes[0].limit), on)
        for pk in enterprises
    }


def _nearing(figures: Figures, limit: float, on: dt.date) -> Nearing | None:
    months = figures.get(Basis.VAT) or figures.get(Basis.ACCOUNTS)
    if not months:
        return None
    # A month that still runs cannot be whole.
    last = shifted(on.replace(day=1), -1)
    way = pack().projection
    return nearing(months, limit, last, way.pace if way else None)


def routes_of(pool: Pool, entry: Entry, on: dt.date) -> list[RouteStanding]:
    """Return every route of a pool as it stands for an entry, with the limit of its class."""
    root = entry.enterprise.root_id
    known = _known(figures_of([root]).get(root, {}), entry.evidence)
    limit = limits(pool, [root], on).get(root) if pool.routes else None
    return [
        RouteStanding(one, checks(_asked(one, limit), known, on),
                      [name for name in one.materials if name not in entry.collected])
        for one in pool.routes
    ]  # fmt: skip


def _asked(route: Route, limit: float | None) -> Conditions:
    return route.conditions if limit is None else replace(route.conditions, limit=limit)


def _known(figures: Figures, said: Mapping[str, Any]) -> Known:
    days = {
        name: dt.date.fromisoformat(said[name]) if said.get(name) else None
        for name in ("registered_on", "filed_on", "produced_from")
    }
    return Known(figures.get(Basis.VAT, {}), figures.get(Basis.ACCOUNTS, {}),
                 new_building=said.get("new_building"), **days)  # fmt: skip
