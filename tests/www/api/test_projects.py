"""Programs in the pipeline: the bureau's own, its colleague's, the centre's, a stranger's."""

import datetime as dt
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from django.utils import timezone

from openzone.zone.people.enums import Role, UnitKind
from openzone.zone.people.models import Unit, User
from openzone.zone.people.services import create_unit
from openzone.zone.projects.models import Project
from openzone.zone.registry.enums import PlaceKind
from openzone.zone.registry.models import Place
from tests.factories import TESTS
from tests.files import PDF, PNG
from tests.www.api.conftest import Program, done, file_of, refused

pytestmark = pytest.mark.django_db
NAME = "示例电池工厂"
PAPERS = {"reserve": ["concept"], "in_talks": ["contact_record"]}


class Bureau(NamedTuple):
    """Two handlers of the promotion bureau, and who decides."""

    clerk: Program
    colleague: Program
    leader: Program


@pytest.fixture
def bureau(centre: Unit, leader: User, make_user: Callable[..., User], program_of: Any) -> Bureau:
    unit = create_unit(
        actor=TESTS, code="promotion", name="示例投资促进局", kind=UnitKind.DEPARTMENT,
        parent=centre.parent,
    )  # fmt: skip
    Place.objects.create(code="west", name="示例西区", kind=PlaceKind.PARK)
    Place.objects.create(code="east", name="示例东区", kind=PlaceKind.PARK)
    users = [make_user(name, Role.HANDLER, unit) for name in ("zhaoshang", "tongshi")]
    return Bureau(*[program_of(user) for user in (*users, leader)])


@pytest.fixture
def plant(bureau: Bureau) -> Any:
    """The plant as its bureau brought it in."""
    sent = {
        "name": NAME, "pipeline": "six_batches", "summary": "年产15吉瓦时", "place": "west",
        "investor_name": "示例新能源", "origin": "domestic_out", "industry": "C3841",
        "lead_unit": "promotion", "chain": "电池、材料", "planned_start": day(-200),
        "planned_finish": day(200),
    }  # fmt: skip
    return done(bureau.clerk.post("/projects", sent), 201)


def day(days: int) -> str:
    return (timezone.localdate() + dt.timedelta(days)).isoformat()


def month(back: int) -> str:
    first = timezone.localdate().replace(day=1)
    for _ in range(back):
        first = (first - dt.timedelta(1)).replace(day=1)
    return first.isoformat()


def at(plant: Any, what: str = "") -> str:
    return f"/projects/{plant['id']}" + (f"/{what}" if what else "")


def act(who: Program, plant: Any, what: str, **sent: Any) -> Any:
    return done(who.post(at(plant, what), sent))


def amount(who: Program, plant: Any, **sent: Any) -> Any:
    return act(who, plant, "amount", **{
        "kind": "total", "value": "9.2", "scale": "100000000", "currency": "CNY", "on": day(-100),
        **sent,
    })  # fmt: skip


def entered(who: Program, plant: Any, stage: str, on: str) -> Any:
    for kind in PAPERS.get(stage, ()):
        act(who, plant, "paper", kind=kind, title="示例材料", document_no="示例1号")
    return act(who, plant, "enter", stage=stage, on=on)


def test_a_project_is_brought_in_described_anew_and_found(bureau: Bureau, plant: Any) -> None:
    assert (plant["name"], plant["stage"], plant["last_seq"]) == (NAME, "", 0)
    assert (plant["chain"], plant["place"]["code"]) == (["电池", "材料"], "west")
    changed = act(bureau.clerk, plant, "change", name="示例电池二厂", lead_unit="promotion")
    assert (changed["name"], changed["place"], changed["origin"]) == ("示例电池二厂", None, "")
    for asked in ({"number": plant["number"]}, {"unit": "promotion"}, {"text": "二厂"}):
        found = done(bureau.colleague.get("/projects", **asked))
        assert ([one["id"] for one in found["items"]], found["next"]) == ([plant["id"]], None)
    assert done(bureau.clerk.get("/projects", stage="signed"))["items"] == []


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"pipeline": "nine"}, "pipeline"), ({"place": "north"}, "place"),
        ({"rule": "wuhan"}, "rule"), ({"light": "red"}, "rule"), ({"sort": "age"}, "sort"),
        ({"limit": 0}, "limit"), ({"colour": "red"}, "colour"),
    ],
)  # fmt: skip
def test_a_list_of_what_there_is_not_is_refused(bureau: Bureau, asked: Any, field: str) -> None:
    assert refused(bureau.clerk.get("/projects", **asked), 422)["field"] == field


