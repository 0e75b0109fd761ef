"""What approvals ask of people of the zone: items to answer, requests to take on."""

import datetime as dt
from typing import NamedTuple

from django.db.models import QuerySet

from openzone.zone.approvals.enums import TrackState
from openzone.zone.approvals.models import Track
from openzone.zone.approvals.selectors.standing import Line, boards
from openzone.zone.cases.permissions import is_centre
from openzone.zone.people.enums import Role
from openzone.zone.people.models import User
from openzone.zone.people.selectors import memberships_of


class Waiting(NamedTuple):
    """An item whose clock runs, and the track it belongs to."""

    due: dt.datetime
    track: Track
    line: Line


def to_answer(user: User, now: dt.datetime, on: dt.date) -> list[Waiting]:
    """Return the items whose clock runs against a unit of somebody's own, the next due first."""
    held = memberships_of(user, on)
    units = {one.unit_id for one in held if one.role == Role.HANDLER or is_centre(one)}
    if not units:
        return []
    rows = Track.objects.filter(state=TrackState.RUNNING, items__unit__in=units).distinct()
    found = [
        Waiting(line.clock.due, board.track, line)
        for board in boards(rows, now)
        for line in board.lines
        if line.clock is not None and line.item.unit_id in units
    ]
    return sorted(found, key=lambda one: (one.due, one.line.item.pk))


def to_accept(user: User, on: dt.date) -> QuerySet[Track]:
    """Return the requests nobody took on yet, for the service centre."""
    if not any(is_centre(post) for post in memberships_of(user, on)):
        return Track.objects.none()
    asked = Track.objects.filter(state=TrackState.ASKED)
    return asked.select_related("project").order_by("asked_at", "pk")
