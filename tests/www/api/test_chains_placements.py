"""Programs place firms, decide proposals, name roles and record figures, as people do."""

from collections.abc import Callable

import pytest

from openzone.zone.jobs.worker import run_next
from openzone.zone.people.enums import Role
from openzone.zone.people.models import Unit, User
from tests.www.api.conftest import Program, done, refused
from tests.zone.chains import reviewed as r

pytestmark = pytest.mark.django_db
CELL = {"chain": r.BATTERY, "node": "cell", "share": "1"}
DAY = "2026-03-02"


@pytest.fixture
def worker(
    office: Unit, make_user: Callable[..., User], program_of: Callable[..., Program]
) -> Program:
    return program_of(make_user("worker", Role.HANDLER, office))


def test_a_firm_is_placed_put_right_ended_and_undone(worker: Program, stranger: Program) -> None:
    at = f"/chains/firms/{r.firm().pk}"
    said = {"parts": [CELL], "valid_from": DAY, "source": "示例年报", "seen": 0}
    placed = done(worker.post(f"{at}/place", said))
    assert [(one["node"], one["source"]) for one in placed["standing"]] == [("cell", "示例年报")]
    slower = refused(worker.post(f"{at}/place", {**said, "valid_from": "2026-03-03"}), 409)
    assert "已由" in slower["zh"]
    part = {**said, "seen": None, "parts": [{**CELL, "share": "0.5"}]}
    assert "合计应为1" in refused(worker.post(f"{at}/place", part), 422)["zh"]
    half = [{**CELL, "share": "0.5"}, {**CELL, "node": "pack", "share": "0.5"}]
    right = {"parts": half, "on": DAY, "reason": "两个产品"}
    assert len(done(worker.post(f"{at}/correct", right))["standing"]) == 2
    done(worker.post(f"{at}/end", {"on": DAY, "reason": "登错"}))
    last = done(worker.get(at))["changes"][0]
    assert last["kind"] == "ended"
    back = done(worker.post(f"/chains/changes/{last['id']}/undo", {"reason": "没有迁出"}))
    assert {one["node"] for one in back["standing"]} == {"cell", "pack"}
    assert len(done(worker.get("/chains/placements", chain=r.BATTERY))["items"]) == 2
    refused(stranger.get(at), 403)
    refused(stranger.post(f"{at}/place", said), 403)


def test_proposals_are_read_for_confirmed_rejected_and_reopened(
    worker: Program, make_user: Callable[..., User]
) -> None:
    r.firm(products="动力电池")
    run = done(worker.post("/chains/readings", {"chains": [r.BATTERY]}), 201)
    assert run_next("tests")
    found = done(worker.get(f"/chains/readings/{run['id']}"))
    assert found["results"][r.BATTERY]["proposed"] == 1
    (one,) = done(worker.get("/chains/proposals"))["items"]
    at = f"/chains/proposals/{one['id']}"
    assert done(worker.post(f"{at}/confirm", {"parts": [CELL]}))["state"] == "confirmed"
    assert "已由" in refused(worker.post(f"{at}/reject", {}), 409)["zh"]
    assert done(worker.post(f"{at}/reopen", {}))["state"] == "waiting"
    assert done(worker.post(f"{at}/reject", {"reason": "贸易"}))["reason"] == "贸易"
    assert done(worker.get("/chains/proposals"))["items"] == []
    assert "moon" in refused(worker.get("/chains/proposals", state="moon"), 422)["zh"]


def test_a_leader_is_named_supported_and_ended(worker: Program) -> None:
    first, second = r.firm("示例链主有限公司"), r.firm("示例链辅有限公司")
    paper = {"document_no": "示例〔2026〕1号", "document": "示例名单", "issued_by": "示例局"}
    said = {"chain": r.BATTERY, "enterprise": first.name, "valid_from": DAY}
    leader = done(worker.post("/chains/roles/leader", {**said, **paper}), 201)
    helper = {**said, "enterprise": second.name, "leader": first.name}
    done(worker.post("/chains/roles/supporting", helper), 201)
    assert [one["kind"] for one in done(worker.get("/chains/roles"))] == ["leader", "supporting"]
    nobody = {"lead": "没有", "on": DAY, "how": "推荐"}
    answer = refused(worker.post(f"/chains/roles/{leader['id']}/brought", nobody), 422)
    assert answer["field"] == "lead"
    ended = done(
        worker.post(f"/chains/roles/{leader['id']}/end", {"on": "2026-06-01", "reason": "调整"})
    )
    assert ended["valid_to"] == "2026-06-01"
    done(worker.post(f"/chains/roles/{ended['id']}/withdraw", {"reason": "登错"}))


def test_figures_are_recorded_superseded_and_taken_back(worker: Program) -> None:
    said = {
        "chain": r.BATTERY,
        "node": "cell",
        "kind": "capacity",
        "value": "60",
        "unit": "GWh/年",
        "period": "2025",
        "source": "示例年报",
        "published_on": DAY,
        "qualifier": "超",
    }
    first = done(worker.post("/chains/figures", said), 201)
    assert (first["unit"], first["qualifier"]) == ("gwh_year", "over")
    done(worker.post("/chains/figures", {**said, "value": "30", "source": "另一报道"}), 201)
    (line,) = done(worker.get("/chains/figures", chain=r.BATTERY))
    assert line["contradicts"] == [first["id"]]
    later = {
        "value": "65",
        "unit": "GWh/年",
        "source": "更正",
        "published_on": "2026-06-01",
        "reason": "年报更正",
    }
    new = done(worker.post(f"/chains/figures/{first['id']}/supersede", later))
    done(worker.post(f"/chains/figures/{new['id']}/withdraw", {"reason": "抄错"}))
    wrong = refused(worker.post("/chains/figures", {**said, "unit": "亿元"}), 422)
    assert wrong["field"] == "unit"
