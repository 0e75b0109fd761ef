"""Programs of a campaign: handing in, merging with provenance, deciding by two, telling people."""

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from django.utils import timezone

from openzone.zone.people.enums import Role
from openzone.zone.people.models import Unit, User
from tests.www.api.conftest import Program, done, refused

pytestmark = pytest.mark.django_db
ROOT = "/suggestions/campaigns"
NOT_OURS = "不属园区职权，已转交通运输主管部门研究办理"
TEXT = "建议设立企业服务专窗，集中办理涉企事项"


class Call(NamedTuple):
    """A campaign that collects, with who organises, who checks, and a member."""

    campaign: int
    topic: int
    round: int
    paper: int  # a member without an account
    clerk: Program
    checker: Program
    member: Program
    chief: Program

    @property
    def at(self) -> str:
        return f"{ROOT}/{self.campaign}"


@pytest.fixture
def call(
    handler: Program, centre: Unit, committee: Unit, make_user: Callable[..., User],
    program_of: Callable[..., Program],
) -> Call:  # fmt: skip
    checker = program_of(make_user("checker", Role.CENTRE, centre))
    member = program_of(make_user("member"))
    chief = program_of(make_user("chief", Role.LEADER, committee))
    day = timezone.localdate().isoformat()
    sent = {"title": "示例征集", "purpose": "听取意见", "opens_on": day, "closes_on": day}
    made = done(handler.post(ROOT, sent), 201)
    at = f"{ROOT}/{made['id']}"
    topic = done(handler.post(f"{at}/topics", {"title": "营商环境"}))["topics"][0]["id"]
    group = done(handler.post(f"{at}/groups", {"name": "一组"}))["groups"][0]["id"]
    done(handler.post(f"{at}/facilitators", {"group": group, "name": "示例专家", "field": "治理"}))
    person = {"group": group, "office": "示例局"}
    done(handler.post(f"{at}/members", person | {"name": "示例成员", "user": "member"}))
    done(handler.post(f"{at}/members", person | {"name": "纸质成员", "contact": "示例"}))
    held = {"held_on": day, "attended": 2, "place": "示例会议室"}
    turn = done(handler.post(f"{at}/rounds", held))["rounds"][0]["id"]
    assert done(handler.post(f"{at}/open"))["state"] == "collecting"
    people = {one["name"]: one["id"] for one in done(handler.get(f"{at}/members"))}
    refused(member.get(f"{at}/members"), 403, "纸质成员")
    return Call(made["id"], topic, turn, people["纸质成员"], handler, checker, member, chief)


def handed_in(call: Call, text: str = TEXT, **given: Any) -> Any:
    sent = {"topic": call.topic, "round": call.round, "text": text} | given
    who = call.clerk if "member" in given else call.member
    return done(who.post(f"{call.at}/originals", sent), 201)


def merged(call: Call, *numbers: int) -> Any:
    sent = {"title": "设专窗", "text": "设立企业服务专窗", "parts": [
        {"original": number} for number in numbers]}  # fmt: skip
    return done(call.clerk.post(f"{call.at}/finals", sent), 201)


def test_a_member_hands_in_once_and_follows_it(call: Call, stranger: Program) -> None:
    sent = {"topic": call.topic, "round": call.round, "text": TEXT, "benefit": "少跑腿"}
    once = {"Idempotency-Key": "示例-1".encode().hex()}
    first = done(call.member.post(f"{call.at}/originals", sent, headers=once), 201)
    again = done(call.member.post(f"{call.at}/originals", sent, headers=once), 201)
    assert first["id"] == again["id"]
    alike = done(call.member.post(f"{call.at}/alike", {"text": TEXT}))
    assert [one["number"] for one in alike] == [first["number"]]
    detail = done(call.member.get(f"/suggestions/originals/{first['id']}"))
    assert (detail["text"], detail["benefit"]) == (TEXT, "少跑腿")
    mine = done(call.member.get("/suggestions/mine"))["items"]
    assert [one["id"] for one in mine] == [first["id"]]
    for address in (call.at, f"/suggestions/originals/{first['id']}", f"{call.at}/finals"):
        refused(stranger.get(address), 404, TEXT)
    refused(stranger.get(f"{call.at}/originals"), 403, TEXT)
    refused(stranger.post(f"{call.at}/originals", sent), 404, TEXT)
    gone = {"because": "重复"}
    refused(call.clerk.post(f"/suggestions/originals/{first['id']}/withdraw", gone), 403)
    path = f"/suggestions/originals/{first['id']}/withdraw"
    assert done(call.member.post(path, gone))["state"] == "withdrawn"


