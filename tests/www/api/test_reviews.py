"""Programs around a review meeting: who leads the force, its office, the centre."""

import datetime as dt
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from django.utils import timezone

from openzone.zone.people.enums import Role, UnitKind
from openzone.zone.people.models import Unit, User
from openzone.zone.people.services import create_unit
from openzone.zone.projects.services.projects import create_project
from openzone.zone.reviews.models import Meeting
from tests.factories import TESTS
from tests.www.api.conftest import Program, done, refused

pytestmark = pytest.mark.django_db
SINCE = "2020-01-01"


class Table(NamedTuple):
    """A task force, its project, its meeting of today; who leads it, and a colleague."""

    force: int
    project: int
    number: str
    meeting: int
    head: Program
    colleague: Program


@pytest.fixture
def table(centre: Unit, handler: Program, make_user: Callable[..., User], program_of: Any) -> Table:
    bureau = create_unit(
        actor=TESTS, code="promotion", name="示例投资促进局", kind=UnitKind.DEPARTMENT,
        parent=centre.parent,
    )  # fmt: skip
    today = timezone.localdate()
    project = create_project(
        actor=TESTS, name="示例电池工厂", pipeline="six_batches", on=today, now=timezone.now(),
        lead_unit=bureau, review_class="major", synthetic=True,
    )  # fmt: skip
    head, other = (make_user(name, Role.HANDLER, bureau) for name in ("banzhang", "tongshi"))
    made = {"name": "示例电池专班", "lead_unit": "promotion", "begun_on": SINCE}
    force = done(handler.post("/forces", made), 201)["id"]
    join = {"user": "banzhang", "duty": "lead", "valid_from": SINCE}
    done(handler.post(f"/forces/{force}/members", join))
    give = {"project": project.number, "valid_from": SINCE}
    done(handler.post(f"/forces/{force}/projects", give))
    meeting = Meeting.objects.create(
        tier="force", body=f"force:{force}", force_id=force, meant=today, on=today,
        since=today - dt.timedelta(7), begins=dt.time(9), minutes=60,
    )  # fmt: skip
    return Table(force, project.pk, project.number, meeting.pk, program_of(head), program_of(other))


def day(days: int) -> str:
    return (timezone.localdate() + dt.timedelta(days)).isoformat()


def raised(table: Table, **more: Any) -> Any:
    sent = {"topic": "land", "severity": "2", "title": "净地未交付", "text": "还差八亩",
            "unit": "promotion", **more}  # fmt: skip
    return table.colleague.post(f"/projects/{table.project}/obstacles", sent)


def at(table: Table, what: str = "") -> str:
    return f"/reviews/{table.meeting}" + (f"/{what}" if what else "")


def test_an_obstacle_comes_to_the_meeting_is_decided_on_and_the_meeting_recorded(
    table: Table,
) -> None:
    obstacle = done(raised(table), 201)
    assert (obstacle["tier"], obstacle["climbed"]) == ("force", 0)
    ahead = done(table.head.get(at(table)))
    assert [(one["id"], one["why"]) for one in ahead["agenda"]] == [(None, "obstacle")]
    frozen = done(table.head.post(at(table, "prepare")))
    [matter] = frozen["agenda"]
    assert (matter["project"]["number"], frozen["expected"][0]["username"]) == (
        table.number, "banzhang",
    )  # fmt: skip
    task = {"title": "月底前交地", "unit": "promotion", "due": day(9), "item": matter["id"]}
    once = {"Idempotency-Key": "示".encode().hex()}
    decided = done(table.head.post(at(table, "decisions"), task, headers=once), 201)
    again = done(table.head.post(at(table, "decisions"), task, headers=once), 201)
    assert decided["id"] == again["id"]
    assert decided["project"]["number"] == table.number
    record = {"attended": ["banzhang"], "others": ["示例来宾"], "minutes": "示例纪要",
              "results": [{"item": matter["id"], "outcome": "open", "remark": "再办"}]}  # fmt: skip
    held = done(table.head.post(at(table, "hold"), record))
    assert (held["state"], held["agenda"][0]["outcome"], len(held["decisions"])) == (
        "held", "open", 1,
    )  # fmt: skip
    assert [one["name"] or one["user"]["username"] for one in held["attendance"]] == [
        "banzhang", "示例来宾",
    ]  # fmt: skip
    told = refused(table.head.post(at(table, "hold"), record), 409)
    assert "banzhang" in told["zh"]
    found = done(table.colleague.get(f"/projects/{table.project}/obstacles"))
    assert found[0]["case"]["title"] == "净地未交付"


def test_a_meeting_is_moved_or_cancelled_with_a_reason(table: Table) -> None:
    moved = done(table.head.post(at(table, "move"), {"on": day(3), "begins": "14:30"}))
    assert (moved["on"], moved["begins"]) == (day(3), "14:30:00")
    refused(table.head.post(at(table, "move"), {"on": day(-3), "begins": "14:30"}), 422)
    refused(table.head.post(at(table, "cancel"), {"reason": ""}), 422)
    assert done(table.head.post(at(table, "cancel"), {"reason": "放假"}))["state"] == "cancelled"
    refused(table.head.post(at(table, "prepare")), 409)


