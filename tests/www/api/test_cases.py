"""Programs open cases and act on them as the people their keys belong to."""

import base64
from typing import Any

import pytest
from django.test import Client

from openzone.zone.cases.models import Case
from openzone.zone.people.models import ApiKey
from openzone.zone.people.services import revoke_key
from tests.factories import TESTS
from tests.files import PDF
from tests.www.api.conftest import Program

pytestmark = pytest.mark.django_db

REQUEST = {
    "kind": "enterprise_request",
    "title": "厂区道路夜间无照明",
    "text": "三号门外路灯不亮",
    "fields": {"topic": "other"},
    "request_id": "示例-1",
}


def opened(program: Program, **changes: Any) -> Any:
    response = program.post("/cases", REQUEST | changes)
    assert response.status_code == 201, response.json()
    return response.json()


def test_without_a_key_everything_but_the_status_is_refused() -> None:
    for path in ("/kinds", "/cases", "/desk", "/boards/enterprise_request"):
        response = Program().get(path)
        assert (response.status_code, response.json()["code"]) == (401, "no_key")
    assert Program("oz_wrong").get("/cases").status_code == 401


def test_a_session_is_not_a_key(client: Client, make_user: Any) -> None:
    client.force_login(make_user("somebody"))
    assert client.get("/api/v1/cases").status_code == 401


def test_a_revoked_key_opens_nothing(owner: Program) -> None:
    from django.utils import timezone

    revoke_key(actor=TESTS, key=ApiKey.objects.get(user__username="owner"), now=timezone.now())
    assert owner.get("/cases").status_code == 401


def test_the_description_is_openapi_3_1_and_needs_no_key() -> None:
    response = Program().get("/openapi.json")
    assert response.status_code == 200
    assert response.json()["openapi"].startswith("3.1")
    assert "/api/v1/cases/{number}/actions/{action}" in response.json()["paths"]


def test_an_enterprise_opens_a_case_and_follows_it(owner: Program) -> None:
    made = opened(owner)
    number = made["number"]
    assert made["receipt"]
    assert [row["number"] for row in owner.get("/cases").json()["items"]] == [number]
    detail = owner.get(f"/cases/{number}").json()
    assert detail["requester"]["name"] == "合肥示例精密机械有限公司"
    assert detail["fields"]["topic"] == "other"
    assert {clock["id"] for clock in detail["clocks"]} >= {"answer", "resolve"}
    assert sum(detail["minutes"].values()) == detail["elapsed_minutes"]


def test_the_same_request_sent_twice_is_one_case(owner: Program) -> None:
    assert opened(owner)["number"] == opened(owner)["number"]
    assert Case.objects.count() == 1
    again = owner.post("/cases", REQUEST | {"title": "另一件事"})
    assert (again.status_code, again.json()["field"]) == (422, "request_id")


def test_a_stranger_finds_nothing(owner: Program, stranger: Program) -> None:
    number = opened(owner)["number"]
    assert stranger.get("/cases").json()["items"] == []
    for path in (f"/cases/{number}", f"/cases/{number}/actions", f"/cases/{number}/events"):
        assert stranger.get(path).status_code == 404
    assert stranger.post(f"/cases/{number}/actions/withdraw", {}).status_code == 404
    assert stranger.get("/boards/enterprise_request").status_code == 403


def test_the_enterprise_does_not_read_the_inner_history(owner: Program) -> None:
    number = opened(owner)["number"]
    assert owner.get(f"/cases/{number}/events").status_code == 403


def test_a_case_goes_from_intake_to_close_out(owner: Program, handler: Program) -> None:
    number = opened(owner)["number"]
    assert [need["case"]["number"] for need in handler.get("/desk").json()] == [number]
    proof = {"name": "照片.pdf", "content": base64.b64encode(PDF).decode(), "field": "evidence"}
    steps: list[tuple[Program, str, dict[str, Any]]] = [
        (handler, "accept", {}),
        (handler, "answer", {"data": {"text": "本周修复"}}),
        (handler, "finish", {"data": {"text": "已修复"}, "files": [proof]}),
        (owner, "confirm", {"data": {"satisfied": 5}}),
    ]
    for program, action, sent in steps:
        response = program.post(f"/cases/{number}/actions/{action}", sent)
        assert response.status_code == 200, (action, response.json())
    ended = owner.get(f"/cases/{number}").json()
    assert (ended["closed"], ended["outcome"], ended["satisfaction"]) == (True, "solved", 5)
    actions = [event["action"] for event in handler.get(f"/cases/{number}/events").json()]
    assert actions == ["open", "accept", "answer", "finish", "confirm"]