def test_who_may_not_see_it_finds_nothing_and_who_may_not_write_is_told(
    bureau: Bureau, plant: Any, stranger: Program, owner: Program, handler: Program
) -> None:
    for nobody in (stranger, owner):
        refused(nobody.get("/projects"), 403, NAME)
        refused(nobody.get("/project-figures", start=day(-9), end=day(0)), 403)
        for what in ("", "log", "lights", "months", "amounts"):
            refused(nobody.get(at(plant, what)), 404, NAME)
        refused(nobody.post(at(plant, "enter"), {"stage": "reserve", "on": day(0)}), 404, NAME)
    assert done(bureau.leader.get(at(plant)))["name"] == NAME
    told = refused(bureau.leader.post(at(plant, "enter"), {"stage": "reserve", "on": day(0)}), 403)
    assert "办理" in told["zh"]
    assert told["en"]
    light = {"colour": "green", "reason": "示例", "begins": day(0), "until": day(9)}
    refused(bureau.clerk.post(at(plant, "light"), light), 403)
    assert done(handler.get("/projects"))["items"][0]["number"] == plant["number"]


def test_everything_missing_for_a_stage_is_named_and_it_is_entered_once(
    bureau: Bureau, plant: Any
) -> None:
    missing = {one["id"] for one in plant["next"][0]["missing"]}
    assert missing == {"total_investment", "concept"}
    told = refused(bureau.clerk.post(at(plant, "enter"), {"stage": "reserve", "on": day(0)}), 422)
    assert told["field"] == "stage"
    assert "项目策划书" in told["zh"]
    assert "Project concept" in told["en"]
    assert done(bureau.clerk.get(at(plant, "log"))) == []
    amount(bureau.clerk, plant)
    moved = entered(bureau.clerk, plant, "reserve", day(-90))
    assert (moved["stage"], moved["total"], moved["size"]) == ("reserve", "920000000.00", "ge_5yi")
    [step] = done(bureau.clerk.get(at(plant, "log")))
    assert (step["kind"], step["evidence"], step["by"]["username"]) == (
        "entered", ["concept"], "zhaoshang"
    )  # fmt: skip


def test_of_two_who_move_the_same_card_the_slower_is_told_who_was_quicker(
    bureau: Bureau, plant: Any
) -> None:
    amount(bureau.clerk, plant)
    tag = bureau.colleague.get(at(plant))["ETag"]
    entered(bureau.clerk, plant, "reserve", day(-90))
    act(bureau.clerk, plant, "paper", kind="contact_record", title="示例", document_no="1")
    step = {"stage": "in_talks", "on": day(-80)}
    told = refused(bureau.colleague.post(at(plant, "enter"), step, headers={"If-Match": tag}), 409)
    assert "zhaoshang" in told["zh"]
    assert "already moved by" in told["en"]
    refused(bureau.colleague.post(at(plant, "enter"), {**step, "seen": 0}), 409)
    assert len(done(bureau.clerk.get(at(plant, "log")))) == 1
    fresh = bureau.colleague.get(at(plant))["ETag"]
    done(bureau.colleague.post(at(plant, "enter"), step, headers={"If-Match": fresh}))


