"""What neighbourhood service does by itself every day."""

import datetime as dt

from django.utils import timezone
from django_tasks import task

from openzone.zone.audit.actors import Actor
from openzone.zone.community.services.residents import remind


@task
def remind_duties(day: str) -> int:
    """Tell agents whose day comes near; return how many were reminded of."""
    on = dt.date.fromisoformat(day)
    return len(remind(actor=Actor.system("community"), on=on, now=timezone.now()))
