"""A report as it is filled in: each cell beside its own past, and what is asked about it."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from openzone.engines.reporting.cells import (
    Cell,
    Past,
    Question,
    change,
    questions,
    read_cell,
)
from openzone.engines.series.model import State, tidied
from openzone.engines.series.periods import Period
from openzone.engines.text import Text
from openzone.packs.reports import EnergyKind, ReportField, ReportForm
from openzone.zone.indicators.models import Figure, Report
from openzone.zone.indicators.packs import indicators
from openzone.zone.indicators.periods import parsed
from openzone.zone.indicators.report_packs import asking, before, factor, form_of, rules, spot
from openzone.zone.indicators.selectors.series import known, known_on

UNREADABLE = "unreadable"
Known = Mapping[tuple[str, str], Figure]
"""The figure in force by indicator and period."""


class Column(NamedTuple):
    """A field with what stands in it; ``last`` and ``year_ago`` are in the unit of the field."""

    field: ReportField
    typed: str
    note: str
    returned: str
    value: Decimal | None
    locked: Figure | None
    last: Figure | None
    last_value: Decimal | None
    last_change: Decimal | None
    year_ago: Figure | None
    year_value: Decimal | None
    year_change: Decimal | None
    asked: list[Question]

    @property
    def needs_note(self) -> bool:
        """Whether a written explanation is asked for and missing."""
        return any(not one.hard for one in self.asked) and not self.note


class Use(NamedTuple):
    """What was used of a kind of energy, in the unit of its factors, and what that stands for."""

    kind: EnergyKind
    amount: Decimal
    tce: Decimal
    co2: Decimal


def columns(report: Report) -> list[Column]:
    """Return the fields of a report, in the order of its form."""
    form, period = form_of(report.round.form), parsed(report.round.period)
    figures = in_force(report, form)
    earlier = before(form, period)
    asked = ask(report, form, figures)
    found: list[Column] = []
    for one in form.fields:
        about = spot(one, period)
        last = _of(figures, one, spot(one, earlier)) if _same_run(one, earlier, period) else None
        year = _of(figures, one, about.years_back(1))
        typed = str(report.cells.get(one.id, ""))
        value = _value(read_cell(typed, one.unit))
        last_value, year_value = scaled(last, one), scaled(year, one)
        found.append(
            Column(
                one, typed, str(report.notes.get(one.id, "")),
                str(report.returned.get(one.id, "")), value, _of(figures, one, about),
                last, last_value, change(value, last_value),
                year, year_value, change(value, year_value),
                [each for each in asked if each.field == one.id],
            )
        )  # fmt: skip
    return found


def ask(report: Report, form: ReportForm, figures: Known | None = None) -> list[Question]:
    """Return what is asked about a report as it stands; unreadable cells first."""
    figures = in_force(report, form) if figures is None else figures
    period = parsed(report.round.period)
    earlier = before(form, period)
    cells: dict[str, Cell] = {}
    bad: list[Question] = []
    past: dict[str, Past] = {}
    for one in form.fields:
        read = read_cell(str(report.cells.get(one.id, "")), one.unit)
        if isinstance(read, Text):
            bad.append(Question(one.id, UNREADABLE, read, hard=True))
        else:
            cells[one.id] = read
        year = _of(figures, one, spot(one, period).years_back(1))
        last = _of(figures, one, spot(one, earlier)) if _same_run(one, earlier, period) else None
        past[one.id] = Past(scaled(last, one), scaled(year, one))
    unread = {one.field for one in bad}
    asked = [one for one in asking(form, period) if one.id not in unread]
    return bad + questions(asked, cells, past, [one.check for one in form.checks], rules().slips)


def in_force(report: Report, form: ReportForm) -> Known:
    """Return the figures on record of the indicators of a form, by indicator and period."""
    found = known([report.entity], [one.indicator for one in form.fields])
    return latest(found)


def latest(figures: Iterable[Figure]) -> dict[tuple[str, str], Figure]:
    """Return the last vintage of every indicator and period."""
    ordered = sorted(figures, key=lambda one: (known_on(one), one.pk))
    return {(one.indicator, one.period): one for one in ordered}


def scaled(figure: Figure | None, field: ReportField) -> Decimal | None:
    """Return a figure in the unit of a field."""
    if figure is None or figure.value is None:
        return None
    return in_unit(figure.value, field)


def in_unit(value: Decimal, field: ReportField) -> Decimal:
    """Return a number of base units in the unit of a field, without noughts at its end."""
    return tidied(value / factor(field))


def energy(report: Report) -> list[Use]:
    """Return what the kinds of energy of a report stand for; worked out, never reported."""
    form = form_of(report.round.form)
    typed = {
        one.indicator: value * factor(one)
        for one in form.fields
        if (value := _value(read_cell(str(report.cells.get(one.id, "")), one.unit))) is not None
    }
    kinds = [one for one in rules().energy.kinds if one.indicator in typed]
    if not any(one.indicator.startswith("energy") for one in kinds):
        return []
    return [
        Use(one, typed[one.indicator], typed[one.indicator] * one.tce,
            typed[one.indicator] * one.co2)
        for one in kinds
    ]  # fmt: skip


def changed_fields(report: Report) -> list[ReportField]:
    """Return the fields whose figure on record is not what stands in the report."""
    form, period = form_of(report.round.form), parsed(report.round.period)
    figures = in_force(report, form)
    return [
        one for one in form.fields
        if _differs(read_cell(str(report.cells.get(one.id, "")), one.unit),
                    _of(figures, one, spot(one, period)), one)
    ]  # fmt: skip


def _differs(cell: Cell | Text, figure: Figure | None, field: ReportField) -> bool:
    if isinstance(cell, Text):
        return True
    if figure is None:
        return cell.state is not State.MISSING
    return (cell.state.value, cell.value) != (figure.state, scaled(figure, field))


def _same_run(field: ReportField, earlier: Period, period: Period) -> bool:
    """Whether the period before is of the same run: cumulative figures begin anew in January."""
    return earlier.year == period.year or spot(field, period).point or period.months == 12


def _of(figures: Known, field: ReportField, period: Period) -> Figure | None:
    return figures.get((field.indicator, str(period)))


def _value(cell: Cell | Text) -> Decimal | None:
    return None if isinstance(cell, Text) else cell.value


def labels(form: ReportForm) -> Mapping[str, Text]:
    """Return what the fields of a form are called."""
    return {one.id: one.label.text for one in form.fields}


def base_unit(field: ReportField) -> str:
    """Return the base unit of the indicator of a field."""
    return indicators()[field.indicator].unit
