"""Promotion events: planned, guests invited, who came, what came of it."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import Unit, User
from openzone.zone.promotion.enums import EventState
from openzone.zone.promotion.field_packs import channel_by
from openzone.zone.promotion.models import (
    Contact,
    EventGuest,
    FieldTeam,
    Investor,
    Lead,
    PromotionEvent,
)
from openzone.zone.promotion.services.field_links import ensure_of, spoken
from openzone.zone.promotion.services.writing import (
    ensure_come,
    ensure_said,
    locked_investor,
    note,
)

INVITED = Text("“{name}”已在邀请名单中", "“{name}” is invited already")
CALLED_OFF = Text("该活动已取消：{reason}", "this event was called off: {reason}")
HELD = Text("该活动已记录为已举办", "this event is recorded as held already")
NOT_BEGUN = Text("活动 {day} 才开始", "the event begins on {day}")
NOT_THEN = Text("{day} 不在活动期间", "the event was not on {day}")
DAY_WANTED = Text("请写明到会日期", "say on which day they came")
SAID_ALREADY = Text("已记录到会情况", "whether they came is recorded already")
CAME = Text("已有企业到会，不能取消", "firms came already: it cannot be called off")


@transaction.atomic
def plan_event(
    *, actor: Actor, title: str, channel: str, begins: dt.date, ends: dt.date, unit: Unit,
    owner: User, now: dt.datetime, city: str = "", venue: str = "",
    team: FieldTeam | None = None, synthetic: bool = False,
) -> PromotionEvent:  # fmt: skip
    """Plan an event of a channel that has events."""
    event = PromotionEvent(
        title=title.strip(), channel=channel_by(channel, "event").id, begins=begins, ends=ends,
        city=city.strip(), venue=venue.strip(), unit=unit, owner=owner, team=team,
        planned_at=now, synthetic=synthetic,
    )  # fmt: skip
    ensure_valid(event)
    event.save()
    _note("event.planned", actor, event, on=begins.isoformat(), channel=event.channel)
    return event


@transaction.atomic
def invite(
    *, actor: Actor, event: PromotionEvent, investors: Iterable[Investor], on: dt.date
) -> list[EventGuest]:
    """Invite firms; one that is invited already is refused by name, and then nobody is."""
    fresh = _open(event)
    made = []
    for investor in investors:
        firm = locked_investor(investor)
        if fresh.guests.filter(investor=firm).exists():
            raise Refused(INVITED.format(name=firm.name), field="investors")
        guest = EventGuest(event=fresh, investor=firm, invited_on=on)
        ensure_valid(guest)
        guest.save()
        made.append(guest)
    _note("event.invited", actor, fresh, investors=[one.investor_id for one in made])
    return made


@transaction.atomic
def attend(
    *, actor: Actor, guest: EventGuest, attended: bool, now: dt.datetime,
    on: dt.date | None = None, said: str = "", contact: Contact | None = None,
    lead: Lead | None = None, user: User | None = None,
) -> EventGuest:  # fmt: skip
    """Say whether a guest came; with a lead, what was said is an interaction of it as well."""
    event = _open(guest.event, held=True)
    fresh = EventGuest.objects.select_for_update(of=("self",)).get(pk=guest.pk)
    if fresh.attended is not None:
        raise Refused(SAID_ALREADY)
    fresh.attended = attended
    if attended:
        fresh.on = _day_in(event, on, now)
        ensure_of(fresh.investor, contact=contact, lead=lead)
        fresh.said, fresh.contact, fresh.lead = said.strip(), contact, lead
        fresh.interaction = spoken(
            actor=actor, channel=event.channel, lead=lead, on=fresh.on,
            said=fresh.said or event.title, contact=contact, user=user, now=now,
        )  # fmt: skip
    ensure_valid(fresh)
    fresh.save()
    _note("event.attended", actor, event, investor=fresh.investor_id, came=attended)
    return fresh


@transaction.atomic
def hold_event(
    *, actor: Actor, event: PromotionEvent, summary: str, today: dt.date
) -> PromotionEvent:
    """Record that an event was held, and what came of it."""
    fresh = _open(event)
    if fresh.begins > today:
        raise Refused(NOT_BEGUN.format(day=fresh.begins))
    fresh.state, fresh.summary = EventState.HELD, summary.strip()
    ensure_valid(fresh)
    fresh.save(update_fields=["state", "summary"])
    _note("event.held", actor, fresh)
    return fresh


@transaction.atomic
def cancel_event(*, actor: Actor, event: PromotionEvent, reason: str) -> PromotionEvent:
    """Call an event off that nobody came to."""
    fresh = _open(event)
    if fresh.guests.filter(attended=True).exists():
        raise Refused(CAME)
    fresh.state, fresh.reason = EventState.CANCELLED, ensure_said(reason)
    fresh.save(update_fields=["state", "reason"])
    _note("event.cancelled", actor, fresh, reason=fresh.reason)
    return fresh


def _open(event: PromotionEvent, *, held: bool = False) -> PromotionEvent:
    """Lock an event; refuse one called off, and one held unless that is as it should be."""
    fresh = PromotionEvent.objects.select_for_update().get(pk=event.pk)
    if fresh.state == EventState.CANCELLED:
        raise Refused(CALLED_OFF.format(reason=fresh.reason))
    if fresh.state == EventState.HELD and not held:
        raise Refused(HELD)
    return fresh


def _day_in(event: PromotionEvent, on: dt.date | None, now: dt.datetime) -> dt.date:
    if on is None and event.begins != event.ends:
        raise Refused(DAY_WANTED, field="on")
    day = on or event.begins
    if not event.begins <= day <= event.ends:
        raise Refused(NOT_THEN.format(day=day), field="on")
    ensure_come(day, now)
    return day


def _note(action: str, actor: Actor, event: PromotionEvent, **payload: Any) -> None:
    note(action=action, actor=actor, subject=f"promotion_event:{event.pk}", payload=payload)
