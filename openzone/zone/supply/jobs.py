"""What supply matching does by itself every morning."""

import datetime as dt

from django.utils import timezone
from django_tasks import task

from openzone.zone.audit.actors import Actor
from openzone.zone.supply.services.entries import expire_entries
from openzone.zone.supply.services.inviting import lapse_invitations, remind_invitations

SYSTEM = Actor.system("supply")


@task(atomic=False)
def every_morning(day: str) -> dict[str, int]:
    """End what is over, and remind of what waits for an answer."""
    on, now = dt.date.fromisoformat(day), timezone.now()
    return {
        "lapsed": lapse_invitations(actor=SYSTEM, on=on, now=now),
        "reminded": remind_invitations(actor=SYSTEM, on=on, now=now),
        "expired": expire_entries(actor=SYSTEM, on=on),
    }
