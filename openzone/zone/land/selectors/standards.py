"""Standard land: promises against what checks found, checks to come, obligations."""

import datetime as dt
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Prefetch, QuerySet

from openzone.engines.projects.landarea import plot_ratio
from openzone.engines.projects.landcheck import (
    CheckState,
    Deviation,
    Light,
    Stage,
    check_state,
    deviations,
    per_mu,
)
from openzone.packs.land import IndicatorEntry
from openzone.zone.land.enums import CheckStage, StandardState
from openzone.zone.land.models import LandCheck, Obligation, Parcel, StandardLand
from openzone.zone.land.packs import pack
from openzone.zone.projects.models import MonthlyReport

WITH = ("parcel__place", "parcel__unit", "project", "enterprise")


class Line(NamedTuple):
    """A promise and what the last check of its stage found: None before any."""

    indicator: IndicatorEntry
    promised: Decimal
    found: Deviation | None
    check: LandCheck | None
    obligation: Obligation | None

    @property
    def reached(self) -> Decimal | None:
        """What was reached; None where nobody knows."""
        return self.found.reached if self.found is not None else None

    @property
    def short(self) -> Decimal | None:
        """By how much it was missed, 0 when kept; None where nobody knows."""
        return self.found.short if self.found is not None else None

    @property
    def light(self) -> Light:
        """The promise at a glance."""
        return self.found.light if self.found is not None else Light.UNKNOWN


class Due(NamedTuple):
    """A check of an agreement: when it is due, and where it stands."""

    standard: StandardLand
    stage: CheckStage
    due: dt.date
    state: CheckState


class Row(NamedTuple):
    """An agreement as the board shows it."""

    standard: StandardLand
    checks: tuple[Due, ...]
    lights: dict[Light, int]
    open_cases: int

    @property
    def kept(self) -> int:
        """How many promises are kept, those within what is tolerated as well."""
        return self.lights[Light.GREEN] + self.lights[Light.YELLOW]

    @property
    def missed(self) -> int:
        """How many promises are missed."""
        return self.lights[Light.RED]

    @property
    def not_known(self) -> int:
        """Of how many promises nothing is known yet."""
        return self.lights[Light.UNKNOWN]


def loaded(standards: QuerySet[StandardLand]) -> QuerySet[StandardLand]:
    """Return agreements with what their lines are read from, in a fixed number of queries."""
    checks = LandCheck.objects.select_related("checker").prefetch_related(
        "figures__obligation__case"
    )
    return standards.select_related(*WITH).prefetch_related(
        "promises", Prefetch("checks", checks.order_by("seq"))
    )


def lines(standard: StandardLand) -> list[Line]:
    """Return what was promised, each with what the last check found."""
    last = {one.stage: one for one in standard.checks.all()}
    found = {one.indicator.id: one for check in last.values() for one in results_of(check)}
    obliged = {one.figure.indicator: one for check in last.values() for one in obligations(check)}
    told = []
    for promise in standard.promises.all():
        indicator = pack().standard.indicator(promise.indicator)
        if indicator is not None:
            told.append(
                Line(
                    indicator, promise.value, found.get(promise.indicator),
                    last.get(CheckStage(indicator.stage.value)), obliged.get(promise.indicator),
                )
            )  # fmt: skip
    return told


def results_of(check: LandCheck) -> list[Deviation]:
    """Return how the promises of a check came out, by the engine."""
    rows = list(check.figures.all())
    return deviations(
        [one.asked for one in pack().standard.indicators],
        {one.indicator: one.promised for one in rows},
        {one.indicator: one.value for one in rows},
        Stage(check.stage),
    )


def obligations(check: LandCheck) -> list[Obligation]:
    """Return what the promises missed in a check oblige to."""
    return [one.obligation for one in check.figures.all() if hasattr(one, "obligation")]


def misses_before(check: LandCheck, indicator: str) -> int:
    """Return how many earlier checks of this agreement found a promise missed and obliged."""
    earlier = Obligation.objects.filter(
        figure__check_of__standard=check.standard_id, figure__indicator=indicator,
        figure__check_of__seq__lt=check.seq,
    )  # fmt: skip
    return earlier.count()


