"""Lists of series: which there are, and the last figure of each."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import Count, F, QuerySet

from openzone.engines.series.vintages import in_force, vintages
from openzone.zone.indicators.models import Entity, Figure
from openzone.zone.indicators.selectors.series import known, observation


class Asked(NamedTuple):
    """Which series; empty does not narrow."""

    kind: str = ""
    indicator: str = ""
    entity: str = ""
    q: str = ""


class Line(NamedTuple):
    """A series: whose, of what, by which basis, its last figure and how many are on record."""

    entity: Entity
    indicator: str
    basis: str
    last: Figure
    periods: int
    vintages: int


def narrowed(asked: Asked, entities: "QuerySet[Entity]") -> "QuerySet[Figure]":
    """Return the figures asked for, of the entities somebody may read."""
    if asked.kind:
        entities = entities.filter(kind=asked.kind)
    if asked.q:
        entities = entities.filter(name__icontains=asked.q)
    if asked.entity:
        entities = entities.filter(pk=asked.entity)
    found = Figure.objects.filter(entity__in=entities.order_by().values("pk"))
    return found.filter(indicator=asked.indicator) if asked.indicator else found


def pairs(figures: "QuerySet[Figure]") -> "QuerySet[Any, Any]":
    """Return which entity has which indicator, in the order of a list."""
    return (
        figures.order_by()
        .values("entity", "indicator")
        .annotate(n=Count("pk"), kind=F("entity__kind"), name=F("entity__name"))
        .order_by("kind", "name", "entity", "indicator")
    )


def lines(found: Iterable[dict[str, Any]], known_at: dt.date | None = None) -> list[Line]:
    """Return the series of some pairs, each with its last figure in force."""
    wanted = [(one["entity"], one["indicator"]) for one in found]
    figures = {
        one.pk: one
        for one in known({entity for entity, _ in wanted}, {name for _, name in wanted}, known_at)
    }
    kept = [one for one in figures.values() if (one.entity_id, one.indicator) in set(wanted)]
    made: list[Line] = []
    for line, periods in vintages(map(observation, kept)).items():
        track = in_force(periods)
        last = figures[track[max(track)].row]
        made.append(Line(last.entity, line.series, line.basis, last, len(track),
                         sum(map(len, periods.values()))))  # fmt: skip
    return sorted(made, key=lambda one: (wanted.index((one.entity.pk, one.indicator)), one.basis))
