"""Programs of targets: set, reported, confirmed by another; evaluations; the report."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from openzone.zone.audit.models import Event
from openzone.zone.people.enums import Role
from openzone.zone.people.models import Unit, User
from tests.www.api.conftest import Program, done, file_of, refused

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"


@pytest.fixture
def keeper(handler: Program) -> Program:
    """A program of the service centre."""
    return handler


@pytest.fixture
def worker(
    office: Unit, make_user: Callable[..., User], program_of: Callable[..., Program]
) -> Program:
    return program_of(make_user("worker", Role.HANDLER, office))


@pytest.fixture
def leader_program(
    committee: Unit, make_user: Callable[..., User], program_of: Callable[..., Program]
) -> Program:
    return program_of(make_user("boss", Role.LEADER, committee))


def _target(**more: Any) -> dict[str, Any]:
    year = timezone.localdate().year
    said = {"scope": "zone", "first_year": year, "amount": 284, "document": "示例〔2026〕1号"}
    return {"indicator": "funds_in_place", **said, **more}


def test_a_target_is_set_in_its_unit_changed_and_withdrawn(
    keeper: Program, worker: Program
) -> None:
    made = done(keeper.post("/targets", _target()), 201)
    assert (made["amount"], made["scale"], made["computed"]) == (28_400_000_000, 100_000_000, True)
    assert (made["reached"], made["signal"], made["parts"]) == (0, "far_behind", [])
    refused(worker.post("/targets", _target()), 403)
    refused(keeper.post("/targets", _target()), 422)
    refused(keeper.post("/targets", _target(amount=0)), 422)
    at = f"/targets/{made['id']}"
    change = {"amount": 300, "document": "示例〔2026〕9号", "reason": "年中调整"}
    changed = done(keeper.post(f"{at}/change", change))
    refused(keeper.post(f"{at}/change", {**change, "amount": 310}), 409)
    listed = done(worker.get("/targets"))["items"]
    assert [(one["id"], one["amount"]) for one in listed] == [(changed["id"], 30_000_000_000)]
    assert done(worker.get("/targets/over-half"))["verdict"] is False
    done(keeper.post(f"/targets/{changed['id']}/withdraw", {"reason": "误下达"}))
    assert done(worker.get("/targets"))["items"] == []


def test_what_nobody_can_count_is_reported_and_confirmed_by_another(
    keeper: Program, worker: Program, leader_program: Program, stranger: Program
) -> None:
    made = done(keeper.post("/targets", _target(
        indicator="park_revenue", scope="unit", unit="office", amount=10)), 201)  # fmt: skip
    at, today = f"/targets/{made['id']}", timezone.localdate().isoformat()
    assert (made["reached"], made["signal"]) == (None, "unknown")
    said = {"on": today, "value": 4, "text": "统计报表", "file": file_of("报表.pdf", PDF)}
    found = done(worker.post(f"{at}/completions", said), 201)
    assert (found["value"], found["confirmed"]) == (400_000_000, None)
    answer = f"/targets/completions/{found['id']}/answer"
    refused(worker.post(answer, {"confirmed": True}), 403)
    refused(stranger.get(at), 403, "示例〔2026〕1号")
    assert done(leader_program.post(answer, {"confirmed": True}))["confirmed"] is True
    refused(keeper.post(answer, {"confirmed": False, "remark": "x"}), 409)
    assert done(worker.get(at))["share"] == 0.4


def test_an_evaluation_is_fixed_confirmed_and_objected_to(
    keeper: Program, worker: Program, leader_program: Program, stranger: Program,
    centre: Unit, make_user: Callable[..., User], program_of: Callable[..., Program],
) -> None:  # fmt: skip
    third = program_of(make_user("third", Role.CENTRE, centre))
    done(keeper.post("/targets", _target(
        indicator="signed_projects", scope="person", person="worker", amount=4)), 201)  # fmt: skip
    opened = done(keeper.post("/evaluations", {
        "scheme": "promotion_posts", "title": "示例考核",
        "on": timezone.localdate().isoformat()}), 201)  # fmt: skip
    at = f"/evaluations/{opened['id']}"
    one = done(keeper.post(f"{at}/participants", {"person": "worker", "post": "key"}), 201)
    score = f"/evaluations/scores/{one['id']}"
    assert done(worker.get(score))["fixed"] is False
    refused(keeper.get(score), 409)
    refused(stranger.get(score), 403, "示例考核")
    assert done(keeper.post(f"{score}/look"))["coefficient"] == 1.2
    assert Event.objects.filter(action="performance.scores_read").count() == 1
    refused(worker.post(f"{at}/close"), 403)
    done(keeper.post(f"{at}/close"))
    refused(keeper.post(f"{at}/confirm"), 403)
    done(leader_program.post(f"{at}/return", {"remark": "口径有误"}))
    done(keeper.post(f"{at}/close"))
    confirmed = done(leader_program.post(f"{at}/confirm"))
    days = dt.date.fromisoformat(confirmed["objections_until"]) - timezone.localdate()
    assert (confirmed["state"], days.days) == ("confirmed", 5)
    objection = done(worker.post(f"{score}/objections", {"text": "少计一个项目"}), 201)
    reply = f"/evaluations/objections/{objection['id']}/reply"
    refused(keeper.post(reply, {"upheld": False, "text": "已核对"}), 403)
    refused(third.post(reply, {"upheld": True, "text": "已核对"}), 422)
    assert done(third.post(reply, {"upheld": False, "text": "已核对"}))["upheld"] is False
    refused(keeper.post(f"{at}/finish"), 409)
    assert [row["id"] for row in done(worker.get("/evaluations/mine"))] == [one["id"]]
    assert [row["id"] for row in done(worker.get("/evaluations"))] == [opened["id"]]
    assert done(worker.get(at))["seen"][0]["person"]["username"] == "worker"


def test_somebody_is_taken_out_while_scores_are_simulated(keeper: Program, worker: Program) -> None:
    opened = done(keeper.post("/evaluations", {
        "scheme": "promotion_posts", "title": "示例考核", "on": "2026-06-30"}), 201)  # fmt: skip
    at = f"/evaluations/{opened['id']}"
    one = done(keeper.post(f"{at}/participants", {"person": "worker", "post": "ordinary"}), 201)
    assert done(keeper.post(f"{at}/drop", {"participant": one["id"]}))["seen"] == []


def test_the_report_of_a_period_in_sentences(
    keeper: Program, worker: Program, leader_program: Program
) -> None:
    span = {"first": "2026-01-01", "last": "2026-05-31"}
    found = done(leader_program.get("/project-report", **span))
    said = {one["id"]: one for part in found["sections"] for one in part["sentences"]}
    assert said["stages"]["text"]["zh"].startswith("1-5月新开工项目0个、竣工项目0个")
    assert [one["note"] for one in said["sectors"]["numbers"]] == [1, 2, 3, 4, 5]
    refused(worker.get("/project-report", **span), 403)
    refused(leader_program.get("/project-report", first="2026-06-01", last="2026-05-01"), 422)
