"""A row of a batch as the figure it becomes."""

import datetime as dt

from openzone.engines.series.model import PERCENT, tidied
from openzone.zone.errors import ensure_fields
from openzone.zone.indicators.enums import FigureState, FigureStatus
from openzone.zone.indicators.models import Batch, BatchRow, Figure
from openzone.zone.indicators.packs import version_for
from openzone.zone.indicators.reading import Said
from openzone.zone.people.models import User

_CHECKED = (
    "value", "step", "given", "unit", "growth_pct", "target", "rank", "group", "among", "qualifier",
    "basis", "document", "page", "quote", "address", "period",
)  # fmt: skip


def figure_of(
    batch: Batch, row: BatchRow, said: Said, user: User | None, now: dt.datetime
) -> Figure:
    """Return the figure of a row, refused where the record has no room for it."""
    one, given = said.observation, row.given
    made = Figure(
        indicator=said.indicator.id, definition=version_for(said.indicator, one.period).id,
        entity=row.entity, period=str(one.period), year=one.period.year,
        state=FigureState(one.state.value), value=one.value, step=one.step,
        given=given.get("value", ""), unit=given.get("unit", "") or one.unit,
        growth_pct=None if one.growth is None else tidied(one.growth * PERCENT),
        same_scope=one.same_scope, target=one.target, rank=one.rank, group=one.group,
        among=one.among, qualifier=said.qualifier, basis=one.basis,
        status=FigureStatus(one.status.value) if one.status else "", published=one.published,
        source=batch.source, document=one.source or batch.document, page=given.get("page", ""),
        quote=given.get("quote", ""), address=given.get("address", ""), batch=batch,
        row=row.number, synthetic=batch.synthetic or row.entity.synthetic, recorded_at=now,
        recorded_by=user,
    )  # fmt: skip
    ensure_fields(made, _CHECKED)
    return made
