"""What the record of projects does by itself every morning."""

import datetime as dt

from django.db import transaction
from django_tasks import task

from openzone.zone.errors import Refused
from openzone.zone.projects.models import Project
from openzone.zone.projects.selectors.lights import stale
from openzone.zone.projects.services.lights import refresh_lights
from openzone.zone.projects.writing import locked

BATCH = 1000
"""So many projects are read at a time, with all their months."""


@task(atomic=False)
def keep_lights(day: str) -> dict[str, int]:
    """Compute lights anew where they differ from the rules: a rule was changed, a light is over.

    All colours are worked out at once; reasons only for projects in which one differs.
    """
    today, looked, changed = dt.date.fromisoformat(day), 0, 0
    live = Project.objects.filter(merged_into=None).order_by("pk")
    last = 0
    while projects := list(live.filter(pk__gt=last)[:BATCH]):
        last = projects[-1].pk
        looked += len(projects)
        for pk in sorted(stale(projects, today)):
            changed += _refreshed(Project.objects.get(pk=pk), today)
    return {"looked": looked, "changed": changed}


@transaction.atomic
def _refreshed(project: Project, today: dt.date) -> bool:
    try:
        refresh_lights(locked(project), today)
    except Refused:  # merged into another meanwhile
        return False
    return True
