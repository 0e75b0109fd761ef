"""What sums of reports are made of: who is on the list, the figures, the places, the shares."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Q

from openzone.engines.reporting.rollup import Share, Standing
from openzone.engines.series.due import last_day
from openzone.engines.series.model import State
from openzone.engines.series.periods import Period
from openzone.packs.reports import ReportField
from openzone.zone.indicators.enums import AttributionKey, EntityKind, ReportState
from openzone.zone.indicators.models import Attribution, Entity, Figure, Report, ReportRound
from openzone.zone.indicators.periods import parsed
from openzone.zone.indicators.report_packs import form_of, spot
from openzone.zone.indicators.selectors.reports import latest
from openzone.zone.indicators.selectors.series import figures as all_figures

Figures = Mapping[tuple[int, str, str], Figure]
"""Figures in force by entity, indicator and period."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What a table is made of: the reports of a round, their figures, the places, the shares."""

    round: ReportRound
    reports: Sequence[Report]
    figures: Figures
    shares: Mapping[str, Sequence[Share]]
    entities: Mapping[int, Entity]


def ground_of(report_round: ReportRound, known_at: dt.datetime | None) -> Ground:
    """Read a round as it was known at a moment."""
    period = parsed(report_round.period)
    figures = figures_of(report_round.form, period, known_at)
    reports = list(report_round.reports.select_related("entity"))
    return Ground(report_round, reports, figures, _shares(last_day(period)), _entities())


def figures_of(form: str, period: Period, known_at: dt.datetime | None) -> Figures:
    """Return the figures of firms and parks a form asks for, as they were known at a moment."""
    fields = form_of(form).fields
    spots = {str(spot(one, period)) for one in fields}
    found = all_figures().filter(
        indicator__in=[one.indicator for one in fields], period__in=spots,
        entity__kind__in=[EntityKind.ENTERPRISE, EntityKind.PARK],
    )  # fmt: skip
    ended = Q(end__isnull=True)
    if known_at is not None:
        found, ended = found.filter(recorded_at__lte=known_at), ended | Q(end__at__gt=known_at)
    by_entity: dict[int, list[Figure]] = {}
    for one in found.filter(ended):
        by_entity.setdefault(one.entity_id, []).append(one)
    return {
        (pk, *name): one for pk, kept in by_entity.items() for name, one in latest(kept).items()
    }


def standings_of(ground: Ground, field: ReportField) -> dict[str, Standing]:
    """Return what everybody on the list reported; who was excused is not among them."""
    on_list = [one.entity_id for one in ground.reports if one.state != ReportState.EXCUSED]
    return standings(ground.figures, on_list, field, parsed(ground.round.period))


def standings(
    figures: Figures, members: Iterable[int], field: ReportField, period: Period
) -> dict[str, Standing]:
    """Return what members reported of a field for a period."""
    about = str(spot(field, period))
    return {str(pk): standing(figures.get((pk, field.indicator, about))) for pk in members}


def standing(figure: Figure | None) -> Standing:
    """Return a figure as the engine reads it."""
    if figure is None:
        return Standing(State.MISSING)
    return Standing(State(figure.state), figure.value)


def _shares(day: dt.date) -> dict[str, list[Share]]:
    """Return what counts where on a day, by key; the zone itself is no part of the zone."""
    held = Attribution.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day,
    ).exclude(to__kind=EntityKind.ZONE)  # fmt: skip
    found: dict[str, list[Share]] = {key: [] for key in AttributionKey.values}
    for one in held.order_by("pk"):
        found[one.key].append(Share(str(one.entity_id), str(one.to_id), Fraction(one.share)))
    return found


def _entities() -> dict[int, Entity]:
    return {one.pk: one for one in Entity.objects.all()}
