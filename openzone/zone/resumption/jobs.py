"""What happens by itself every afternoon: who has not reported is reminded."""

import datetime as dt

from django.utils import timezone
from django_tasks import task

from openzone.zone.audit.actors import Actor
from openzone.zone.resumption.services.reminding import remind_all

SYSTEM = Actor.system("resumption")


@task(atomic=False)
def every_afternoon(day: str) -> dict[str, int]:
    """Remind the members of open seasons that have not reported for the day."""
    on = dt.date.fromisoformat(day)
    return {"reminded": remind_all(actor=SYSTEM, on=on, now=timezone.now())}
