"""Programs of two firms and of the zone: published, matched, invited, answered, dealt."""

from collections.abc import Callable

import pytest
from django.utils import timezone

from openzone.zone.people.enums import Role
from openzone.zone.people.models import Unit, User
from tests.factories import TESTS
from tests.www.api.conftest import Program, done, refused
from tests.zone.supply.market import Market, market

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(db: None) -> Market:
    return market(TESTS, timezone.now())


@pytest.fixture
def worker(
    office: Unit, make_user: Callable[..., User], program_of: Callable[..., Program]
) -> Program:
    return program_of(make_user("worker", Role.HANDLER, office))


def test_two_firms_come_to_a_deal(at: Market, program_of: Callable[..., Program]) -> None:
    buyer, seller = program_of(at.buys), program_of(at.sells)
    today = str(timezone.localdate())
    (pair,) = done(buyer.get(f"/supply/entries/{at.need.pk}/partners"))
    assert pair["partner"]["id"] == at.offer.pk
    assert pair["partner"]["phone"] is None
    sent = done(
        buyer.post(f"/supply/entries/{at.need.pk}/invitations", {"partner": at.offer.pk}), 201
    )
    refused(buyer.post(f"/supply/invitations/{sent['id']}/accept"), 403)
    done(seller.post(f"/supply/invitations/{sent['id']}/accept"))
    assert done(buyer.get(f"/supply/entries/{at.offer.pk}"))["phone"] == "13800000002"
    body = {"on": today, "amount": "88000"}
    dealt = done(buyer.post(f"/supply/invitations/{sent['id']}/deal", body))
    assert [one["state"] for one in dealt["steps"]] == ["sent", "accepted", "deal"]
    refused(seller.post(f"/supply/invitations/{sent['id']}/none", {"on": today, "reason": "x"}),
            409)  # fmt: skip
    assert [one["id"] for one in done(buyer.get("/supply", mine=True))["items"]] == [at.need.pk]


def test_the_zone_publishes_plans_and_counts(at: Market, worker: Program, office: Unit) -> None:
    made = done(
        worker.post(f"/supply/enterprises/{at.other.pk}/need", {"kind": "labour", "title": "焊工"}),
        201,
    )
    changed = done(worker.post(f"/supply/entries/{made['id']}/change",
                               {"kind": "labour", "title": "高级焊工"}))  # fmt: skip
    assert changed["title"] == "高级焊工"
    done(worker.post(f"/supply/entries/{made['id']}/close", {"reason": "已招满"}))
    event = done(
        worker.post(
            "/supply/events", {"title": "示例对接会", "on": "2030-01-04", "unit": office.code}
        ),
        201,
    )
    assert event["pairs"] == [[at.need.pk, at.offer.pk]]
    refused(worker.post(f"/supply/events/{event['id']}/invitations", {"pairs": [[1, 2]]}), 422)
    sent = done(worker.post(f"/supply/events/{event['id']}/invitations",
                            {"pairs": event["pairs"]}))  # fmt: skip
    assert sent["pairs"] == []
    today = timezone.localdate()
    figures = done(worker.get("/supply/statistics", first=str(today), last=str(today)))
    assert (figures["needs"], figures["states"]["sent"]) == (2, 1)
    assert len(done(worker.get("/supply/invitations", state="sent"))) == 1


def test_a_stranger_learns_nothing(at: Market, stranger: Program, worker: Program) -> None:
    refused(stranger.get("/supply"), 403, "示例")
    refused(stranger.get(f"/supply/entries/{at.need.pk}"), 403, "电池壳体")
    assert done(worker.get(f"/supply/entries/{at.need.pk}"))["contact"] is None
