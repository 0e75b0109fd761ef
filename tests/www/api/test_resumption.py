"""Programs of a firm, of the grid company and of the zone: seasons, reports, electricity."""

from collections.abc import Callable

import pytest
from django.utils import timezone

from openzone.zone.people.enums import Role
from openzone.zone.people.models import Unit, User
from tests.factories import TESTS
from tests.www.api.conftest import Program, done, refused
from tests.zone.resumption.scene import Scene, scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(db: None) -> Scene:
    return scene(TESTS, timezone.localtime())


@pytest.fixture
def worker(
    office: Unit, make_user: Callable[..., User], program_of: Callable[..., Program]
) -> Program:
    return program_of(make_user("worker", Role.HANDLER, office))


def test_a_firm_reports_and_the_zone_reads_both_rates(
    at: Scene, worker: Program, program_of: Callable[..., Program]
) -> None:
    firm, today = program_of(at.speaks), str(timezone.localdate())
    (own,) = done(firm.get("/resumption/mine"))
    said = {"on": today, "resumed": "yes", "staff": 95, "staff_normal": 100, "capacity": "80",
            "blocker": "gas", "text": "供气不足"}  # fmt: skip
    made = done(firm.post(f"/resumption/members/{own['id']}/reports", said), 201)
    assert made["side"] == "self"
    refused(firm.post(f"/resumption/members/{at.idle.pk}/reports", said), 404)
    refused(firm.post(f"/resumption/members/{own['id']}/reports", {**said, "on": "2030-01-01"}),
            422)  # fmt: skip
    body = {"on": today, "kwh": "40", "base": "31000", "source": "示例供电公司"}
    refused(firm.post(f"/resumption/members/{own['id']}/power", body), 403)
    done(worker.post(f"/resumption/members/{own['id']}/power", body), 201)
    day = done(worker.get(f"/resumption/seasons/{at.season.pk}/day"))
    total = {one["measure"]: one for one in day["rates"] if not one["klass"]}
    assert total["resumed"]["yes"] == [own["id"]]
    assert total["power_resumed"]["no"] == [own["id"]]
    assert [one["kind"] for one in day["doubts"]] == ["idle"]
    assert done(firm.get(f"/resumption/members/{own['id']}/reports"))[0]["id"] == made["id"]


def test_the_zone_keeps_a_season(at: Scene, worker: Program) -> None:
    pk, today = at.season.pk, str(timezone.localdate())
    body = {"title": "示例灾后恢复", "kind": "disaster", "first_on": "2026-08-01",
            "last_on": "2026-08-20", "base_month": "2026-07-01"}  # fmt: skip
    other = done(worker.post("/resumption", body), 201)
    assert [one["id"] for one in done(worker.get("/resumption"))] == [pk, other["id"]]
    refused(worker.post(f"/resumption/seasons/{pk}/members", {
        "named": "无此企业", "klass": "key", "first_on": today, "because": "x"}), 422)  # fmt: skip
    place = {"named": at.works.name, "klass": "above_scale", "first_on": today, "because": "名单"}
    done(worker.post(f"/resumption/seasons/{pk}/members", place), 201)
    one = f"/resumption/members/{at.works.pk}"
    done(worker.post(f"{one}/inspections", {
        "on": today, "resumed": "no", "found": "停产", "visitors": "网格员"}), 201)  # fmt: skip
    done(worker.post(f"{one}/unplanned", {"on": today, "reason": "技改"}))
    gone = done(worker.post(f"{one}/withdraw", {"klass": "key", "last_on": today, "reason": "迁"}))
    assert [place["last_on"] for place in gone["places"]] == [today, None]
    assert done(worker.get(one))["unplanned_because"] == "技改"
    assert len(done(worker.get(f"/resumption/seasons/{pk}/members"))["items"]) == 3
    assert done(worker.post(f"/resumption/seasons/{pk}/remind"))["reminded"] == 2
    done(worker.post(f"{one}/reports", {
        "on": today, "resumed": "no", "blocker": "water", "text": "停水"}), 201)  # fmt: skip
    (blocker,) = done(worker.get(f"/resumption/seasons/{pk}/blockers"))
    raised = done(worker.post(f"/resumption/blockers/{blocker['id']}/raise", {}))
    assert raised["case"]
    refused(worker.post(f"/resumption/blockers/{blocker['id']}/end", {"ending": "x"}), 409)
    assert len(done(worker.get(f"/resumption/seasons/{pk}/trend"))) == 11 * 7 * 2 + 7
    done(worker.post(f"/resumption/seasons/{pk}/close", {"reason": "全面复工"}))
    refused(worker.post(f"{one}/reports", {"on": today, "resumed": "yes"}), 409)


def test_a_stranger_learns_nothing(at: Scene, stranger: Program) -> None:
    refused(stranger.get("/resumption"), 403, "示例")
    refused(stranger.get("/resumption/mine"), 403, "示例")
    refused(stranger.get(f"/resumption/members/{at.works.pk}"), 404, "示例开工")
