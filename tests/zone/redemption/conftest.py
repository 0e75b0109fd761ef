"""A zone with four items, the people who handle them, and two enterprises."""

import datetime as dt
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from openzone.engines.rules.ruleset import RuleSet
from openzone.packs.loading import zone_relations, zone_rules
from openzone.zone.ledger.models import Account
from openzone.zone.ledger.services import open_account
from openzone.zone.people.enums import Role, UnitKind
from openzone.zone.people.models import Unit, User
from openzone.zone.people.services import create_unit, create_user, grant_membership
from openzone.zone.policies.enums import DeliveryMode, DocumentStatus, ItemKind, ItemStatus, Level
from openzone.zone.policies.models import Document, Item
from openzone.zone.redemption.services.budgets import appropriate
from openzone.zone.registry.models import Enterprise
from openzone.zone.rulebook import packs as rulebook
from tests.factories import TESTS, make_enterprise, make_staff, state
from tests.zone.redemption.people import LONG_AGO, NOW, People

PACK = Path(__file__).parent / "pack"


@cache
def pack_rules() -> RuleSet:
    """The national rules with those of ``pack`` beside them, read once."""
    known = rulebook.catalogue()
    return RuleSet(known, zone_rules(PACK), zone_relations(PACK))


def forget() -> None:
    """Let the rules be compiled again."""
    rulebook.rule_set.cache_clear()
    rulebook.release_plan.cache_clear()


@pytest.fixture(autouse=True)
def _pack(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.setattr(settings, "MEDIA_ROOT", tmp_path)
    monkeypatch.setattr(rulebook, "packs", pack_rules)
    forget()
    yield
    forget()


@pytest.fixture
def people(db: None) -> People:
    units = {
        code: create_unit(actor=TESTS, code=code, name=name, kind=UnitKind.DEPARTMENT)
        for code, name in (
            ("science", "示例科技局"),
            ("finance", "示例财政局"),
            ("tax", "示例税务局"),
            ("economy", "示例经信局"),
            ("centre", "示例服务中心"),
        )
    }
    return People(
        units=units,
        handler=_user("handler", Role.HANDLER, units["science"]),
        second=_user("second", Role.HANDLER, units["science"]),
        taxman=_user("taxman", Role.HANDLER, units["tax"]),
        economist=_user("economist", Role.HANDLER, units["economy"]),
        cashier=_user("cashier", Role.HANDLER, units["finance"]),
        treasurer=_user("treasurer", Role.HANDLER, units["finance"]),
        centre=_user("centre", Role.CENTRE, units["centre"]),
        leader=_user("leader", Role.LEADER, units["centre"]),
        owner=_user("owner"),
        rival=_user("rival"),
        banker=_user("banker", Role.BANK, units["centre"]),
        agent=_user("agent", Role.AGENT, units["centre"]),
    )


def _user(name: str, role: Role | None = None, unit: Unit | None = None) -> User:
    user = create_user(actor=TESTS, username=name)
    if role is not None and unit is not None:
        grant_membership(actor=TESTS, user=user, unit=unit, role=role, valid_from=LONG_AGO)
    return user


@pytest.fixture
def firm(people: People) -> Enterprise:
    """Spent 1.5 million yuan on R&D, has 30 people; everything the rules ask is known."""
    made = make_enterprise("合肥示例甲有限公司")
    make_staff(people.owner, made)
    state(made, NOW.date(), rd_expense_y1="1500000", employees=30, on_dishonest_list=False)
    return made


@pytest.fixture
def other(people: People) -> Enterprise:
    made = make_enterprise("合肥示例乙有限公司")
    make_staff(people.rival, made)
    state(made, NOW.date(), rd_expense_y1="3000000", employees=50, on_dishonest_list=False)
    return made


@pytest.fixture
def budget(db: None) -> Account:
    """300,000 yuan."""
    account = open_account(
        actor=TESTS, code="budget", name="示例专项资金", opened_on=dt.date(2026, 1, 1)
    )
    appropriate(
        actor=TESTS,
        budget=account,
        amount=300_000_00,
        document="示例财〔2026〕1号",
        key="a-1",
        at=NOW,
    )
    return account


@pytest.fixture
def make_item(people: People, budget: Account) -> Callable[..., Item]:
    """``make_item("rd", DeliveryMode.FAST)``: a published item decided by the rule ``t.rd``."""

    def make(name: str, mode: DeliveryMode, **given: Any) -> Item:
        document = Document.objects.create(
            code=f"doc-{name}",
            title=f"示例措施{name}",
            level=Level.ZONE,
            status=DocumentStatus.PUBLISHED,
            issued_on=dt.date(2026, 1, 1),
            effective_from=dt.date(2026, 1, 1),
            published_on=dt.date(2026, 1, 1),
        )
        given = {"owner": people.units["science"], "budget": budget, "rule_id": f"t.{name}"} | given
        return Item.objects.create(
            document=document,
            code=f"item-{name}",
            title=f"示例事项{name}",
            kind=ItemKind.SUBSIDISE,
            mode=mode,
            status=ItemStatus.PUBLISHED,
            **given,
        )

    return make


@pytest.fixture
def fast(make_item: Callable[..., Item]) -> Item:
    return make_item("rd", DeliveryMode.FAST)


@pytest.fixture
def instant(make_item: Callable[..., Item]) -> Item:
    return make_item("reward", DeliveryMode.INSTANT)


@pytest.fixture
def gift(make_item: Callable[..., Item]) -> Item:
    return make_item("gift", DeliveryMode.NO_APPLICATION)


@pytest.fixture
def award(make_item: Callable[..., Item]) -> Item:
    return make_item("award", DeliveryMode.EXPERT)
