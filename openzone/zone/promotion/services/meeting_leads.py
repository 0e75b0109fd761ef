"""A firm met on a trip or at an event, or one that came to look, becomes a lead."""

import datetime as dt

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused
from openzone.zone.people.models import Unit, User
from openzone.zone.promotion.field_packs import field
from openzone.zone.promotion.models import EventGuest, Lead, ReturnVisit, TripMeeting
from openzone.zone.promotion.services.field_links import spoken
from openzone.zone.promotion.services.leads import record_lead
from openzone.zone.promotion.services.writing import note

IS_LEAD = Text("已转为线索 {number}", "it is the lead {number} already")
NOT_CAME = Text("该企业未到会", "this firm did not come")
ENQUIRY = "enquiry"

Meeting = TripMeeting | EventGuest | ReturnVisit


@transaction.atomic
def lead_of_meeting(
    *, actor: Actor, meeting: Meeting, title: str, now: dt.datetime, adviser: User | None = None,
    summary: str = "", user: User | None = None, sure: bool = False,
) -> Lead:  # fmt: skip
    """Make a lead of a firm that was met; what was said there is its first interaction."""
    fresh = type(meeting).objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if fresh.lead is not None:
        raise Refused(IS_LEAD.format(number=fresh.lead.number))
    if fresh.on is None:
        raise Refused(NOT_CAME)
    channel, unit, what = _where(fresh)
    found = field().channel(channel)
    lead = record_lead(
        actor=actor, investor=fresh.investor, title=title, received_on=fresh.on, now=now,
        source=found.source if found else ENQUIRY, source_note=what[:200],
        channel=found.way if found else "", unit=unit, adviser=adviser, summary=summary,
        sure=sure, user=user, synthetic=fresh.investor.synthetic,
    )  # fmt: skip
    fresh.lead = lead
    if adviser is not None:
        fresh.interaction = spoken(
            actor=actor, channel=channel, lead=lead, on=fresh.on, said=fresh.said or what,
            contact=getattr(fresh, "contact", None), user=user, now=now,
            kind=field().return_visit if isinstance(fresh, ReturnVisit) else "",
        )  # fmt: skip
    fresh.save()
    note(action="meeting.lead", actor=actor, subject=lead, payload={"from": what})
    return lead


def _where(meeting: Meeting) -> tuple[str, Unit, str]:
    """Return the channel a firm was met by, the unit that did, and what it is called."""
    match meeting:
        case TripMeeting():
            return meeting.trip.channel, meeting.trip.team.unit, meeting.trip.title
        case EventGuest():
            return meeting.event.channel, meeting.event.unit, meeting.event.title
    return "", meeting.unit, f"来访 {meeting.on}"
