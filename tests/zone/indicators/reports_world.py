"""Firms that report, with their people; two parks and two divisions they count in."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from openzone.engines.series.periods import Period
from openzone.zone.audit.actors import Actor
from openzone.zone.indicators.models import Entity, Report, ReportRound
from openzone.zone.indicators.services.entities import add_entity, attribute
from openzone.zone.indicators.services.reports import approve_report, save_report, submit_report
from openzone.zone.indicators.services.rounds import open_round
from openzone.zone.people.models import User
from tests.factories import make_enterprise, make_staff

NOW = dt.datetime(2026, 11, 5, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
TODAY = NOW.date()
PERIOD = Period(2026, 10, 1)
CELLS = {
    "output": "1000", "revenue": "1200", "profit": "80", "tax": "60", "electricity": "50",
    "employees": "120",
}  # fmt: skip


def firm(actor: Actor, name: str, user: User | None = None) -> Entity:
    enterprise = make_enterprise(name)
    if user is not None:
        make_staff(user, enterprise)
    return add_entity(actor=actor, kind="enterprise", name=name, enterprise=enterprise)


def counts(actor: Actor, entity: Entity, to: Entity, share: str = "1", key: str = "economic"):
    return attribute(
        actor=actor, entity=entity, to=to, key=key, share=Decimal(share),
        valid_from=dt.date(2025, 1, 1), document="示例协议",
    )  # fmt: skip


def opened(actor: Actor, form: str = "enterprise_monthly", **more: Any) -> ReportRound:
    given: dict[str, Any] = {"period": PERIOD, "now": NOW, "on": TODAY} | more
    return open_round(actor=actor, form=form, **given)


def owed(one: ReportRound, entity: Entity) -> Report:
    return Report.objects.get(round=one, entity=entity)


def filled(
    report: Report, user: User, cells: Mapping[str, str] = CELLS, now: dt.datetime = NOW,
    notes: Mapping[str, str] | None = None,
) -> Report:  # fmt: skip
    report.refresh_from_db()
    return save_report(
        actor=Actor.of(user), report=report, version=report.version, cells=cells,
        notes=notes or {}, now=now,
    )  # fmt: skip


def handed_in(report: Report, user: User, *given: Any, now: dt.datetime = NOW, **more: Any):
    kept = filled(report, user, *given, now=now, **more)
    return submit_report(
        actor=Actor.of(user), report=kept, version=kept.version, user=user, now=now
    )


def approved(report: Report, user: User, by: User, *given: Any, now: dt.datetime = NOW, **m: Any):
    sent = handed_in(report, user, *given, now=now, **m)
    return approve_report(actor=Actor.of(by), report=sent, version=sent.version, user=by, now=now)