def test_who_was_slower_is_told_who_was_quicker(owner: Program, handler: Program) -> None:
    number = opened(owner)["number"]
    assert handler.post(f"/cases/{number}/actions/accept", {"seen": 1}).status_code == 200
    late = owner.post(f"/cases/{number}/actions/withdraw", {"seen": 1, "data": {"reason": "误报"}})
    assert late.status_code == 200
    lost = handler.post(f"/cases/{number}/actions/answer", {"seen": 2, "data": {"text": "好"}})
    assert lost.status_code == 409
    assert "已由owner" in lost.json()["zh"]
    assert "already done by owner" in lost.json()["en"]


def test_offers_say_why_not(owner: Program) -> None:
    number = opened(owner)["number"]
    offers = {offer["action"]: offer for offer in owner.get(f"/cases/{number}/actions").json()}
    assert offers["withdraw"]["allowed"]
    assert not offers["confirm"]["allowed"]
    assert offers["confirm"]["reason"]["en"]
    assert "accept" not in offers


@pytest.mark.parametrize(
    ("change", "status", "field"),
    [
        ({"title": " "}, 422, "title"),
        ({"kind": "no_such"}, 404, ""),
        ({"fields": {"topic": "nonsense"}}, 422, "topic"),
        ({"fields": {"topic": "other", "unknown": 1}}, 422, "unknown"),
        ({"place": "nowhere"}, 422, "place"),
        ({"channel": "pigeon"}, 422, "channel"),
        ({"title": "a\x00b"}, 422, "title"),
        ({"title": "\ud800"}, 422, "title"),
        ({"fields": {"topic": {"deep": ["\x00"]}}}, 422, "fields"),
        ({"title": "长" * 501}, 422, "title"),
        ({"files": [{"name": "a.pdf", "content": "%%%"}]}, 422, "files"),
        ({"requester": {"enterprise": "91340100MA2NQXFL02"}}, 422, "requester"),
    ],
)
def test_bad_input_is_named_and_opens_nothing(
    owner: Program, change: dict[str, Any], status: int, field: str
) -> None:
    response = owner.post("/cases", REQUEST | change)
    assert (response.status_code, response.json()["field"]) == (status, field)
    assert response.json()["zh"]
    assert response.json()["en"]
    assert not Case.objects.exists()


@pytest.mark.parametrize("body", ["", "{", "[]", "null", '{"kind": 3}', "\x00"])
def test_nonsense_is_no_error_of_ours(owner: Program, body: str) -> None:
    assert owner.post("/cases", body).status_code in (400, 422)


@pytest.mark.parametrize(
    "query",
    [
        {"limit": 0},
        {"after": 2**64},
        {"limit": 100_000},
        {"opened_from": "someday"},
        {"text": "\x00"},
        {"kind": "a" * 600},
    ],
)
def test_a_list_refuses_what_no_database_answers(owner: Program, query: dict[str, Any]) -> None:
    assert owner.get("/cases", **query).status_code in (400, 422)


def test_staff_take_down_a_request_for_a_person(handler: Program) -> None:
    made = opened(handler, requester={"name": "王示例", "phone": "13800000000"}, channel="phone")
    row = Case.objects.get(number=made["number"])
    assert (row.requester_name, row.channel) == ("王示例", "phone")
    assert row.recorded_by is not None


def test_the_status_is_seen_with_number_and_code_only(owner: Program) -> None:
    made = opened(owner)
    right = Program().post("/status", {"number": made["number"], "code": made["receipt"]})
    assert right.status_code == 200
    assert right.json()["stage"]["zh"] == "已收到，正在分办"
    assert Program().post("/status", {"number": made["number"], "code": "X"}).status_code == 404
