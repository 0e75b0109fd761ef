"""What reporting does by itself every morning."""

import datetime as dt

from django.utils import timezone
from django_tasks import task

from openzone.zone.audit.actors import Actor
from openzone.zone.indicators.services.reminding import remind_due
from openzone.zone.indicators.services.rounds import open_due_rounds

SYSTEM = Actor.system("reports")


@task(atomic=False)
def reports_every_morning(day: str) -> dict[str, int]:
    """Open the rounds of periods that are over, and remind of those under way."""
    on, now = dt.date.fromisoformat(day), timezone.now()
    return {
        "opened": open_due_rounds(actor=SYSTEM, on=on, now=now),
        "told": remind_due(actor=SYSTEM, on=on, now=now),
    }
