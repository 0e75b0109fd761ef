"""The queue's own housekeeping."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django_tasks import task

from openzone.zone.audit.actors import Actor
from openzone.zone.jobs.services import prune_jobs

KEPT = timedelta(days=30)


@task
def prune(day: str) -> int:
    """Forget the jobs that succeeded more than thirty days before a day."""
    midnight = timezone.make_aware(datetime.combine(date.fromisoformat(day), time()))
    return prune_jobs(actor=Actor.system("jobs"), before=midnight - KEPT)
