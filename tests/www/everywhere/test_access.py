"""Every page opens for whom it should, and tells the others why not."""

from collections.abc import Callable

import pytest
from _pytest.mark import ParameterSet
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from openzone.www.public import PUBLIC
from openzone.zone.people.models import User
from tests.www.conftest import Zone
from tests.www.pages import ADDRESSES, NAMES, VISITORS, Address

Visit = Callable[[User | None], Client]
ONCE = [pytest.mark.once]
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")

pytestmark = pytest.mark.django_db


def test_the_table_names_every_address_of_the_site() -> None:
    assert {address.name for address in ADDRESSES} == NAMES


def test_public_pages_exist() -> None:
    assert PUBLIC <= NAMES


def visits() -> list[ParameterSet]:
    """Everybody at every address; on every database only the first of those who get furthest."""
    return [
        pytest.param(
            address,
            visitor,
            id=f"{address}-{visitor}",
            marks=[] if place == address.expected.index(min(address.expected)) else ONCE,
        )
        for address in ADDRESSES
        for place, visitor in enumerate(VISITORS)
    ]


@pytest.mark.parametrize(("address", "visitor"), visits())
def test_each_visitor_gets_the_expected_answer(
    people: dict[str, User | None], visit: Visit, zone: Zone, address: Address, visitor: str
) -> None:
    response = address.ask(visit(people[visitor]), zone.numbers)
    assert response.status_code == address.expected[VISITORS.index(visitor)]


@pytest.mark.once
@pytest.mark.parametrize("address", ADDRESSES, ids=str)
def test_without_a_login_only_public_pages_answer(zone: Zone, address: Address) -> None:
    response = address.ask(Client(), zone.numbers)
    assert response.status_code == address.anonymous
    if address.name not in PUBLIC:
        assert response.headers["Location"].startswith(reverse("login"))


@pytest.mark.parametrize("language", ["zh-hans", pytest.param("en", marks=ONCE)])
@pytest.mark.parametrize("address", [a for a in ADDRESSES if a.method == "GET"], ids=str)
def test_a_page_is_whole_and_reading_it_writes_nothing(
    people: dict[str, User | None], visit: Visit, zone: Zone, address: Address, language: str
) -> None:
    client = visit(people["admin"])
    with CaptureQueriesContext(connection) as queries:
        response = address.ask(client, zone.numbers, **{"Accept-Language": language})
    assert not [q["sql"] for q in queries if q["sql"].lstrip().upper().startswith(WRITES)]
    if not response.headers["Content-Type"].startswith("text/"):
        return  # a picture, a workbook
    content = response.content.decode()
    for unrendered in ("<c-", "</c-", "{{", "{%", "{#"):
        assert unrendered not in content
    assert " style=" not in content
    assert " onclick=" not in content


@pytest.mark.parametrize(
    ("visitor", "name", "kwargs", "reason"),
    [
        ("colleague", "audit", {}, "仅限管理员"),
        ("owner", "enterprises", {}, "仅限园区工作人员"),
        ("stranger", "enterprise", {"pk": "near"}, "仅限园区工作人员和本企业人员"),
        ("colleague", "enterprise_merge", {"pk": "near"}, "仅限：管理员、服务中心"),
    ],
)
def test_the_wrong_person_is_told_the_reason(
    people: dict[str, User | None],
    visit: Visit,
    visitor: str,
    name: str,
    kwargs: dict[str, str],
    zone: Zone,
    reason: str,
) -> None:
    response = visit(people[visitor]).get(
        reverse(name, kwargs={k: zone.numbers[v] for k, v in kwargs.items()})
    )
    assert response.status_code == 403
    assert reason in response.content.decode()


def test_an_unknown_address_is_404_for_everybody(
    people: dict[str, User | None], visit: Visit
) -> None:
    for visitor in VISITORS:
        assert visit(people[visitor]).get("/no/such/page/").status_code == 404
