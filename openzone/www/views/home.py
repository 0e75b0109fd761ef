"""Today's brief: what needs a person, and how the zone stands with every rule."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from openzone.www import asof
from openzone.zone.people.permissions import may_see_console
from openzone.zone.policies.packs import plan_on
from openzone.zone.policies.selectors.population import Population, population
from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.packs import catalogue

WANTED = 8


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show the brief to the zone's people; lead enterprise people to their enterprise."""
    if not may_see_console(request.user, timezone.localdate()).allowed:
        return redirect("my_enterprise")
    as_of = asof.as_of(request)
    zone = population(as_of)
    context = {
        "enterprises": Enterprise.objects.filter(merged_into__isnull=True).count(),
        "lines": rule_lines(zone),
        "missing": _missing(zone),
    }
    return render(request, "home.html", context)
