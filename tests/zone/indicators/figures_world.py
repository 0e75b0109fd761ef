"""Figures to test with: people of statistics, a zone with two parks, rows in words."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from openzone.zone.audit.actors import Actor
from openzone.zone.indicators.enums import BatchKind
from openzone.zone.indicators.models import Batch, Entity, Figure
from openzone.zone.indicators.services.entities import add_entity
from openzone.zone.indicators.services.figures import Row, approve_batch, enter_batch, submit_batch
from openzone.zone.people.models import User

NOW = dt.datetime(2026, 6, 30, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


def zone(actor: Actor, name: str = "示例园区", kind: str = "zone", **more: Any) -> Entity:
    return add_entity(actor=actor, kind=kind, name=name, **more)


def row(
    entity: Entity, period: str, value: str, series: str = "规上工业总产值", **more: str
) -> Row:
    return Row(entity, {"series": series, "period": period, "value": value, **more})


def batch(actor: Actor, rows: list[Row], user: User | None = None, **more: Any) -> Batch:
    given: dict[str, Any] = {
        "kind": BatchKind.HAND, "title": "月报", "document": "统计月报", "now": NOW,
    } | more  # fmt: skip
    return enter_batch(actor=actor, rows=rows, user=user, **given)


def recorded(
    actor: Actor, rows: list[Row], approver: User, now: dt.datetime = NOW, **more: Any
) -> list[Figure]:
    """Enter, explain, submit and approve."""
    entered = batch(actor, rows, now=now, **more)
    submit_batch(
        actor=actor, batch=entered, now=now,
        explanations={one.number: "已核实" for one in entered.rows.all() if one.flags},
    )  # fmt: skip
    return approve_batch(actor=actor, batch=entered, user=approver, now=now)
