"""Nonsense in addresses and forms ends in a clear page, never in a broken one."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client

from openzone.zone.audit.models import Event
from openzone.zone.people.models import User
from openzone.zone.registry.models import ImportBatch
from tests.www.conftest import Zone
from tests.www.pages import ADDRESSES, VISITORS, Address

pytestmark = pytest.mark.django_db

NONSENSE = (
    "",
    "\x00",
    "'--",
    "9" * 30,
    "-1",
    "ЖЖ🀄",
    "a" * 5_000,
    "%",
    "<script>alert(1)</script>",
    "0001-01-01",
    "9999-12-31",
)
PARAMETERS = {
    "enterprises": ("q", "place", "industry", "has_code", "missing", "sort", "page", "as_of"),
    "enterprises_suggest": ("q",),
    "enterprise": ("as_of",),
    "enterprise_merge": ("q", "other"),
    "rule": ("standing", "page", "as_of"),
    "import": ("rows", "page"),
    "audit": ("who", "action", "subject", "first", "last", "page"),
    "people": ("page",),
}
# What each database cannot take, and what none of our pages should: as a word, as a number or day.
HARD_WORDS = {"sqlite": ("9" * 30, "'--"), "postgresql": ("a" * 5_000, '"\\0"')}
HARD_NUMBERS = {
    "sqlite": ("-1", "9999-12-31"),  # nor a whole number above 64 bits
    "postgresql": ("9" * 12, "0001-01-01"),  # nor a length over its own
}
HARD = {name: HARD_WORDS[name] + HARD_NUMBERS[name] for name in HARD_WORDS}
ELSEWHERE = ("reason", "value", "known_on", "as_of", "other", "next", "username")
BAD, REFUSED = 400, 403
FORMS = [one for one in ADDRESSES if one.method == "POST" and min(one.expected) < REFUSED]


def words(address: Address) -> list[object]:
    """What an address says beside the numbers of records: the step, the name of a fact."""
    return [value for value in address.kwargs.values() if "{" not in str(value)]


def is_sent_well_too(address: Address) -> bool:
    """Say whether a row of bad input has another beside it where the form does its work.

    Nonsense in the same fields of that one gets at least as far.
    """
    return min(address.expected) >= BAD and any(
        one.name == address.name
        and words(one) == words(address)
        and one.data.keys() >= address.data.keys()
        and min(one.expected) < BAD
        for one in FORMS
    )


@pytest.fixture
def client(people: dict[str, User | None], visit: Callable[[User | None], Client]) -> Client:
    return visit(people["admin"])


def address_of(name: str, zone: Zone) -> str:
    found = next(one for one in ADDRESSES if (one.name, one.method) == (name, "GET"))
    return found.path(zone.numbers).partition("?")[0]


@pytest.mark.parametrize(
    ("name", "parameter"),
    [(name, parameter) for name, several in PARAMETERS.items() for parameter in several],
)
def test_nonsense_in_an_address_is_answered(
    client: Client, zone: Zone, name: str, parameter: str
) -> None:
    for nonsense in NONSENSE:
        response = client.get(address_of(name, zone), {parameter: nonsense})
        assert response.status_code in (200, 400, 404), nonsense
        assert "<script>alert(1)" not in response.content.decode()


@pytest.mark.parametrize("address", [one for one in FORMS if not is_sent_well_too(one)], ids=str)
def test_nonsense_in_any_field_of_a_form_is_answered(
    people: dict[str, User | None],
    visit: Callable[[User | None], Client],
    zone: Zone,
    address: Address,
) -> None:
    client = visit(people[VISITORS[address.expected.index(min(address.expected))]])
    path = address.path(zone.numbers)
    sent = {name: value.format(**zone.numbers) for name, value in address.data.items()}
    unasked = [name for name in ELSEWHERE if name not in sent]
    nonsense = [(name, hard) for name in sent for hard in hard_for(address.data[name])]
    nonsense += [("", hard) for hard in hard_for("{}")]
    for name, hard in nonsense:
        data = sent | ({name: hard} if name else dict.fromkeys(unasked, hard))
        assert status_of(client, path, data) < 500, (name, hard)
    assert status_of(client, path, sent | {"reason": "\x00"}) == 400


def hard_for(sent_well: str) -> tuple[str, ...]:
    """Return what to put in place of a value; one without a digit is no number, record or day."""
    may_count = re.search(r"[\d{]", sent_well)
    return (HARD if may_count else HARD_WORDS)[connection.vendor]


def status_of(client: Client, path: str, data: dict[str, Any]) -> int:
    """Send a form and take back what it did, so that the next one is not too late."""
    with transaction.atomic():
        status: int = client.post(path, data).status_code
        transaction.set_rollback(True)
    return status


def test_a_form_with_too_many_fields_is_refused(client: Client) -> None:
    fields = {f"column-{number}": "x" for number in range(3_000)}
    response = client.post("/enterprises/export/", fields)
    assert response.status_code == 400
    assert not Event.objects.filter(action="registry.exported").exists()


@pytest.mark.parametrize("day", ["0001-01-01", "1000-01-01", "9999-12-31", "tomorrow"])
@pytest.mark.parametrize("field", ["as_of", "known_on"])
def test_a_day_no_record_covers_is_refused_at_its_field(
    client: Client, field: str, day: str
) -> None:
    before = ImportBatch.objects.count()
    file = SimpleUploadedFile("表.csv", "企业名称\n示例甲有限公司\n".encode())
    form = {"as_of": "2026-11-20", "file": file} | {field: day}
    response = client.post("/imports/", form)
    assert response.status_code == 400
    assert response.context["form"].errors.keys() == {field}
    assert ImportBatch.objects.count() == before
