"""What the desk of commitments does by itself every day."""

from django.utils import timezone
from django_tasks import task

from openzone.zone.audit.actors import Actor
from openzone.zone.commitments.services.steps import lapse


@task
def end_lapsed(day: str) -> int:
    """End what waits for papers past its deadline; return how many ended."""
    return len(lapse(actor=Actor.system("commitments"), now=timezone.now()))
