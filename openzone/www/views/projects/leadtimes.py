"""How long projects take from one point to another, and one of them against all."""

from decimal import Decimal
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from openzone.engines.projects.leadtimes import Duration, LeadTimes, against
from openzone.engines.text import Text
from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.forms.projects_lists import LeadTimeForm
from openzone.www.overview.numbers import address
from openzone.www.views.projects.boxes import Step, boxes, histogram
from openzone.www.views.projects.lists import tabs
from openzone.zone.projects.models import Project
from openzone.zone.projects.permissions import may_list
from openzone.zone.projects.selectors.leadtimes import compared, durations, points, stage_by_stage
from openzone.zone.projects.selectors.listing import visible
from openzone.zone.projects.selectors.statistics import live

ROWS = 200


class Line(NamedTuple):
    """A project, how long it took, and by how many days it is over the median."""

    project: Project
    took: Duration
    over: Decimal | None


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Show every step of a pipeline, and the projects between two points.

    The median is the whole zone's; projects by name are those the reader may see.
    """
    today = timezone.localdate()
    require(may_list(request.user, today))
    mine = visible(request.user, today)
    form = LeadTimeForm(mine, request.GET)
    context: dict[str, Any] = {"form": form, "tabs": tabs("project_leadtimes"), "today": today}
    if not form.is_valid():
        return render(request, "projects/leadtimes.html", context, status=400)
    name, own = form.pipeline_name(), form.cleaned_data["project"]
    labels = points(live(name), name)
    steps = [_step(form, one, labels, own) for one in stage_by_stage(live(name), name)]
    context |= {"steps": steps, "drawing": boxes(steps), "own": own}
    if form.cleaned_data["start"] and form.cleaned_data["end"]:
        context |= _pair(form, mine, labels)
    return render(request, "projects/leadtimes.html", context)


def _step(form: LeadTimeForm, one: LeadTimes, labels: dict[str, Text], own: Project | None) -> Step:
    took = compared(own, one).own if own is not None else None
    href = address(
        "project_leadtimes", pipeline=form.pipeline_name(), start=one.start, end=one.end,
        project=str(own.pk) if own is not None else "",
    )  # fmt: skip
    label = f"{say(labels[one.start])} → {say(labels[one.end])}"
    return Step(label, one.spread, took.days if took else None, f"{href}#pair")


def _pair(form: LeadTimeForm, mine: Any, labels: dict[str, Text]) -> dict[str, Any]:
    """Return what the page shows of the two points that were chosen."""
    given, name = form.cleaned_data, form.pipeline_name()
    found = durations(live(name), name, given["start"], given["end"])
    numbers = [one.project for one in (*found.done, *found.backwards)] + list(found.open)
    known = {
        one.number: one
        for one in mine.filter(number__in=numbers).select_related("place", "lead_unit")
    }
    lines = [
        Line(known[one.project], one, against(one.days, found.spread) if found.spread else None)
        for one in sorted(found.done, key=lambda one: one.days)
        if one.project in known
    ]
    months = given["months"]
    shown = [one for one in lines if months is None or one.took.months == months]
    compare = compared(given["project"], found) if given["project"] is not None else None
    return {
        "pair": f"{say(labels[given['start']])} → {say(labels[given['end']])}",
        "found": found,
        "lines": shown[:ROWS],
        "more": max(len(shown) - ROWS, 0),
        "months": months,
        "compare": compare,
        "bars": histogram(one.took.months for one in lines),
        "open": [known[number] for number in found.open if number in known][:ROWS],
        "backwards": [(known[one.project], one) for one in found.backwards if one.project in known],
    }
