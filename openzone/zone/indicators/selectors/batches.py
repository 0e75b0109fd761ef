"""Batches somebody may read."""

import datetime as dt

from django.db.models import Case, Count, IntegerField, QuerySet, Value, When

from openzone.zone.indicators.enums import BatchState, EntityKind
from openzone.zone.indicators.models import Batch, BatchRow
from openzone.zone.indicators.permissions import Visitor, may_see_firms, visible


def batches(user: Visitor, on: dt.date, state: str = "") -> "QuerySet[Batch]":
    """Return batches, what waits first; with figures of firms only to who may read them."""
    found = Batch.objects.select_related("entity", "entered_by").annotate(n=Count("rows"))
    if state:
        found = found.filter(state=state)
    if not may_see_firms(user, on).allowed:
        firms = BatchRow.objects.filter(entity__kind=EntityKind.ENTERPRISE)
        hidden = firms.exclude(entity__in=visible(user, on).order_by().values("pk"))
        mine = Batch.objects.filter(entered_by=user.pk) if user.pk else Batch.objects.none()
        found = found.exclude(
            pk__in=hidden.exclude(batch__in=mine.values("pk")).values("batch")
        )  # fmt: skip
    waiting = Case(
        When(state=BatchState.SUBMITTED, then=Value(0)), default=Value(1),
        output_field=IntegerField(),
    )  # fmt: skip
    return found.order_by(waiting, "-pk")
