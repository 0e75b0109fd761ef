"""What evaluations do by themselves every morning."""

import datetime as dt

from django.utils import timezone
from django_tasks import task

from openzone.zone.audit.actors import Actor
from openzone.zone.evaluations.services.telling import remind_all

SYSTEM = Actor.system("evaluations")


@task(atomic=False)
def every_morning(day: str) -> dict[str, int]:
    """Remind those evaluated that the days for objections end tomorrow."""
    on = dt.date.fromisoformat(day)
    return {"reminded": remind_all(actor=SYSTEM, on=on, now=timezone.now())}
