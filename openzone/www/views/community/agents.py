"""The agent's own pages, made for a phone: orders, papers in hand, homes to visit."""

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from openzone.www.access import require
from openzone.zone.catalogue.packs import neighbourhood
from openzone.zone.community.models import Agent
from openzone.zone.community.permissions import agents_of, may_act_as_agent
from openzone.zone.community.selectors.duties import at_risk, home_visits
from openzone.zone.community.selectors.work import held, orders


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """Show my open orders, the nearest day first, and what waits for my signature."""
    today, agents = _agents(request)
    context = _common(agents, today) | {"orders": orders("open", agents), "here": "orders"}
    return render(request, "community/agent_orders.html", context)


@require_GET
def custody(request: HttpRequest) -> HttpResponse:
    """Show the papers that are with me, and until when they may be."""
    today, agents = _agents(request)
    context = _common(agents, today) | {"papers": held(agents), "here": "custody"}
    return render(request, "community/agent_custody.html", context)


@require_GET
def visits(request: HttpRequest) -> HttpResponse:
    """Show the homes to visit in my communities, and whose day comes near."""
    today, agents = _agents(request)
    communities = [agent.community_id for agent in agents]
    near = [one for one in at_risk(today) if one.duty.resident.community_id in communities]
    context = _common(agents, today) | {
        "visits": home_visits(today, communities),
        "risks": near,
        "here": "visits",
    }
    return render(request, "community/agent_visits.html", context)


def _agents(request: HttpRequest) -> tuple[dt.date, list[Agent]]:
    today = timezone.localdate()
    require(may_act_as_agent(request.user, today))
    return today, agents_of(request.user, today)


def _common(agents: list[Agent], today: dt.date) -> dict[str, object]:
    return {
        "agents": agents,
        "today": today,
        "now": timezone.now(),
        "reasons": {term.id: term.label for term in neighbourhood().vulnerability.list},
    }
