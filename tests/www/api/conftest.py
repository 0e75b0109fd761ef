"""Programs: a client that sends a key with everything."""

import base64
import datetime as dt
import json
from collections.abc import Callable, Collection
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from openzone.zone.people.enums import Role, UnitKind, scopes
from openzone.zone.people.models import Unit, User
from openzone.zone.people.services import create_unit, issue_key
from openzone.zone.registry.enums import StaffRole
from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.services.enterprises import create_enterprise
from openzone.zone.registry.services.people import add_staff
from tests.factories import TESTS

LONG_AGO = dt.date(2020, 1, 1)


def done(response: Any, status: int = 200) -> Any:
    """What was answered, where it was done."""
    assert response.status_code == status, response.content.decode()[:1000]
    return response.json()


def refused(response: Any, status: int, *secrets: str) -> Any:
    """Why it was not done; nothing of what is not for the caller stands in the answer."""
    assert response.status_code == status, response.content.decode()[:1000]
    said = response.content.decode()
    assert [one for one in secrets if one in said] == []
    return response.json()


def file_of(name: str, content: bytes, field: str = "") -> dict[str, str]:
    """A paper as it is sent inside JSON."""
    sent = {"name": name, "content": base64.b64encode(content).decode()}
    return sent | ({"field": field} if field else {})


class Program:
    """Asks the interface as somebody."""

    def __init__(self, secret: str = "") -> None:
        self.secret = secret
        self._client = Client(headers={"Authorization": f"Bearer {secret}"} if secret else {})

    def get(self, path: str, headers: dict[str, str] | None = None, **query: Any) -> Any:
        return self._client.get(f"/api/v1{path}", query, headers=headers)

    def post(self, path: str, body: Any = None, headers: dict[str, str] | None = None) -> Any:
        text = body if isinstance(body, str) else json.dumps({} if body is None else body)
        return self._client.post(
            f"/api/v1{path}", text, content_type="application/json", headers=headers
        )

    def send(self, path: str, **fields: Any) -> Any:
        """Send a form with files, as ``curl -F`` does."""
        return self._client.post(f"/api/v1{path}", fields)


@pytest.fixture
def program_of() -> Callable[..., Program]:
    def make(user: User, may: Collection[str] = ()) -> Program:
        now, on = timezone.now(), timezone.localdate()
        issued = issue_key(
            actor=TESTS, user=user, label="测试", may=may or scopes(), valid_to=on, now=now, on=on
        )
        return Program(issued.secret)

    return make


@pytest.fixture
def centre(committee: Unit) -> Unit:
    return create_unit(
        actor=TESTS, code="centre", name="企业服务中心", kind=UnitKind.CENTRE, parent=committee
    )


@pytest.fixture
def firm(centre: Unit) -> Enterprise:
    return create_enterprise(actor=TESTS, name="合肥示例精密机械有限公司", synthetic=True)


@pytest.fixture
def owner(firm: Enterprise, make_user: Callable[..., User], program_of: Any) -> Program:
    user = make_user("owner")
    add_staff(actor=TESTS, user=user, enterprise=firm, role=StaffRole.STAFF, valid_from=LONG_AGO)
    return program_of(user)


@pytest.fixture
def handler(centre: Unit, make_user: Callable[..., User], program_of: Any) -> Program:
    return program_of(make_user("centre-1", Role.CENTRE, centre))


@pytest.fixture
def stranger(centre: Unit, make_user: Callable[..., User], program_of: Any) -> Program:
    return program_of(make_user("stranger"))
