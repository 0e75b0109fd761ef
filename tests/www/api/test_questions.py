"""Programs that ask about policies, answer for a unit, and hold live sessions."""

import datetime as dt
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from django.utils import timezone

from openzone.zone.people.enums import Role
from openzone.zone.people.models import Unit, User
from openzone.zone.registry.models import Enterprise
from tests.factories import make_item
from tests.www.api.conftest import Program, done, refused

pytestmark = pytest.mark.django_db


class Desk(NamedTuple):
    """Who asks, who answers for a bureau, who may stand in, and the service centre."""

    firm: int
    owner: Program
    speaker: Program
    deputy: Program
    centre: Program
    term: int


@pytest.fixture
def desk(
    firm: Enterprise, owner: Program, handler: Program, office: Unit,
    make_user: Callable[..., User], program_of: Callable[..., Program],
) -> Desk:  # fmt: skip
    users = [make_user(name, Role.HANDLER, office) for name in ("speaker", "deputy")]
    sent = {"user": "speaker", "phone": "0551-00000001", "valid_from": "2020-01-01"}
    term = done(handler.post("/units/office/spokesperson", sent), 201)
    assert {name: term[name] for name in ("phone", "valid_from")} == {
        "phone": "0551-00000001", "valid_from": "2020-01-01",
    }  # fmt: skip
    return Desk(firm.pk, owner, *[program_of(user) for user in users], handler, term["id"])


def today(days: int = 0) -> str:
    return (timezone.localdate() + dt.timedelta(days)).isoformat()


def asked(desk: Desk, text: str = "研发补助什么时候可以申请？") -> Any:
    made = done(desk.owner.post("/questions", {"enterprise": desk.firm, "text": text}), 201)
    where = {"unit": "office", "reason": "属该单位职责"}
    return done(desk.centre.post(f"/questions/{made['id']}/pass-on", where))


def test_spokespersons_are_kept_by_the_centre(desk: Desk, stranger: Program) -> None:
    at = f"/spokespersons/terms/{desk.term}"
    assert done(desk.centre.post(f"{at}/phone", {"phone": "0551-00000002"}))["phone"][-1] == "2"
    away = {"substitute": "deputy", "first": today(), "last": today(3), "note": "出差"}
    term = done(desk.centre.post(f"{at}/absences", away), 201)
    absence = term["absences"][0]
    assert (absence["substitute"]["username"], absence["note"]) == ("deputy", "出差")
    assert [one["name"] for one in done(desk.owner.get("/spokespersons"))] == ["deputy"]
    path = f"/spokespersons/absences/{absence['id']}/end"
    assert done(desk.centre.post(path, {"last_day": today(1)}))["absences"][0]["last"] == today(1)
    following = {"user": "deputy", "phone": "0551-00000003", "valid_from": today(5)}
    new = done(desk.centre.post("/units/office/spokesperson/hand-over", following), 201)
    terms = {one["id"]: one["valid_to"] for one in done(desk.centre.get("/spokespersons/terms"))}
    assert terms == {desk.term: today(4), new["id"]: None}
    ended = done(desk.centre.post(f"/spokespersons/terms/{new['id']}/end", {"last_day": today(9)}))
    assert ended["valid_to"] == today(9)
    refused(stranger.get("/spokespersons/terms"), 403, "deputy")
    refused(desk.speaker.post(f"{at}/phone", {"phone": "1"}), 403)


def test_a_question_is_answered_by_who_speaks_rated_and_asked_again(
    desk: Desk, stranger: Program
) -> None:
    question = asked(desk)
    at = f"/questions/{question['id']}"
    assert question["unit"]["code"] == "office"
    refused(desk.owner.post(f"{at}/replies", {"text": "自答"}), 403)
    sent = {"text": "三月起受理", "published_question": "研发补助何时受理？"}
    reply = done(desk.speaker.post(f"{at}/replies", sent), 201)["replies"][0]
    assert (reply["text"], reply["published_question"]) == tuple(sent.values())
    alike = done(stranger.get("/questions/alike", text="研发补助何时受理？"))
    assert [one["text"] for one in alike] == ["三月起受理"]
    rows = f"{at}/replies/{reply['id']}"
    refused(desk.speaker.post(f"{rows}/rate", {"rating": 1}), 403)
    rated = done(desk.owner.post(f"{rows}/rate", {"rating": 2, "remark": "太笼统"}))
    assert (rated["replies"][0]["rating"], rated["replies"][0]["remark"]) == (2, "太笼统")
    again = done(desk.owner.post(f"{rows}/again", {"why": "具体哪天？"}))
    assert again["reopened"] == 1
    refused(stranger.get(at), 404, "研发补助什么时候")
    assert done(stranger.get("/questions"))["items"] == []
    refused(stranger.post(f"{rows}/rate", {"rating": 1}), 404, "三月起受理")


