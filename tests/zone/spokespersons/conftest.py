"""A zone with two bureaus that make policies, their people, and an enterprise that asks."""

import datetime as dt
from collections.abc import Callable
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pytest

from openzone.zone.audit.actors import Actor
from openzone.zone.people.enums import Role, UnitKind
from openzone.zone.people.models import Unit, User
from openzone.zone.people.services import create_unit
from openzone.zone.policies.enums import DeliveryMode, ItemKind, Level
from openzone.zone.policies.models import Document, Item
from openzone.zone.policies.services.documents import Issuer, create_document, publish_document
from openzone.zone.policies.services.items import create_item
from openzone.zone.registry.models import Enterprise
from openzone.zone.spokespersons.models import Consultation, Spokesperson
from openzone.zone.spokespersons.services.consultations import ask
from openzone.zone.spokespersons.services.register import appoint
from tests.factories import make_enterprise, make_staff

SHANGHAI = ZoneInfo("Asia/Shanghai")
LONG_AGO = dt.date(2020, 1, 1)
# A Friday morning; Monday and Tuesday after it are ordinary working days.
FRIDAY = dt.datetime(2026, 6, 12, 10, 0, tzinfo=SHANGHAI)
DAY = FRIDAY.date()


class Bureaus(NamedTuple):
    """Two units that make policies, the people in them, and the service centre."""

    tech: Unit
    finance: Unit
    centre: Unit
    speaker: User
    deputy: User
    accountant: User
    clerk: User


@pytest.fixture
def bureaus(committee: Unit, actor: Actor, make_user: Callable[..., User]) -> Bureaus:
    def unit(code: str, name: str, kind: UnitKind = UnitKind.DEPARTMENT) -> Unit:
        return create_unit(actor=actor, code=code, name=name, kind=kind, parent=committee)

    tech, finance = unit("tech", "示例科技局"), unit("finance", "示例财政局")
    centre = unit("centre", "示例企业服务中心", UnitKind.CENTRE)
    return Bureaus(
        tech,
        finance,
        centre,
        make_user("speaker", Role.HANDLER, tech),
        make_user("deputy", Role.HANDLER, tech),
        make_user("accountant", Role.HANDLER, finance),
        make_user("clerk", Role.CENTRE, centre),
    )


@pytest.fixture
def term(bureaus: Bureaus, actor: Actor) -> Spokesperson:
    """The spokesperson of the technology bureau since long ago."""
    return appoint(
        actor=actor,
        unit=bureaus.tech,
        user=bureaus.speaker,
        phone="0551-00000001",
        valid_from=LONG_AGO,
    )


@pytest.fixture
def joint(bureaus: Bureaus, actor: Actor) -> Document:
    """A document both bureaus issued, led by the technology bureau."""
    document = create_document(
        actor=actor,
        code="joint",
        title="示例科技十条",
        level=Level.ZONE,
        issued_on=dt.date(2026, 1, 1),
        issuers=[
            Issuer("示例财政局", bureaus.finance),
            Issuer("示例科技局", bureaus.tech, leads=True),
        ],
    )
    return publish_document(actor=actor, document=document, on=DAY)


@pytest.fixture
def item(bureaus: Bureaus, joint: Document, actor: Actor) -> Item:
    """An item of it that the finance bureau redeems."""
    return create_item(
        actor=actor,
        document=joint,
        code="rd-grant",
        title="示例研发补助",
        clause="第三条",
        kind=ItemKind.SUBSIDISE,
        mode=DeliveryMode.FAST,
        owner=bureaus.finance,
    )


@pytest.fixture
def asker(owner: User) -> Enterprise:
    """The enterprise that asks; ``owner`` speaks for it."""
    enterprise = make_enterprise()
    make_staff(owner, enterprise)
    return enterprise


@pytest.fixture
def put(
    actor: Actor, asker: Enterprise, owner: User, committee: Unit
) -> Callable[..., Consultation]:
    """``put("?", document=…)``: a question of the enterprise, asked on Friday morning."""

    def make(text: str = "研发补助什么时候可以申请？", **given: Any) -> Consultation:
        given = {"now": FRIDAY, "enterprise": asker, "asked_by": owner} | given
        return ask(actor=actor, text=text, **given)

    return make
