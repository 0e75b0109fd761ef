"""What every service of figures does: the batch, locked, its step, the line in the log."""

import datetime as dt
from collections.abc import Mapping

from django.utils import timezone

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.chain import JSON
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused
from openzone.zone.indicators.enums import BatchState
from openzone.zone.indicators.models import Batch, BatchStep

WHY = Text("请说明理由", "give a reason")
DONE = Text(
    "已由{who}于{at}办理（{state}），请刷新后再操作",
    "already done by {who} at {at} ({state}); reload and look again",
)
_STATES = {
    BatchState.DRAFT: Text("草稿", "draft"),
    BatchState.SUBMITTED: Text("待审定", "waiting for approval"),
    BatchState.RETURNED: Text("已退回", "sent back"),
    BatchState.APPROVED: Text("已审定", "approved"),
    BatchState.DISCARDED: Text("已作废", "put aside"),
}


def in_state(batch: Batch, *states: BatchState) -> Batch:
    """Lock a batch that stands where a step begins; else say who was first."""
    rows = Batch.objects.select_for_update(of=("self",)).select_related("entity", "source")
    fresh = rows.get(pk=batch.pk)
    if fresh.state in states:
        return fresh
    last = fresh.steps.latest("pk")
    at = f"{timezone.localtime(last.at):%Y-%m-%d %H:%M}"
    state = _STATES[BatchState(fresh.state)]
    raise Refused(Text(DONE.zh.format(who=last.by, at=at, state=state.zh),
                       DONE.en.format(who=last.by, at=at, state=state.en)))  # fmt: skip


def step(batch: Batch, state: BatchState, now: dt.datetime, actor: Actor, said: str = "") -> None:
    """Write a step, and where the batch stands by it."""
    batch.state = state
    batch.save()
    BatchStep.objects.create(batch=batch, state=state, said=said, by=actor.label[:150], at=now)


def ensure_said(text: str, field: str = "reason", most: int = 500) -> str:
    """Refuse an empty reason, and one with characters no database keeps."""
    said = text.replace("\x00", "").strip()
    if not said:
        raise Refused(WHY, field=field)
    return said[:most]


def note(action: str, actor: Actor, subject: str, payload: Mapping[str, JSON]) -> None:
    """Write the line in the log."""
    record(f"figures.{action}", actor=actor, subject=subject, payload=dict(payload))