def test_going_back_and_leaving_are_kept_and_count_once(bureau: Bureau, plant: Any) -> None:
    amount(bureau.clerk, plant)
    entered(bureau.clerk, plant, "reserve", day(-90))
    entered(bureau.clerk, plant, "in_talks", day(-80))
    back = {"to": "reserve", "void": "really", "on": day(-70), "reason": "重谈（示例）"}
    assert act(bureau.clerk, plant, "back", **back)["stage"] == "reserve"
    act(bureau.clerk, plant, "enter", stage="in_talks", on=day(-60))
    found = done(bureau.clerk.get("/project-figures", start=day(-100), end=day(0)))
    rows = {row["stage"]: row for row in found["entered"]["rows"] if row["ids"]}
    assert {name: (row["count"], row["ids"]) for name, row in rows.items()} == {
        "reserve": (1, [plant["number"]]), "in_talks": (1, [plant["number"]]),
    }  # fmt: skip
    left = {"reason": "investor_withdrew", "text": "示例：资金另投", "on": day(-1)}
    assert act(bureau.clerk, plant, "leave", **left)["left"] == "investor_withdrew"
    now = done(bureau.clerk.get("/project-figures", start=day(-100), end=day(0)))["at_end"]
    assert sum(row["count"] for row in now["rows"]) == 0
    assert [one["kind"] for one in done(bureau.clerk.get(at(plant, "log")))] == [
        "entered", "entered", "fell_back", "entered", "left",
    ]  # fmt: skip


def test_an_amount_keeps_its_earlier_values_and_a_slipped_unit_is_asked_about(
    bureau: Bureau, plant: Any
) -> None:
    amount(bureau.clerk, plant)
    slipped = {"kind": "total", "value": "92000", "scale": "100000000", "currency": "CNY",
               "on": day(-50), "reason": "示例"}  # fmt: skip
    told = refused(bureau.clerk.post(at(plant, "amount"), slipped), 422)
    assert told["field"] == "value"
    assert "10,000" in told["en"]
    amount(bureau.clerk, plant, value="10", on=day(-50), reason="增资（示例）")
    kept = done(bureau.clerk.get(at(plant, "amounts")))
    assert [one["value"] for one in kept] == ["920000000.00", "1000000000.00"]
    wrong = {"kind": "money", "value": "x", "scale": "7", "currency": "CNY", "on": "yesterday"}
    fields = {one["field"] for one in refused(
        bureau.clerk.post(at(plant, "amount"), wrong), 422)["problems"]}  # fmt: skip
    assert fields


def test_months_light_lamps_a_pause_is_decided_by_another_and_a_light_set_by_hand_ends(
    bureau: Bureau, plant: Any, handler: Program
) -> None:
    report = {"month": month(1), "planned": "50", "actual": "10", "scale": "1"}
    act(bureau.clerk, plant, "month", **report)
    assert _lit(bureau.clerk, plant)["colour"] == "red"
    act(bureau.clerk, plant, "pause", begins=month(1), until=day(0), reason="汛期（示例）")
    [asked] = done(bureau.clerk.get(at(plant, "pauses")))
    refused(bureau.clerk.post(at(plant, "pause-decision"), {"pause": asked["id"], "granted": True}),
            403)  # fmt: skip
    act(bureau.leader, plant, "pause-decision", pause=asked["id"], granted=True)
    assert _lit(bureau.clerk, plant)["colour"] == "paused"
    again = handler.post(at(plant, "pause-decision"), {"pause": asked["id"], "granted": False})
    refused(again, 422)
    light = {"colour": "green", "reason": "已补报（示例）", "begins": day(0), "until": day(9)}
    act(bureau.leader, plant, "light", **light)
    [override] = done(bureau.clerk.get(at(plant, "lights")))["overrides"]
    act(handler, plant, "light-release", override=override["id"])
    assert done(bureau.clerk.get(at(plant, "lights")))["overrides"][0]["withdrawn_at"]
    refused(bureau.clerk.get(at(plant, "lights"), rule="nothing"), 422)


def _lit(who: Program, plant: Any) -> Any:
    lights = done(who.get(at(plant, "lights"), rule="wuhan.progress_ratio"))["lights"]
    return next(one for one in lights if one["month"] == month(1))


