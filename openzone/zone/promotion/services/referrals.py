"""A lead is passed to another unit; it comes back as a talk or as a reason."""

import datetime as dt
from typing import Unpack

from django.db import transaction
from django.utils import timezone

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.cases.packs import worktime
from openzone.zone.errors import Refused, ensure_fields
from openzone.zone.people.models import Unit, User
from openzone.zone.promotion.enums import ReferralKind, ReferralState
from openzone.zone.promotion.models import Interaction, Lead, Referral
from openzone.zone.promotion.packs import pack
from openzone.zone.promotion.services.interactions import Said, record_interaction
from openzone.zone.promotion.services.telling import hands_of, tell_answered, tell_referred
from openzone.zone.promotion.services.writing import derive, ensure_said, note, opened

OPEN_ONE = Text(
    "已转介给{unit}，等待答复", "it was passed to {unit} already and waits for an answer"
)
ITSELF = Text("该线索就在{unit}", "the lead is with {unit} already")
NOBODY = Text("{unit}没有经办人，无法转介", "nobody works at {unit}: it cannot be passed there")
DONE = Text("已由{who}答复", "already answered by {who}")


@transaction.atomic
def refer(
    *, actor: Actor, lead: Lead, kind: str, to_unit: Unit, reason: str, now: dt.datetime,
    user: User, seen: int | None = None,
) -> Referral:  # fmt: skip
    """Pass a lead to another unit or park, whose people are told and by when to answer."""
    fresh = opened(lead, seen)
    why, today = ensure_said(reason), timezone.localdate(now)
    waiting = fresh.referrals.filter(state=ReferralState.OPEN).first()
    if waiting is not None:
        raise Refused(OPEN_ONE.format(unit=waiting.to_unit))
    if fresh.unit_id == to_unit.pk:
        raise Refused(ITSELF.format(unit=to_unit), field="to_unit")
    if not hands_of(to_unit, today):
        raise Refused(NOBODY.format(unit=to_unit), field="to_unit")
    referral = Referral(
        lead=fresh, kind=kind, referrer=user, from_unit=fresh.unit, to_unit=to_unit, note=why,
        referred_at=now, due=due(kind, today),
    )  # fmt: skip
    ensure_fields(referral, ("kind", "note"))
    referral.save()
    tell_referred(referral, now, today)
    payload = {"to": to_unit.code, "kind": kind, "reason": why}
    note(action="referral.made", actor=actor, subject=fresh, payload=payload)
    return referral


@transaction.atomic
def answer_with_talk(
    *, actor: Actor, referral: Referral, kind: str, on: dt.date, summary: str, now: dt.datetime,
    user: User, **said: Unpack[Said],
) -> Interaction:  # fmt: skip
    """End a referral by talking. A lead that was handed over is the unit's from then on."""
    lead, fresh = _waiting(referral)
    if fresh.kind == ReferralKind.HANDOVER:
        lead.unit = fresh.to_unit
        derive(lead)
    made = record_interaction(
        actor=actor, lead=lead, kind=kind, on=on, summary=summary, now=now, user=user, **said
    )
    fresh.state, fresh.interaction = ReferralState.TALKED, made
    _end(fresh, user, now)
    payload = {"referral": fresh.pk, "interaction": made.pk}
    note(action="referral.talked", actor=actor, subject=lead, payload=payload)
    return made


@transaction.atomic
def refuse_referral(
    *, actor: Actor, referral: Referral, reason: str, now: dt.datetime, user: User
) -> Referral:
    """End a referral with a reason, which goes back to who referred; the lead stays."""
    lead, fresh = _waiting(referral)
    fresh.state, fresh.reason = ReferralState.REFUSED, ensure_said(reason)
    _end(fresh, user, now)
    note(
        action="referral.refused", actor=actor, subject=lead,
        payload={"referral": fresh.pk, "reason": fresh.reason},
    )  # fmt: skip
    return fresh


def due(kind: str, today: dt.date) -> dt.date:
    """Return the day by which a referral made today is answered, in working days."""
    rule = pack().referrals
    days = rule.first_talk_days if kind == ReferralKind.FIRST_TALK else rule.handover_days
    return worktime().calendar.shift_workdays(today, days)


def _waiting(referral: Referral) -> tuple[Lead, Referral]:
    lead = opened(referral.lead)
    fresh = Referral.objects.select_for_update().get(pk=referral.pk)
    if fresh.state != ReferralState.OPEN:
        raise Refused(DONE.format(who=fresh.answered_by))
    fresh.lead = lead
    return lead, fresh


def _end(referral: Referral, user: User, now: dt.datetime) -> None:
    referral.answered_by, referral.answered_at = user, now
    ensure_fields(referral, ("reason",))
    referral.save()
    tell_answered(referral, now)
