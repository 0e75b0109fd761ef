"""How the request desk does: every number opens the requests behind it."""

import datetime as dt
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from openzone.engines.cases.statistics import Metric
from openzone.www.access import require
from openzone.www.forms.desks import DaysForm
from openzone.www.pages import page_of
from openzone.zone.cases.models import Case
from openzone.zone.cases.permissions import may_see_reports
from openzone.zone.cases.selectors.league import figures
from openzone.zone.cases.selectors.visible import visible

KIND = "enterprise_request"
SHOWN = (
    "received",
    "requesters",
    "closed",
    "solved",
    "explained",
    "on_time",
    "satisfied",
    "redone",
)
GROUPS = {
    "all": (_("All requests"), Q()),
    "candidates": (_("Candidates for going public"), Q(fields__candidate=True)),
    "key": (_("Key enterprises"), ~Q(priority="")),
    "urgent": (_("Supplies, urgent"), Q(fields__urgency__in=["stopped", "stopping"])),
}


class Line(NamedTuple):
    """A group of requests with its figures."""

    name: str
    label: Any
    figures: list[Metric]


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Show the figures of a period by group."""
    today = timezone.localdate()
    require(may_see_reports(request.user, today))
    form = DaysForm.of(request.GET, today)
    valid = form.is_valid()
    context = {"form": form, "lines": _lines(request, form) if valid else []}
    return render(request, "desks/closures.html", context, status=200 if valid else 400)


@require_GET
def rows(request: HttpRequest) -> HttpResponse:
    """Show the requests behind one figure of one group."""
    today = timezone.localdate()
    require(may_see_reports(request.user, today))
    form, group = DaysForm.of(request.GET, today), request.GET.get("group", "all")
    figure = request.GET.get("figure", "received")
    if group not in GROUPS or figure not in SHOWN or not form.is_valid():
        raise Http404
    found = figures(_cases(request, form, group), timezone.now())[figure]
    cases = Case.objects.filter(kind=KIND, number__in=found.behind).select_related("enterprise")
    context = {
        "form": form,
        "metric": found,
        "label": GROUPS[group][0],
        "page": page_of(request, cases.order_by("-opened_at", "-pk")),
    }
    return render(request, "desks/closure_rows.html", context)


def _lines(request: HttpRequest, form: DaysForm) -> list[Line]:
    now, found = timezone.now(), []
    for name, (label, _condition) in GROUPS.items():
        counted = figures(_cases(request, form, name), now)
        found.append(Line(name, label, [counted[figure] for figure in SHOWN]))
    return found


def _cases(request: HttpRequest, form: DaysForm, group: str) -> QuerySet[Case]:
    days: tuple[dt.date, dt.date] = form.cleaned_data["first"], form.cleaned_data["last"]
    seen = visible(request.user, timezone.localdate()).filter(kind=KIND)
    return seen.filter(GROUPS[group][1], opened_at__date__range=days)