def stage_promises(standard: StandardLand, stage: Stage) -> dict[str, Decimal]:
    """Return what is promised and checked at a stage, by indicator."""
    asked = {one.id for one in pack().standard.indicators if one.stage is stage}
    rows = standard.promises.values_list("indicator", "value")
    return {name: value for name, value in rows if name in asked}


def due_checks(standard: StandardLand, on: dt.date) -> tuple[Due, ...]:
    """Return both checks of a signed agreement; those nothing is promised for are left out."""
    soon = pack().standard.watch.soon_days
    last = {one.stage: one for one in standard.checks.all()}
    promised = {one.indicator for one in standard.promises.all()}
    asked = {one.stage.value for one in pack().standard.indicators if one.id in promised}
    days = {
        CheckStage.COMPLETION: standard.completion_due,
        CheckStage.FULL_OUTPUT: standard.full_output_due,
    }
    return tuple(
        Due(standard, stage, due, _state(due, soon, on, last.get(stage)))
        for stage, due in days.items()
        if stage.value in asked
    )


def _state(due: dt.date, soon: int, on: dt.date, check: LandCheck | None) -> CheckState:
    return check_state(due, soon, on, None if check is None else results_of(check))


def board(parcels: QuerySet[Parcel], on: dt.date) -> list[Row]:
    """Return the agreements of parcels, drafts and ended ones as well, the next check first."""
    found = StandardLand.objects.filter(parcel__in=parcels.values("pk"))
    rows = [row_of(one, on) for one in loaded(found)]
    return sorted(rows, key=lambda row: (_rank(row), row.standard.pk))


def row_of(standard: StandardLand, on: dt.date) -> Row:
    """Return one agreement as the board shows it."""
    found = lines(standard)
    lights = {light: sum(one.light is light for one in found) for light in Light}
    open_cases = sum(one.obligation is not None and not one.obligation.case.closed for one in found)
    checks = due_checks(standard, on) if standard.state == StandardState.SIGNED else ()
    return Row(standard, checks, lights, open_cases)


def _rank(row: Row) -> dt.date:
    waiting = [one.due for one in row.checks if one.state is not CheckState.HELD]
    return min(waiting, default=dt.date.max)


def checks_due(parcels: QuerySet[Parcel], on: dt.date, until: dt.date) -> list[Due]:
    """Return the checks to hold: due soon by the pack, due by a day, overdue, or left open."""
    asks = (CheckState.DUE_SOON, CheckState.OVERDUE, CheckState.OPEN)
    found = StandardLand.objects.filter(parcel__in=parcels.values("pk"), state=StandardState.SIGNED)
    every = (due for one in loaded(found) for due in due_checks(one, on))
    wanted = [one for one in every if one.state in asks or _by(one, until)]
    return sorted(wanted, key=lambda one: (one.due, one.standard.pk))


def _by(one: Due, until: dt.date) -> bool:
    return one.state is CheckState.NOT_DUE and one.due <= until


def known(standard: StandardLand, on: dt.date) -> dict[str, Decimal]:
    """Return figures the record itself knows, to be looked at before they are used in a check.

    The plot ratio from the floor area of the project on the parcel; fixed investment per mu from
    the months the project reported. Where the project stands on several parcels nothing is said.
    """
    if standard.project_id is None:
        return {}
    links = list(standard.parcel.links.filter(project=standard.project_id))
    elsewhere = standard.project.parcels.exclude(parcel=standard.parcel).exists()  # type: ignore[union-attr]
    if len(links) != 1 or elsewhere:
        return {}
    months = MonthlyReport.objects.filter(
        project=standard.project_id, month__lte=on, current=True
    ).values_list("invested", flat=True)
    spent = [value for value in months if value is not None]
    invested = per_mu(sum(spent, Decimal(0)) / 10_000, links[0].area_m2) if spent else None
    found = {
        "plot_ratio": plot_ratio(links[0].floor_m2, links[0].area_m2),
        "investment_per_mu": invested and invested.quantize(Decimal("0.01")),
    }
    return {name: value for name, value in found.items() if value is not None}
