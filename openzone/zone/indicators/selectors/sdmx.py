"""Figures as SDMX-CSV 2.0 (SDMX 3.0 standards): a public format statistical offices read.

The structure and its code lists are written down in docs/figures.md.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from decimal import Decimal

from openzone.engines.series.periods import Period, Span
from openzone.engines.worktime.localtime import to_local
from openzone.zone.indicators.enums import FigureState, FigureStatus
from openzone.zone.indicators.models import Figure
from openzone.zone.indicators.periods import parsed
from openzone.zone.indicators.selectors.series import line_basis, unit_of

STRUCTURE = "OPENZONE:DF_FIGURES(1.1.0)"
DIMENSIONS = (
    "FREQ", "INDICATOR", "REF_AREA", "ACCUMULATION", "BASIS", "PUB_STATUS", "VINTAGE",
    "TIME_PERIOD",
)  # fmt: skip
ATTRIBUTES = (
    "OBS_STATUS", "UNIT_MEASURE", "DEFINITION", "GROWTH_PUBLISHED", "SAME_SCOPE", "RANK",
    "RANK_OF", "RANK_AMONG", "QUALIFIER", "AS_GIVEN", "SOURCE", "REF_AREA_NAME", "SYNTHETIC",
)  # fmt: skip
COLUMNS = ("STRUCTURE", "STRUCTURE_ID", "ACTION", *DIMENSIONS, "OBS_VALUE", *ATTRIBUTES)
NONE = "_Z"
"""Not applicable, as SDMX writes it."""
# CL_OBS_STATUS of the SDMX cross-domain code lists: A normal, E estimated, P provisional,
# O missing, M missing because it cannot exist.
_OBS = {
    FigureStatus.EXPECTED: "E", FigureStatus.FLASH: "P", FigureStatus.PRELIMINARY: "P",
    FigureStatus.FINAL: "A", FigureStatus.RESTATED: "A",
}  # fmt: skip
_FREQ = {1: "M", 3: "Q", 6: "S", 12: "A"}


def sdmx_csv(figures: Iterable[Figure]) -> str:
    """Return figures as a file; every vintage is a row with the day it was known."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(_row(one) for one in figures)
    return out.getvalue()


def _row(one: Figure) -> Iterator[str]:
    period = parsed(one.period)
    known = one.published or to_local(one.recorded_at).date()
    yield from ("dataflow", STRUCTURE, "I", freq(period), one.indicator, area(one))
    yield from (accumulation(period), line_basis(one) or NONE, one.status or NONE)
    yield from (known.isoformat(), time_period(period), plain(one.value), obs_status(one))
    yield from (unit_of(one.indicator, one.unit) or NONE, one.definition, plain(one.growth_pct))
    yield from ("1" if one.same_scope else "0", _whole(one.rank), _whole(one.group))
    yield from (
        safe(one.among),
        one.qualifier,
        safe(one.given),
        safe(one.document or str(one.source or "")),
    )
    yield from (safe(one.entity.name), "1" if one.synthetic else "0")


def area(one: Figure) -> str:
    """Return the code of whose figure it is."""
    return one.entity.code or f"E{one.entity_id}"


def freq(period: Period) -> str:
    """Return how often such a figure comes: cumulative ones monthly, points by month."""
    if period.point or period.span is Span.CUMULATIVE:
        return "M"
    return _FREQ.get(period.months, "M")


def time_period(period: Period) -> str:
    """Return the period as SDMX writes it; a cumulative one by its last month.

    >>> time_period(Period(2026, 5, 1)), time_period(Period(2026, 12, 1))
    ('2026-05', '2026')
    """
    if period.span is Span.YEAR:
        return str(period.year)
    if period.span is Span.PART and period.months == 3 and period.last % 3 == 0:
        return f"{period.year}-Q{period.last // 3}"
    if period.span is Span.PART and period.months == 6 and period.last == 12:
        return f"{period.year}-S2"
    return f"{period.year}-{period.last:02}"


def accumulation(period: Period) -> str:
    """Return what is counted: a moment, from January on, or the period alone."""
    if period.point:
        return "POINT"
    return "YTD" if period.span is Span.CUMULATIVE else "PERIOD"


def obs_status(one: Figure) -> str:
    """Return the code of CL_OBS_STATUS."""
    if one.state == FigureState.MISSING:
        return "O"
    if one.state == FigureState.NOT_APPLICABLE:
        return "M"
    return _OBS[FigureStatus(one.status)] if one.status else "A"


def plain(value: Decimal | None) -> str:
    """Write a number without an exponent."""
    return "" if value is None else f"{value:f}"


def safe(text: str) -> str:
    """Keep a text from being read as a formula by a spreadsheet."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t") else text


def _whole(value: int | None) -> str:
    return "" if value is None else str(value)
