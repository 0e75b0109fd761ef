"""Forms of reports in this zone, read once per process, and what follows from them for a period."""

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import Final

from openzone.engines.reporting import cells
from openzone.engines.reporting.deadline import DueDay, due_day, opens_on
from openzone.engines.rules.problems import PackError, PackProblem
from openzone.engines.series.model import Kind
from openzone.engines.series.periods import Period
from openzone.engines.tables.units import parse_unit
from openzone.engines.text import Text
from openzone.engines.worktime.calendar import WorkCalendar
from openzone.packs.calendars import own_files, zone_calendar
from openzone.packs.loading import zone_folder
from openzone.packs.reports import (
    FOLDER,
    Frequency,
    ReportField,
    ReportForm,
    ReportNotice,
    ReportRules,
    load_report_forms,
    load_report_rules,
)
from openzone.zone.errors import Refused
from openzone.zone.indicators.packs import indicators

MONTHS: Final[Mapping[Frequency, int]] = {"month": 1, "quarter": 3, "year": 12}
UNKNOWN: Final = Text("没有报表“{name}”", "there is no report “{name}”")
NOT_OF_FORM: Final = Text("{form}没有“{period}”这一期", "{form} has no period {period}")
NO_INDICATOR: Final = Text(
    "栏目 {field} 的指标 {name} 不在指标字典内",
    "the indicator {name} of the field {field} is not in the dictionary",
)


@cache
def forms() -> Mapping[str, ReportForm]:
    """Return the forms by name; every field is an indicator of the dictionary.

    Raises:
        PackError: with every field that is not.

    """
    found = load_report_forms(zone_folder())
    problems = [
        PackProblem(f"{FOLDER}/{name}.yaml", 1, one.id,
                    NO_INDICATOR.format(field=one.id, name=one.indicator))
        for name, form in found.items() for one in form.fields
        if one.indicator not in indicators()
    ]  # fmt: skip
    if problems:
        raise PackError(problems)
    return found


@cache
def rules() -> ReportRules:
    """Return what holds for every report."""
    return load_report_rules(zone_folder())


@cache
def calendar() -> WorkCalendar:
    """Return the zone's working calendar."""
    return zone_calendar(own_files(zone_folder()))


def form_of(name: str) -> ReportForm:
    """Return a form, or refuse."""
    found = forms().get(name)
    if found is None:
        raise Refused(UNKNOWN.format(name=name[:64]), field="form")
    return found


def form_label(name: str) -> Text:
    """Return what a form is called; its name where the pack lost it."""
    found = forms().get(name)
    return found.label.text if found is not None else Text(name, name)


def notices(where: str) -> list[ReportNotice]:
    """Return what the law says to whoever fills, decides or reads sums."""
    return [one for one in rules().notices if where in one.where]


def period_label(period: Period) -> Text:
    """Return how people call a period that begins in January.

    >>> period_label(Period(2026, 10, 1)).zh
    '2026年1—10月'
    """
    if period.months == 12:
        return Text(f"{period.year}年", str(period.year))
    first = f"{period.year}年1月" if period.last == 1 else f"{period.year}年1—{period.last}月"
    return Text(first, f"January to month {period.last} of {period.year}")


def due(form: ReportForm, period: Period) -> DueDay:
    """Return when a report is due."""
    return due_day(period, form.due.rule, calendar())


def periods(form: ReportForm, year: int) -> Iterator[Period]:
    """Yield the periods of a year a form is reported for, the first one first."""
    step = MONTHS[form.frequency]
    for month in range(step, 13, step):
        if month not in form.with_next:
            yield Period(year, month, 1)


def ensure_period(form: ReportForm, period: Period, on: dt.date) -> Period:
    """Refuse a period the form is not reported for, and one that is not over."""
    if period not in set(periods(form, period.year)) or opens_on(period) > on:
        label = form.label.text
        raise Refused(Text(NOT_OF_FORM.zh.format(form=label.zh, period=period),
                           NOT_OF_FORM.en.format(form=label.en, period=period)),
                      field="period")  # fmt: skip
    return period


def last_ended(form: ReportForm, on: dt.date) -> Period:
    """Return the last period that was over on a day."""
    return max(
        one for year in (on.year - 2, on.year - 1, on.year) for one in periods(form, year)
        if opens_on(one) <= on
    )  # fmt: skip


def before(form: ReportForm, period: Period) -> Period:
    """Return the period of the form before one."""
    found = [*periods(form, period.year - 1), *periods(form, period.year)]
    return found[found.index(period) - 1] if period in found else period.years_back(1)


def spot(field: ReportField, period: Period) -> Period:
    """Return what the figure of a field is about: the period, or its end for what is counted."""
    if indicators()[field.indicator].kind is Kind.FLOW:
        return period
    return Period(period.year, period.last, period.last, point=True)


def factor(field: ReportField) -> Decimal:
    """Return how many base units of the indicator one unit of a field is."""
    own, base = parse_unit(field.unit), parse_unit(indicators()[field.indicator].unit)
    if own is None or base is None:
        return Decimal(1)
    return own.factor / base.factor


def asking(form: ReportForm, period: Period) -> list[cells.Field]:
    """Return the fields as the engine asks about them."""
    return [
        cells.Field(
            one.id, one.unit, one.required,
            cumulative=form.frequency != "year" and spot(one, period) == period,
            may_be_negative=one.negative, departs=form.departs_of(one),
        )
        for one in form.fields
    ]  # fmt: skip
