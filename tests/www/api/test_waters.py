"""Programs of two sides: each enters its own figures, sees the other's once both have locked."""

from collections.abc import Callable

import pytest
from django.utils import timezone

from openzone.engines.water.quarters import quarter_of
from openzone.zone.people.models import Unit, User
from openzone.zone.waters.models import Campaign
from tests.factories import TESTS
from tests.www.addresses.waters import _campaigns
from tests.www.api.conftest import Program, done, refused
from tests.zone.waters.river import FULL, River, planned, river

pytestmark = pytest.mark.django_db
Programs = Callable[..., Program]


@pytest.fixture
def at(office: Unit) -> River:
    return river(TESTS, office, now=timezone.now())


@pytest.fixture
def opened(at: River) -> Campaign:
    found = _campaigns(at, timezone.now())[1]
    assert isinstance(found, Campaign)
    return found


def test_two_programs_lock_and_approve(at: River, opened: Campaign, program_of: Programs) -> None:
    ours, theirs = program_of(at.ours), program_of(at.theirs)
    row, today = planned(opened).pk, str(timezone.localdate())
    body = {"on": today, "laboratory": "示例站", "values": FULL}
    done(ours.post(f"/waters/results/{row}/sample", body))
    bad = ours.post(f"/waters/results/{row}/sample", body | {"values": {"cod": "未检出"}})
    refused(bad, 422)
    seen = done(theirs.post(f"/waters/results/{row}/sample", body))
    assert [one["side"] for one in seen["results"][0]["samples"]] == ["tongnan"]
    assert seen["results"][0]["cell"] is None
    done(ours.post(f"/waters/campaigns/{opened.pk}/lock"))
    seen = done(theirs.post(f"/waters/campaigns/{opened.pk}/lock"))
    assert (seen["revealed"], len(seen["results"][0]["samples"])) == (True, 2)
    assert (seen["results"][0]["level"], seen["results"][0]["cell"]) == ("II", "met")
    for program in (ours, theirs):
        done(program.post(f"/waters/campaigns/{opened.pk}/approve"))
    cells = done(ours.get("/waters/compliance"))
    here = str(quarter_of(timezone.localdate()))
    assert [one["cell"] for one in cells if one["quarter"] == here] == ["met", "unknown"]
    refused(ours.post(f"/waters/results/{row}/sample", body | {"reason": "晚"}), 409)


def test_an_exchange_is_confirmed_by_the_other_side(at: River, program_of: Programs) -> None:
    ours, theirs = program_of(at.ours), program_of(at.theirs)
    today = str(timezone.localdate())
    body = {"one": "office", "other": "tongnan", "water": at.border.water_id, "on": today,
            "term": "data", "title": "示例数据"}  # fmt: skip
    refused(theirs.post("/waters/log/exchange", body), 409)
    sent = done(ours.post("/waters/log/exchange", body), 201)
    refused(ours.post(f"/waters/entries/{sent['id']}/confirm"), 409)
    assert done(theirs.post(f"/waters/entries/{sent['id']}/confirm"))["state"] == "confirmed"
    span = f"first={today}&last={today}"
    counted = done(theirs.get(f"/waters/counters?{span}"))
    assert {one["kind"]: one["count"] for one in counted["kinds"]}["exchange"] == 1
    assert len(done(theirs.get(f"/waters/log/exchange?{span}"))) == 1
    assert done(ours.get("/waters/limits/lake"))[-1]["item"]
    assert len(done(theirs.get("/waters/sections"))) == 2


def test_a_stranger_gets_nothing(
    at: River, opened: Campaign, make_user: Callable[..., User], program_of: Programs
) -> None:
    stranger = program_of(make_user("stranger"))
    for path in ("/waters/sections", "/waters/compliance", f"/waters/campaigns/{opened.pk}"):
        refused(stranger.get(path), 403)
