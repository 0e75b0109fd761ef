"""The furnished zone, made once for all these tests: there are thousands of visits to pay it.

Each test runs in a transaction inside the folder's, and leaves no trace in it.
"""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

from openzone.zone.people.enums import Role, UnitKind
from openzone.zone.people.models import Unit, User
from openzone.zone.people.services import create_unit, create_user, grant_membership
from openzone.zone.registry.enums import StaffRole
from tests.factories import LONG_AGO, TESTS, make_staff
from tests.www.conftest import Zone, build_zone, furnish
from tests.www.pages import VISITORS


class Everything(NamedTuple):
    """The zone, who visits it, and the cookie of each visitor's login."""

    zone: Zone
    people: dict[str, User | None]
    logins: dict[int, str]


@pytest.fixture(scope="package")
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


@pytest.fixture
def visit(everything: Everything) -> Callable[[User | None], Client]:
    """``visit(user)``: a browser-less client, where the user has logged in before."""

    def start(user: User | None) -> Client:
        client = Client()
        if user is not None:
            client.cookies[settings.SESSION_COOKIE_NAME] = everything.logins[user.pk]
        return client

    return start


def _made() -> Everything:
    committee = _unit("committee", "示例园区管委会", UnitKind.COMMITTEE, None)
    office = _unit("office", "示例经济发展局", UnitKind.DEPARTMENT, committee)
    zone = furnish(build_zone(TESTS, office, _user))
    owner, stranger = _user("owner"), _user("stranger")
    make_staff(owner, zone.near, StaffRole.OWNER)
    four = (_user("admin", Role.ADMIN, committee), _user("colleague", Role.HANDLER, office))
    visitors = dict(zip(VISITORS, (*four, owner, stranger), strict=True))
    logins = {user.pk: _login(user) for user in visitors.values()}
    return Everything(zone, {"anonymous": None, **visitors}, logins)


def _login(user: User) -> str:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _unit(code: str, name: str, kind: UnitKind, parent: Unit | None) -> Unit:
    return create_unit(actor=TESTS, code=code, name=name, kind=kind, parent=parent)


def _user(username: str, role: Role | None = None, unit: Unit | None = None) -> User:
    user = create_user(actor=TESTS, username=username)
    if role is not None and unit is not None:
        grant_membership(actor=TESTS, user=user, unit=unit, role=role, valid_from=LONG_AGO)
    return user
