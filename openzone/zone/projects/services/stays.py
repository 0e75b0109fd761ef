"""What stands of the logs, derived anew for every project."""

from django.db import transaction

from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.projects.models import Project
from openzone.zone.projects.writing import stay
from openzone.zone.registry.models import Subject


@transaction.atomic
def rebuild_stays(*, actor: Actor) -> int:
    """Derive from every log what counters read of it; return of how many projects.

    Every step does this for its own project. This is for logs that came another way: a restored
    backup, or rows a program wrote.
    """
    projects = Project.objects.order_by("pk")
    for project in projects.iterator(500):
        Subject.objects.select_for_update().get(pk=project.pk)
        stay(project)
    count = projects.count()
    record("projects.stays.rebuilt", actor=actor, payload={"projects": count})
    return count
