"""What the units of a round used of energy, in standard coal and carbon dioxide, worked out.

Amounts are those on record. A kind nobody stated is not known and never 0; where one the form asks
for without fail is not known there is no sum. Nothing of it is recorded.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from openzone.engines.series.model import State
from openzone.packs.reports import EnergyKind, ReportField
from openzone.zone.indicators.enums import ReportState
from openzone.zone.indicators.models import Entity, ReportRound
from openzone.zone.indicators.periods import parsed
from openzone.zone.indicators.report_packs import form_of, rules, spot
from openzone.zone.indicators.selectors.grounds import Ground, ground_of
from openzone.zone.indicators.selectors.reports import Use


@dataclass(frozen=True, slots=True)
class UnitEnergy:
    """A unit with what it used; ``tce`` and ``co2`` in tonnes, ``per`` in tonnes of coal.

    ``per`` is for each unit of the indicator the pack names, ``unstated`` the kinds left empty.
    """

    entity: Entity
    uses: Sequence[Use]
    unstated: Sequence[EnergyKind]
    tce: Decimal | None
    co2: Decimal | None
    per: Decimal | None

    def amount(self, kind: EnergyKind) -> Decimal | None:
        """Return what was used of a kind, in the unit of its factors."""
        return next((one.amount for one in self.uses if one.kind == kind), None)


def kinds_of(form: str) -> list[tuple[EnergyKind, ReportField]]:
    """Return the kinds of energy a form asks about; none where it asks about electricity alone."""
    fields = {one.indicator: one for one in form_of(form).fields}
    kinds = [one for one in rules().energy.kinds if one.indicator in fields]
    asked = [(one, fields[one.indicator]) for one in kinds]
    return asked if len(asked) > 1 else []


def energy_of(report_round: ReportRound) -> list[UnitEnergy]:
    """Return the units of a round with their energy, the largest first; only for statisticians."""
    ground, asked = ground_of(report_round, None), kinds_of(report_round.form)
    found = [
        _unit(ground, one.entity, asked)
        for one in ground.reports
        if one.state != ReportState.EXCUSED
    ]
    return sorted(found, key=lambda one: (one.tce is None, -(one.tce or 0), one.entity.name))


def _unit(
    ground: Ground, entity: Entity, asked: Sequence[tuple[EnergyKind, ReportField]]
) -> UnitEnergy:
    uses, unstated, whole = [], [], True
    for kind, field in asked:
        value = _value(ground, entity, field)
        if value is not None:
            uses.append(Use(kind, value, value * kind.tce, value * kind.co2))
        elif not _without(ground, entity, field):
            unstated.append(kind)
            whole = whole and not field.required
    if not whole:
        return UnitEnergy(entity, uses, unstated, None, None, None)
    tce = sum((one.tce for one in uses), Decimal(0))
    co2 = sum((one.co2 for one in uses), Decimal(0))
    return UnitEnergy(entity, uses, unstated, tce, co2, _per(ground, entity, tce))


def _per(ground: Ground, entity: Entity, tce: Decimal) -> Decimal | None:
    per = rules().energy.per
    fields = form_of(ground.round.form).fields
    field = next((one for one in fields if per and one.indicator == per.indicator), None)
    value = _value(ground, entity, field) if field else None
    return tce / (value / per.size) if per and value is not None and value > 0 else None


def _value(ground: Ground, entity: Entity, field: ReportField) -> Decimal | None:
    figure = ground.figures.get(_at(ground, entity, field))
    return None if figure is None else figure.value


def _without(ground: Ground, entity: Entity, field: ReportField) -> bool:
    """Whether the unit said that there is no such thing."""
    figure = ground.figures.get(_at(ground, entity, field))
    return figure is not None and figure.state == State.NOT_APPLICABLE


def _at(ground: Ground, entity: Entity, field: ReportField) -> tuple[int, str, str]:
    return entity.pk, field.indicator, str(spot(field, parsed(ground.round.period)))
