"""Orders, filings and papers: lists, what is late, and how often people had to come."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet

from openzone.zone.catalogue.models import ServiceItem
from openzone.zone.community.enums import FilingStatus, OrderStatus, PaperHolder
from openzone.zone.community.models import Agent, Filing, HandOver, Order, Paper, Trip
from openzone.zone.community.packs import pack


def orders(status: str = "open", agents: list[Agent] | None = None) -> QuerySet[Order]:
    """Return orders, the nearest day first; ``status`` may be ``open`` or ``all``."""
    found = Order.objects.select_related(
        "resident__community", "resident__estate", "item", "agent__community", "case"
    )
    if agents is not None:
        found = found.filter(agent__in=agents)
    if status == "open":
        found = found.filter(closed_at__isnull=True)
    elif status != "all":
        found = found.filter(status=status)
    return found.order_by("closed_at", "due_on", "pk")


def filings(status: str = "open") -> QuerySet[Filing]:
    """Return filings, the latest first; ``status`` may be ``open`` or ``all``."""
    found = Filing.objects.select_related("offer__item", "case", "receiving_unit", "deciding_unit")
    if status == "open":
        found = found.filter(closed_at__isnull=True)
    elif status != "all":
        found = found.filter(status=status)
    return found.order_by("-pk")


def late_filings(now: dt.datetime) -> dict[str, list[Filing]]:
    """Return the filings past one of their two clocks, by side."""
    found = filings()
    receiving = found.filter(status=FilingStatus.RECEIVED, receiving_due__lt=now)
    deciding = found.filter(status=FilingStatus.ACCEPTED, deciding_due__lt=now)
    return {"receiving": list(receiving), "deciding": list(deciding)}


def held(agents: list[Agent]) -> QuerySet[Paper]:
    """Return the papers that are with some agents, the nearest limit first."""
    found = Paper.objects.filter(holder=PaperHolder.AGENT, order__agent__in=agents)
    return found.select_related("order__resident", "order__item", "order__case").order_by(
        F("keep_until").asc(nulls_last=True), "pk"
    )


def overdue_custody(now: dt.datetime) -> QuerySet[Paper]:
    """Return the originals that somebody keeps longer than the limit, the longest first."""
    found = Paper.objects.filter(original=True, keep_until__lt=now)
    return found.select_related(
        "order__resident", "order__agent__community", "order__case", "filing__case"
    ).order_by("keep_until", "pk")


def unsigned(now: dt.datetime) -> QuerySet[HandOver]:
    """Return hand-overs that one side has signed only."""
    found = HandOver.objects.filter(taken_at__isnull=True)
    return found.select_related("order__case", "filing__case").order_by("given_at")


@dataclass(frozen=True, slots=True)
class Trips:
    """How often applicants had to come, over closed cases: ``by_count`` maps trips to cases."""

    cases: int
    within: int
    most: int
    by_count: dict[int, int]
    over: list[int]

    @property
    def share(self) -> float | None:
        """The share of cases with at most as many trips as promised."""
        return self.within / self.cases if self.cases else None


def trips() -> Trips:
    """Count trips by closed order and filing; no recorded trip is none."""
    closed = [
        *Order.objects.filter(status=OrderStatus.CLOSED).values_list("case", flat=True),
        *Filing.objects.filter(status=FilingStatus.CLOSED).values_list("case", flat=True),
    ]
    made = dict(
        Trip.objects.filter(case__in=closed).order_by().values_list("case").annotate(n=Count("pk"))
    )
    counts = [made.get(case, 0) for case in closed]
    most = pack().trips.most
    return Trips(
        cases=len(closed),
        within=sum(count <= most for count in counts),
        most=most,
        by_count=dict(sorted(Counter(counts).items())),
        over=[case for case in closed if made.get(case, 0) > most],
    )


def promised_trips(on: dt.date) -> dict[str, int]:
    """Count the items of a day by the trips they promise: at most, more, unknown."""
    most = pack().trips.most
    found = ServiceItem.objects.filter(Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=on))
    return found.aggregate(
        within=Count("pk", filter=Q(trips__lte=most)),
        more=Count("pk", filter=Q(trips__gt=most)),
        unknown=Count("pk", filter=Q(trips__isnull=True)),
    )
