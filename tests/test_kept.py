"""Records that several tests begin with: made once, and yet each test finds them untouched."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

import pytest
from django.test import Client

from openzone.zone.audit.actors import Actor
from openzone.zone.people.enums import UnitKind
from openzone.zone.people.models import Unit, User
from openzone.zone.people.services import create_unit
from tests.plugins.copies import UncopyableError, copied


class Room(NamedTuple):
    """A unit, and its number and people beside it."""

    unit: Unit
    seen: list[Unit]


@dataclass
class Desk:
    """An object of a test's own."""

    unit: Unit
    notes: dict[str, list[int]] = field(default_factory=dict)


def standing(request: pytest.FixtureRequest) -> list[str]:
    """The fixtures whose records stand below the transaction of the test."""
    kept: Any = request.config.pluginmanager.get_plugin("kept")
    return [level.fixture.argname for level in kept.levels]


@pytest.fixture
def room(committee: Unit, actor: Actor) -> Room:
    unit = create_unit(
        actor=actor, code="room", name="示例科室", kind=UnitKind.DEPARTMENT, parent=committee
    )
    return Room(unit, [unit])


@pytest.fixture
def name_of(room: Room) -> Callable[[], str]:
    return lambda: room.unit.name


@pytest.fixture
def counted(room: Room, actor: Actor) -> Callable[[], int]:
    """Writes, and remembers: nobody else may have it."""
    create_unit(actor=actor, code="more", name="示例另一科室", kind=UnitKind.DEPARTMENT)
    calls: list[int] = []

    def count() -> int:
        calls.append(1)
        return len(calls)

    return count


@pytest.mark.parametrize("turn", ["first", "second", "third"])
def test_each_test_finds_the_records_as_they_were_made(
    room: Room, name_of: Callable[[], str], turn: str, request: pytest.FixtureRequest
) -> None:
    assert ("room" in standing(request)) is not request.config.getoption("--fresh")
    assert (room.unit.name, name_of(), len(room.seen)) == ("示例科室", "示例科室", 1)
    assert Unit.objects.get(code="room").name == "示例科室"
    assert room.seen[0] is room.unit
    room.unit.name = room.unit.parent.name = f"示例改名 {turn}"
    room.unit.save()
    room.seen.clear()
    assert name_of() == Unit.objects.get(code="room").name == f"示例改名 {turn}"


@pytest.mark.parametrize("turn", ["first", "second"])
def test_a_test_has_no_record_it_did_not_ask_for(committee: Unit, turn: str) -> None:
    assert list(Unit.objects.values_list("code", flat=True)) == ["committee"]


@pytest.mark.parametrize("turn", ["first", "second"])
def test_what_remembers_is_made_for_each_test(
    counted: Callable[[], int], turn: str, request: pytest.FixtureRequest
) -> None:
    assert counted() == 1
    assert "counted" not in standing(request)
    assert Unit.objects.filter(code="more").count() == 1


@pytest.mark.fresh
def test_a_fresh_test_shares_nothing(room: Room, request: pytest.FixtureRequest) -> None:
    assert standing(request) == []
    assert Unit.objects.filter(code="room").exists()


def test_without_a_transaction_nothing_stands(
    transactional_db: None, request: pytest.FixtureRequest
) -> None:
    assert standing(request) == []
    assert not Unit.objects.exists()


def test_a_copy_keeps_what_is_one_and_shares_nothing_that_changes() -> None:
    unit = Unit(code="a", name="示例")
    child = Unit(code="b", name="示例下级", parent=unit)
    desk = Desk(child, {"x": [1]})
    new_desk, new_unit, day = copied([desk, unit, (dt.date(2026, 1, 1), Decimal(1))])
    assert new_desk.unit.parent is new_unit is not unit
    assert new_desk.unit._state is not child._state
    new_desk.notes["x"].append(2)
    assert desk.notes == {"x": [1]}
    assert day == (dt.date(2026, 1, 1), Decimal(1))


def test_a_copy_of_a_client_has_cookies_of_its_own() -> None:
    client = Client(headers={"Accept": "text/html"})
    client.cookies["sessionid"] = "one"
    copy = copied(client)
    copy.cookies["sessionid"] = "two"
    assert client.cookies["sessionid"].value == "one"
    assert copy.defaults == client.defaults


@pytest.mark.parametrize("value", [lambda: User, (n for n in ()), object()], ids=["f", "g", "o"])
def test_what_is_not_known_to_be_copied_whole_is_refused(value: object) -> None:
    shown = value

    def remembers() -> object:
        return shown

    with pytest.raises(UncopyableError):
        copied([remembers if callable(value) else value])
