"""Programs ask whom to invite, make leads and trips of it, and bring lists in."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from openzone.zone.people.enums import Role
from openzone.zone.people.models import Unit, User
from openzone.zone.promotion.services.trips import open_team
from tests.factories import TESTS
from tests.www.api.conftest import Program, done, file_of, refused
from tests.zone.chains import inviting

pytestmark = pytest.mark.django_db
AT = f"/chains/{inviting.CHAIN}/invite"
ROWS = inviting.ROWS.replace("2026-06-01", "2026-01-05")


@pytest.fixture
def worker(office: Unit, make_user: Callable[..., User], program_of: Any) -> Program:
    user = make_user("worker", Role.HANDLER, office)
    inviting.zone(TESTS, user)
    return program_of(user)


def test_a_list_is_checked_entered_ranked_and_made_leads_and_trips(
    worker: Program, office: Unit
) -> None:
    today = timezone.localdate()
    sent = {
        "name": "示例名录", "source": "示例协会", "as_of": str(today),
        "file": file_of("名录.csv", (inviting.HEADER + ROWS).encode()),
    }  # fmt: skip
    listed = done(worker.post("/chains/candidates", sent), 201)
    assert (listed["rows"], listed["problems"], listed["state"]) == (3, [], "checked")
    done(worker.post(f"/chains/candidates/{listed['id']}/apply"))
    assert done(worker.get("/chains/candidates"))[0]["state"] == "applied"

    ranked = done(worker.get(AT, node="cathode", source="list"))
    (first,) = ranked["candidates"]
    assert first["score"] == pytest.approx(sum(one["adds"] for one in first["terms"]))
    assert "distance" in first["unknown"]
    assert ranked["verified"] == "K"
    cities = {one["city"]: one for one in done(worker.get(f"{AT}/cities"))}
    assert cities["常州"]["nodes"]["cathode"] == 1

    body = {name: first[name] for name in ("source", "id", "node")} | {"unit": office.code}
    lead = done(worker.post(f"{AT}/leads", body), 201)
    assert lead["gap"] == "正极材料"
    again = refused(worker.post(f"{AT}/leads", body), 409)
    assert lead["number"] in again["zh"]

    team = open_team(actor=TESTS, name="示例小分队", unit=office)
    trip = done(worker.post(f"{AT}/trips", {
        "cities": "宁波、苏州", "begins": "2027-01-04", "team": team.pk, "title": "赴长三角",
        "channel": "visit", "leader": "worker",
    }), 201)  # fmt: skip
    assert trip["cities"] == ["宁波", "苏州"]


def test_a_stranger_learns_nothing(stranger: Program, worker: Program) -> None:
    refused(stranger.get(AT), 403, "示例")
    refused(stranger.get("/chains/candidates"), 403)
    refused(worker.get("/chains/nothing/invite"), 404)
