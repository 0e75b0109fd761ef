"""What a key opens: nothing without a right, nothing once it ended."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from openzone.zone.errors import Refused
from openzone.zone.people.models import ApiKey, User
from openzone.zone.people.services import issue_key, revoke_key
from tests.factories import TESTS
from tests.www.api.conftest import Program

pytestmark = pytest.mark.django_db


def said(program: Program) -> tuple[int, str, str]:
    response = program.get("/desk")
    return response.status_code, response.json()["code"], response.json()["zh"]


def test_a_wrong_a_revoked_and_an_ended_key_say_so(owner: Program) -> None:
    key = ApiKey.objects.get()
    assert said(Program("oz_wrong")) == (401, "no_key", "密钥无效")
    ApiKey.objects.update(valid_to=timezone.localdate() - dt.timedelta(days=1))
    assert said(owner) == (401, "no_key", "密钥已过期")
    ApiKey.objects.update(valid_to=timezone.localdate())
    revoke_key(actor=TESTS, key=key, now=timezone.now())
    assert said(owner) == (401, "no_key", "密钥已停用")


def test_a_key_of_who_left_opens_nothing(owner: Program) -> None:
    User.objects.update(is_active=False)
    assert said(owner)[0] == 401


def test_a_right_to_read_does_not_write(
    make_user: Callable[..., User], program_of: Callable[..., Program]
) -> None:
    reader = program_of(make_user("reader"), ["notices:read"])
    assert reader.get("/notices").status_code == 200
    refused = reader.post("/notices/read", {})
    assert (refused.status_code, refused.json()["code"]) == (403, "scope")


@pytest.mark.parametrize(("may", "days", "field"), [
    ([], 1, "may"), (["nothing:read"], 1, "may"), (["cases:read"], 400, "valid_to"),
    (["cases:read"], -1, "valid_to"),
])  # fmt: skip
def test_a_key_needs_known_rights_and_an_end(
    make_user: Callable[..., User], may: list[str], days: int, field: str
) -> None:
    on = timezone.localdate()
    with pytest.raises(Refused) as refusal:
        issue_key(
            actor=TESTS, user=make_user("somebody"), label="测试", may=may,
            valid_to=on + dt.timedelta(days=days), now=timezone.now(), on=on,
        )  # fmt: skip
    assert refusal.value.field == field


def test_how_long_a_key_lasts_is_a_setting(make_user: Any, settings: Any) -> None:
    settings.API_KEY_DAYS = 5
    on = timezone.localdate()
    with pytest.raises(Refused):
        issue_key(
            actor=TESTS, user=make_user("somebody"), label="测试", may=["cases:read"],
            valid_to=on + dt.timedelta(days=6), now=timezone.now(), on=on,
        )  # fmt: skip
