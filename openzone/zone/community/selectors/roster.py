"""The roster on a day, and how the work is spread."""

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet

from openzone.packs.neighbourhood import Term
from openzone.zone.community.models import Agent
from openzone.zone.community.packs import pack
from openzone.zone.people.models import Unit


def on_roster(agents: QuerySet[Agent], *, day: dt.date) -> QuerySet[Agent]:
    """Return those on the roster that day."""
    return agents.filter(Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gte=day)))


class Load(NamedTuple):
    """What an agent carries."""

    agent: Agent
    open: int
    done: int
    overloaded: bool


@dataclass(frozen=True, slots=True)
class Balance:
    """The loads of a day, the heaviest first, and the communities that have no agent."""

    loads: list[Load]
    by_source: list[tuple[Term, int]]
    without: list[Unit]

    @property
    def open(self) -> int:
        """Open orders in all."""
        return sum(load.open for load in self.loads)


def balance(day: dt.date) -> Balance:
    """Count open and finished orders by agent; say which communities have nobody."""
    agents = on_roster(Agent.objects.select_related("community", "user"), day=day).annotate(
        open_orders=Count("orders", filter=Q(orders__closed_at__isnull=True), distinct=True),
        done_orders=Count("orders", filter=Q(orders__status="closed"), distinct=True),
    )
    most = pack().workload.open_orders
    loads = [
        Load(agent, agent.open_orders, agent.done_orders, agent.open_orders >= most)
        for agent in agents
    ]
    loads.sort(key=lambda load: (-load.open, load.agent.code))
    served = {load.agent.community_id for load in loads}
    without = Unit.objects.filter(kind="community").exclude(pk__in=served).order_by("code")
    sources = [
        (term, sum(term.id in load.agent.sources for load in loads)) for term in pack().sources.list
    ]
    return Balance(loads, sources, list(without))


def lightest(community: Unit, day: dt.date) -> Agent | None:
    """Return who of a community carries least: whom an order is offered to first."""
    own = [load for load in balance(day).loads if load.agent.community_id == community.pk]
    return min(own, key=lambda load: (load.open, load.agent.code)).agent if own else None
