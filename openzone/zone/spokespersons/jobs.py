"""What the register does by itself every day."""

import datetime as dt

from django_tasks import task

from openzone.zone.audit.actors import Actor
from openzone.zone.spokespersons.services.register import end_departed as end


@task
def end_departed(day: str) -> int:
    """End the terms of who left, so that their questions have somebody before work begins."""
    return len(end(actor=Actor.system("spokespersons"), on=dt.date.fromisoformat(day)))