def test_originals_are_merged_reworded_taken_apart_and_keep_their_provenance(call: Call) -> None:
    one, two = handed_in(call), handed_in(call, "建议缩短办理时限", member=call.paper)
    three = handed_in(call, "建议延长窗口时间")
    final = merged(call, one["number"])
    at = f"/suggestions/finals/{final['id']}"
    assert len(done(call.clerk.post(f"{at}/add", {"parts": [
        {"original": two["number"]}, {"original": three["number"], "part": "第一句"}]
    }))["flows"]) == 3  # fmt: skip
    flow = done(call.clerk.get(at))["flows"][-1]["id"]
    done(call.clerk.post(f"/suggestions/flows/{flow}/undo", {"because": "并错"}))
    worded = {"title": "设综合专窗", "text": "设立企业综合服务专窗"}
    revised = done(call.clerk.post(f"{at}/revise", worded))
    assert {name: revised[name] for name in worded} == worded
    listed = done(call.clerk.get(f"{call.at}/finals"))
    assert [len(one["flows"]) for one in listed] == [2]
    refused(call.member.post(f"{at}/revise", worded), 403)
    done(call.clerk.post(f"{at}/dissolve", {"because": "重新合并"}))
    freed = done(call.clerk.get(f"/suggestions/originals/{one['id']}"))["flows"]
    assert [flow["undone_because"] for flow in freed] == ["重新合并"]


def test_a_decision_is_checked_by_another_and_its_proposers_are_told(call: Call) -> None:
    own, paper = handed_in(call), handed_in(call, "建议缩短办理时限", member=call.paper)
    lost = handed_in(call, "建议园区周末免费停车")
    final = merged(call, own["number"], paper["number"])
    done(call.clerk.post(f"{call.at}/close"))
    at = f"/suggestions/finals/{final['id']}"
    said = {"outcome": "accept", "answer": "已设立专窗"}
    verdict = done(call.clerk.post(f"{at}/decide", said))
    refused(call.clerk.post(f"/suggestions/answers/{verdict['id']}/pass"), 403)
    back = {"remark": "写明时间"}
    done(call.checker.post(f"/suggestions/answers/{verdict['id']}/return", back))
    verdict = done(call.clerk.post(f"{at}/decide", said | {"answer": "三月起设立专窗"}))
    done(call.checker.post(f"/suggestions/answers/{verdict['id']}/pass"))
    no = {
        "originals": [lost["number"]],
        "reason": "remit",
        "answer": NOT_OURS,
    }
    rows = done(call.clerk.post(f"{call.at}/reject", no))
    done(call.checker.post(f"/suggestions/answers/{rows[0]['id']}/pass"))
    told = done(call.member.get(f"/suggestions/originals/{own['id']}"))
    assert told["feedback"][-1]["text"]
    notice = told["feedback"][-1]["id"]
    word = {"response": "dissatisfied", "remark": "还要更快"}
    assert done(call.member.post(f"/suggestions/notices/{notice}/respond", word))["remark"]
    done(call.clerk.post(f"/suggestions/notices/{notice}/explain", {"text": "四月再提速"}))
    waiting = done(call.clerk.get(f"/suggestions/originals/{paper['id']}"))["feedback"][-1]["id"]
    by = {"notices": [waiting], "channel": "phone"}
    assert done(call.clerk.post(f"{call.at}/told", by)) == {"count": 1}
    done(call.clerk.post(f"{at}/assign", {"unit": "committee"}))
    assert done(call.clerk.get(at))["case"]["number"]
    effect = {"indicator": "平均跑动次数", "unit": "次", "before": 3, "after": 1,
              "measured_on": timezone.localdate().isoformat(), "source": "台账"}  # fmt: skip
    kept = done(call.clerk.post(f"{at}/effects", effect), 201)
    assert (float(kept["before"]), float(kept["after"]), kept["source"]) == (3, 1, "台账")
    paper_up = {"title": "报送稿", "recipient": "市委改革办", "chosen": [final["id"]]}
    refused(call.clerk.post(f"{call.at}/submissions", paper_up), 403)
    sub = done(call.chief.post(f"{call.at}/submissions", paper_up), 201)
    assert done(call.checker.get(f"/suggestions/submissions/{sub['id']}")) == sub
    assert done(call.clerk.get(f"{call.at}/metrics"))


def test_a_campaign_ends_when_everybody_was_answered(call: Call) -> None:
    lost = handed_in(call)
    done(call.clerk.post(f"{call.at}/close"))
    refused(call.clerk.post(f"{call.at}/finish"), 409)
    no = {
        "originals": [lost["number"]],
        "reason": "remit",
        "answer": NOT_OURS,
    }
    row = done(call.clerk.post(f"{call.at}/reject", no))[0]
    done(call.checker.post(f"/suggestions/answers/{row['id']}/pass"))
    assert done(call.clerk.post(f"{call.at}/finish"))["state"] == "closed"
    assert [one["id"] for one in done(call.member.get(ROOT))["items"]] == [call.campaign]
