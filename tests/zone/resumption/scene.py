"""A season of three firms: one with a person of its own, one without, one that stays closed."""

import datetime as dt
from decimal import Decimal
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from openzone.zone.audit.actors import Actor
from openzone.zone.people.models import User
from openzone.zone.people.services import create_user
from openzone.zone.registry.enums import StaffRole
from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.services.enterprises import create_enterprise
from openzone.zone.registry.services.people import add_staff
from openzone.zone.resumption.enums import Side
from openzone.zone.resumption.models import Member, Season, WorkReport
from openzone.zone.resumption.services.power import record_power, set_base
from openzone.zone.resumption.services.reporting import report
from openzone.zone.resumption.services.roster import enrol
from openzone.zone.resumption.services.seasons import open_season

NOW = dt.datetime(2026, 2, 28, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
TODAY = NOW.date()
DAY = dt.timedelta(days=1)
LONG_AGO = dt.date(2020, 1, 1)


class Scene(NamedTuple):
    """A season, its members, and who speaks for the first."""

    season: Season
    works: Member
    idle: Member
    silent: Member
    speaks: User


def season_of(actor: Actor, now: dt.datetime = NOW, **given: Any) -> Season:
    today = now.date()
    said: dict[str, Any] = {
        "title": "示例春节后复工复产", "kind": "spring_festival", "first_on": today - 10 * DAY,
        "last_on": today + 20 * DAY, "base_month": (today - 60 * DAY).replace(day=1), "now": now,
    }  # fmt: skip
    return open_season(actor=actor, **said | given)


def listed(
    actor: Actor, season: Season, firm: Enterprise, klass: str = "key", **given: Any
) -> Member:
    said = {"first_on": season.first_on, "because": "示例名单"} | given
    return enrol(actor=actor, season=season, klass=klass, enterprise=firm, **said).member


def reported(
    actor: Actor, member: Member, resumed: str = "yes", now: dt.datetime = NOW, **given: Any
) -> WorkReport:
    said: dict[str, Any] = {"on": now.date(), "side": Side.SELF, "now": now} | given
    return report(actor=actor, member=member, resumed=resumed, **said)


def powered(
    actor: Actor, member: Member, kwh: int, month: int = 31000, now: dt.datetime = NOW,
    account: str = "",
) -> None:  # fmt: skip
    """The base is 1000 kWh a day where the base month has 31."""
    set_base(actor=actor, member=member, month_kwh=Decimal(month), source="示例", account=account)
    record_power(actor=actor, member=member, on=now.date(), kwh=Decimal(kwh), source="示例",
                 now=now, account=account)  # fmt: skip


def scene(actor: Actor, now: dt.datetime = NOW) -> Scene:
    season = season_of(actor, now)
    names = ("示例开工有限公司", "示例空转有限公司", "示例未报有限公司")
    firms = [create_enterprise(actor=actor, name=name, synthetic=True) for name in names]
    works, idle, silent = (listed(actor, season, firm) for firm in firms)
    user = create_user(actor=actor, username="kaigong")
    add_staff(actor=actor, user=user, enterprise=firms[0], role=StaffRole.STAFF,
              valid_from=LONG_AGO)  # fmt: skip
    return Scene(season, works, idle, silent, user)
