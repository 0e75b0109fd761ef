"""One action on many cases: looked at, begun, done case by case, stopped.

Every case is one transaction: what was done with it and that it was done stand or fall together,
so a worker that dies leaves no case half done and none is done twice. The row of the batch is the
lock that a stop and the next case compete for.
"""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from django.conf import settings
from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.chain import JSON
from openzone.zone.audit.services import record
from openzone.zone.cases.enums import BatchRowState, BatchState
from openzone.zone.cases.models import Batch, BatchRow
from openzone.zone.cases.selectors.batches import BULK, NO_SUCH, action_for
from openzone.zone.cases.services.acting import act
from openzone.zone.errors import Refused
from openzone.zone.people.models import User

NOTHING = Text("请先选择事项", "choose cases first")
TOO_MANY = Text(
    "一次最多处理 {limit} 件，本次选择了 {n} 件，请缩小范围（设置 BULK_LIMIT）",
    "at most {limit} cases at once, and {n} were chosen: narrow the list (setting BULK_LIMIT)",
)
MOVED_ON = Text("该批次的状态已变，请刷新后再看", "this has moved on meanwhile: look again")
NOT_YOURS = Text("只能由发起人执行", "only who asked for it can have it done")
NONE_MAY = Text("没有可以办理的事项", "there is no case it can be done with")
GONE = Text("发起人的账号已停用", "the account of who asked is closed")


@transaction.atomic
def open_batch(
    *, actor: Actor, user: User, verb: str, cases: Collection[int], now: dt.datetime
) -> Batch:
    """Write down which cases something is asked for; nothing is done with them yet.

    ``cases`` are ids of cases the person may see, at most ``BULK_LIMIT`` of them.
    """
    if verb not in BULK:
        raise Refused(NO_SUCH, field="action")
    if not cases:
        raise Refused(NOTHING, field="case")
    if len(cases) > settings.BULK_LIMIT:
        raise Refused(TOO_MANY.format(limit=settings.BULK_LIMIT, n=len(cases)), field="case")
    batch = Batch.objects.create(verb=verb, asked_by=user, asked_at=now)
    BatchRow.objects.bulk_create(BatchRow(batch=batch, case_id=pk) for pk in cases)
    _note("asked", actor, batch, cases=len(cases))
    return batch


@transaction.atomic
def keep_preview(
    *, actor: Actor, batch: Batch, found: Mapping[int, Text | None], now: dt.datetime
) -> Batch:
    """Keep with which cases it can be done and why not with the others, by id of the row."""
    current = _in_state(batch, BatchState.CHECKING)
    rows = list(current.rows.filter(pk__in=found))
    for row in rows:
        reason = found[row.pk]
        row.state = BatchRowState.MAY if reason is None else BatchRowState.MAY_NOT
        _say(row, reason, now)
    BatchRow.objects.bulk_update(
        rows, ["state", "reason_zh", "reason_en", "answered_at"], batch_size=200
    )
    may = sum(reason is None for reason in found.values())
    return _go(BatchState.READY, actor, current, may=may, may_not=len(found) - may)


@transaction.atomic
def begin_batch(
    *, actor: Actor, user: User, batch: Batch, said: Mapping[str, Any], now: dt.datetime
) -> Batch:
    """Let it be done, with what is said once for all; only who asked for it can."""
    current = _in_state(batch, BatchState.READY)
    _ensure_own(current, user)
    if not current.rows.filter(state=BatchRowState.MAY).exists():
        raise Refused(NONE_MAY)
    current.said, current.begun_at = dict(said), now
    return _go(BatchState.RUNNING, actor, current)


@transaction.atomic
def do_row(*, actor: Actor, row: BatchRow, now: dt.datetime) -> BatchRow | None:
    """Do it with one case, and note in the same transaction what came of it.

    Returns ``None`` where it was stopped, or another worker was quicker with this case.
    """
    batch = Batch.objects.select_for_update(of=("self",)).get(pk=row.batch_id)
    current = BatchRow.objects.select_related("case__version").get(pk=row.pk)
    if batch.state != BatchState.RUNNING or current.state != BatchRowState.MAY:
        return None
    reason = _done(actor, batch, current, now)
    current.state = BatchRowState.DONE if reason is None else BatchRowState.REFUSED
    _say(current, reason, now)
    current.save()
    payload: dict[str, JSON] = {"batch": batch.pk, "verb": batch.verb, "result": current.state}
    record("cases.batch.row", actor=actor, subject=current.case.subject, payload=payload)
    return current


@transaction.atomic
def stop_batch(*, actor: Actor, user: User, batch: Batch, now: dt.datetime) -> Batch:
    """Stop after the case in hand; what is done stays done, the others stay as they are."""
    current = _in_state(batch, BatchState.RUNNING)
    _ensure_own(current, user)
    current.ended_at = now
    return _go(BatchState.STOPPED, actor, current, **_counts(current))


@transaction.atomic
def end_batch(*, actor: Actor, batch: Batch, now: dt.datetime) -> Batch:
    """Note that something came of every case; a stopped one stays stopped."""
    current = Batch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if current.state != BatchState.RUNNING:
        return current
    current.ended_at = now
    return _go(BatchState.DONE, actor, current, **_counts(current))


@transaction.atomic
def discard_batch(*, actor: Actor, user: User, batch: Batch, now: dt.datetime) -> Batch:
    """Put it aside before anything was done."""
    current = _in_state(batch, BatchState.CHECKING, BatchState.READY)
    _ensure_own(current, user)
    current.ended_at = now
    return _go(BatchState.DISCARDED, actor, current)


def _done(actor: Actor, batch: Batch, row: BatchRow, now: dt.datetime) -> Text | None:
    """Do it; return why not where it is refused, and then nothing is written."""
    action, user = action_for(row.case, batch.verb), batch.asked_by
    if action is None or not user.is_active:
        return NO_SUCH if action is None else GONE
    try:
        act(actor=actor, case=row.case, action=action.id, now=now, user=user, data=batch.said)
    except Refused as refusal:
        return refusal.reason
    return None


def _say(row: BatchRow, reason: Text | None, now: dt.datetime) -> None:
    row.reason_zh, row.reason_en = (reason.zh, reason.en) if reason else ("", "")
    row.answered_at = now


def _in_state(batch: Batch, *states: BatchState) -> Batch:
    current = Batch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if current.state not in states:
        raise Refused(MOVED_ON)
    return current


def _ensure_own(batch: Batch, user: User) -> None:
    if batch.asked_by_id != user.pk:
        raise Refused(NOT_YOURS)


def _counts(batch: Batch) -> dict[str, JSON]:
    done = batch.rows.filter(state=BatchRowState.DONE).count()
    refused = batch.rows.filter(state=BatchRowState.REFUSED).count()
    return {"done": done, "refused": refused}


def _go(state: BatchState, actor: Actor, batch: Batch, **payload: JSON) -> Batch:
    batch.state = state
    batch.save()
    _note(state.value, actor, batch, **payload)
    return batch


def _note(what: str, actor: Actor, batch: Batch, **payload: JSON) -> None:
    record(
        f"cases.batch.{what}",
        actor=actor,
        subject=f"case_batch:{batch.pk}",
        payload={"verb": batch.verb, **payload},
    )
