"""A series drawn: years over months, or figures over time; a forecast dashed, never a figure."""

from collections.abc import Sequence
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from openzone.engines.drawing.courses import LINES, Ahead, Course, Dot, courses
from openzone.engines.drawing.svg import Entry
from openzone.engines.series.model import Derived, Kind, Observation
from openzone.engines.series.periods import Period
from openzone.engines.text import Text
from openzone.www.chain_pictures.picture import Cell, Column, Item, Picture, Source, Twin
from openzone.www.formats import number
from openzone.www.views.indicators.common import growth_of, written
from openzone.zone.indicators.selectors.behind import Series

YEARS = 4
MONTHS = 12
POINTS = 48
SCALES = (("亿", Decimal(100_000_000)), ("万", Decimal(10_000)))


def picture(series: Series, title: str, source: Source) -> Picture:
    """Draw the figures in force, as they were published; the table says the same."""
    shown = _shown(series)
    values = [one.value for one in shown if one.value is not None]
    word, factor = scale(values, series)
    unit = _unit(series, word)
    by_year = _by_year(shown)
    if by_year:
        lines, axis = _years(shown, factor), [Text(f"{n}月", f"{n:02}") for n in range(1, 13)]
        ahead = _ahead(series, shown, factor)
    else:
        lines, axis, ahead = _over_time(shown, factor)
    legend = [
        Entry(LINES[place % len(LINES)], line.name.zh, line=True)
        for place, line in enumerate(lines) if len(lines) > 1
    ]  # fmt: skip
    remarks = [_("A dashed end is a forecast with its interval, not a figure.")] if ahead else []
    return Picture(
        key="series", title=title, words=_("lines over time; the table below says the same"),
        scene=courses(lines, axis, unit, ahead=ahead), twin=_twin(series, shown), source=source,
        legend=legend, remarks=remarks, folded=True,
    )  # fmt: skip


def scale(values: Sequence[Decimal], series: Series) -> tuple[str, Decimal]:
    """Return 亿 or 万 where the largest value fills it; shares are drawn in percent."""
    if _is_share(series):
        return "%", Decimal("0.01")
    largest = max((abs(value) for value in values), default=Decimal(0))
    return next(((word, factor) for word, factor in SCALES if largest >= factor), ("", Decimal(1)))


def _is_share(series: Series) -> bool:
    return series.reading.definition.kind is Kind.RATE and all(
        one.given.endswith(("%", "％")) or "%" in one.unit
        for one in series.figures.values()
        if one.indicator == series.reading.line.series and one.value is not None
    )


def _unit(series: Series, word: str) -> Text:
    base = next((one.unit for one in series.reading.track.values() if one.unit), "")
    text = word if word == "%" else f"{word}{base}"
    return Text(text, text)


def _shown(series: Series) -> list[Observation]:
    """Return the figures to draw: those from January on where most are, else all of one length."""
    track = series.reading.track
    cumulative = [one for period, one in track.items() if period.from_january]
    if len(cumulative) * 2 >= len(track) and _by_year(cumulative):
        return cumulative
    lengths = [(period.point, period.months) for period in track]
    usual = max(set(lengths), key=lengths.count)
    found = [one for period, one in track.items() if (period.point, period.months) == usual]
    return found[-POINTS:]


def _by_year(shown: Sequence[Observation]) -> bool:
    return all(one.period.from_january for one in shown) and any(
        one.period.months not in (MONTHS,) for one in shown
    )


def _years(shown: Sequence[Observation], factor: Decimal) -> list[Course]:
    """The last year is the first line, so that it has the strongest look."""
    years = sorted({one.period.year for one in shown}, reverse=True)[:YEARS]
    return [
        Course(Text(str(year), str(year)), [
            _dot(row, one.period.last - 1, one, factor)
            for row, one in enumerate(shown) if one.period.year == year and one.value is not None
        ])
        for year in years
    ]  # fmt: skip


def _over_time(
    shown: Sequence[Observation], factor: Decimal
) -> tuple[list[Course], list[Text], None]:
    axis = [Text(str(one.period).removeprefix("../"), str(one.period).removeprefix("../"))
            for one in shown]  # fmt: skip
    dots = [_dot(place, place, one, factor) for place, one in enumerate(shown)
            if one.value is not None]  # fmt: skip
    return [Course(Text("", ""), dots)], axis, None


def _dot(row: int, at: int, one: Observation, factor: Decimal) -> Dot:
    assert one.value is not None  # noqa: S101 - the caller asked
    said = f"{one.period} {number(one.value / factor)}"
    return Dot(row, at, float(one.value / factor), Text(said, said))


def _ahead(series: Series, shown: Sequence[Observation], factor: Decimal) -> Ahead | None:
    found = series.forecasts
    if not found:
        return None
    forecast: Derived = found[-1]
    year: Period = forecast.period
    last = max((one for one in shown if one.period.year == year.year and one.value is not None),
               key=lambda one: one.period, default=None)  # fmt: skip
    if last is None or last.value is None or year.year != max(one.period.year for one in shown):
        return None
    low, high, value = (
        Decimal(str(part)) / factor
        for part in (forecast.more["low"], forecast.more["high"], forecast.value)
    )
    return Ahead(last.period.last - 1, float(last.value / factor), MONTHS - 1, float(value),
                 float(low), float(high))  # fmt: skip


def _twin(series: Series, shown: Sequence[Observation]) -> Twin:
    rows = []
    for one in shown:
        figure = series.figure(one)
        rows.append([
            Cell(items=[Item(str(one.period), reverse("figure_one", args=[figure.pk]))]),
            Cell(written(figure), exact=one.value), Cell(growth_of(figure)),
            Cell(figure.get_status_display() if figure.status else ""), Cell(one.source),
        ])  # fmt: skip
    return Twin(
        [Column(_("Period")), Column(_("Value"), hint=True, numeric=True),
         Column(_("Growth as published"), hint=True, numeric=True), Column(_("Status")),
         Column(_("Source"), hint=True)],
        rows,
    )  # fmt: skip
