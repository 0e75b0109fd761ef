"""The page of one enterprise: everything known, and what follows from it."""

import datetime as dt

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from openzone.www import asof
from openzone.www.access import require
from openzone.www.known import Sight, groups
from openzone.www.views.chains.placements import section
from openzone.zone.people.selectors import on_day
from openzone.zone.registry.models import Enterprise, Merge, PersonInCharge
from openzone.zone.registry.permissions import (
    may_correct,
    may_keep_people,
    may_merge,
    may_reveal,
    may_see_enterprise,
)
from openzone.zone.registry.selectors.enterprises import completeness, spoken_for
from openzone.zone.registry.selectors.facts import facts_of
from openzone.zone.registry.selectors.identity import cluster, names_of
from openzone.zone.rulebook.selectors.entitlements import entitlements


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an enterprise; one that was merged away leads to the one that stayed."""
    enterprise = get_object_or_404(Enterprise.objects.select_related("place"), pk=pk)
    today, as_of = timezone.localdate(), asof.as_of(request)
    require(may_see_enterprise(request.user, enterprise, today))
    if enterprise.root_id != enterprise.pk:
        return redirect("enterprise", enterprise.root_id)
    known = facts_of(enterprise, as_of)
    context = {
        "enterprise": enterprise,
        "answers": entitlements(enterprise, as_of, known),
        "groups": groups(known.values(), Sight(request.user, enterprise, today), as_of),
        "completeness": completeness(known),
        "names": names_of(enterprise),
        "chains": section(request, enterprise, as_of),
        "people": _in_charge(enterprise, today),
        "merges": Merge.objects.filter(survivor__in=cluster(enterprise)),
        "may_correct": may_correct(request.user, enterprise, today).allowed,
        "may_reveal": may_reveal(request.user, enterprise, today).allowed,
        "may_keep_people": may_keep_people(request.user, today).allowed,
        "may_merge": may_merge(request.user, today).allowed,
    }
    return render(request, "enterprises/page.html", context)


def _in_charge(enterprise: Enterprise, today: dt.date) -> QuerySet[PersonInCharge]:
    people = PersonInCharge.objects.filter(on_day(today), subject__in=cluster(enterprise))
    return people.select_related("user", "unit")


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """Lead somebody to the enterprise they speak for; with several, let them choose."""
    roots = spoken_for(request.user, timezone.localdate())
    if len(roots) == 1:
        return redirect("enterprise", roots[0].pk)
    context = {"enterprises": roots, "page": "enterprise"}
    return render(request, "enterprises/mine.html", context)
