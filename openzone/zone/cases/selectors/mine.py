"""My matters: the cases somebody asked for, or their enterprise did."""

import datetime as dt

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case as When
from django.db.models import IntegerField, QuerySet, Value
from django.db.models import When as If

from openzone.zone.cases.models import Case
from openzone.zone.cases.selectors.visible import asked_by
from openzone.zone.people.models import User


def mine(user: User | AnonymousUser, on: dt.date) -> QuerySet[Case]:
    """Return somebody's own cases: first what waits for them, then open ones, then the rest."""
    rank = When(
        If(closed=False, holder="requester", then=Value(0)),
        If(closed=False, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    found = Case.objects.filter(asked_by(user, on)).alias(rank=rank)
    return found.select_related("lead", "enterprise", "version").order_by("rank", "-pk")
