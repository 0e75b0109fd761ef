"""Figures as the engine reads them.

A figure was known from the day it was published, or recorded where no day is told. The subject of
an observation is the number of its entity, its ``row`` the number of the figure.
"""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from django.db.models import QuerySet

from openzone.engines.series.checks import Limits
from openzone.engines.series.model import PERCENT, Observation, State, Status
from openzone.engines.worktime.localtime import to_local
from openzone.zone.indicators.models import Entity, Figure
from openzone.zone.indicators.packs import checks, indicators, version_for
from openzone.zone.indicators.periods import parsed
from openzone.zone.indicators.reading import Said


def limits() -> Limits:
    """Return when the engine asks about a figure."""
    return checks().limits


def known(
    entities: Iterable[Entity | int] | None = None,
    indicators: Iterable[str] | None = None,
    known_at: dt.date | None = None,
) -> list[Figure]:
    """Return the vintages of some entities that were known on a day, those withdrawn left out."""
    found = figures()
    if entities is not None:
        found = found.filter(entity__in=[_pk(one) for one in entities])
    if indicators is not None:
        found = found.filter(indicator__in=list(indicators))
    if known_at is None:
        return list(found.filter(end__isnull=True))
    return [one for one in found if known_on(one) <= known_at and not _ended(one, known_at)]


def figures() -> QuerySet[Figure]:
    """Return figures with whose they are, and whether they were withdrawn."""
    return Figure.objects.select_related("entity", "source", "end", "batch").order_by("pk")


def known_on(figure: Figure) -> dt.date:
    """Return the day from which a figure was known."""
    return figure.published or to_local(figure.recorded_at).date()


def observation(figure: Figure) -> Observation:
    """Return a figure as the engine reads it."""
    growth = figure.growth_pct
    return Observation(
        figure.indicator, str(figure.entity_id), parsed(figure.period), figure.value,
        unit_of(figure.indicator, figure.unit), State(figure.state),
        Status(figure.status) if figure.status else None, known_on(figure), line_basis(figure),
        None if growth is None else growth / PERCENT, figure.same_scope, figure.target,
        figure.rank, figure.group, figure.step or Decimal(0), figure.qualifier,
        figure.document or str(figure.source or ""), figure.pk, figure.among,
    )  # fmt: skip


def line_basis(figure: Figure) -> str:
    """Return by what a figure was counted: two definitions or currencies are two series."""
    return _basis(figure.indicator, figure.definition, figure.basis, figure.unit)


def basis_of(said: Said) -> str:
    """Return the same of a figure that is not on record yet."""
    one = said.observation
    version = version_for(said.indicator, one.period).id
    return _basis(one.series, version, one.basis, one.unit)


def _basis(indicator: str, definition: str, basis: str, unit: str) -> str:
    found = indicators().get(indicator)
    parts = [basis]
    if found is not None:
        if definition != found.all_versions()[-1].id:
            parts.append(definition)
        parts += [word for word in found.also if word in unit]
    return "·".join(filter(None, parts))


def unit_of(indicator: str, given: str) -> str:
    """Return the base unit of a figure."""
    found = indicators().get(indicator)
    if found is None:
        return given
    return next((word for word in found.also if word in given), found.unit)


def _pk(entity: Entity | int) -> int:
    return entity if isinstance(entity, int) else entity.pk


def _ended(figure: Figure, on: dt.date) -> bool:
    end = getattr(figure, "end", None)
    return end is not None and to_local(end.at).date() <= on
