"""How often somebody had to come: at most once (最多跑一次), and each time with its reason."""

import datetime as dt

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.approvals.models import Track, Trip
from openzone.zone.approvals.services.writing import ensure_past, locked, note
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import User

NO_MATTER = Text("该路径没有“{matter}”", "this path has no “{matter}”")


@transaction.atomic
def record_trip(
    *, actor: Actor, track: Track, matter: str, on: dt.date, reason: str, user: User,
    now: dt.datetime, today: dt.date,
) -> Trip:  # fmt: skip
    """Record that somebody came for a bundle or an item outside one, and why it was needed."""
    fresh = locked(track)
    if matter not in matters(fresh):
        raise Refused(NO_MATTER.format(matter=matter), field="matter")
    ensure_past(on, today, "on")
    made = Trip(track=fresh, matter=matter, on=on, reason=reason.strip(), by=user, at=now)
    ensure_valid(made)
    made.save(force_insert=True)
    note(
        action="trip_recorded", actor=actor, track=fresh,
        payload={"matter": matter, "on": on.isoformat(), "reason": made.reason},
    )  # fmt: skip
    return made


def matters(track: Track) -> list[str]:
    """Return what somebody can come for: a bundle is one matter, an item outside one is its own."""
    return list(dict.fromkeys(one.bundle or one.code for one in track.items.all()))