def test_other_units_add_their_part_and_help_is_recorded(desk: Desk) -> None:
    question = asked(desk)
    at = f"/questions/{question['id']}"
    found = done(desk.centre.post(f"{at}/parts", {"unit": "centre", "asks": "窗口时间"}), 201)
    part = found["unit_parts"][0]
    assert (part["unit"]["code"], part["text"]) == ("centre", "")
    given = done(desk.centre.post(f"{at}/parts/{part['id']}", {"text": "工作日九点"}))
    assert given["unit_parts"][0]["text"] == "工作日九点"
    assert done(desk.owner.get(at))["unit_parts"] == []
    done(desk.centre.post(f"{at}/limit", {"limit": limits(desk)[-1]}))
    reply = done(desk.speaker.post(f"{at}/replies", {"text": "三月起受理"}), 201)["replies"][0]
    published = done(desk.centre.post(
        f"{at}/replies/{reply['id']}/publish", {"question": "何时受理？"}))  # fmt: skip
    assert published["replies"][0]["published_question"] == "何时受理？"
    done(desk.centre.post(f"{at}/help", {"note": "已协助填报"}))


def limits(desk: Desk) -> list[str]:
    from openzone.zone.spokespersons.packs import pack

    return [one.id for one in pack().scheme.limits]


def test_a_call_is_taken_down_and_answered_on_the_spot(desk: Desk, stranger: Program) -> None:
    sent = {"text": "大厅几点开门？", "channel": "phone", "caller": "示例来电人",
            "caller_phone": "13800000000", "answer": "上午九点"}  # fmt: skip
    made = done(desk.centre.post("/recorded-questions", sent), 201)
    assert (made["text"], made["replies"][0]["text"]) == ("大厅几点开门？", "上午九点")
    assert "13800000000" not in str(made)
    refused(stranger.post("/recorded-questions", sent), 403)
    assert [one["id"] for one in done(desk.centre.get("/questions"))["items"]] == [made["id"]]


def test_a_live_session_from_plan_to_passed_on_questions(desk: Desk, stranger: Program) -> None:
    item = make_item()
    start = timezone.now().replace(microsecond=0) - dt.timedelta(hours=2)
    plan = {"title": "示例政策直播", "starts_at": start.isoformat(),
            "ends_at": (start + dt.timedelta(hours=1)).isoformat(), "items": [item.pk]}  # fmt: skip
    refused(stranger.post("/live-sessions", plan), 403)
    ahead = plan | {name: (dt.datetime.fromisoformat(plan[name]) + dt.timedelta(days=3)).isoformat()
                    for name in ("starts_at", "ends_at")}  # fmt: skip
    made = done(desk.centre.post("/live-sessions", ahead), 201)
    at = f"/live-sessions/{made['id']}"
    points = {"points": [{"at": ahead["starts_at"], "title": "开场"}]}
    shown = done(desk.centre.post(f"{at}/programme", points))
    assert [one["title"] for one in shown["programme"]] == ["开场"]
    done(desk.owner.post(f"{at}/registrations", {"enterprise": desk.firm}), 201)
    refused(stranger.post(f"{at}/registrations", {"enterprise": desk.firm}), 422, "示例精密")
    changed = done(desk.centre.post(at, plan | {"url": "https://live.example.cn/1"}))
    assert changed["url"] == "https://live.example.cn/1"
    asked_ = {"text": "能申请吗？", "name": "小王", "asked_at": start.isoformat()}
    assert done(desk.centre.post(f"{at}/questions", {"questions": [asked_]}), 201) == {"count": 1}
    held = {"viewers": 120, "comments": 8, "counted_by": "平台统计",
            "replay_url": "https://live.example.cn/1/replay"}  # fmt: skip
    kept = done(desk.centre.post(f"{at}/held", held))
    assert {name: kept[name] for name in held} == held
    assert [one["text"] for one in done(desk.centre.get(at))["asked"]] == ["能申请吗？"]
    assert done(stranger.get(at))["asked"] == []
    other = done(desk.centre.post("/live-sessions", ahead), 201)
    off = done(desk.centre.post(f"/live-sessions/{other['id']}/cancel", {"reason": "改期"}))
    assert off["state"] == "cancelled"