@pytest.mark.parametrize(
    ("what", "sent", "field"),
    [
        ("hold", {"attended": ["nobody"]}, "attended"),
        ("hold", {"attended": ["banzhang"], "results": [{"item": 1, "outcome": "won"}]}, "results"),
        ("decisions", {"title": "办", "unit": "nobody", "due": "2030-01-01"}, "unit"),
        ("decisions", {"title": "办", "unit": "promotion", "due": "2030-01-01", "item": 9}, "item"),
        ("decisions", {"title": "办", "unit": "promotion", "due": "soon"}, "due"),
        ("move", {"on": "2030-01-01", "begins": "noon"}, "begins"),
    ],
)
def test_what_a_meeting_cannot_take_is_refused_with_its_field(
    table: Table, what: str, sent: dict[str, Any], field: str
) -> None:
    done(table.head.post(at(table, "prepare")))
    told = refused(table.head.post(at(table, what), sent), 422)
    assert told["field"].split(".")[0] == field
    assert told["zh"]
    assert told["en"]


def test_who_belongs_to_it_reads_and_who_leads_it_runs(
    table: Table, handler: Program, stranger: Program, owner: Program
) -> None:
    span: dict[str, Any] = {"start": day(-1), "end": day(1)}
    for reader in (table.head, table.colleague, handler):
        assert [one["id"] for one in done(reader.get("/reviews", **span))] == [table.meeting]
    told = refused(table.colleague.post(at(table, "prepare")), 403)
    assert told["zh"]
    for nobody in (stranger, owner):
        refused(nobody.get("/reviews", **span), 403)
        refused(nobody.get(at(table)), 404, "示例电池工厂")
        refused(nobody.get("/forces"), 403)
        refused(nobody.get("/obstacles"), 403)
        sent = {"topic": "land", "severity": "2", "title": "x", "text": "x"}
        refused(nobody.post(f"/projects/{table.project}/obstacles", sent), 404)
    for wrong, field in (({"tier": "nobody"}, "tier"), ({"end": day(800)}, "end")):
        assert refused(handler.get("/reviews", **{**span, **wrong}), 422)["field"] == field


def test_a_task_force_has_groups_people_projects_and_ends(table: Table, handler: Program) -> None:
    path = f"/forces/{table.force}"
    group = {"name": "要素组", "service_line": "用地用能", "unit": "promotion"}
    grown = done(table.head.post(f"{path}/groups", group))
    join = {"user": "tongshi", "duty": "member", "valid_from": SINCE,
            "group": grown["groups"][0]["id"]}  # fmt: skip
    member = done(table.head.post(f"{path}/members", join))["members"][1]
    assert member["group_id"] == grown["groups"][0]["id"]
    loads = {one["user"]["username"]: one["projects"] for one in done(handler.get("/forces/loads"))}
    assert loads == {"banzhang": 1, "tongshi": 1}
    gone = done(table.head.post(f"/force-members/{member['id']}/end", {"on": day(-1)}))
    assert gone["members"][1]["valid_to"] == day(-1)
    [held] = gone["projects"]
    back = done(table.head.post(f"/force-projects/{held['id']}/end", {"on": day(-1)}))
    assert back["projects"][0]["valid_to"] == day(-1)
    refused(table.head.post(f"{path}/projects", {"project": "没有", "valid_from": SINCE}), 422)
    refused(table.colleague.post(f"{path}/groups", group), 403)
    refused(table.head.post("/forces", {"name": "x", "lead_unit": "promotion", "begun_on": SINCE}),
            403)  # fmt: skip
    assert done(handler.post(f"{path}/end", {"on": day(0)}))["ended_on"] == day(0)
    assert done(handler.get("/forces"))["items"] == []
    assert len(done(handler.get("/forces", ended=True))["items"]) == 1
    assert done(handler.get(path))["name"] == "示例电池专班"


def test_an_obstacle_of_no_kind_is_refused_and_the_same_sent_twice_is_one(table: Table) -> None:
    assert refused(raised(table, topic="weather"), 422)["zh"]
    refused(raised(table, unit="nobody"), 422)
    sent = {
        "topic": "land",
        "severity": "2",
        "title": "净地未交付",
        "text": "x",
        "unit": "promotion",
    }
    path, once = f"/projects/{table.project}/obstacles", {"Idempotency-Key": "2026-1"}
    one, two = (done(table.head.post(path, sent, headers=once), 201) for _ in range(2))
    assert one["case"]["number"] == two["case"]["number"]
    assert len(done(table.head.get("/obstacles", tier="force"))) == 1
    refused(table.head.get("/obstacles", tier="nobody"), 422)
