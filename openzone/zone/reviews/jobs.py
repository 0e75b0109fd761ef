"""What graded review does by itself every morning."""

import datetime as dt

from django.utils import timezone
from django_tasks import task

from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused
from openzone.zone.reviews.services.planning import due_today, plan_meetings, prepare_meeting

SYSTEM = Actor.system("reviews")


@task(atomic=False)
def every_morning(day: str) -> dict[str, int]:
    """Plan ahead, and make the agenda of today's meetings that have none."""
    today = dt.date.fromisoformat(day)
    planned, prepared = plan_meetings(actor=SYSTEM, today=today), 0
    for meeting in due_today(today):
        try:
            prepare_meeting(actor=SYSTEM, meeting=meeting, now=timezone.now())
        except Refused:  # somebody held or cancelled it meanwhile
            continue
        prepared += 1
    return {"planned": planned, "prepared": prepared}
