"""What the services of approvals share: the track, locked, a checked file, the event."""

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from openzone.engines.files.gate import Checked, FileRefusedError, check
from openzone.engines.text import Text
from openzone.zone.approvals.enums import StepKind, TrackState
from openzone.zone.approvals.models import LandProof, Paper, Step, Track, TrackItem
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.chain import JSON
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused

ENDED = Text("“{number}”已结束：{state}", "“{number}” has ended: {state}")
NOT_YET = Text("“{number}”尚未受理", "“{number}” is not taken on yet")
TO_COME = Text("{day} 还没有到", "{day} has not come yet")
DONE = Text("已由{who}于{at}办理：{what}", "already done by {who} at {at}: {what}")
_WORDS = {
    StepKind.HANDED_IN: Text("收件", "handed in"),
    StepKind.RETURNED: Text("退回补正", "sent back"),
    StepKind.REVIEWED: Text("出具预审意见", "pre-reviewed"),
    StepKind.ISSUED: Text("正式核发", "issued"),
}
_STATES = {
    TrackState.FINISHED: Text("已全部办结", "all issued"),
    TrackState.REFUSED: Text("未受理", "not taken on"),
    TrackState.WITHDRAWN: Text("已撤回", "withdrawn"),
    TrackState.LAPSED: Text("未取得土地，已失效", "lapsed without the land"),
}


def locked(track: Track) -> Track:
    """Lock a track until the transaction ends and read it anew."""
    Track.objects.select_for_update().get(pk=track.pk)
    return Track.objects.select_related("project__enterprise", "project__investor", "parcel").get(
        pk=track.pk
    )


def live(track: Track) -> Track:
    """Lock a track that has not ended."""
    fresh = locked(track)
    ended = _STATES.get(TrackState(fresh.state))
    if ended is not None:
        told = {"number": fresh.number}
        raise Refused(Text(ENDED.zh.format(state=ended.zh, **told),
                           ENDED.en.format(state=ended.en, **told)))  # fmt: skip
    return fresh


def running(track: Track) -> Track:
    """Lock a track that was taken on and has not ended."""
    fresh = live(track)
    if fresh.state == TrackState.ASKED:
        raise Refused(NOT_YET.format(number=fresh.number))
    return fresh


def ensure_first(item: TrackItem, kind: StepKind, seen: int | None) -> None:
    """Refuse what somebody else did already; ``seen`` is the last step the person's page showed.

    The track is locked by now.
    """
    last = Step.objects.filter(item=item).select_related("by").order_by("pk").last()
    if last is None:
        return
    if StepKind.ISSUED in (last.kind, kind) and last.kind == StepKind.ISSUED:
        raise Refused(already(last))
    if seen is not None and seen != last.pk:
        raise Refused(already(last))


def already(step: Step) -> Text:
    """Return who did what when."""
    what = _WORDS[StepKind(step.kind)]
    told = {"who": str(step.by), "at": f"{timezone.localtime(step.at):%Y-%m-%d %H:%M}"}
    return Text(DONE.zh.format(what=what.zh, **told), DONE.en.format(what=what.en, **told))


def ensure_past(day: dt.date, today: dt.date, field: str) -> None:
    """Refuse a day to come."""
    if day > today:
        raise Refused(TO_COME.format(day=day), field=field)


class Upload(NamedTuple):
    """A file as it came."""

    name: str
    data: bytes


def ensure_fit(file: Upload, field: str = "file") -> Checked:
    """Refuse a file whose content is not what its name says, before anything is kept."""
    try:
        return check(file.name, file.data)
    except FileRefusedError as error:
        raise Refused(error.reason, field=field) from None


def keep(row: Step | Paper | LandProof, file: Upload, field: str = "file") -> None:
    """Keep a file with a row once its content is what its name says."""
    found = ensure_fit(file, field)
    row.name, row.sha256 = found.name, found.sha256
    row.file.save(found.name, ContentFile(file.data), save=False)


@transaction.atomic
def note(*, action: str, actor: Actor, track: Track, payload: Mapping[str, JSON]) -> None:
    """Leave the event of a service in the log."""
    record(
        f"approvals.{action}", actor=actor, subject=f"project:{track.project_id}",
        payload={"track": track.number, **payload},
    )  # fmt: skip


def already_state(track: Track) -> Text:
    """Return who took a track on or ended it."""
    by = track.ended_by or track.accepted_by
    at = track.accepted_at
    told = {"who": str(by) if by else "—", "at": f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at
            else f"{track.ended_on}"}  # fmt: skip
    return Text(DONE.zh.format(what="受理", **told), DONE.en.format(what="taken on", **told))
