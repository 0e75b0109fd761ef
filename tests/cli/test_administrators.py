"""``setup --admin``: how a zone without demo gets its first administrator."""

import pytest

from tests.cli.conftest import Command
from tests.cli.zones import Zone

PASSWORD = "right-password-9"


def test_the_first_administrator_is_created_with_the_log_telling_it(
    command: Command, zone: Zone
) -> None:
    environment = {**zone.environment, "OPENZONE_ADMIN_PASSWORD": PASSWORD}
    answer = command("setup", "--admin", "wang", **environment)
    assert (answer.code, answer.out) == (0, "")
    assert "Administrator “wang” is created" in answer.err
    assert zone.one("SELECT role FROM people_membership") == "admin"
    assert zone.one("SELECT count(*) FROM audit_event WHERE action LIKE 'people.%'") == 3
    assert PASSWORD not in zone.one("SELECT password FROM people_user")


@pytest.mark.parametrize(
    ("name", "password", "reason"),
    [
        ("wang", "", "OPENZONE_ADMIN_PASSWORD"),
        ("wang", "123", "password"),
        ("wang li", PASSWORD, "username"),
    ],
)
def test_what_will_not_do_is_refused_and_nobody_is_created(
    command: Command, zone: Zone, name: str, password: str, reason: str
) -> None:
    environment = {**zone.environment, "OPENZONE_ADMIN_PASSWORD": password}
    answer = command("setup", "--admin", name, **environment)
    assert answer.code == 2
    assert reason in answer.err
    assert "Traceback" not in answer.err
    assert zone.one("SELECT count(*) FROM people_user") == 0
    assert zone.one("SELECT count(*) FROM people_unit") == 0


def test_the_same_account_twice_is_refused(command: Command, zone: Zone) -> None:
    environment = {**zone.environment, "OPENZONE_ADMIN_PASSWORD": PASSWORD}
    assert command("setup", "--admin", "wang", **environment).code == 0
    assert command("setup", "--admin", "wang", **environment).code == 2
    assert zone.one("SELECT count(*) FROM people_user") == 1
