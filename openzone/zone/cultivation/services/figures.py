"""Monthly figures and what was stated for a route: kept as stated, never made or altered."""

import datetime as dt
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.utils import timezone

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.chain import JSON
from openzone.zone.audit.services import record
from openzone.zone.cultivation.enums import Basis, Choice
from openzone.zone.cultivation.models import Entry, MonthlyFigure
from openzone.zone.cultivation.packs import pool_named, route_named
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import User
from openzone.zone.registry.models import Enterprise

TO_COME: Final = Text("{month} 还没有结束", "{month} is not over yet")
NO_SOURCE: Final = Text("请写明数据来源", "say where the figure comes from")
NO_ROUTE: Final = Text("没有“{name}”这一入库途径", "there is no route “{name}”")
NOT_IN: Final = Text("该企业不在库", "the enterprise is not in the pool")
LATER: Final = Text("日期在未来", "the day is in the future")


@transaction.atomic
def state_month(
    *, actor: Actor, enterprise: Enterprise, basis: str, month: dt.date, amount: Decimal,
    source: str, now: dt.datetime, user: User | None = None,
) -> MonthlyFigure:  # fmt: skip
    """Keep what an enterprise stated for a month that is over; an earlier statement stays."""
    first = month.replace(day=1)
    if first >= timezone.localdate(now).replace(day=1):
        raise Refused(TO_COME.format(month=f"{first:%Y-%m}"), field="month")
    if not source.strip():
        raise Refused(NO_SOURCE, field="source")
    made = MonthlyFigure(
        enterprise=enterprise.root, basis=Basis(basis), month=first, amount=amount,
        source=source.strip(), by=actor.label[:150], user=user, at=now,
    )  # fmt: skip
    ensure_valid(made)
    made.save()
    payload: dict[str, JSON] = {"month": f"{first:%Y-%m}", "basis": made.basis}
    record("cultivation.month.stated", actor=actor, subject=f"enterprise:{enterprise.root_id}",
           payload=payload)  # fmt: skip
    return made


@transaction.atomic
def state_evidence(
    *, actor: Actor, entry: Entry, route: str, today: dt.date,
    registered_on: dt.date | None = None, filed_on: dt.date | None = None,
    produced_from: dt.date | None = None, new_building: bool | None = None,
) -> Entry:  # fmt: skip
    """Keep which route an enterprise goes and what was stated for it; empty is not known."""
    current = Entry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    pool = pool_named(current.pool)
    if current.choice != Choice.ACCEPTED or current.left_on is not None or pool is None:
        raise Refused(NOT_IN)
    if route and route_named(pool, route) is None:
        raise Refused(NO_ROUTE.format(name=route), field="route")
    days = {"registered_on": registered_on, "filed_on": filed_on, "produced_from": produced_from}
    for name, day in days.items():
        if day is not None and day > today:
            raise Refused(LATER, field=name)
    said = {name: day.isoformat() if day else None for name, day in days.items()}
    current.evidence = {"route": route, "new_building": new_building, **said}
    current.save(update_fields=["evidence"])
    record("cultivation.entry.evidence_stated", actor=actor,
           subject=f"enterprise:{current.enterprise_id}",
           payload={"entry": current.pk, **current.evidence})  # fmt: skip
    return current
