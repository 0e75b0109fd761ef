"""An electronics firm that may invest; a bureau, a park, two advisers, and who only looks on."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pytest

from openzone.engines.identity.uscc import make
from openzone.zone.audit.actors import Actor
from openzone.zone.cases.models import Notification
from openzone.zone.people.enums import Role, UnitKind
from openzone.zone.people.models import Unit, User
from openzone.zone.people.services import create_unit
from openzone.zone.promotion.models import Contact, Interaction, Investor, Lead
from openzone.zone.promotion.services.advisers import join_roster
from openzone.zone.promotion.services.contacts import add_contact
from openzone.zone.promotion.services.interactions import record_interaction
from openzone.zone.promotion.services.investors import record_investor
from openzone.zone.promotion.services.leads import record_lead

NOW = dt.datetime(2026, 6, 30, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
TODAY = NOW.date()
DAY = dt.timedelta(days=1)
CAME = TODAY - 10 * DAY
CODE = make("9", "1", "320500", "MA1ABCDE")
OTHER_CODE = make("9", "1", "330200", "MA2ABCDE")


class Stage(NamedTuple):
    """Who plays: a bureau with a clerk, a park with its own, two advisers, and a firm."""

    bureau: Unit
    park: Unit
    clerk: User
    keeper: User
    adviser: User
    other: User
    firm: Investor


@pytest.fixture
def bureau(committee: Unit, actor: Actor) -> Unit:
    return create_unit(
        actor=actor, code="promotion", name="示例投资促进局", kind=UnitKind.DEPARTMENT,
        parent=committee,
    )  # fmt: skip


@pytest.fixture
def stage(bureau: Unit, actor: Actor, make_user: Callable[..., User]) -> Stage:
    park = create_unit(
        actor=actor, code="east", name="示例东园", kind=UnitKind.PARK, parent=bureau.parent
    )
    advisers = [make_user(name) for name in ("guwen", "lingwai")]
    for one in advisers:
        join_roster(actor=actor, user=one, on=dt.date(2026, 1, 1))
    firm = record_investor(
        actor=actor, name="江苏恒川电子有限公司", group="恒川集团", uscc=CODE, now=NOW,
        origin="domestic_out", synthetic=True,
    )  # fmt: skip
    clerk, keeper = (
        make_user("jingban", Role.HANDLER, bureau),
        make_user("yuanqu", Role.HANDLER, park),
    )
    return Stage(bureau, park, clerk, keeper, *advisers, firm)


@pytest.fixture
def make_lead(stage: Stage, actor: Actor) -> Callable[..., Lead]:
    """Record a lead of the firm with the first adviser; anything may be given otherwise."""

    def put(**given: Any) -> Lead:
        said = {
            "investor": stage.firm, "title": "示例电子元件项目", "source": "adviser",
            "received_on": CAME, "adviser": stage.adviser, "unit": stage.bureau,
            "wished": Decimal(500_000_000), "synthetic": True,
        }  # fmt: skip
        return record_lead(actor=actor, now=NOW, **said | given)

    return put


@pytest.fixture
def lead(make_lead: Callable[..., Lead]) -> Lead:
    return make_lead()


@pytest.fixture
def talk(actor: Actor, stage: Stage) -> Callable[..., Interaction]:
    """Record a talk of the adviser, held five days ago."""

    def put(lead: Lead, **given: Any) -> Interaction:
        said = {"kind": "call", "on": TODAY - 5 * DAY, "summary": "谈了选址", "user": stage.adviser}
        return record_interaction(actor=actor, lead=lead, now=NOW, **said | given)

    return put


@pytest.fixture
def person(stage: Stage, actor: Actor) -> Contact:
    """Somebody of the firm who gave a card."""
    return add_contact(
        actor=actor, investor=stage.firm, name="示例王某", post="投资总监", phone="13800001234",
        email="wang@example.com", consent_on=CAME, consent_by="card", now=NOW,
    )  # fmt: skip


@pytest.fixture
def told() -> Callable[[User], list[str]]:
    """Return what somebody was told in the program, the last first."""

    def read(user: User) -> list[str]:
        return list(Notification.objects.filter(user=user).values_list("text_zh", flat=True))

    return read
