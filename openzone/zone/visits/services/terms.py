"""What the services of the network share: dates in order, and who still has what on a day."""

import datetime as dt

from django.db.models import Q, QuerySet

from openzone.engines.text import Text
from openzone.zone.errors import Refused
from openzone.zone.people.models import User
from openzone.zone.registry.enums import ChargeRole
from openzone.zone.registry.models import PersonInCharge

ONE_DAY = dt.timedelta(days=1)
PERSONAL = (ChargeRole.SPONSOR, ChargeRole.SERVICE_OFFICER)
"""The duties by which a person looks after single enterprises."""


def said(text: str, field: str) -> str:
    """Return what was written, without the blanks around it; nothing is refused."""
    if not (found := text.strip()):
        raise Refused(Text("请填写", "this is needed"), field=field)
    return found


def ensure_order(first: dt.date, last: dt.date | None, field: str = "valid_to") -> None:
    """Refuse a term that ends before it begins."""
    if last is not None and last < first:
        raise Refused(Text("结束日期早于开始日期", "the last day is before the first"), field=field)


def still(day: dt.date) -> Q:
    """Return the condition "has not ended before that day"."""
    return Q(valid_to__isnull=True) | Q(valid_to__gte=day)


def overlapping(first: dt.date, last: dt.date | None) -> Q:
    """Return the condition "shares a day with this term"."""
    begun = Q() if last is None else Q(valid_from__lte=last)
    return still(first) & begun


def charges_of(user: User, day: dt.date) -> QuerySet[PersonInCharge]:
    """Return the enterprises somebody looks after on a day or later."""
    found = PersonInCharge.objects.filter(still(day), user=user, role__in=PERSONAL)
    return found.select_related("subject", "unit").order_by("pk")
