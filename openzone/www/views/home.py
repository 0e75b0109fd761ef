"""Today's brief: what needs a person, and how the zone stands with every rule."""

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from openzone.engines.facts.catalogue import Fact
from openzone.www import asof
from openzone.www.cases.asking import moment
from openzone.www.desk.lines import everything
from openzone.www.hands import user_of
from openzone.www.views.rules import lines
from openzone.zone.community.permissions import may_act_as_agent
from openzone.zone.people.enums import Role
from openzone.zone.people.permissions import may_see_console
from openzone.zone.people.selectors import roles_of
from openzone.zone.registry.enums import BatchStatus
from openzone.zone.registry.models import Enterprise, ImportBatch
from openzone.zone.registry.packs import catalogue
from openzone.zone.registry.permissions import may_import
from openzone.zone.registry.selectors.duplicates import possible_duplicates
from openzone.zone.rulebook.selectors.population import population

FACTS_SHOWN, NEEDS_SHOWN = 8, 5
IMPORTS_SHOWN = DUPLICATES_SHOWN = 5
WAITING = (BatchStatus.CHECKED, BatchStatus.PARTLY_APPLIED, BatchStatus.FAILED)


class Lacking(NamedTuple):
    """A fact, and how many enterprises would have an answer if it were known."""

    fact: Fact
    enterprises: int


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show the brief to the zone's people; lead everybody else to their own."""
    today = timezone.localdate()
    if not may_see_console(request.user, today).allowed:
        return redirect(_own(request, today))
    as_of = asof.as_of(request)
    counted = [line for line in lines(as_of, counted=True) if line.counts]
    zone = population(as_of)
    now = moment()
    context = {
        "today": today,
        "needs": everything(user_of(request), now, NEEDS_SHOWN)[:NEEDS_SHOWN],
        "enterprises": Enterprise.objects.filter(merged_into__isnull=True).count(),
        "lines": counted,
        "totals": zone.totals(),
        "lacking": _lacking(zone.missing_facts),
        "may_import": may_import(request.user, today).allowed,
        "duplicates": possible_duplicates(DUPLICATES_SHOWN),
        "imports": ImportBatch.objects.filter(status__in=WAITING)[:IMPORTS_SHOWN],
    }
    return render(request, "home.html", context)


def _own(request: HttpRequest, today: dt.date) -> str:
    """Return the first page of agents, of partners and of enterprise people."""
    if may_act_as_agent(request.user, today).allowed:
        return "agent_orders"
    return "waters" if Role.PARTNER in roles_of(request.user, today) else "my_enterprise"


def _lacking(missing: Mapping[str, int]) -> list[Lacking]:
    """Return the facts that would settle the most answers."""
    names = catalogue()
    most = sorted(missing.items(), key=lambda item: (-item[1], item[0]))[:FACTS_SHOWN]
    return [Lacking(names[name], count) for name, count in most if name in names]