def test_a_month_is_corrected_with_a_reason_and_both_stay(bureau: Bureau, plant: Any) -> None:
    report = {"month": month(1), "planned": "50", "actual": "10", "scale": "1"}
    act(bureau.clerk, plant, "month", **report)
    told = refused(bureau.clerk.post(at(plant, "month"), {**report, "actual": "45"}), 422)
    assert told["field"] == "change_reason"
    act(bureau.clerk, plant, "month", **report | {"actual": "45", "change_reason": "误报（示例）"})
    every = done(bureau.clerk.get(at(plant, "months"), versions=True))
    assert [(one["version"], one["actual"]) for one in every] == [(1, "0.100000"), (2, "0.450000")]
    assert len(done(bureau.clerk.get(at(plant, "months")))) == 1


def test_milestones_works_and_the_site_are_planned_and_reported(bureau: Bureau, plant: Any) -> None:
    who = bureau.clerk
    rows = [{"code": "permit", "title": "施工许可", "planned": day(10), "after": ["roof"]},
            {"code": "roof", "title": "封顶", "planned": day(60), "after": ["permit"]}]  # fmt: skip
    refused(who.post(at(plant, "milestones"), {"milestones": rows}), 422)
    rows[0]["after"] = []
    act(who, plant, "milestones", milestones=rows)
    made = {one["code"]: one for one in done(who.get(at(plant, "milestones")))}
    assert made["roof"]["critical"] is True
    act(who, plant, "milestone", milestone=made["permit"]["id"], on=day(0))
    assert done(who.get(at(plant, "milestones")))[0]["actual"] == day(0)
    act(who, plant, "item", code="concrete", title="混凝土", unit="m³", total="160000",
        begins=day(-30), weight="1", plan=f"{day(0)} 40000")  # fmt: skip
    [item] = done(who.get(at(plant, "works")))
    act(who, plant, "work", item=item["id"], on=day(-1), quantity="20000")
    [item] = done(who.get(at(plant, "works")))
    assert (item["plan"][0]["on"], item["reports"][0]["quantity"]) == (day(0), "20000.000")
    act(who, plant, "site", on=day(0), workers=120, machines=9)
    assert done(who.get(at(plant, "site")))[0]["workers"] == 120
    act(who, plant, "photo", on=day(0), caption="示例", file=file_of("现场.png", PNG))
    refused(who.post(at(plant, "photo"), {"on": day(0), "caption": "示例",
                                          "file": file_of("现场.png", b"MZ")}), 422)  # fmt: skip


def test_papers_funds_phases_shares_and_people(bureau: Bureau, plant: Any) -> None:
    who = bureau.clerk
    act(who, plant, "paper", kind="concept", title="策划", file=file_of("策划.pdf", PDF))
    [paper] = done(who.get(at(plant, "papers")))
    act(who, plant, "arrival", kind="fixed", on=day(-3), amount="2", scale="100000000",
        currency="CNY", paper=paper["id"])  # fmt: skip
    [came] = done(who.get(at(plant, "arrivals")))
    act(who, plant, "arrival-correction", arrival=came["id"], amount="1.5", scale="100000000",
        remark="更正（示例）")  # fmt: skip
    assert [one["amount"] for one in done(who.get(at(plant, "arrivals")))] == [
        "200000000.00", "150000000.00",
    ]  # fmt: skip
    assert act(who, plant, "phase", name="示例二期")["phases"][0]["name"] == "示例二期"
    told = refused(who.post(at(plant, "shares"), {"shares": "west 60\neast 50"}), 422)
    assert told["field"] == "shares"
    shared = act(who, plant, "shares", shares="west 60\neast 40")["shares"]
    assert {one["place"]["code"]: float(one["share"]) for one in shared} == {
        "west": 0.6, "east": 0.4,
    }  # fmt: skip
    joined = act(who, plant, "join", user="tongshi", role="service", on=day(-5))["members"]
    gone = act(who, plant, "part", member=joined[0]["id"], on=day(0))["members"]
    assert gone[0]["valid_to"] == day(0)


