"""Meetings come into the calendar ahead, get their agenda, or are cancelled."""

import datetime as dt
from collections.abc import Iterator

from django.db import transaction

from openzone.engines.projects.reviews import Occurrence, occurrences
from openzone.engines.text import Text
from openzone.packs.reviews import Body, TierPack
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.chain import JSON
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused
from openzone.zone.people.models import User
from openzone.zone.reviews.enums import MeetingState
from openzone.zone.reviews.models import AgendaItem, Meeting
from openzone.zone.reviews.packs import calendar, classes_at, pack
from openzone.zone.reviews.selectors.agenda import Found, deserved
from openzone.zone.reviews.selectors.scope import live, working
from openzone.zone.reviews.services.writing import still_planned

BEGUN = Text(
    "会上已有议定事项，议程不再重做", "something was decided already; the agenda is not made anew"
)
WHY = Text("取消会议须写明原因", "say why the meeting is cancelled")
PAST = Text("会议日期不能早于今天", "a meeting cannot be moved into the past")


@transaction.atomic
def plan_meetings(*, actor: Actor, today: dt.date) -> int:
    """Put the meetings of the coming weeks into the calendar; return how many were new.

    Run as often as one likes: a body has one meeting for each day of its cadence, and one that was
    cancelled or moved is not planned again.
    """
    last = today + dt.timedelta(days=pack().ahead)
    wanted = [meeting for tier in pack().tiers for meeting in _wanted(tier, today, last)]
    known = set(
        Meeting.objects.filter(meant__gte=today - dt.timedelta(days=62)).values_list(
            "tier", "body", "meant"
        )
    )
    new = [one for one in wanted if (one.tier, one.body, one.meant) not in known]
    # Somebody else may be planning at this moment: whoever comes second adds nothing.
    before = Meeting.objects.count()
    Meeting.objects.bulk_create(new, ignore_conflicts=True)
    added = Meeting.objects.count() - before
    if added:
        _note("planned", actor, None, until=last.isoformat(), count=added)
    return added


def _wanted(tier: TierPack, first: dt.date, last: dt.date) -> Iterator[Meeting]:
    for occurrence in occurrences(tier.cadence, first, last, calendar()):
        if tier.of is Body.ZONE:
            yield _meeting(tier, occurrence, "zone")
        elif tier.of is Body.FORCE:
            for force in working(occurrence.on).values_list("pk", flat=True):
                yield _meeting(tier, occurrence, f"force:{force}", force=force)
        else:
            for chief in _chiefs(tier):
                yield _meeting(tier, occurrence, f"chief:{chief}", chief=chief)


def _chiefs(tier: TierPack) -> list[int]:
    found = live().filter(review_class__in=classes_at(tier.id), chief__is_active=True)
    return sorted(key for key in found.values_list("chief", flat=True).distinct() if key)


def _meeting(
    tier: TierPack, one: Occurrence, body: str, force: int | None = None, chief: int | None = None
) -> Meeting:
    return Meeting(
        tier=tier.id, body=body, force_id=force, chief_id=chief, meant=one.meant, on=one.on,
        since=one.since, begins=tier.at, minutes=tier.minutes,
    )  # fmt: skip


@transaction.atomic
def prepare_meeting(*, actor: Actor, meeting: Meeting, now: dt.datetime) -> Meeting:
    """Freeze the agenda a meeting deserves today; until something is decided there, once more."""
    fresh = still_planned(meeting)
    if fresh.decisions.exists():
        raise Refused(BEGUN)
    fresh.items.all().delete()
    found = deserved(fresh)
    AgendaItem.objects.bulk_create(
        _item(fresh, place, one) for place, one in enumerate(found, start=1)
    )
    fresh.prepared_at = now
    fresh.save(update_fields=["prepared_at"])
    _note("prepared", actor, fresh, matters=len(found))
    return fresh


def _item(meeting: Meeting, place: int, one: Found) -> AgendaItem:
    matter = one.matter
    return AgendaItem(
        meeting=meeting, place=place, project=one.project, ref=matter.ref, case=one.case,
        why=matter.why, severity=matter.severity, due=matter.due, title=one.title[:200],
        said={"zh": one.said.zh, "en": one.said.en},
    )  # fmt: skip


@transaction.atomic
def move_meeting(
    *, actor: Actor, meeting: Meeting, on: dt.date, begins: dt.time, today: dt.date
) -> Meeting:
    """Hold a meeting on another day or at another hour; the day of the cadence stays."""
    fresh = still_planned(meeting)
    if on < today:
        raise Refused(PAST, field="on")
    before = fresh.on
    fresh.on, fresh.begins = on, begins
    fresh.save(update_fields=["on", "begins"])
    _note("moved", actor, fresh, was=before.isoformat(), on=on.isoformat())
    return fresh


@transaction.atomic
def cancel_meeting(
    *, actor: Actor, meeting: Meeting, reason: str, user: User, now: dt.datetime
) -> Meeting:
    """Cancel a meeting; what was on its agenda comes to the next one by itself."""
    fresh = still_planned(meeting)
    if not reason.strip():
        raise Refused(WHY, field="reason")
    fresh.state, fresh.reason = MeetingState.CANCELLED, reason.strip()
    fresh.settled_by, fresh.settled_at = user, now
    fresh.save(update_fields=["state", "reason", "settled_by", "settled_at"])
    _note("cancelled", actor, fresh, reason=fresh.reason)
    return fresh


def due_today(today: dt.date) -> list[Meeting]:
    """Return the meetings of today that have no agenda yet."""
    return list(Meeting.objects.filter(on=today, state=MeetingState.PLANNED, prepared_at=None))


def _note(action: str, actor: Actor, meeting: Meeting | None, **payload: JSON) -> None:
    subject = f"meeting:{meeting.pk}" if meeting else ""
    record(f"reviews.meeting.{action}", actor=actor, subject=subject, payload=payload)
