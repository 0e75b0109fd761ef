"""What joint monitoring does by itself every morning: remind who has figures to enter."""

import datetime as dt

from django.utils import timezone
from django_tasks import task

from openzone.zone.audit.actors import Actor
from openzone.zone.waters.services.reminding import remind_sides

SYSTEM = Actor.system("waters")


@task(atomic=False)
def every_morning(day: str) -> dict[str, int]:
    """Remind sides that have not locked, and tell both when time is up."""
    on, now = dt.date.fromisoformat(day), timezone.now()
    return {"reminded": remind_sides(actor=SYSTEM, on=on, now=now)}
