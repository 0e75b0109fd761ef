"""Invitations: sent, accepted or declined, met, and what came of it; reminded of, and lapsed."""

import datetime as dt
from decimal import Decimal
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused
from openzone.zone.supply.enums import LIVE, InvitationState, Side
from openzone.zone.supply.models import Invitation, MatchEvent, SupplyEntry
from openzone.zone.supply.packs import pack
from openzone.zone.supply.services.telling import (
    tell_answered,
    tell_invited,
    tell_lapsed,
    tell_soon,
)
from openzone.zone.supply.writing import (
    ensure_day,
    ensure_said,
    in_state,
    labels,
    note,
    opened,
    step,
)

NOT_A_PAIR: Final = Text("须一方为需求、一方为供给", "one must be a need and the other an offer")
SAME_FIRM: Final = Text("供需双方是同一企业", "both are of the same firm")
UNDER_WAY: Final = Text(
    "双方已有对接邀请在办（{state}，{day}）", "an invitation is under way ({state}, {day})"
)
NOT_POSITIVE: Final = Text("金额应大于0", "an amount is above 0")
ACCEPTED = Text("已接受", "accepted")
DECLINED = Text("已谢绝：{reason}", "declined: {reason}")


@transaction.atomic
def invite(
    *, actor: Actor, need: SupplyEntry, offer: SupplyEntry, asked: str, score: float,
    reasons: list[Text], now: dt.datetime, quantity: Decimal | None = None,
    event: MatchEvent | None = None, synthetic: bool = False,
) -> Invitation:  # fmt: skip
    """Ask one firm to deal with the other; ``asked`` is the side that answers.

    Raises:
        Refused: one of both has ended, they are no pair, or an invitation is under way.

    """
    today = timezone.localdate(now)
    wants, has = opened(need), opened(offer)
    if (wants.side, has.side) != (Side.NEED, Side.OFFER):
        raise Refused(NOT_A_PAIR)
    if wants.enterprise.root_id == has.enterprise.root_id:
        raise Refused(SAME_FIRM)
    _ensure_none(wants, has)
    made = Invitation(
        need=wants, offer=has, asked=Side(asked), event=event, score=score, quantity=quantity,
        reasons=[{"zh": one.zh, "en": one.en} for one in reasons], since=today, sent_at=now,
        answer_by=today + dt.timedelta(days=pack().answer_days),
        synthetic=synthetic or wants.synthetic,
    )  # fmt: skip
    try:
        with transaction.atomic():
            step(made, InvitationState.SENT, today, now, actor)
    except IntegrityError:
        _ensure_none(wants, has)
        raise
    tell_invited(made, now, today)
    return made


def _ensure_none(need: SupplyEntry, offer: SupplyEntry) -> None:
    found = Invitation.objects.filter(need=need, offer=offer, state__in=LIVE).first()
    if found is not None:
        zh, en = labels(found.get_state_display)
        raise Refused(Text(UNDER_WAY.zh.format(state=zh, day=found.since),
                           UNDER_WAY.en.format(state=en, day=found.since)))  # fmt: skip


@transaction.atomic
def accept(*, actor: Actor, invitation: Invitation, now: dt.datetime) -> Invitation:
    """Accept; from now on both firms see how to reach each other."""
    fresh = in_state(invitation, InvitationState.SENT)
    today = timezone.localdate(now)
    step(fresh, InvitationState.ACCEPTED, today, now, actor)
    tell_answered(fresh, ACCEPTED, now, today)
    return fresh


@transaction.atomic
def decline(*, actor: Actor, invitation: Invitation, reason: str, now: dt.datetime) -> Invitation:
    """Decline with a reason; the firm that asked is told."""
    fresh = in_state(invitation, InvitationState.SENT)
    today = timezone.localdate(now)
    fresh.reason = ensure_said(reason)[:500]
    step(fresh, InvitationState.DECLINED, today, now, actor, fresh.reason)
    tell_answered(fresh, DECLINED.format(reason=fresh.reason), now, today)
    return fresh


@transaction.atomic
def record_meeting(
    *, actor: Actor, invitation: Invitation, on: dt.date, said: str, now: dt.datetime
) -> Invitation:
    """Record that both met."""
    fresh = in_state(invitation, InvitationState.ACCEPTED)
    ensure_day(on, fresh.since, now)
    step(fresh, InvitationState.MET, on, now, actor, ensure_said(said, "said")[:500])
    return fresh


@transaction.atomic
def record_deal(
    *, actor: Actor, invitation: Invitation, on: dt.date, amount: Decimal, now: dt.datetime,
    said: str = "",
) -> Invitation:  # fmt: skip
    """Record a deal with its amount in yuan."""
    fresh = in_state(invitation, InvitationState.ACCEPTED, InvitationState.MET)
    ensure_day(on, fresh.since, now)
    if amount <= 0:
        raise Refused(NOT_POSITIVE, field="amount")
    fresh.amount = amount
    step(fresh, InvitationState.DEAL, on, now, actor, said.strip()[:500])
    return fresh


@transaction.atomic
def record_no_deal(
    *, actor: Actor, invitation: Invitation, on: dt.date, reason: str, now: dt.datetime
) -> Invitation:
    """Record that nothing came of it, and why."""
    fresh = in_state(invitation, InvitationState.ACCEPTED, InvitationState.MET)
    ensure_day(on, fresh.since, now)
    fresh.reason = ensure_said(reason)[:500]
    step(fresh, InvitationState.NONE, on, now, actor, fresh.reason)
    return fresh


@transaction.atomic
def lapse_invitations(*, actor: Actor, on: dt.date, now: dt.datetime) -> int:
    """End the invitations nobody answered in time; who asked is told."""
    over = list(_waiting().filter(answer_by__lt=on))
    for one in over:
        step(one, InvitationState.EXPIRED, on, now, actor)
        tell_lapsed(one, now, on)
    return len(over)


@transaction.atomic
def remind_invitations(*, actor: Actor, on: dt.date, now: dt.datetime) -> int:
    """Remind who is asked, once, some days before the answer is due."""
    until = on + dt.timedelta(days=pack().remind_days)
    soon = list(_waiting().filter(answer_by__range=(on, until), reminded_on=None))
    for one in soon:
        one.reminded_on = on
        one.save(update_fields=["reminded_on"])
        tell_soon(one, now, on)
    if soon:
        note("invitation.reminded", actor, "supply", {"invitations": [one.pk for one in soon]})
    return len(soon)


def _waiting() -> QuerySet[Invitation]:
    return (
        Invitation.objects.select_for_update(of=("self",))
        .filter(state=InvitationState.SENT)
        .select_related("need__enterprise", "offer__enterprise")
        .order_by("pk")
    )
