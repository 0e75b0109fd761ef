"""Every page opens for whom it should, in both languages, and tells others why not."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from openzone.www.public import PUBLIC
from openzone.zone.people.models import User
from tests.www.conftest import Zone
from tests.www.pages import ADDRESSES, NAMES, VISITORS, Address

Visit = Callable[[User | None], Client]
LANGUAGES = ("zh-hans", "en")
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")

pytestmark = pytest.mark.django_db


def test_the_table_names_every_address_of_the_site() -> None:
    assert {address.name for address in ADDRESSES} == NAMES


def test_public_pages_exist() -> None:
    assert PUBLIC <= NAMES


@pytest.mark.parametrize("address", ADDRESSES, ids=str)
def test_each_visitor_gets_the_expected_answer(
    people: dict[str, User | None], visit: Visit, zone: Zone, address: Address
) -> None:
    visits = list(visits_to(address))
    got = [(name, answer_to(visit(people[name]), zone, address, spoken)) for name, spoken in visits]
    assert got == [(name, address.expected[VISITORS.index(name)]) for name, _ in visits]


def visits_to(address: Address) -> Iterator[tuple[str, str]]:
    """Everybody, each who is let in reading in the next language; who is alone reads in both.

    On another database than SQLite one visit is enough, of the first of those who get furthest.
    """
    furthest = min(address.expected)
    inside = [name for name, got in zip(VISITORS, address.expected, strict=True) if got == furthest]
    if connection.vendor != "sqlite":
        yield inside[0], LANGUAGES[0]
        return
    if len(inside) == 1 and address.method == "GET":
        yield inside[0], LANGUAGES[1]
    for visitor in VISITORS:
        place = inside.index(visitor) if visitor in inside else 0
        yield visitor, LANGUAGES[place % len(LANGUAGES)]


def answer_to(client: Client, zone: Zone, address: Address, language: str) -> int:
    """Ask, look at what is answered, and take back what a form did, for the next to find it."""
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    if address.method == "GET":
        with nothing_written():
            response = address.ask(client, zone.numbers)
    else:
        with transaction.atomic():
            response = address.ask(client, zone.numbers)
            transaction.set_rollback(True)
    assert response.headers["Content-Language"] == language
    ensure_whole(response)
    status: int = response.status_code
    return status


@contextmanager
def nothing_written() -> Iterator[None]:
    """Fail where a statement changes the database."""

    def read(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        assert not sql.lstrip().upper().startswith(WRITES), sql
        return execute(sql, params, many, context)

    with connection.execute_wrapper(read):
        yield


def ensure_whole(response: Any) -> None:
    """Find what a template left as it was, and what the policy of the site's content forbids."""
    if not response.headers["Content-Type"].startswith("text/"):
        return  # a picture, a workbook
    content = response.content.decode()
    for unrendered in ("<c-", "</c-", "{{", "{%", "{#"):
        assert unrendered not in content
    assert " style=" not in content
    assert " onclick=" not in content


@pytest.mark.once
@pytest.mark.parametrize("name", sorted(NAMES))
def test_without_a_login_only_public_pages_answer(zone: Zone, name: str) -> None:
    for address in (one for one in ADDRESSES if one.name == name):
        response = address.ask(Client(), zone.numbers)
        assert response.status_code == address.anonymous, address
        if name not in PUBLIC:
            assert response.headers["Location"].startswith(reverse("login"))


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
