"""Programs of an enterprise and of the zone: from the request to the permit on the land's day."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, NamedTuple

import pytest
from django.utils import timezone

from openzone.zone.approvals.packs import pack
from openzone.zone.land.models import Parcel
from openzone.zone.people.enums import Role, UnitKind
from openzone.zone.people.models import Unit, User
from openzone.zone.people.services import create_unit
from openzone.zone.projects.services.projects import create_project
from openzone.zone.registry.enums import StaffRole
from openzone.zone.registry.services.enterprises import create_enterprise
from openzone.zone.registry.services.people import add_staff
from tests.factories import TESTS
from tests.www.api.conftest import LONG_AGO, Program, done, file_of, refused

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"
FILE = file_of("示例.pdf", PDF)


class Case(NamedTuple):
    """A project and its parcel, and who acts through a program."""

    project: int
    parcel: int
    firm: Program
    planner: Program
    centre: Program


@pytest.fixture
def case(
    centre: Unit, committee: Unit, make_user: Callable[..., User],
    program_of: Callable[..., Program],
) -> Case:  # fmt: skip
    now, today = timezone.now(), timezone.localdate()
    planning = create_unit(
        actor=TESTS, code="planning", name="示例规划局", kind=UnitKind.DEPARTMENT,
        parent=committee,
    )  # fmt: skip
    company = create_enterprise(actor=TESTS, name="示例电池有限公司", synthetic=True)
    investor = make_user("touzifang")
    add_staff(
        actor=TESTS, user=investor, enterprise=company, role=StaffRole.STAFF, valid_from=LONG_AGO
    )
    project = create_project(
        actor=TESTS, name="示例电池工厂", pipeline="six_batches", on=today, now=now,
        enterprise=company, synthetic=True,
    )  # fmt: skip
    parcel = Parcel.objects.create(
        number="示例-01", name="示例一号地", area_m2=Decimal(66_667), use="industrial",
        created_at=now, synthetic=True,
    )  # fmt: skip
    programs = (
        program_of(user)
        for user in (
            investor, make_user("planner", Role.HANDLER, planning),
            make_user("desk", Role.CENTRE, centre),
        )
    )  # fmt: skip
    return Case(project.pk, parcel.pk, *programs)


@pytest.fixture
def track(case: Case) -> dict[str, Any]:
    """A track that was asked for and taken on."""
    made = done(case.firm.post("/approvals/tracks", {
        "project": case.project, "parcel": case.parcel, "path": "four", "applicant": "示例",
        "acknowledged": True}), 201)  # fmt: skip
    assert done(case.centre.post(f"/approvals/tracks/{made['id']}/accept"))["state"] == "running"
    return dict(made)


def papers(*items: str) -> list[dict[str, str]]:
    wanted = [one for one, _ in pack().papers_once(items) if not one.land]
    return [file_of("示例.pdf", PDF, one.id) for one in wanted]


def line(case: Case, track: dict[str, Any], code: str) -> dict[str, Any]:
    found = done(case.firm.get(f"/approvals/tracks/{track['id']}"))
    return next(one for one in found["lines"] if one["code"] == code)


def test_paths_say_what_they_save(case: Case) -> None:
    found = {one["id"]: one for one in done(case.firm.get("/approvals/paths"))}
    assert (found["four"]["serial"], found["four"]["after_land"]) == (56, 4)
    assert found["completion"]["bundles"] == ["completion"]


def test_from_the_request_to_a_permit(case: Case, track: dict[str, Any]) -> None:
    at = f"/approvals/tracks/{track['id']}"
    bundle = pack().path("four").bundle("start").items  # type: ignore[union-attr]
    filing = {"item": "filing", "papers": papers("filing")}
    done(case.firm.post(f"{at}/hand-in", filing), 201)
    made = done(case.firm.post(f"{at}/hand-in", {
        "bundle": "start", "papers": papers(*bundle),
        "answers": {"contact": "示例", "phone": "0", "floor_area": "9"}}), 201)  # fmt: skip
    assert set(made["items"]) == set(bundle)
    land_use = line(case, track, "land_use")
    assert (land_use["state"], land_use["due"][-6:]) == ("open", "+08:00")
    step = done(case.planner.post(f"/approvals/items/{land_use['id']}/review", {"text": "同意"}))
    assert step["until"]
    assert line(case, track, "land_use")["state"] == "blue"
    today = timezone.localdate().isoformat()
    done(case.firm.post(f"{at}/expect", {"on": today}))
    contract = {"contract_no": "1号", "contracted_on": today, "paid_on": today, "file": FILE}
    done(case.centre.post(f"{at}/land", contract), 201)
    why = refused(
        case.planner.post(f"/approvals/items/{land_use['id']}/issue", {"number": "地字1号"}), 409
    )
    assert "先办：企业投资项目备案" in why["zh"]
    filed = line(case, track, "filing")
    desk = case.centre.post(f"/approvals/items/{filed['id']}/issue", {"number": "备1号"})
    assert done(desk)["kind"] == "issued"
    issue = f"/approvals/items/{land_use['id']}/issue"
    assert done(case.planner.post(issue, {"number": "地字1号"}))["kind"] == "issued"
    assert "already done by" in refused(case.planner.post(issue, {"number": "地字1号"}), 409)["en"]
    steps = done(case.firm.get(f"/approvals/items/{land_use['id']}/steps"))
    assert [one["kind"] for one in steps] == ["handed_in", "reviewed", "issued"]
    (first, *_rest) = done(case.centre.get("/approvals/durations"))
    assert (first["item"], first["answers"], first["tracks"]) == ("filing", 1, [track["number"]])


def test_trips_promises_papers_and_sending_back(case: Case, track: dict[str, Any]) -> None:
    at, today = f"/approvals/tracks/{track['id']}", timezone.localdate().isoformat()
    trip = {"matter": "start", "on": today, "reason": "领证"}
    done(case.centre.post(f"{at}/trips", trip), 201)
    refused(case.firm.post(f"{at}/trips", trip), 403)
    assert done(case.firm.get(at))["trips"] == {"start": 1}
    promise = {"what": "paper:wage_account", "until": "2030-01-01"}
    assert done(case.firm.post(f"{at}/promises", promise), 201)["text"]
    assert done(case.firm.post(f"{at}/papers", {"code": "licence", "file": FILE}), 201)["sha256"]
    refused(case.firm.post(f"{at}/hand-in", {"bundle": "start", "item": "plan"}), 422)
    plan = {"item": "plan", "papers": papers("plan")}
    done(case.firm.post(f"{at}/hand-in", plan), 201)
    number = line(case, track, "plan")["id"]
    done(case.planner.post(f"/approvals/items/{number}/back", {"reason": "缺签章"}))
    assert line(case, track, "plan")["due"] is None
    moved = case.centre.post(f"/approvals/items/{number}/assign", {"unit": "centre"})
    assert done(moved)["unit"]["code"] == "centre"


def test_ends_say_why(case: Case, track: dict[str, Any]) -> None:
    at, today = f"/approvals/tracks/{track['id']}", timezone.localdate().isoformat()
    lost = done(case.centre.post(f"{at}/lost", {"on": today, "reason": "他人竞得"}))
    assert (lost["state"], lost["ended_because"]) == ("lapsed", "他人竞得")
    again = {
        "project": case.project, "path": "completion", "applicant": "示例", "acknowledged": True,
    }  # fmt: skip
    second = done(case.firm.post("/approvals/tracks", again), 201)["id"]
    assert refused(case.firm.post("/approvals/tracks", again), 422)["field"] == "path"
    turned = f"/approvals/tracks/{second}/refuse"
    assert done(case.centre.post(turned, {"reason": "未竣工"}))["state"] == "refused"
    third = done(case.firm.post("/approvals/tracks", again), 201)["id"]
    back = case.firm.post(f"/approvals/tracks/{third}/withdraw", {"reason": "改期"})
    assert done(back)["state"] == "withdrawn"
    assert len(done(case.firm.get("/approvals/tracks"))["items"]) == 3
    assert len(done(case.firm.get("/approvals/tracks", state="lapsed"))["items"]) == 1


def test_a_stranger_finds_nothing(case: Case, track: dict[str, Any], stranger: Program) -> None:
    refused(stranger.get(f"/approvals/tracks/{track['id']}"), 404, "示例电池")
    assert done(stranger.get("/approvals/tracks"))["items"] == []
    refused(stranger.get("/approvals/durations"), 403)
    asked = {"project": case.project, "path": "four", "applicant": "他人", "acknowledged": True}
    refused(stranger.post("/approvals/tracks", asked), 404)