def test_counters_are_of_what_somebody_may_see_and_name_the_projects_behind(
    bureau: Bureau, plant: Any, handler: Program
) -> None:
    amount(bureau.clerk, plant)
    entered(bureau.clerk, plant, "reserve", day(-9))
    act(bureau.clerk, plant, "shares", shares="west 60\neast 40")
    asked: dict[str, Any] = {"start": day(-30), "end": day(0), "by": "place"}
    rows = done(handler.get("/project-figures", **asked))["entered"]["rows"]
    assert {row["place"]: (row["count"], row["amount"], row["ids"]) for row in rows} == {
        "示例西区": (0.6, 552000000, [plant["number"]]),
        "示例东区": (0.4, 368000000, [plant["number"]]),
    }
    for wrong, field in (({"by": "colour"}, "by"), ({"pipeline_id": "x"}, "pipeline_id"),
                         ({"amount": "x"}, "amount"), ({"start": day(1)}, "start")):  # fmt: skip
        told = refused(handler.get("/project-figures", **{**asked, **wrong}), 422)
        assert told["field"] == field


def test_the_reserve_is_graded_and_funds_are_asked_for(
    bureau: Bureau, plant: Any, handler: Program
) -> None:
    who = bureau.clerk
    refused(who.post(at(plant, "pool"), {"pool": "pond", "on": day(0)}), 422)
    act(who, plant, "pool", pool="reserve", on=day(-3))
    [row] = done(who.get("/project-pools/reserve"))
    assert (row["project"]["number"], row["assessed"]) == (plant["number"], None)
    question = row["to_find_out"]
    assert question
    told = refused(who.post(at(plant, "assessment"), {"on": day(0), "answers": {"no": True}}), 422)
    assert told["field"] == "no"
    act(who, plant, "pool", pool="funding", on=day(-3))
    [upward] = done(who.get("/project-pools/funding"))
    channel = upward["matches"][0]["channel"]
    assert upward["matches"] == done(who.get(at(plant, "channels")))
    apply = {"channel": channel, "amount": 5_000_000}
    made = done(who.post(at(plant, "funding"), apply), 201)
    refused(who.post(at(plant, "funding"), apply), 422)
    done(who.post(f"/funding/{made['id']}/submit", {"on": day(-1), "document_no": "示例申1号"}))
    assert done(who.get(at(plant, "papers")))[-1]["document_no"] == "示例申1号"
    refused(who.post(f"/funding/{made['id']}/decide", {"granted": 1, "on": day(0)}), 403)
    granted = done(handler.post(f"/funding/{made['id']}/decide",
                                {"granted": 3_000_000, "on": day(0)}))  # fmt: skip
    assert (granted["status"], float(granted["granted"])) == ("granted", 3_000_000)
    refused(who.post(f"/funding/{made['id']}/withdraw", {"reason": "示例"}), 409)
    left = act(who, plant, "pool-exit", pool="reserve", on=day(0), reason="已签约（示例）")
    assert {one["pool"]: one["count"] for one in left}["reserve"] == 0


def test_one_project_is_read_as_part_of_another_and_it_is_undone(
    bureau: Bureau, plant: Any, handler: Program
) -> None:
    same = {"name": "示例电池（重复）", "pipeline": "six_batches", "lead_unit": "promotion"}
    twin = done(bureau.clerk.post("/projects", same), 201)
    sent = {"absorbed": twin["id"], "reason": "同一项目（示例）"}
    refused(bureau.clerk.post(at(plant, "merge"), sent), 403)
    merged = done(handler.post(at(plant, "merge"), sent), 201)
    assert [one["id"] for one in done(handler.get("/projects"))["items"]] == [plant["id"]]
    told = refused(bureau.clerk.post(at(twin, "site"), {"on": day(0), "workers": 1}), 403)
    assert "合并" in told["zh"] or "并入" in told["zh"]
    undo = {"reason": "误并（示例）"}
    done(handler.post(f"/project-merges/{merged['id']}/undo", undo))
    refused(handler.post(f"/project-merges/{merged['id']}/undo", undo), 409)
    assert done(handler.get("/project-merges"))["items"][0]["undone_reason"] == undo["reason"]
    assert Project.objects.filter(merged_into=None).count() == 2
