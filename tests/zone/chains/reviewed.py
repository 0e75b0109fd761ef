"""Firms with texts, and days, for the tests of who stands where."""

import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

from openzone.zone.audit.actors import Actor
from openzone.zone.registry.enums import SourceKind
from openzone.zone.registry.models import Enterprise, Source
from openzone.zone.registry.services.enterprises import create_enterprise
from openzone.zone.registry.services.facts import state_facts

NOW = dt.datetime(2026, 6, 30, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
TODAY = NOW.date()
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
MARCH = dt.date(2026, 3, 2)
MAY = dt.date(2026, 5, 6)
BATTERY, STORAGE = "lithium_battery", "energy_storage"
CELL, PACK, CATHODE = (BATTERY, "cell"), (BATTERY, "pack"), (BATTERY, "cathode")
SYSTEM = (STORAGE, "integration")
ONE, HALF = Decimal(1), Decimal("0.5")
TESTS = Actor.system("tests")


def firm(name: str = "示例正极有限公司", products: str = "", scope: str = "") -> Enterprise:
    """Enter a firm with its products and business scope."""
    made = create_enterprise(actor=TESTS, name=name, synthetic=True)
    said = {"products": products, "business_scope": scope}
    tell(made, {key: text for key, text in said.items() if text})
    return made


def tell(made: Enterprise, facts: dict[str, object], on: dt.date = dt.date(2026, 1, 1)) -> None:
    """State facts of a firm."""
    if facts:
        source = Source(kind=SourceKind.SYNTHETIC, title="示例")
        state_facts(actor=TESTS, subject=made, facts=facts, as_of=on, known_on=on, source=source)
