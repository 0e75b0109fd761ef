"""Whose day comes near, and in which order homes are visited."""

import datetime as dt
from typing import NamedTuple

from openzone.packs.neighbourhood import Duty
from openzone.zone.community.models import Order, Resident, ResidentDuty
from openzone.zone.community.packs import pack
from openzone.zone.people.models import Unit


class Risk(NamedTuple):
    """A duty that is not done, with the days left (negative: overdue)."""

    duty: ResidentDuty
    spec: Duty
    days_left: int
    rank: int


def rank(resident: Resident) -> int:
    """Return how soon a visit helps: the place of the first reason in the pack, 0 first.

    Who has no reason on record comes after everybody who has one.
    """
    order = [term.id for term in pack().vulnerability.list]
    found = [order.index(one) for one in resident.vulnerability if one in order]
    return min(found, default=len(order))


def at_risk(on: dt.date, community: Unit | None = None) -> list[Risk]:
    """Return what is not done and due within the longest reminder, the nearest day first."""
    rows = ResidentDuty.objects.filter(done_on__isnull=True).select_related(
        "resident__community", "resident__estate", "item", "order__case", "order__agent"
    )
    if community is not None:
        rows = rows.filter(resident__community=community)
    found = []
    for row in rows:
        spec = pack().duty(row.duty)
        left = (row.due_on - on).days
        if spec is not None and left <= max(spec.remind_days, default=0):
            found.append(Risk(row, spec, left, rank(row.resident)))
    return sorted(found, key=lambda one: (one.days_left, one.rank, one.duty.pk))


class Visit(NamedTuple):
    """A home visit that waits: an order, or a duty nobody has taken on."""

    resident: Resident
    order: Order | None
    duty: ResidentDuty | None
    due_on: dt.date | None
    days_left: int | None
    rank: int


def home_visits(on: dt.date, communities: list[int] | None = None) -> list[Visit]:
    """Return the homes to visit: near days first, then by vulnerability, then by the day."""
    orders = Order.objects.filter(
        home_visit=True, visited_on__isnull=True, closed_at__isnull=True
    ).select_related("resident__community", "resident__estate", "item", "agent", "case", "duty")
    risks = [one for one in at_risk(on) if not hasattr(one.duty, "order")]
    visits = [_of_order(order, on) for order in orders]
    visits += [
        Visit(one.duty.resident, None, one.duty, one.duty.due_on, one.days_left, one.rank)
        for one in risks
        if one.duty.resident.vulnerability
    ]
    if communities is not None:
        visits = [one for one in visits if one.resident.community_id in communities]
    return sorted(visits, key=_order_of_visits)


def _of_order(order: Order, on: dt.date) -> Visit:
    left = (order.due_on - on).days if order.due_on else None
    return Visit(order.resident, order, order.duty, order.due_on, left, rank(order.resident))


def _order_of_visits(visit: Visit) -> tuple[int, int, int, int]:
    left = visit.days_left if visit.days_left is not None else 10**6
    urgent = left <= pack().home_visits.urgent_days
    return (
        (0, left, visit.rank, visit.resident.pk)
        if urgent
        else (1, visit.rank, left, visit.resident.pk)
    )
