"""A small zone that every page can show, and the people who look at it."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import pytest
from django.test import Client
from django.utils import timezone

from openzone.zone.audit.actors import Actor
from openzone.zone.people.enums import Role
from openzone.zone.people.models import Unit, User
from openzone.zone.registry.enums import ChargeRole, PlaceKind, SourceKind, StaffRole
from openzone.zone.registry.imports.check import check_batch
from openzone.zone.registry.imports.receiving import receive_upload
from openzone.zone.registry.models import (
    Enterprise,
    ImportBatch,
    Merge,
    PersonInCharge,
    Place,
    Source,
)
from openzone.zone.registry.services.enterprises import create_enterprise, create_place
from openzone.zone.registry.services.facts import state_facts
from openzone.zone.registry.services.merges import merge
from openzone.zone.registry.services.people import add_staff, assign_person_in_charge
from tests.www.pages import AREAS
from tests.www.workbooks import nasty

LONG_AGO = dt.date(2020, 1, 1)
AS_OF = dt.date(2026, 11, 20)
CODES = ("91340100MA2NQXFL02", "91340100MA2NQXFM9Q")


@dataclass(frozen=True)
class Zone:
    """The example zone of the page tests."""

    place: Place
    park: Place
    near: Enterprise  # most facts known
    other: Enterprise  # almost nothing known
    merge: Merge  # of a third one into the other
    batch: ImportBatch  # checked, with problems
    similar: ImportBatch  # checked, with an enterprise that may be the first one

    clerk: User  # a handler who also speaks for the other one
    charge: PersonInCharge  # of the first
    of_areas: dict[str, int]  # the numbers of what each area of the site adds

    @property
    def numbers(self) -> dict[str, int]:
        """The numbers of the records, for addresses."""
        return self._core | self.of_areas

    @cached_property
    def _core(self) -> dict[str, int]:
        records = {
            "near": self.near,
            "other": self.other,
            "merge": self.merge,
            "batch": self.batch,
            "clerk": self.clerk,
            "role": self.clerk.memberships.earliest("pk"),
            "unit": self.clerk.memberships.earliest("pk").unit,
            "post": self.clerk.enterprise_posts.earliest("pk"),
            "charge": self.charge,
        }
        return {name: record.pk for name, record in records.items()}


def build_zone(actor: Actor, office: Unit, make_user: Callable[..., User]) -> Zone:
    """Make the example zone; what the areas of the site add comes with ``furnish``."""
    place = create_place(actor=actor, code="zone", name="示例开发区", kind=PlaceKind.ZONE)
    park = create_place(
        actor=actor, code="park-1", name="示例一园", kind=PlaceKind.PARK, parent=place
    )
    near = create_enterprise(
        actor=actor,
        name="合肥示例精密机械有限公司",
        short_name="示例精密",
        place=park,
        synthetic=True,
    )
    other = create_enterprise(actor=actor, name="合肥示例精密机械公司", synthetic=True)
    third = create_enterprise(actor=actor, name="示例旧档企业", synthetic=True)
    done = merge(actor=actor, survivor=other, absorbed=third, reason="重复登记")
    _state(actor, near)
    clerk = make_user("clerk", Role.HANDLER, office)
    add_staff(actor=actor, user=clerk, enterprise=other, role=StaffRole.STAFF, valid_from=LONG_AGO)
    charge = assign_person_in_charge(
        actor=actor,
        subject=near,
        role=ChargeRole.SPONSOR,
        valid_from=LONG_AGO,
        name="示例领导",
        unit=office,
    )
    files = _checked(actor), _similar(actor)
    return Zone(place, park, near, other, done, *files, clerk, charge, {})


def furnish(zone: Zone) -> Zone:
    """Add the records that the addresses of every area need."""
    for area in AREAS:
        made = area.numbers(zone)
        # Otherwise a test would ask for one area's record by the number of another area's.
        assert not made.keys() & zone.numbers.keys(), f"{area.__name__}: used by another area"
        zone.of_areas.update(made)
    return zone


@pytest.fixture
def zone(actor: Actor, office: Unit, make_user: Callable[..., User]) -> Zone:
    return build_zone(actor, office, make_user)


def _checked(actor: Actor) -> ImportBatch:
    batch = receive_upload(
        actor=actor, file_name="企业表.xlsx", data=nasty(), as_of=AS_OF, synthetic=True
    )
    return check_batch(actor=actor, batch=batch)


def _similar(actor: Actor) -> ImportBatch:
    data = "企业名称,从业人员数\n合肥示例精密机械股份有限公司,12\n".encode()
    batch = receive_upload(
        actor=actor, file_name="另一份.csv", data=data, as_of=AS_OF, synthetic=True
    )
    return check_batch(actor=actor, batch=batch)


def _state(actor: Actor, enterprise: Enterprise) -> None:
    source = Source(kind=SourceKind.SYNTHETIC, title="示例年报.xlsx")
    facts = {
        "industry": "C3841",
        "address": "示例路1号",
        "registered_on": "2012-05-06",
        "registered_in": "340100",
        "in_mainland": True,
        "employees": 300,
        "revenue_y1": "399999500",
        "revenue_y2": "300000000",
        "total_assets_y1": "250000000",
        "rd_expense_y1": "12000000",
        "contact_phone": "0551-00000000",
    }
    state_facts(
        actor=actor,
        subject=enterprise,
        facts=facts,
        as_of=AS_OF,
        known_on=dt.date(2026, 3, 31),
        source=source,
    )


@pytest.fixture
def enterprise_owner(zone: Zone, owner: User, actor: Actor) -> User:
    """Somebody of the first enterprise."""
    add_staff(
        actor=actor,
        user=owner,
        enterprise=zone.near,
        role=StaffRole.OWNER,
        valid_from=LONG_AGO,
    )
    return owner


@pytest.fixture
def visit() -> Callable[[User | None], Client]:
    """``visit(user)``: a browser-less client, logged in unless the user is ``None``."""

    def start(user: User | None) -> Client:
        client = Client()
        if user is not None:
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return start


@pytest.fixture
def today() -> dt.date:
    return timezone.localdate()
