"""What enterprises have received and what they have open: one reading for lists and relations."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import QuerySet, Sum

from openzone.zone.redemption.enums import NO_LONGER_OPEN, PaymentState, Stage
from openzone.zone.redemption.models import Application, EarlierGrant, Payment
from openzone.zone.registry.models import Enterprise


@dataclass(frozen=True, slots=True)
class Grant:
    """Something an enterprise received: amount in fen, less what was recovered."""

    rule_id: str
    title: str
    on: dt.date
    amount: int
    application: Application | None = None


def open_applications() -> QuerySet[Application]:
    """Return the applications on their way, drafts too."""
    found = Application.objects.exclude(stage__in=sorted(NO_LONGER_OPEN))
    return found.select_related("item__document", "enterprise")


def open_of(enterprise: Enterprise) -> QuerySet[Application]:
    """Return what an enterprise, or one merged with it, has open."""
    return open_applications().filter(enterprise__root=enterprise.root_id)


def received(on: dt.date) -> set[tuple[int, int]]:
    """Return ``(enterprise, item)`` of everything received by a day, merged ones as one.

    What brings no money is received when it is approved and done.
    """
    paid = Payment.objects.filter(state=PaymentState.PAID, paid_on__lte=on)
    money = paid.values_list("application__enterprise__root", "application__item")
    rights = Application.objects.filter(
        stage__in=[Stage.EVALUATION, Stage.CLOSED], payments__isnull=True, decided_at__date__lte=on
    ).values_list("enterprise__root", "item")
    return set(money.order_by()) | set(rights.order_by())


def grants_of(enterprise: Enterprise, on: dt.date) -> list[Grant]:
    """Return what an enterprise received by a day, from here and from before, oldest first."""
    found = [*_paid(enterprise, on), *_earlier(enterprise, on)]
    return sorted(found, key=lambda grant: grant.on)


def _paid(enterprise: Enterprise, on: dt.date) -> Iterator[Grant]:
    """Yield the payments; what was recovered since counts as never received."""
    rows = Payment.objects.filter(
        state=PaymentState.PAID,
        paid_on__lte=on,
        application__enterprise__root=enterprise.root_id,
    ).select_related("application__item")
    back = recovered_of(row.application_id for row in rows)
    for row in rows.order_by("paid_on", "pk"):
        application = row.application
        left = max(0, (row.paid or 0) - back.get(application.pk, 0))
        back[application.pk] = max(0, back.get(application.pk, 0) - (row.paid or 0))
        if left and row.paid_on:
            yield Grant(
                application.item.rule_id, application.item.title, row.paid_on, left, application
            )


def recovered_of(applications: Iterable[int]) -> dict[int, int]:
    """Return how much was recovered of each application."""
    rows = Application.objects.filter(pk__in=list(applications), checks__recovered__gt=0)
    sums = rows.order_by("pk").values("pk").annotate(total=Sum("checks__recovered"))
    return {row["pk"]: row["total"] for row in sums}


def _earlier(enterprise: Enterprise, on: dt.date) -> Iterator[Grant]:
    rows = EarlierGrant.objects.filter(enterprise__root=enterprise.root_id, granted_on__lte=on)
    for row in rows:
        yield Grant(row.rule_id, row.title, row.granted_on, row.amount)
