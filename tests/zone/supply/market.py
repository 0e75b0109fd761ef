"""Three firms: one that needs housings and workers, one that makes them, one that makes others."""

import datetime as dt
from decimal import Decimal
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.people.models import User
from openzone.zone.people.services import create_user
from openzone.zone.registry.enums import StaffRole
from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.services.enterprises import create_enterprise
from openzone.zone.registry.services.people import add_staff
from openzone.zone.supply.models import Invitation, SupplyEntry
from openzone.zone.supply.services.entries import publish
from openzone.zone.supply.services.inviting import invite

NOW = dt.datetime(2026, 6, 30, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
TODAY = NOW.date()
DAY = dt.timedelta(days=1)
LONG_AGO = dt.date(2020, 1, 1)


class Market(NamedTuple):
    """Firms with who speaks for the first two, a need and two offers."""

    buyer: Enterprise
    seller: Enterprise
    other: Enterprise
    buys: User
    sells: User
    need: SupplyEntry
    offer: SupplyEntry
    far: SupplyEntry


def entry(actor: Actor, side: str, firm: Enterprise, title: str, **given: Any) -> SupplyEntry:
    said: dict[str, Any] = {"kind": "product", "now": NOW} | given
    return publish(actor=actor, side=side, enterprise=firm, title=title, **said)


def market(actor: Actor, now: dt.datetime = NOW) -> Market:
    names = ("示例电池有限公司", "示例壳体有限公司", "示例食品有限公司")
    buyer, seller, other = (
        create_enterprise(actor=actor, name=name, synthetic=True) for name in names
    )
    people = []
    for username, firm in (("caigou", buyer), ("xiaoshou", seller)):
        user = create_user(actor=actor, username=username)
        add_staff(actor=actor, user=user, enterprise=firm, role=StaffRole.STAFF,
                  valid_from=LONG_AGO)  # fmt: skip
        people.append(user)
    need = entry(
        actor, "need", buyer, "电池壳体", quantity=Decimal(1000), unit="件", now=now,
        certificates=["ISO 9001"], contact="采购王某", phone="13800000001",
    )  # fmt: skip
    offer = entry(
        actor, "offer", seller, "铝制电池壳体", quantity=Decimal(600), unit="件", now=now,
        certificates=["iso9001"], contact="销售李某", phone="13800000002",
    )  # fmt: skip
    far = entry(actor, "offer", other, "火锅底料", now=now)
    return Market(buyer, seller, other, *people, need, offer, far)


def invited(actor: Actor, at: Market, now: dt.datetime = NOW, **given: Any) -> Invitation:
    said: dict[str, Any] = {"asked": "offer", "score": 0.8, "reasons": [Text("品名相近", "alike")]}
    return invite(actor=actor, need=at.need, offer=at.offer, now=now, **said | given)
