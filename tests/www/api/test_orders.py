"""An agent's program: from the resident's consent to papers back in their hands."""

import base64
import hashlib
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from django.utils import timezone

from openzone.zone.audit.models import Event
from openzone.zone.cases.models import Case
from tests.files import JPEG
from tests.www.api.conftest import Program, done, file_of, refused
from tests.zone.community.town import Town, build

pytestmark = pytest.mark.django_db


class People(NamedTuple):
    """Who has a program."""

    town: Town
    agent: Program
    community: Program
    street: Program
    desk: Program


@pytest.fixture
def people(program_of: Callable[..., Program], db: None) -> People:
    town = build()
    users = (town.walker, town.reviewer, town.officer, town.desk)
    return People(town, *[program_of(user) for user in users])


def taken(people: People, **changes: Any) -> Any:
    sent = {"resident": people.town.resident.pk, "item": "pension", "agent": "agent-1"}
    return done(people.agent.post("/orders", sent | changes), 201)["order"]


def passed(
    giver: Program, taker: Program, order: int, to: str, signs: Any = None, **given: Any
) -> Any:
    papers = [one["id"] for one in done(giver.get(f"/orders/{order}"))["papers"]]
    path = f"/orders/{order}/hand-overs"
    made = done(giver.post(path, {"papers": papers, "taker": to} | given), 201)
    assert made["taken_at"] is None
    return done(taker.post(f"{path}/{made['id']}/sign", signs))


def test_an_order_goes_its_whole_way_with_a_photograph_of_every_hand(people: People) -> None:
    order = taken(people, home_visit=True)
    path = f"/orders/{order['id']}"
    sent = {"on": timezone.localdate().isoformat(), "note": "在家",
            "photos": [file_of("门牌.jpg", JPEG)]}  # fmt: skip
    visited = done(people.agent.post(f"{path}/visit", sent))
    assert visited["visited_on"] == sent["on"]
    assert [(one["what"], one["name"]) for one in visited["proofs"]] == [("visit", "门牌.jpg")]
    papers = [{"name": "身份证", "original": True}, {"name": "照片"}]
    body = {"papers": papers, "signed": True, "photos": [file_of("材料.jpg", JPEG)]}
    collected = done(people.agent.post(f"{path}/collect", body))
    assert [(one["name"], one["original"], one["holder"]) for one in collected["papers"]] == [
        ("身份证", True, "agent"), ("照片", False, "agent"),
    ]  # fmt: skip
    held = done(people.agent.get("/custody/held"))
    assert {one["name"] for one in held} == {"身份证", "照片"}
    passed(people.agent, people.community, order["id"], "community",
           photos=[file_of("交接.jpg", JPEG)])  # fmt: skip
    done(people.community.post(f"{path}/review", {"step": "community", "passed": True}))
    passed(people.community, people.street, order["id"], "street")
    done(people.street.post(f"{path}/review", {"step": "street", "passed": True}))
    result = {"result": "认证成功", "delivery": "home", "delivered_to": "示例老人"}
    assert done(people.agent.post(f"{path}/deliver", result))["result"] == "认证成功"
    passed(people.street, people.community, order["id"], "community")
    passed(people.community, people.agent, order["id"], "agent")
    passed(people.agent, people.agent, order["id"], "applicant", signs={"name": "示例老人"})
    ended = done(people.community.post(f"{path}/close", {"rating": 5, "remark": "满意"}))
    assert (ended["status"], ended["rating"]) == ("closed", 5)
    assert ended == done(people.desk.get(path))
    assert len(ended["hand_overs"]) == 6
    assert [(one["step"], one["passed"]) for one in ended["reviews"]] == [
        ("community", True), ("street", True),
    ]  # fmt: skip
    assert Case.objects.get().closed
    listed = done(people.desk.get("/orders", status="closed"))["items"]
    assert [one["id"] for one in listed] == [order["id"]]


