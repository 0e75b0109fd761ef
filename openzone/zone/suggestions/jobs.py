"""What happens without anybody: proposers hear that their suggestion was carried out."""

from django.utils import timezone
from django_tasks import task

from openzone.zone.audit.actors import Actor
from openzone.zone.suggestions.models import Final
from openzone.zone.suggestions.services.news import SOLVED, tell_done

SYSTEM = Actor.system("suggestions")


@task(atomic=False)
def tell_of_done(turn: str) -> int:
    """Tell the proposers of what was carried out since; each suggestion for itself."""
    found = Final.objects.filter(done_told_at__isnull=True, case__closed=True, case__outcome=SOLVED)
    now = timezone.now()
    return sum(tell_done(actor=SYSTEM, final=one, now=now) for one in found.order_by("pk"))
