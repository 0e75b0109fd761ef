"""Programs of the bureau that travels: trips, suppliers, terms and negotiations; a stranger's."""

import datetime as dt
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from django.utils import timezone

from openzone.zone.agreements.services.incentives import review
from openzone.zone.people.enums import Role, UnitKind
from openzone.zone.people.models import Unit, User
from openzone.zone.people.services import create_unit
from openzone.zone.projects.services.projects import create_project
from openzone.zone.promotion.models import Investor, TermLine
from openzone.zone.promotion.services import events, negotiations, suppliers, termsheets
from openzone.zone.promotion.services.field_links import firm_named
from openzone.zone.promotion.services.negotiations import Point
from openzone.zone.promotion.services.trips import open_team
from tests.factories import TESTS
from tests.files import PDF
from tests.www.api.conftest import Program, done, refused

pytestmark = pytest.mark.django_db
NOW = timezone.now()


class Bureau(NamedTuple):
    """A unit with its team, its clerk and a colleague, and their programs."""

    unit: Unit
    team: int
    clerk: User
    colleague: User
    program: Program


@pytest.fixture
def bureau(centre: Unit, make_user: Callable[..., User], program_of: Any) -> Bureau:
    unit = create_unit(
        actor=TESTS, code="promotion", name="示例投资促进局", kind=UnitKind.DEPARTMENT,
        parent=centre.parent,
    )  # fmt: skip
    team = open_team(actor=TESTS, name="示例小分队", unit=unit)
    clerk, other = (make_user(name, Role.HANDLER, unit) for name in ("zhaoshang", "tongshi"))
    return Bureau(unit, team.pk, clerk, other, program_of(clerk))


def day(days: int) -> str:
    return (timezone.localdate() + dt.timedelta(days)).isoformat()


def planned(bureau: Bureau) -> Any:
    sent = {
        "team": bureau.team, "title": "赴宁波", "channel": "visit", "purpose": "补链",
        "stops": f"宁波 {day(-9)} {day(-7)}", "leader": "zhaoshang", "gaps": "压铸、线束",
    }  # fmt: skip
    return done(bureau.program.post("/promotion/trips", sent), 201)


def test_a_trip_is_planned_firms_are_met_and_it_is_reported(
    bureau: Bureau, stranger: Program
) -> None:
    trip = planned(bureau)
    assert trip["gaps"] == ["压铸", "线束"]
    path = f"/promotion/trips/{trip['id']}"
    met = {"city": trip["cities"][0]["id"], "on": day(-8), "said": "介绍园区"}
    after = done(bureau.program.post(f"{path}/meetings", met | {"firm": "示例压铸有限公司"}), 201)
    assert [one["investor"]["name"] for one in after["meetings"]] == ["示例压铸有限公司"]
    refused(bureau.program.post(f"{path}/meetings", met | {"firm": "示例压铸有限公司"}), 422)
    assert Investor.objects.count() == 1
    refused(bureau.program.post(f"{path}/meetings", met | {"on": day(-1), "firm": "示例乙厂"}), 422)
    assert Investor.objects.count() == 1
    assert done(bureau.program.post(f"{path}/report", {"report": "一户"}))["state"] == "reported"
    told = refused(bureau.program.post(f"{path}/report", {"report": "又报"}), 409)
    assert "zhaoshang" in told["zh"]
    refused(stranger.get(path), 404, "宁波")
    refused(stranger.get("/promotion/trips"), 403, "宁波")
    period = {"first": day(-30), "last": day(0)}
    found = done(bureau.program.get("/promotion/funnel", **period))
    assert (found["trips"], [one["count"] for one in found["steps"]]) == ([trip["id"]], [1, 0, 0])
    assert found["steps"][0]["rows"][0]["id"] == trip["id"]
    refused(stranger.get("/promotion/funnel", **period), 403)


def test_whether_a_guest_came_is_said_once(bureau: Bureau) -> None:
    on = timezone.localdate() - dt.timedelta(days=3)
    event = events.plan_event(
        actor=TESTS, title="示例推介会", channel="roadshow", begins=on, ends=on, unit=bureau.unit,
        owner=bureau.clerk, now=NOW,
    )  # fmt: skip
    firm = firm_named(actor=TESTS, name="示例乙厂", now=NOW)
    guest = events.invite(actor=TESTS, event=event, investors=[firm], on=on)[0]
    sent = {"attended": True, "said": "有意向"}
    after = done(bureau.program.post(f"/promotion/guests/{guest.pk}", sent))
    assert after["guests"][0]["attended"] is True
    refused(bureau.program.post(f"/promotion/guests/{guest.pk}", sent), 409)
    assert len(done(bureau.program.get("/promotion/events"))["items"]) == 1