def test_a_photograph_is_opened_by_those_who_see_the_order_and_the_log_says_so(
    people: People, stranger: Program
) -> None:
    order = taken(people)
    body = {"papers": [{"name": "照片"}], "signed": True, "photos": [file_of("a.jpg", JPEG)]}
    kept = done(people.agent.post(f"/orders/{order['id']}/collect", body))["proofs"][0]
    assert kept["sha256"] == hashlib.sha256(JPEG).hexdigest()
    path = f"/orders/{order['id']}/photos/{kept['id']}/open"
    opened = done(people.desk.post(path))
    assert (opened["name"], opened["media_type"]) == ("a.jpg", "image/jpeg")
    assert base64.b64decode(opened["content"]) == JPEG
    looks = Event.objects.filter(action="community.proof.seen")
    assert [look.actor_id for look in looks] == [str(people.town.desk.pk)]
    refused(stranger.post(path), 404, "a.jpg")
    assert looks.count() == 1


def test_photographs_are_added_by_who_signed_and_by_nobody_else(people: People) -> None:
    order = taken(people)
    body = {"papers": [{"name": "照片"}], "signed": True}
    done(people.agent.post(f"/orders/{order['id']}/collect", body))
    row = passed(people.agent, people.community, order["id"], "community")["id"]
    path, sent = f"/orders/{order['id']}/hand-overs/{row}/photos", [file_of("b.jpg", JPEG)]
    added = done(people.community.post(path, {"photos": sent}), 201)
    assert [(one["what"], one["hand_over_id"]) for one in added] == [("taken", row)]
    refused(people.street.post(path, {"photos": sent}), 403)
    refused(people.agent.post(path, {"photos": []}), 422)
    wrong = people.agent.post(path, {"photos": [file_of("b.jpg", b"MZ no photograph")]})
    assert refused(wrong, 422)["field"] == "photos"


def test_a_hand_over_nobody_signed_for_is_taken_back(people: People) -> None:
    order = taken(people)
    path = f"/orders/{order['id']}"
    body = {"papers": [{"name": "照片"}], "signed": True}
    paper = done(people.agent.post(f"{path}/collect", body))["papers"][0]["id"]
    sent = {"papers": [paper], "taker": "community", "note": "顺路"}
    row = done(people.agent.post(f"{path}/hand-overs", sent), 201)
    struck = done(people.agent.post(f"{path}/hand-overs/{row['id']}/strike"))
    assert (struck["note"], struck["taker"]) == ("顺路", "community")
    assert len(done(people.agent.get(path))["hand_overs"]) == 1  # the collecting itself


def test_an_order_is_withdrawn_and_a_trip_recorded(people: People) -> None:
    order = taken(people)
    trip = {"on": timezone.localdate().isoformat(), "where": "街道大厅", "why": "本人拍照"}
    made = done(people.agent.post(f"/orders/{order['id']}/trips", trip), 201)
    assert {name: made[name] for name in trip} == trip
    ended = done(people.agent.post(f"/orders/{order['id']}/withdraw", {"why": "自行办理"}))
    assert (ended["status"], ended["closing_note"]) == ("withdrawn", "自行办理")


def test_nobody_else_sees_an_order_and_the_zone_does_not_act_for_the_agent(
    people: People, stranger: Program
) -> None:
    order = taken(people)
    path, secrets = f"/orders/{order['id']}", ("示例老人", order["case"]["number"])
    refused(stranger.get(path), 404, *secrets)
    refused(stranger.get("/orders"), 403, *secrets)
    for step in ("collect", "withdraw", "visit", "deliver"):
        sent = {"collect": {"papers": [], "signed": True}, "withdraw": {"why": "x"},
                "visit": {"on": "2026-11-21"},
                "deliver": {"result": "x", "delivery": "home", "delivered_to": "y"}}  # fmt: skip
        refused(stranger.post(f"{path}/{step}", sent[step]), 404, *secrets)
    mine = {"step": "community", "passed": True}
    assert people.agent.post(f"{path}/review", mine).status_code in (403, 409)


