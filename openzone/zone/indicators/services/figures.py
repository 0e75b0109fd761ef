"""Batches on their way to the record, and figures withdrawn from it.

The platform never changes a reported figure: whoever reported it corrects it, as a new vintage.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from django.db import IntegrityError, transaction

from openzone.engines.series.model import Observation
from openzone.engines.text import Text
from openzone.engines.worktime.localtime import to_local
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.indicators.enums import OPEN, BatchKind, BatchState
from openzone.zone.indicators.models import Batch, BatchRow, Entity, Figure, FigureEnd
from openzone.zone.indicators.reading import CONTROL, Said, read_row
from openzone.zone.indicators.selectors.checking import (
    flags_of,
    in_line,
    needs_reason,
    read_batch,
)
from openzone.zone.indicators.selectors.vintages import ensure_new
from openzone.zone.indicators.services.recording import figure_of
from openzone.zone.indicators.writing import ensure_said, in_state, note, step
from openzone.zone.people.models import User
from openzone.zone.registry.models import Source

NO_ROWS: Final = Text("没有数据行", "there are no rows")
TOO_MANY: Final = Text("一批最多 {n} 行", "at most {n} rows a batch")
IN_ROW: Final = Text("第 {row} 行：{reason}", "row {row}: {reason}")
EXPLAIN: Final = Text(
    "第 {rows} 行有须说明的问题，请逐行写明原因后再提交",
    "rows {rows} are asked about: write an explanation for each, then submit",
)
OWN: Final = Text(
    "不能审定自己录入或提交的数据，请由他人审定",
    "nobody approves what they entered or submitted: somebody else does",
)
NO_SOURCE: Final = Text("请写明数据来源", "say where the figures come from")
WITHDRAWN: Final = Text("该数据已撤回（{reason}）", "this figure was withdrawn ({reason})")
MOST_ROWS: Final = 5000


class Row(NamedTuple):
    """A figure to enter: whose it is, and what is said of it by column (``reading.COLUMNS``)."""

    entity: Entity
    given: Mapping[str, str]


@transaction.atomic
def enter_batch(
    *, actor: Actor, kind: str, title: str, rows: Sequence[Row], now: dt.datetime,
    user: User | None = None, document: str = "", source: Source | None = None,
    entity: Entity | None = None, synthetic: bool = False,
) -> Batch:  # fmt: skip
    """Enter a batch and check its rows; nothing is on record yet.

    Raises:
        Refused: no row, a row that cannot be read (its number and column are named), no source.

    """
    if not rows:
        raise Refused(NO_ROWS, field="rows")
    if len(rows) > MOST_ROWS:
        raise Refused(TOO_MANY.format(n=MOST_ROWS), field="rows")
    for name, text in (("title", title), ("document", document)):
        if "\x00" in text:
            raise Refused(CONTROL, field=name)
    if entity is None and len({row.entity.pk for row in rows}) == 1:
        entity = rows[0].entity
    batch = Batch(
        kind=BatchKind(kind), title=title.strip(), document=document.strip(), source=source,
        entity=entity, entered_by=user, entered_at=now, synthetic=synthetic,
    )  # fmt: skip
    ensure_valid(batch)
    step(batch, BatchState.DRAFT, now, actor)
    _fill(batch, rows)
    note("batch.entered", actor, f"figure_batch:{batch.pk}",
         {"kind": batch.kind, "rows": len(rows)})  # fmt: skip
    return batch


@transaction.atomic
def replace_rows(
    *, actor: Actor, batch: Batch, rows: Sequence[Row], now: dt.datetime, user: User | None = None
) -> Batch:
    """Put other rows in place of those of a batch that is still open."""
    fresh = in_state(batch, *OPEN)
    if not rows:
        raise Refused(NO_ROWS, field="rows")
    if user is not None and fresh.entered_by_id != user.pk:
        fresh.entered_by = user
        fresh.save(update_fields=["entered_by"])
    fresh.rows.all().delete()
    _fill(fresh, rows)
    note("batch.changed", actor, f"figure_batch:{fresh.pk}", {"rows": len(rows)})
    return fresh


@transaction.atomic
def submit_batch(
    *, actor: Actor, batch: Batch, now: dt.datetime, user: User | None = None,
    explanations: Mapping[int, str] | None = None,
) -> Batch:  # fmt: skip
    """Check once more and hand over for approval.

    ``explanations`` are by row. A row asked about for what looks like an error needs one.
    """
    fresh = in_state(batch, *OPEN)
    read = read_batch(fresh)
    _explain(read, explanations or {})
    ensure_new([(row.number, in_line(said)) for row, said in read])
    _check(read, now)
    silent = [str(row.number) for row, _ in read if needs_reason(row.flags) and not row.explanation]
    if silent:
        raise Refused(EXPLAIN.format(rows="、".join(silent[:20])), field="explanation")
    fresh.submitted_by, fresh.submitted_at, fresh.reason = user, now, ""
    step(fresh, BatchState.SUBMITTED, now, actor)
    note("batch.submitted", actor, f"figure_batch:{fresh.pk}", {"rows": len(read)})
    return fresh


@transaction.atomic
def return_batch(
    *, actor: Actor, batch: Batch, reason: str, now: dt.datetime, user: User | None = None
) -> Batch:
    """Send a batch back to whoever entered it, with the reason."""
    fresh = in_state(batch, BatchState.SUBMITTED)
    fresh.reason = ensure_said(reason)
    step(fresh, BatchState.RETURNED, now, actor, fresh.reason)
    note("batch.returned", actor, f"figure_batch:{fresh.pk}", {"reason": fresh.reason})
    return fresh


@transaction.atomic
def approve_batch(*, actor: Actor, batch: Batch, user: User, now: dt.datetime) -> list[Figure]:
    """Put the figures of a batch on record, by somebody who neither entered nor submitted it."""
    fresh = in_state(batch, BatchState.SUBMITTED)
    if user.pk in (fresh.entered_by_id, fresh.submitted_by_id):
        raise Refused(OWN)
    read = read_batch(fresh)
    _lock({row.entity_id for row, _ in read})
    ensure_new([(row.number, in_line(said)) for row, said in read])
    made = Figure.objects.bulk_create(
        [figure_of(fresh, row, said, user, now) for row, said in read], batch_size=500
    )
    fresh.approved_by, fresh.approved_at = user, now
    step(fresh, BatchState.APPROVED, now, actor)
    note("batch.approved", actor, f"figure_batch:{fresh.pk}", {"figures": len(made)})
    return made


@transaction.atomic
def discard_batch(*, actor: Actor, batch: Batch, reason: str, now: dt.datetime) -> Batch:
    """Put a batch that is still open aside for good."""
    fresh = in_state(batch, *OPEN)
    said = ensure_said(reason)
    step(fresh, BatchState.DISCARDED, now, actor, said)
    note("batch.discarded", actor, f"figure_batch:{fresh.pk}", {"reason": said})
    return fresh


@transaction.atomic
def withdraw_figure(
    *, actor: Actor, figure: Figure, reason: str, now: dt.datetime
) -> FigureEnd:  # fmt: skip
    """Withdraw a figure with the reason; it stays readable as withdrawn."""
    said = ensure_said(reason)
    before = FigureEnd.objects.filter(figure=figure).first()
    if before is not None:
        raise Refused(WITHDRAWN.format(reason=before.reason))
    try:
        with transaction.atomic():
            end = FigureEnd.objects.create(figure=figure, reason=said, at=now, by=actor.label[:150])
    except IntegrityError:
        raise Refused(WITHDRAWN.format(reason="…")) from None
    note("figure.withdrawn", actor, f"figure:{figure.pk}",
         {"indicator": figure.indicator, "period": figure.period, "reason": said})  # fmt: skip
    return end


def _fill(batch: Batch, rows: Sequence[Row]) -> None:
    """Write rows that can be read, with what the checks ask."""
    today = to_local(batch.entered_at).date()
    read: list[tuple[BatchRow, Said]] = []
    for number, row in enumerate(rows, start=1):
        said = _read(batch, row, today, number)
        given = {name: str(value).strip() for name, value in row.given.items()}
        explanation = given.pop("explanation", "")
        made = BatchRow(batch=batch, number=number, entity=row.entity, given=given,
                        explanation=explanation)  # fmt: skip
        read.append((made, said))
    ensure_new([(row.number, in_line(said)) for row, said in read])
    BatchRow.objects.bulk_create([row for row, _said in read], batch_size=500)
    _check(read, batch.entered_at)


def _read(batch: Batch, row: Row, today: dt.date, number: int) -> Said:
    try:
        said = read_row(row.given, row.entity, today, number)
        if not (said.observation.source or batch.document or batch.source_id):
            raise Refused(NO_SOURCE, field="source")
        figure_of(batch, BatchRow(batch=batch, number=number, entity=row.entity, given=row.given),
                  said, None, batch.entered_at)  # fmt: skip
    except Refused as refusal:
        why = refusal.reason
        told = Text(IN_ROW.zh.format(row=number, reason=why.zh),
                    IN_ROW.en.format(row=number, reason=why.en))  # fmt: skip
        raise Refused(told, field=refusal.field) from None
    return said


def _check(read: Sequence[tuple[BatchRow, Said]], now: dt.datetime) -> None:
    """Keep beside each row what is asked about it."""
    rows: list[tuple[int, Observation]] = [(row.number, in_line(said)) for row, said in read]
    found = flags_of(rows, to_local(now).date())
    for row, _said in read:
        row.flags = found.get(row.number, [])
    BatchRow.objects.bulk_update([row for row, _ in read], ["flags"], batch_size=500)


def _explain(read: Sequence[tuple[BatchRow, Said]], explanations: Mapping[int, Any]) -> None:
    changed = [row for row, _said in read if row.number in explanations]
    for row in changed:
        text = str(explanations[row.number])
        row.explanation = text.replace("\x00", "").strip()[:500]
    BatchRow.objects.bulk_update(changed, ["explanation"], batch_size=500)


def _lock(entities: set[int]) -> None:
    """One approval at a time for a subject, so that no vintage is recorded twice."""
    list(Entity.objects.select_for_update(of=("self",)).filter(pk__in=entities).order_by("pk"))
