"""Electricity: the base month of an account, and the use of a day, as the grid company gives it."""

import datetime as dt
from calendar import monthrange
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.utils import timezone

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.resumption.models import Member, PowerReading
from openzone.zone.resumption.writing import ensure_day, ensure_said, locked, note, of_member

NEGATIVE: Final = Text("用电量不能为负", "electricity is not below 0")
NO_BASE: Final = Text("基期用电量应大于0", "the use of the base month is above 0")


@transaction.atomic
def set_base(
    *, actor: Actor, member: Member, month_kwh: Decimal, source: str, account: str = ""
) -> Member:
    """Keep the use of an account in the base month; days are held against its daily mean."""
    current = locked(member)
    if month_kwh <= 0:
        raise Refused(NO_BASE, field="base")
    month = current.season.base_month
    mean = month_kwh / monthrange(month.year, month.month)[1]
    before = current.bases.get(account)
    current.bases = {**current.bases, account: str(mean)}
    current.save(update_fields=["bases"])
    note("base.set", actor, of_member(current),
         {"account": account, "month_kwh": str(month_kwh), "before": before,
          "source": ensure_said(source, "source")})  # fmt: skip
    return current


@transaction.atomic
def record_power(
    *, actor: Actor, member: Member, on: dt.date, kwh: Decimal, source: str, now: dt.datetime,
    account: str = "",
) -> PowerReading:  # fmt: skip
    """Keep the use of an account on a day; an earlier reading of that day stays on record."""
    current = locked(member)
    ensure_day(current, on, timezone.localdate(now))
    if kwh < 0:
        raise Refused(NEGATIVE, field="kwh")
    made = PowerReading(
        member=current, account=account, on=on, kwh=kwh, source=ensure_said(source, "source")[:255],
        at=now,
    )  # fmt: skip
    ensure_valid(made)
    made.save()
    note("power.read", actor, of_member(current), {"on": on, "account": account})
    return made
