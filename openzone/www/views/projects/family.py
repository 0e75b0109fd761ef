"""The projects of one investor: phases of a contract, plants over the years, places that share."""

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from openzone.www.views.projects import drawing, parts
from openzone.www.views.projects.common import above, seen
from openzone.zone.projects.selectors.family import Plant, family


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what the investor of a project builds here, phase by phase and year by year."""
    project, today = seen(request, pk), timezone.localdate()
    found = family(project, request.user, today)
    rows = [row for one in found.plants if (row := _row(one, today))]
    context = {
        "project": project,
        "family": found,
        "crumbs": above(project),
        "phases": [
            (one, parts.stage_label(one.project, one.project.stage)) for one in found.phases
        ],
        "others": [
            (one, parts.stage_label(one.project, one.project.stage)) for one in found.others
        ],
        "drawing": drawing.plan(rows, today),
    }
    return render(request, "projects/family.html", context)


def _row(one: Plant, today: dt.date) -> drawing.Row | None:
    """Return a plant from its start to its production, planned where it has not come so far."""
    project = one.project
    first = one.begun or project.planned_start
    last = one.producing or project.planned_finish
    days = [day for day in (first, last) if day is not None]
    if not days:
        return None
    done = "done" if one.producing is not None else "open"
    begun = project.planned_start if one.begun is None else None
    return drawing.Row(
        project.short_name or project.name, min(days), max(days), begun, one.producing, kind=done
    )
