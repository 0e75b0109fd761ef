"""Logging in, locking out, and changing one's own password."""

from collections.abc import Callable

import pytest
from django.test import Client

from openzone.zone.audit.models import Event
from openzone.zone.people.models import User

pytestmark = pytest.mark.django_db

OLD, NEW = "right-password-9", "another-password-9"


@pytest.fixture
def person(colleague: User) -> User:
    colleague.set_password(OLD)
    colleague.save()
    return colleague


@pytest.fixture
def client(person: User, visit: Callable[[User | None], Client]) -> Client:
    return visit(person)


def change(client: Client, **data: str) -> str:
    form = {"old": OLD, "password": NEW, "again": NEW} | data
    response = client.post("/password/", form)
    return "" if response.status_code == 302 else response.content.decode()


def test_a_new_password_ends_other_sessions_but_not_this_one(
    client: Client, person: User, visit: Callable[[User | None], Client]
) -> None:
    elsewhere = visit(person)
    assert change(client) == ""
    person.refresh_from_db()
    assert person.check_password(NEW)
    assert client.get("/rules/").status_code == 200
    assert elsewhere.get("/rules/").status_code == 302
    event = Event.objects.get(action="people.user.password_changed")
    assert event.actor_label == str(person)
    assert NEW not in event.payload


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ({"old": "wrong"}, "不是当前密码"),
        ({"again": "something-else-9"}, "两次输入的新密码不一致"),
        ({"password": "123", "again": "123"}, "密码"),
        ({"password": ""}, "必填"),
    ],
)
def test_a_password_that_will_not_do_is_refused_with_the_reason(
    client: Client, person: User, data: dict[str, str], reason: str
) -> None:
    assert reason in change(client, **data)
    person.refresh_from_db()
    assert person.check_password(OLD)


def test_the_login_goes_on_to_the_page_that_asked_but_never_to_another_site(person: User) -> None:
    login = {"username": person.username, "password": OLD}
    asked = Client().post("/login/", {**login, "next": "/rules/?as_of=2026-03-31"})
    assert asked.headers["Location"] == "/rules/?as_of=2026-03-31"
    foreign = Client().post("/login/", {**login, "next": "https://evil.example/"})
    assert foreign.headers["Location"] == "/"


def test_a_closed_account_cannot_log_in(person: User) -> None:
    person.is_active = False
    person.save()
    response = Client().post("/login/", {"username": person.username, "password": OLD})
    assert response.status_code == 200
    assert "账号或密码不正确" in response.content.decode()


def test_the_lock_holds_for_the_right_password_and_for_this_account_only(
    person: User, admin: User
) -> None:
    client = Client()
    for _ in range(5):
        client.post("/login/", {"username": person.username, "password": "wrong"})
    locked = client.post("/login/", {"username": person.username, "password": OLD})
    assert locked.status_code == 429
    assert "15 分钟" in locked.content.decode()
    admin.set_password(OLD)
    admin.save()
    other = client.post("/login/", {"username": "admin", "password": OLD})
    assert other.status_code == 302


@pytest.mark.parametrize("next_page", ["https://evil.example/", "//evil.example/", "javascript:x"])
def test_choosing_a_day_or_a_language_never_leads_to_another_site(
    client: Client, next_page: str
) -> None:
    for path, data in (("/as-of/", {"as_of": "2026-03-31"}), ("/language/", {"language": "en"})):
        response = client.post(path, data | {"next": next_page})
        assert response.headers["Location"] == "/"


def test_the_chosen_day_holds_until_today_is_chosen_again(client: Client) -> None:
    client.post("/as-of/", {"as_of": "2026-03-31", "next": "/rules/?as_of=2020-01-01"})
    page = client.get("/rules/").content.decode()
    assert 'value="2026-03-31"' in page
    client.post("/as-of/", {"today": "1", "next": "/rules/"})
    assert 'value="2026-03-31"' not in client.get("/rules/").content.decode()
