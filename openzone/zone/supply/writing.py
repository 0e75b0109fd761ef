"""What every service of supply matching does: the row, locked, its step, the line in the log."""

import datetime as dt
from collections.abc import Callable, Mapping

from django.utils import timezone, translation

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.chain import JSON
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused
from openzone.zone.supply.enums import EntryState, InvitationState
from openzone.zone.supply.models import Invitation, InvitationStep, SupplyEntry

CLOSED = Text("“{title}”已结束（{state}）", "“{title}” has ended ({state})")
DONE = Text(
    "已由{who}于{at}办理（{state}），请刷新后再操作",
    "already done by {who} at {at} ({state}); reload and look again",
)
TO_COME = Text("{day} 还没有到", "{day} has not come yet")
TOO_EARLY = Text("不能早于 {day}", "not before {day}")
WHY = Text("请说明理由", "give a reason")


def opened(entry: SupplyEntry) -> SupplyEntry:
    """Lock an entry that is open; refuse one that ended."""
    fresh = (
        SupplyEntry.objects.select_for_update(of=("self",))
        .select_related("enterprise")
        .get(pk=entry.pk)
    )
    if fresh.state != EntryState.OPEN:
        zh, en = labels(fresh.get_state_display)
        raise Refused(Text(CLOSED.zh.format(title=fresh.title, state=zh),
                           CLOSED.en.format(title=fresh.title, state=en)))  # fmt: skip
    return fresh


def in_state(invitation: Invitation, *states: InvitationState) -> Invitation:
    """Lock an invitation that stands where a step begins; else say who was first."""
    fresh = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("need__enterprise", "offer__enterprise")
        .get(pk=invitation.pk)
    )
    if fresh.state in states:
        return fresh
    last = fresh.steps.latest("pk")
    at = f"{timezone.localtime(last.at):%Y-%m-%d %H:%M}"
    zh, en = labels(last.get_state_display)
    raise Refused(Text(DONE.zh.format(who=last.by, at=at, state=zh),
                       DONE.en.format(who=last.by, at=at, state=en)))  # fmt: skip


def step(
    invitation: Invitation, state: InvitationState, on: dt.date, now: dt.datetime, actor: Actor,
    said: str = "",
) -> None:  # fmt: skip
    """Write a step, and where the invitation stands by it."""
    invitation.state, invitation.since = state, on
    invitation.save()
    InvitationStep.objects.create(
        invitation=invitation, state=state, on=on, said=said, by=actor.label[:150], at=now
    )
    note(f"invitation.{state}", actor, f"invitation:{invitation.pk}",
         {"need": invitation.need_id, "offer": invitation.offer_id})  # fmt: skip


def ensure_day(on: dt.date, earliest: dt.date, now: dt.datetime) -> None:
    """Refuse a day to come, and one before what it follows."""
    if on > timezone.localdate(now):
        raise Refused(TO_COME.format(day=on), field="on")
    if on < earliest:
        raise Refused(TOO_EARLY.format(day=earliest), field="on")


def ensure_said(text: str, field: str = "reason") -> str:
    """Refuse an empty reason."""
    if not text.strip():
        raise Refused(WHY, field=field)
    return text.strip()


def labels(display: Callable[[], object]) -> tuple[str, str]:
    """Return a label of a choice in both languages."""
    said = []
    for language in ("zh-hans", "en"):
        with translation.override(language):
            said.append(str(display()))
    return said[0], said[1]


def note(action: str, actor: Actor, subject: str, payload: Mapping[str, JSON]) -> None:
    """Write the line in the log."""
    record(f"supply.{action}", actor=actor, subject=subject, payload=dict(payload))
