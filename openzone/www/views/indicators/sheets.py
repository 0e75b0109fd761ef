"""Figures as a table that can be read in again: headings are those of the workbook."""

import datetime as dt
from collections.abc import Sequence

from openzone.engines.series.due import last_day
from openzone.www import excel
from openzone.www.formats import say
from openzone.www.views.indicators.common import growth_of
from openzone.zone.indicators.enums import FigureState, FigureStatus
from openzone.zone.indicators.models import Figure
from openzone.zone.indicators.packs import label_of
from openzone.zone.indicators.periods import parsed
from openzone.zone.indicators.reading import COLUMNS
from openzone.zone.indicators.selectors.series import unit_of

HEADINGS = (
    "series", "subject", "period", "value", "unit", "growth", "same_scope", "target", "status",
    "published", "basis", "rank", "group", "among", "source", "page", "quote", "address",
)  # fmt: skip
_STATUS = {
    FigureStatus.EXPECTED: "预计", FigureStatus.FLASH: "快报", FigureStatus.PRELIMINARY: "初步",
    FigureStatus.FINAL: "最终", FigureStatus.RESTATED: "调整",
}  # fmt: skip


def figure_table(figures: Sequence[Figure], on: dt.date) -> excel.Table:
    """Return figures, every vintage a row; values as they were given."""
    return excel.Table(
        [say(COLUMNS[name].label) for name in HEADINGS],
        [_cells(one) for one in sorted(figures, key=_order)],
        [excel.as_of_note(on)],
        any(one.synthetic for one in figures),
    )


def _order(one: Figure) -> tuple[object, ...]:
    return (one.entity.name, one.indicator, last_day(parsed(one.period)), one.period, one.pk)


def _cells(one: Figure) -> tuple[excel.Cell, ...]:
    return (
        label_of(one.indicator).zh, one.entity.name, one.period, _value(one), one.unit or None,
        growth_of(one) or None, "是" if one.same_scope else None,
        _target(one), _STATUS.get(FigureStatus(one.status))
        if one.status else None, one.published, one.basis or None, one.rank, one.group,
        one.among or None, one.document or (str(one.source) if one.source else None),
        one.page or None, one.quote or None, one.address or None,
    )  # fmt: skip


def _target(one: Figure) -> str | None:
    """The target with its own unit: the column of units speaks of the value."""
    if one.target is None:
        return None
    unit = unit_of(one.indicator, one.unit)
    return f"{one.target * 100:f}%" if unit == "%" else f"{one.target:f}{unit}"


def _value(one: Figure) -> str:
    """The text as given; where only words were, those."""
    if one.state == FigureState.NOT_APPLICABLE:
        return "不适用"
    return one.given if one.state == FigureState.REPORTED and one.given else "—"
