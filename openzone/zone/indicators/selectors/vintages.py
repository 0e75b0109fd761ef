"""Whether a figure that is to be recorded is a new one."""

from collections.abc import Sequence
from typing import Final

from openzone.engines.series.model import Observation
from openzone.engines.text import Text
from openzone.zone.errors import Refused
from openzone.zone.indicators.models import Figure
from openzone.zone.indicators.packs import label_of
from openzone.zone.indicators.selectors.series import known, line_basis, observation

TWICE: Final = Text(
    "第 {row} 行与第 {other} 行是同一指标、对象、期间、口径、状态和发布日期",
    "row {row} is of the indicator, subject, period, basis, status and publication of row {other}",
)
KNOWN: Final = Text(
    "第 {row} 行“{indicator}”{period}已在档，数值相同",
    "row {row}: “{indicator}” of {period} is on record already, with this value",
)
OTHER: Final = Text(
    "第 {row} 行“{indicator}”{period}在同一发布日期和状态下已有另一数值：修订请另填发布日期或状态，"
    "录错的请先撤回原数",
    "row {row}: “{indicator}” of {period} has another value under this publication and status: "
    "a revision needs a day or status of its own, a mistake is withdrawn first",
)
Key = tuple[object, ...]


def ensure_new(rows: Sequence[tuple[int, Observation]]) -> None:
    """Refuse a figure twice in a batch, and one that is on record under the same vintage."""
    seen: dict[Key, int] = {}
    for number, one in rows:
        other = seen.setdefault(_key(one), number)
        if other != number:
            raise Refused(TWICE.format(row=number, other=other), field="period")
    on_record = _on_record({int(one.subject) for _n, one in rows}, {one.series for _n, one in rows})
    for number, one in rows:
        before = on_record.get(_key(one))
        if before is not None:
            same = (before.value, before.state, before.growth) == (one.value, one.state, one.growth)
            label = label_of(one.series)
            text = KNOWN if same else OTHER
            raise Refused(
                Text(text.zh.format(row=number, indicator=label.zh, period=one.period),
                     text.en.format(row=number, indicator=label.en, period=one.period)),
                field="period",
            )  # fmt: skip


def _on_record(entities: set[int], series: set[str]) -> dict[Key, Observation]:
    return {_figure_key(one): observation(one) for one in known(entities, series)}


def _key(one: Observation) -> Key:
    status = one.status.value if one.status is not None else ""
    return (one.series, one.subject, str(one.period), one.basis, status, one.published)


def _figure_key(one: Figure) -> Key:
    return (
        one.indicator, str(one.entity_id), one.period, line_basis(one), one.status, one.published,
    )  # fmt: skip
