"""What happens by itself every morning: who tutors is reminded of batches that close soon."""

import datetime as dt

from django.utils import timezone
from django_tasks import task

from openzone.zone.audit.actors import Actor
from openzone.zone.cultivation.services.reminding import remind_of_batches

SYSTEM = Actor.system("cultivation")


@task(atomic=False)
def every_morning(day: str) -> dict[str, int]:
    """Remind of the batches that close in so many days."""
    on = dt.date.fromisoformat(day)
    return {"reminded": remind_of_batches(actor=SYSTEM, on=on, now=timezone.now())}
