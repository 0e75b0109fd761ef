"""What promotion does by itself every morning."""

import datetime as dt

from django.utils import timezone
from django_tasks import task

from openzone.zone.audit.actors import Actor
from openzone.zone.promotion.services.reminding import remind_quiet

SYSTEM = Actor.system("promotion")


@task(atomic=False)
def every_morning(day: str) -> dict[str, int]:
    """Remind advisers of investors nobody has spoken to."""
    told = remind_quiet(actor=SYSTEM, on=dt.date.fromisoformat(day), now=timezone.now())
    return {"reminded": told}
