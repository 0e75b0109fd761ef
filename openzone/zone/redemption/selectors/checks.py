"""What can be checked, and what was paid of it."""

import datetime as dt

from django.db.models import Sum

from openzone.engines.draws.sample import Drawn, draw
from openzone.zone.redemption.enums import PaymentState
from openzone.zone.redemption.models import Application, CheckDraw, Payment


def frame_of(paid_from: dt.date, paid_to: dt.date) -> dict[str, str]:
    """Return the applications paid from one day to another, by number, each with its item."""
    paid = Payment.objects.filter(
        state=PaymentState.PAID, paid_on__gte=paid_from, paid_on__lte=paid_to
    )
    rows = paid.order_by("application__number").values_list(
        "application__number", "application__item__code"
    )
    return dict(rows)


def paid_of(application: Application) -> int:
    """Return what was paid of an application, in fen."""
    paid = application.payments.filter(state=PaymentState.PAID)
    return paid.aggregate(total=Sum("paid"))["total"] or 0


def replay(made: CheckDraw) -> list[Drawn]:
    """Draw again from what is published with a draw."""
    return draw(dict(made.frame), made.seed, made.percent)
