"""Programs read boards, set targets, and keep the papers of a meeting."""

from collections.abc import Callable

import pytest

from openzone.zone.indicators.models import Entity
from openzone.zone.people.enums import Role
from openzone.zone.people.models import Unit, User
from tests.factories import TESTS
from tests.www.api.conftest import Program, done, refused
from tests.zone.indicators.figures_world import recorded, row, zone

pytestmark = pytest.mark.django_db
ON = "2026-06-30"


@pytest.fixture
def here(db: None, make_user: Callable[..., User], office: Unit) -> Entity:
    made = zone(TESTS)
    peer = zone(TESTS, "甲区", "peer")
    park = zone(TESTS, "东园", "park", parent=made)
    recorded(TESTS, [
        row(made, "2026年1-6月", "157.6亿元", "到位资金"),
        row(peer, "2026年1-6月", "90亿元", "到位资金"),
        row(park, "2026年1-6月", "45亿元", "营业收入"),
        row(park, "2026年6月末", "1500亩", "用地面积"),
    ], make_user("approver", Role.LEADER, office))  # fmt: skip
    return made


@pytest.fixture
def chief(
    office: Unit, make_user: Callable[..., User], program_of: Callable[..., Program]
) -> Program:
    return program_of(make_user("chief", Role.STATISTICS, office))


@pytest.fixture
def clerk(
    office: Unit, make_user: Callable[..., User], program_of: Callable[..., Program]
) -> Program:
    return program_of(make_user("clerk", Role.HANDLER, office))


def test_a_target_and_its_gap(here: Entity, chief: Program, clerk: Program) -> None:
    body = {"indicator": "到位资金", "entity": here.pk, "amount": "284亿元", "first_year": 2026,
            "last_year": 2026, "document": "年度任务"}  # fmt: skip
    refused(clerk.post("/figures/boards/figure-targets", body), 403)
    made = done(chief.post("/figures/boards/figure-targets", body), 201)
    assert made["amount"] == "28400000000"
    [line] = done(clerk.get("/figures/boards/targets", on=ON))
    assert (line["completion"], line["light"]) == ("55.49", "on_time")
    assert line["gap"] == "5.49"
    again = body | {"amount": "300亿元"}
    refused(chief.post("/figures/boards/figure-targets", again), 422)
    later = done(chief.post("/figures/boards/figure-targets", again | {"reason": "中期调整"}), 201)
    assert later["replaces"] == made["id"]
    gone = f"/figures/boards/figure-targets/{later['id']}/withdraw"
    assert done(chief.post(gone, {"reason": "取消"}))["withdrawn"] is True
    assert done(clerk.get("/figures/boards/figure-targets")) == []


def test_today_peers_and_parks(here: Entity, clerk: Program) -> None:
    [line] = done(clerk.get("/figures/boards/today", on=ON))
    assert (line["indicator"], line["light"]) == ("funds_in_place", "no_target")
    table = done(clerk.get("/figures/boards/peers/funds_in_place", on=ON))
    assert [(one["name"], one["place"]) for one in table["lines"]] == [(here.name, 1), ("甲区", 2)]
    found = {
        one["measure"]: one["cells"][0] for one in done(clerk.get("/figures/boards/parks", on=ON))
    }
    assert found["revenue_per_mu"]["value"] == "300.00"
    assert found["tax"]["of"] == "missing"
    assert done(clerk.get("/figures/boards/chains", on=ON)) == []
    refused(clerk.get("/figures/boards/today", on="1066-10-14"), 422)
    refused(clerk.get("/figures/boards/today", zone=999_999), 422)


def test_the_papers_of_a_meeting_are_kept(here: Entity, clerk: Program) -> None:
    body = {"title": "分析会", "period": "2026年上半年", "indicators": ["到位资金"], "on": ON}
    made = done(clerk.post("/figures/boards/packs", body), 201)
    [number] = [one for one in made["content"]["numbers"] if one["key"] == "money.funds"]
    assert number["shown"]["zh"] == "157.6亿元"
    assert done(clerk.get(f"/figures/boards/packs/{made['id']}"))["sha256"] == made["sha256"]
    assert done(clerk.get("/figures/boards/packs"))[0]["id"] == made["id"]
    states = {
        one["state"] for one in done(clerk.get(f"/figures/boards/packs/{made['id']}/compare"))
    }
    assert states == {"same"}
    refused(clerk.post("/figures/boards/packs", body | {"period": "2026年6月"}), 422)
