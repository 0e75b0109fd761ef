"""Classes over the years, the city credit index, satisfaction measured."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from openzone.www.access import require
from openzone.www.views.evaluations import common
from openzone.zone.evaluations.packs import pack
from openzone.zone.evaluations.permissions import sees_all
from openzone.zone.evaluations.selectors.trackers import measured, tracks
from openzone.zone.evaluations.selectors.years import moves
from openzone.zone.people.permissions import may_see_console


def _inside(request: HttpRequest) -> None:
    require(may_see_console(request.user, common.entered(request)))


@require_GET
def history(request: HttpRequest) -> HttpResponse:
    """Show how many went from which class to which between final lists."""
    _inside(request)
    today = common.entered(request)
    tables = [
        (one, [(was, [(now, one.counts.get((was, now), 0)) for now in one.classes])
               for was in one.classes])
        for one in moves()
    ]  # fmt: skip
    context = {"tabs": common.room_tabs(request, "evaluation_history", today), "tables": tables}
    return render(request, "evaluations/history.html", context)


@require_GET
def credit(request: HttpRequest) -> HttpResponse:
    """Show the zone's credit index with rank, size of the group and streak."""
    _inside(request)
    today = common.entered(request)
    context = {
        "tabs": common.room_tabs(request, "evaluation_credit", today),
        "tracks": tracks(today), "tracked": pack().tracker,
    }  # fmt: skip
    return render(request, "evaluations/credit.html", context)


@require_GET
def satisfaction(request: HttpRequest) -> HttpResponse:
    """Show satisfaction with the business environment by quarter."""
    _inside(request)
    today = common.entered(request)
    context = {
        "tabs": common.room_tabs(request, "evaluation_satisfaction", today),
        "rows": measured(today), "sees_all": sees_all(request.user, today),
    }  # fmt: skip
    return render(request, "evaluations/satisfaction.html", context)
