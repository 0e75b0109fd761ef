"""A page through programs: brought in, judged, added to, handed on; strangers read nothing."""

import base64
from collections.abc import Callable

import pytest

from openzone.zone.people.enums import Role
from openzone.zone.people.models import Unit, User
from tests.factories import TESTS
from tests.www.api.conftest import Program, done, refused
from tests.zone.readings import newspaper

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker(
    office: Unit, make_user: Callable[..., User], program_of: Callable[..., Program]
) -> Program:
    return program_of(make_user("worker", Role.HANDLER, office))


def test_a_page_is_judged_and_handed_on(worker: Program) -> None:
    page = newspaper.read(TESTS)
    facts = {one["attribute"]: one for one in done(worker.get(f"/readings/{page.pk}/facts"))}
    output = facts["industrial_output"]
    assert (output["verdict"], output["state"], output["seen"]) == ("new", "open", 0)
    at = f"/readings/facts/{output['id']}"
    fixed = done(worker.post(f"{at}/correct/period", {"after": "2026-06", "seen": 0}))
    assert fixed["period"] == "2026-06"
    refused(worker.post(f"{at}/accept", {"seen": 0}), 409)
    assert done(worker.post(f"{at}/accept", {"seen": fixed["seen"]}))["state"] == "accepted"
    said = done(worker.get(f"{at}/judgements"))
    assert [one["said"] for one in said] == ["change", "accept"]
    assert done(worker.post(f"/readings/{page.pk}/undo"))["state"] == "open"
    refused(worker.post(f"{at}/reject", {"reason": ""}), 422)
    refused(worker.post(f"/readings/{page.pk}/beside", {"facts": [output["id"]]}), 409)
    refused(worker.post(f"/readings/{page.pk}/help/0", {"confirmed": True}), 409)
    added = done(
        worker.post(f"/readings/{page.pk}/facts", {
            "quote": "总投资176.3亿元", "kind": "project", "subject": "示例高新区",
            "attribute": "signed_amount", "value": "176.3", "unit": "亿元",
        }), 201,
    )  # fmt: skip
    assert (added["origin"], added["number"]) == ("person", "17630000000.000000")


def test_a_page_is_brought_in_once(worker: Program) -> None:
    content = base64.b64encode(newspaper.TEXT.encode()).decode()
    body = {"file": {"name": "版面.txt", "content": content}, "paper": "示例日报"}
    made = done(worker.post("/readings", body), 201)
    assert (made["state"], made["facts_found"]) == ("waiting", 0)
    refused(worker.post("/readings", body), 422)
    assert [one["id"] for one in done(worker.get("/readings"))["items"]] == [made["id"]]


def test_strangers_and_enterprises_read_nothing(
    make_user: Callable[..., User], program_of: Callable[..., Program]
) -> None:
    page, stranger = newspaper.read(TESTS), program_of(make_user("stranger"))
    for path in ("/readings", f"/readings/{page.pk}/facts", "/readings/statistics"):
        refused(stranger.get(path), 403)
