"""The furnished zone, made once for a whole module: there are thousands of visits to pay it.

Each test runs in a transaction inside the module's, and leaves no trace in it.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from django.db import transaction

from openzone.zone.people.enums import Role, UnitKind
from openzone.zone.people.models import Unit, User
from openzone.zone.people.services import create_unit, create_user, grant_membership
from openzone.zone.registry.enums import StaffRole
from tests.factories import LONG_AGO, TESTS, make_staff
from tests.www.conftest import Zone, build_zone, furnish
from tests.www.pages import VISITORS


class Everything(NamedTuple):
    """The zone, and who visits it."""

    zone: Zone
    people: dict[str, User | None]


@pytest.fixture(scope="module")
def everything(django_db_setup: None, django_db_blocker: Any) -> Iterator[Everything]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield _made()
        transaction.set_rollback(True)


@pytest.fixture
def zone(everything: Everything, db: None) -> Zone:
    return everything.zone


@pytest.fixture
def people(everything: Everything, db: None) -> dict[str, User | None]:
    """The visitors by name; ``anonymous`` is nobody."""
    return everything.people


def _made() -> Everything:
    committee = _unit("committee", "示例园区管委会", UnitKind.COMMITTEE, None)
    office = _unit("office", "示例经济发展局", UnitKind.DEPARTMENT, committee)
    zone = furnish(build_zone(TESTS, office, _user))
    owner, stranger = _user("owner"), _user("stranger")
    make_staff(owner, zone.near, StaffRole.OWNER)
    four = (_user("admin", Role.ADMIN, committee), _user("colleague", Role.HANDLER, office))
    visitors = zip(VISITORS, (*four, owner, stranger), strict=True)
    return Everything(zone, {"anonymous": None, **dict(visitors)})


def _unit(code: str, name: str, kind: UnitKind, parent: Unit | None) -> Unit:
    return create_unit(actor=TESTS, code=code, name=name, kind=kind, parent=parent)


def _user(username: str, role: Role | None = None, unit: Unit | None = None) -> User:
    user = create_user(actor=TESTS, username=username)
    if role is not None and unit is not None:
        grant_membership(actor=TESTS, user=user, unit=unit, role=role, valid_from=LONG_AGO)
    return user
