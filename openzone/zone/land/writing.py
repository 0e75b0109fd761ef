"""What every service of land does: the parcel, locked, its log, a checked file, the event."""

import datetime as dt
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from openzone.engines.files.gate import FileRefusedError, check
from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.chain import JSON
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused
from openzone.zone.land.enums import ParcelState
from openzone.zone.land.models import Parcel, ParcelStep
from openzone.zone.land.selectors.steps import standing_steps

TO_COME = Text("{day} 还没有到", "{day} has not come yet")
MOVED = Text(
    "已由{who}于{at}登记“{state}”，请刷新后再操作",
    "already entered by {who} at {at} (“{state}”); reload and look again",
)
OUTDATED = Text("页面已过时，请刷新后再操作", "the page is out of date; reload and look again")
EARLIER = Text("不能早于上一步的日期 {day}", "not before the step before it, of {day}")
STATES = {
    ParcelState.PLANNED: Text("规划", "planned"),
    ParcelState.CLEARED: Text("净地", "net land"),
    ParcelState.LISTED: Text("挂牌", "offered"),
    ParcelState.SOLD: Text("摘牌", "sold"),
    ParcelState.DELIVERED: Text("交付", "delivered"),
    ParcelState.BUILT: Text("竣工", "built"),
    ParcelState.PRODUCING: Text("投产", "in production"),
    ParcelState.TAKEN_BACK: Text("收回", "taken back"),
}


def locked(parcel: Parcel, seen: int | None = None) -> Parcel:
    """Lock a parcel until the transaction ends and read it anew.

    ``seen`` is the last step the person saw; where there is a newer one, the loser is told who was
    first and nothing is written.
    """
    fresh = Parcel.objects.select_for_update().get(pk=parcel.pk)
    if seen is not None and seen != fresh.last_seq:
        raise Refused(_moved(fresh))
    return fresh


def _moved(parcel: Parcel) -> Text:
    last = parcel.log.select_related("by").filter(seq=parcel.last_seq).first()
    if last is None:
        return OUTDATED
    state, at = STATES[ParcelState(last.state)], timezone.localtime(last.recorded_at)
    told = {"who": str(last.by or "—"), "at": f"{at:%Y-%m-%d %H:%M}"}
    return Text(MOVED.zh.format(state=state.zh, **told), MOVED.en.format(state=state.en, **told))


def append(parcel: Parcel, step: ParcelStep) -> ParcelStep:
    """Add a step to a locked parcel and derive its state again."""
    step.parcel, step.seq = parcel, parcel.last_seq + 1
    step.save(force_insert=True)
    derive(parcel)
    return step


def derive(parcel: Parcel) -> None:
    """Derive what lists read from the log. The only place that writes it."""
    log = list(parcel.log.all())
    left = standing_steps(log)
    parcel.state = left[-1].state if left else ParcelState.PLANNED
    parcel.since = left[-1].on if left else None
    parcel.last_seq = log[-1].seq if log else 0
    parcel.save(update_fields=["state", "since", "last_seq"])


def ensure_day(parcel: Parcel, on: dt.date, today: dt.date) -> None:
    """Refuse a day to come, and one before the last step of a parcel."""
    ensure_past(on, today)
    if parcel.since is not None and on < parcel.since:
        raise Refused(EARLIER.format(day=parcel.since), field="on")


def ensure_past(on: dt.date, today: dt.date, field: str = "on") -> None:
    """Refuse a day to come."""
    if on > today:
        raise Refused(TO_COME.format(day=on), field=field)


def keep_file(row: Any, file_name: str, data: bytes) -> None:
    """Keep a file with a row once its content is what its name says."""
    try:
        found = check(file_name, data)
    except FileRefusedError as error:
        raise Refused(error.reason, field="file") from None
    row.name, row.sha256 = found.name, found.sha256
    row.file.save(found.name, ContentFile(data), save=False)


def note(action: str, actor: Actor, subject: str, **payload: JSON) -> None:
    """Leave the event of a service in the log."""
    record(f"land.{action}", actor=actor, subject=subject, payload=payload)


def subject(parcel: Parcel) -> str:
    """Return the name of a parcel in the log."""
    return f"parcel:{parcel.pk}"