def test_a_supplier_is_added_marked_and_made_a_lead(bureau: Bureau, stranger: Program) -> None:
    listing = suppliers.make_list(
        actor=TESTS, leader="示例汽车", source="名录", as_of=timezone.localdate(),
        unit=bureau.unit, now=NOW,
    )  # fmt: skip
    path = f"/promotion/suppliers/{listing.pk}"
    after = done(
        bureau.program.post(f"{path}/firms", {"name": "示例座椅厂", "product": "座椅"}), 201
    )
    one = after["suppliers"][0]["id"]
    marked = {"state": "interested", "on": day(0)}
    after = done(bureau.program.post(f"/promotion/supplier-firms/{one}/mark", marked))
    assert (after["reached"], float(after["share"])) == (1, 1)
    after = done(bureau.program.post(f"/promotion/supplier-firms/{one}/lead", {}))
    assert after["suppliers"][0]["state"] == "lead"
    refused(bureau.program.post(f"/promotion/supplier-firms/{one}/mark", marked), 409)
    refused(stranger.post(f"/promotion/supplier-firms/{one}/mark", marked), 404, "座椅")


def test_terms_are_versioned_and_an_incentive_waits_for_its_review(
    bureau: Bureau, stranger: Program
) -> None:
    project = create_project(
        actor=TESTS, name="示例工厂", pipeline="six_batches", on=timezone.localdate(), now=NOW,
        lead_unit=bureau.unit, synthetic=True,
    )  # fmt: skip
    sheet = termsheets.open_sheet(
        actor=TESTS, title="示例框架", template="framework", unit=bureau.unit, now=NOW,
        owner=bureau.clerk, zone_name="示例园区", project=project,
    )  # fmt: skip
    path = f"/promotion/terms/{sheet.pk}"
    values = {
        "zone": "示例园区", "investor": "示例集团", "project": "示例工厂", "content": "生产线",
        "valid_until": day(300),
    }  # fmt: skip
    after = done(bureau.program.post(f"{path}/versions", {"values": values, "seen": 1}), 201)
    assert (after["version"], after["missing"]) == (2, [])
    refused(bureau.program.post(f"{path}/versions", {"values": {"zone": "乙"}, "seen": 1}), 409)
    bad = {"values": values | {"total": "很多"}}
    assert refused(bureau.program.post(f"{path}/versions", bad), 422)["field"] == "total"
    differs = done(bureau.program.get(f"{path}/difference", before=1, after=2))
    assert {one["field"] for one in differs["changes"]} == {"investor", "content", "valid_until"}
    incentive = {"text": "租金补贴", "kind": "reward", "due": day(200), "amount": "5"}
    line = done(bureau.program.post(f"{path}/lines", incentive), 201)["lines"][0]
    agree = f"/promotion/term-lines/{line['id']}/agree"
    refused(bureau.program.post(agree), 409)
    refused(bureau.program.post(f"{path}/agreement", {"number": "示例1号"}), 409)
    done(bureau.program.post(f"/promotion/term-lines/{line['id']}/ask"))
    review(
        actor=TESTS, incentive=TermLine.objects.get().incentive, conclusion="allowed",
        basis_kind="law", basis="示例法第一条", on=timezone.localdate(), file_name="审查.pdf",
        data=PDF, user=bureau.colleague, now=NOW, today=timezone.localdate(),
    )  # fmt: skip
    assert done(bureau.program.post(agree))["lines"][0]["agreed"] is True
    made = done(bureau.program.post(f"{path}/agreement", {"number": "示例1号"}), 201)
    assert (made["agreement"], made["state"]) == ("示例1号", "drafted")
    refused(stranger.get(path), 404, "示例")


def test_an_open_point_is_settled_by_its_owner(
    bureau: Bureau, make_user: Callable[..., User], program_of: Any, stranger: Program
) -> None:
    engineer = make_user("gongcheng")
    talk = negotiations.record_negotiation(
        actor=TESTS, investor=firm_named(actor=TESTS, name="示例丙厂", now=NOW), topic="条款",
        at=NOW, platform="video", unit=bureau.unit, ours=[bureau.clerk], theirs="王经理",
        points=[Point("用电", engineer, timezone.localdate(), open=True)], now=NOW,
    )  # fmt: skip
    path = f"/promotion/negotiations/{talk.pk}"
    added = {"text": "用水", "owner": "zhaoshang", "due": day(5)}
    after = done(bureau.program.post(f"{path}/points", added), 201)
    assert [one["text"] for one in after["points"]] == ["用电", "用水"]
    point = f"/promotion/points/{after['points'][0]['id']}/settle"
    refused(stranger.post(point, {"outcome": "好"}), 404)
    assert done(program_of(engineer).post(point, {"outcome": "已增容"}))["state"] == "settled"
    refused(bureau.program.post(point, {"outcome": "又一次"}), 409)
    assert len(done(bureau.program.get("/promotion/negotiations"))["items"]) == 1