def test_residents_points_and_agents_are_kept_by_the_zone(
    people: People, stranger: Program
) -> None:
    day = timezone.localdate().isoformat()
    point = {"code": "p-1", "name": "示例服务点", "community": "community", "hours": "9:00-17:00",
             "valid_from": "2024-01-01", "items": ["pension"], "longitude": 117.2,
             "latitude": 31.8}  # fmt: skip
    kept = done(people.desk.post("/service-points", point))
    assert [one["code"] for one in kept["items"]] == ["pension"]
    assert kept == done(people.desk.get("/service-points/p-1"))
    estate = {"code": "e-1", "name": "示例小区", "kind": "estate", "community": "community",
              "residents": 1200, "longitude": 117.21, "latitude": 31.81}  # fmt: skip
    assert done(people.desk.post("/estates", estate))["residents"] == 1200
    done(people.desk.post("/estates/e-1/walk", {"point": "p-1", "minutes": 7}))
    ways = done(people.desk.get("/service-points/coverage"))["ways"]
    assert [(one["estate"]["code"], one["minutes"]) for one in ways] == [("e-1", 7.0)]
    agent = {"code": "agent-2", "name": "示例接任", "community": "community",
             "sources": ["volunteer"], "valid_from": "2024-01-01"}  # fmt: skip
    refused(stranger.post("/agents", agent), 403)
    assert done(people.desk.post("/agents", agent))["name"] == "示例接任"
    order = taken(people)
    ended = {"last_day": day, "successor": "agent-2"}
    assert done(people.desk.post("/agents/agent-1/end", ended))["valid_to"] == day
    agents = {one["agent"]["code"]: one["open"] for one in done(people.desk.get("/agents"))}
    assert agents["agent-2"] == 1
    assert done(people.desk.get(f"/orders/{order['id']}"))["agent"]["code"] == "agent-2"


def test_a_resident_with_consent_and_deadline(people: People, stranger: Program) -> None:
    day = timezone.localdate().isoformat()
    given = {"name": "示例居民", "identity": "350213195001010019", "community": "community",
             "phone": "13911112222", "address": "示例路2号", "vulnerability": ["aged"]}  # fmt: skip
    made = done(people.agent.post("/residents", given), 201)
    path = f"/residents/{made['id']}"
    assert given["identity"] not in str(done(people.agent.get(path)))
    assert done(people.agent.post(path, given | {"name": "示例改名"}))["name"] == "示例改名"
    shown = done(people.agent.post(f"{path}/reveal", {"reason": "核对身份"}))
    assert shown == {name: given[name] for name in ("identity", "phone", "address")}
    consent = {"form": "paper", "document": "委托书2号", "items": ["pension"], "given_on": day}
    row = done(people.agent.post(f"{path}/consents", consent), 201)["consents"][0]
    assert [one["code"] for one in row["items"]] == ["pension"]
    duty = {"duty": "pension", "due_on": day, "source": "社保通知", "item": "pension"}
    due = done(people.agent.post(f"{path}/duties", duty), 201)["duties"][0]
    homes = done(people.agent.get("/residents/homes"))
    assert made["id"] in [one["resident"]["id"] for one in homes]
    met = done(people.agent.post(f"/duties/{due['id']}/done", {"on": day, "proof": "回执1号"}))
    assert met["duties"][0]["proof"] == "回执1号"
    gone = done(people.agent.post(f"/consents/{row['id']}/withdraw", {"on": day, "why": "本人办"}))
    assert gone["consents"][0]["withdrawn_why"] == "本人办"
    refused(stranger.get(path), 404, "示例")
    refused(stranger.post(f"{path}/reveal", {"reason": "x"}), 404, given["identity"])
