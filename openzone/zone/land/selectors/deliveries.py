"""Deliveries of net land: progress by area, what is in the way, how long it took."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

from django.db.models import Count, F, Q, QuerySet, Sum

from openzone.engines.projects.leadtimes import LeadTimes, lead_times
from openzone.zone.land.models import Blocker, Delivery, DeliveryPart
from openzone.zone.land.packs import pack

NOTHING = Decimal(0)


class DeliveryState(StrEnum):
    """Where a delivery stands."""

    RUNNING = "running"
    DUE_SOON = "due_soon"
    LATE = "late"
    DONE = "done"
    DONE_LATE = "done_late"
    GIVEN_UP = "given_up"


class Progress(NamedTuple):
    """A delivery in figures; areas in m², ``done_on`` the day it was whole."""

    delivery: Delivery
    area: Decimal
    done: Decimal
    parcels: int
    parcels_done: int
    obstacles: int
    done_on: dt.date | None
    state: DeliveryState

    @property
    def share(self) -> Decimal:
        """The part that is handed over."""
        return self.done / self.area if self.area else NOTHING

    @property
    def left(self) -> Decimal:
        """What is still to be handed over."""
        return self.area - self.done


class Sums(NamedTuple):
    """What a period asked for and got, in m²; ``in_time`` of what fell due was whole in time."""

    area: Decimal
    done: Decimal
    deliveries: int
    late: int
    in_time: int
    days: LeadTimes


def progress(found: QuerySet[Delivery], on: dt.date) -> list[Progress]:
    """Return deliveries in figures, the next one due first."""
    open_cases = Q(parts__blockers__case__closed=False)
    rows = list(found.select_related("project", "unit").order_by("due", "pk"))
    areas = {
        row["delivery"]: row
        for row in DeliveryPart.objects.filter(delivery__in=found.values("pk"))
        .order_by().values("delivery")
        .annotate(area=Sum("area_m2"), done=Sum("done_m2"), n=Count("pk"),
                  n_done=Count("pk", filter=Q(done_on__isnull=False)))
    }  # fmt: skip
    stuck = dict(
        found.order_by().annotate(stuck=Count("parts__blockers", filter=open_cases))
        .values_list("pk", "stuck")
    )  # fmt: skip
    last = _last_days(found)
    return [_progress(one, areas.get(one.pk), stuck[one.pk], last.get(one.pk), on) for one in rows]


def _last_days(found: QuerySet[Delivery]) -> dict[int, dt.date]:
    """Return the day a delivery was whole, of those that are."""
    parts = DeliveryPart.objects.filter(delivery__in=found.values("pk")).order_by()
    days: dict[int, dt.date] = {}
    open_ones = set(parts.filter(done_on=None).values_list("delivery", flat=True))
    for pk, day in parts.exclude(done_on=None).values_list("delivery", "done_on"):
        if pk not in open_ones and day is not None:
            days[pk] = max(day, days.get(pk, day))
    return days


def _progress(
    one: Delivery, areas: Mapping[str, Any] | None, stuck: int, done_on: dt.date | None,
    on: dt.date,
) -> Progress:  # fmt: skip
    row = areas or {"area": NOTHING, "done": NOTHING, "n": 0, "n_done": 0}
    state = state_of(one, done_on, on)
    return Progress(
        one, row["area"], row["done"], row["n"], row["n_done"], stuck, done_on, state
    )  # fmt: skip


def state_of(one: Delivery, done_on: dt.date | None, on: dt.date) -> DeliveryState:
    """Return where a delivery stands on a day."""
    if done_on is not None:
        return DeliveryState.DONE if done_on <= one.due else DeliveryState.DONE_LATE
    if one.ended_on is not None:
        return DeliveryState.GIVEN_UP
    left = (one.due - on).days
    if left < 0:
        return DeliveryState.LATE
    soon = left <= pack().delivery.soon_days
    return DeliveryState.DUE_SOON if soon else DeliveryState.RUNNING


def sums(rows: list[Progress]) -> Sums:
    """Add deliveries up; days from the day they were set to the day they were whole.

    What was given up is in no sum.
    """
    live = [one for one in rows if one.state is not DeliveryState.GIVEN_UP]
    points = {
        str(one.delivery.pk): {"set": one.delivery.set_on}
        | ({"done": one.done_on} if one.done_on else {})
        for one in live
    }
    late = (DeliveryState.LATE, DeliveryState.DONE_LATE)
    return Sums(
        sum((one.area for one in live), NOTHING),
        sum((one.done for one in live), NOTHING),
        len(live),
        sum(one.state in late for one in live),
        sum(one.state is DeliveryState.DONE for one in live),
        lead_times(points, "set", "done"),
    )


def to_hand_over(found: QuerySet[Delivery], on: dt.date, until: dt.date) -> list[Progress]:
    """Return the deliveries somebody should look at: late, or due by a day."""
    waiting = found.filter(ended_on=None, due__lte=until)
    open_ones = waiting.filter(parts__done_on=None).distinct()
    return progress(Delivery.objects.filter(pk__in=open_ones.values("pk")), on)


def parts_of(delivery: Delivery) -> QuerySet[DeliveryPart]:
    """Return the parcels of a delivery with what was handed over and what is in the way."""
    return (
        delivery.parts.select_related("parcel")
        .prefetch_related("handovers__recorded_by", "blockers__case__lead")
        .order_by(F("done_on").asc(nulls_first=True), "parcel__number")
    )


def open_blockers(found: QuerySet[Delivery]) -> QuerySet[Blocker]:
    """Return the open obstacles of deliveries, the oldest first."""
    return (
        Blocker.objects.filter(part__delivery__in=found.values("pk"), case__closed=False)
        .select_related("case__lead", "part__parcel", "part__delivery")
        .order_by("case_id")
    )
