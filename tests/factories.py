"""Rows that tests need, made the way the product makes them: through its services."""

import datetime as dt
from itertools import count
from typing import Any

from openzone.engines.identity import uscc
from openzone.zone.audit.actors import Actor
from openzone.zone.people.enums import UnitKind
from openzone.zone.people.models import Unit, User
from openzone.zone.people.services import create_unit
from openzone.zone.policies.enums import DeliveryMode, ItemKind, Level
from openzone.zone.policies.models import Document, Item
from openzone.zone.policies.services.documents import Issuer, create_document, publish_document
from openzone.zone.policies.services.items import create_item, publish_item
from openzone.zone.registry.enums import PlaceKind, SourceKind, StaffRole
from openzone.zone.registry.models import Enterprise, EnterpriseStaff, Place, Source
from openzone.zone.registry.services.enterprises import create_enterprise, create_place
from openzone.zone.registry.services.facts import Counts, state_facts
from openzone.zone.registry.services.people import add_staff

TESTS = Actor.system("tests")
LONG_AGO = dt.date(2020, 1, 1)

_numbers = count(1)


def make_uscc(number: int | None = None) -> str:
    """A valid credit code of Hefei, a different one for every number."""
    chosen = next(_numbers) if number is None else number
    return uscc.make("9", "1", "340100", f"{chosen:08d}")


def make_enterprise(name: str | None = None, **given: Any) -> Enterprise:
    """An enterprise, without a code unless one is given."""
    return create_enterprise(
        actor=TESTS, name=name or f"合肥示例第{next(_numbers)}科技有限公司", **given
    )


def make_place(name: str = "示例园区", kind: PlaceKind = PlaceKind.PARK, **given: Any) -> Place:
    """A place with a code of its own."""
    given.setdefault("code", f"place-{next(_numbers)}")
    return create_place(actor=TESTS, name=name, kind=kind, **given)


def make_source(title: str = "示例台账", **given: Any) -> Source:
    """A source that is not saved yet: the first facts stated from it take it along."""
    return Source(**{"kind": SourceKind.DOCUMENT, "title": title} | given)


def make_staff(
    user: User, enterprise: Enterprise, role: StaffRole = StaffRole.STAFF
) -> EnterpriseStaff:
    """A user who has long spoken for an enterprise."""
    return add_staff(actor=TESTS, user=user, enterprise=enterprise, role=role, valid_from=LONG_AGO)


def state(
    enterprise: Enterprise,
    as_of: dt.date,
    *,
    known_on: dt.date | None = None,
    source: Source | None = None,
    **facts: object,
) -> Counts:
    """State facts under their names on ``as_of``, known that day unless said otherwise."""
    return state_facts(
        actor=TESTS,
        subject=enterprise,
        facts=facts,
        as_of=as_of,
        known_on=known_on or as_of,
        source=source or make_source(),
    )


def make_unit(name: str = "示例局", **given: Any) -> Unit:
    """A department with a code of its own."""
    given.setdefault("code", f"unit-{next(_numbers)}")
    return create_unit(actor=TESTS, name=name, kind=UnitKind.DEPARTMENT, **given)


def make_document(unit: Unit | None = None, **given: Any) -> Document:
    """A published document in force since long ago, issued by one unit."""
    unit = unit or make_unit()
    values: dict[str, Any] = {
        "title": f"示例政策{next(_numbers)}",
        "level": Level.ZONE,
        "category": "科技创新",
        "effective_from": LONG_AGO,
        "synthetic": True,
    }
    document = create_document(
        actor=TESTS, issuers=[Issuer(unit.name, unit, leads=True)], **values | given
    )
    return publish_document(actor=TESTS, document=document, on=LONG_AGO)


def make_item(document: Document | None = None, *, published: bool = True, **given: Any) -> Item:
    """An item of a published document, published itself unless said otherwise."""
    document = document or make_document()
    lead = document.issuers.get(leads=True)
    values: dict[str, Any] = {
        "title": f"示例事项{next(_numbers)}",
        "clause": "第一条",
        "kind": ItemKind.SUBSIDISE,
        "mode": DeliveryMode.FAST,
        "owner": lead.unit,
    }
    item = create_item(actor=TESTS, document=document, **values | given)
    return publish_item(actor=TESTS, item=item, on=LONG_AGO) if published else item
