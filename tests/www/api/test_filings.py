"""A program of the window that receives for another region, and of the side that decides."""

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from django.utils import timezone

from openzone.zone.catalogue.services.regions import offer_region
from tests.factories import LONG_AGO, TESTS
from tests.files import JPEG
from tests.www.api.conftest import Program, done, file_of, refused
from tests.zone.community.town import Town, build

pytestmark = pytest.mark.django_db
PERSON = {"name": "示例办事人", "identity": "500101199001010011", "phone": "13600001111",
          "address": "示例镇1号"}  # fmt: skip


class Sides(NamedTuple):
    """The receiving desk, two people of the deciding bureau, and what crosses regions."""

    town: Town
    desk: Program
    clerk: Program
    checker: Program
    offer: int


@pytest.fixture
def sides(program_of: Callable[..., Program], db: None) -> Sides:
    town = build()
    offer = offer_region(
        actor=TESTS, item=town.licence, division="500152", region="重庆潼南", mode="collect",
        authority="潼南区示例局", valid_from=LONG_AGO,
    )  # fmt: skip
    people = (town.desk, town.clerk, town.checker)
    return Sides(town, *[program_of(user) for user in people], offer.pk)


def received(sides: Sides) -> Any:
    got = done(sides.desk.post("/filings", {"offer": sides.offer} | PERSON), 201)
    assert got["receipt"]
    return got["filing"]


def test_a_filing_is_received_checked_sent_decided_delivered_and_rated(sides: Sides) -> None:
    offers = done(sides.desk.get("/region-offers"))
    assert [(one["id"], one["region"]) for one in offers] == [(sides.offer, "重庆潼南")]
    filing = received(sides)
    assert PERSON["identity"] not in str(filing)
    path = f"/filings/{filing['id']}"
    listed = done(sides.desk.post(f"{path}/papers", {"papers": [{"name": "申请书"}]}))["papers"]
    assert [(one["name"], one["holder"]) for one in listed] == [("申请书", "applicant")]
    told = done(sides.desk.post(f"{path}/notice", {"missing": "场地证明"}))
    assert (told["notice"], told["noticed_at"] is not None) == ("场地证明", True)
    done(sides.desk.post(f"{path}/complete"))
    gone = done(sides.desk.post(f"{path}/send", {"identity_checked": True, "tracking": "SF1"}))
    assert (gone["identity_checked"], gone["tracking"]) == (True, "SF1")
    assert done(sides.desk.post(f"{path}/accept"))["accepted_at"]
    decision = {"granted": False, "decision": "不符合条件"}
    decided = done(sides.desk.post(f"{path}/decide", decision))
    assert {name: decided[name] for name in decision} == decision
    assert decided["decided_by"] == "潼南区示例局"
    done(sides.desk.post(f"{path}/deliver", {"delivery": "post"}))
    own = sides.desk.post(f"{path}/rate", {"rating": 5})
    assert refused(own, 409)["zh"] == "收件人不能回访自己的收件"
    ended = done(sides.clerk.post(f"{path}/rate", {"rating": 4, "remark": "方便"}))
    assert (ended["rating"], ended["remark"], ended["status"]) == (4, "方便", "closed")
    assert ended == done(sides.desk.get(path))
    assert [one["id"] for one in done(sides.desk.get("/filings", status="all"))["items"]] == [
        filing["id"]
    ]


def test_papers_of_a_filing_go_from_hand_to_hand_with_photographs(sides: Sides) -> None:
    path = f"/filings/{received(sides)['id']}"
    paper = done(
        sides.desk.post(f"{path}/papers", {"papers": [{"name": "原件", "original": True}]})
    )
    numbers = [one["id"] for one in paper["papers"]]
    sent = {"papers": numbers, "taker": "receiving", "name": "示例办事人",
            "photos": [file_of("封面.jpg", JPEG)]}  # fmt: skip
    row = done(sides.desk.post(f"{path}/hand-overs", sent), 201)
    assert (row["giver"], row["given_by"], row["taken_at"]) == ("applicant", "示例办事人", None)
    signed = done(sides.desk.post(f"{path}/hand-overs/{row['id']}/sign", {}))
    assert [one["holder"] for one in signed["papers"]] == ["receiving"]
    kept = done(sides.desk.get(path))["proofs"]
    assert [(one["name"], one["hand_over_id"]) for one in kept] == [("封面.jpg", row["id"])]
    assert done(sides.desk.post(f"{path}/photos/{kept[0]['id']}/open"))["name"] == "封面.jpg"
    more = {"photos": [file_of("内页.jpg", JPEG)]}
    added = done(sides.desk.post(f"{path}/hand-overs/{row['id']}/photos", more), 201)
    assert [one["what"] for one in added] == ["taken"]
    sent = {"papers": numbers, "taker": "courier"}
    back = done(sides.desk.post(f"{path}/hand-overs", sent), 201)
    done(sides.desk.post(f"{path}/hand-overs/{back['id']}/strike"))
    assert [one["id"] for one in done(sides.desk.get(path))["hand_overs"]] == [row["id"]]


def test_who_answers_for_it_and_what_it_took_is_recorded(sides: Sides) -> None:
    path = f"/filings/{received(sides)['id']}"
    blame = {"side": "courier", "what": "邮寄途中破损", "document": "签收单1号"}
    found = done(sides.desk.post(f"{path}/liability", blame))["liabilities"]
    assert [{name: one[name] for name in blame} for one in found] == [blame]
    trip = {"on": timezone.localdate().isoformat(), "where": "窗口", "why": "补签字"}
    made = done(sides.desk.post(f"{path}/trips", trip), 201)
    assert {name: made[name] for name in trip} == trip
    shown = done(sides.desk.post(f"{path}/reveal", {"reason": "核对身份"}))
    assert shown == {name: PERSON[name] for name in ("identity", "phone", "address")}
    ended = done(sides.desk.post(f"{path}/withdraw", {"why": "本人去办"}))
    assert (ended["status"], ended["closing_note"]) == ("withdrawn", "本人去办")


def test_the_side_that_decides_here_is_the_only_one_to_decide(sides: Sides) -> None:
    here = offer_region(
        actor=TESTS, item=sides.town.licence, division="500153", region="重庆荣昌",
        mode="collect", deciding_here=True, contact="荣昌区政务中心", valid_from=LONG_AGO,
    )  # fmt: skip
    got = done(sides.desk.post("/filings", {"offer": here.pk} | PERSON), 201)["filing"]
    path = f"/filings/{got['id']}"
    papers = {"papers": [{"name": "申请书"}]}
    assert refused(sides.desk.post(f"{path}/papers", papers), 403)["zh"] == "由示例审批局办理"
    done(sides.clerk.post(f"{path}/papers", papers))
    done(sides.clerk.post(f"{path}/send", {"identity_checked": True, "tracking": ""}))
    done(sides.clerk.post(f"{path}/accept"))
    sent = {"granted": True, "decision": "渝荣〔2026〕1号"}
    refused(sides.desk.post(f"{path}/decide", sent), 409)
    assert done(sides.checker.post(f"{path}/decide", sent))["granted"] is True


def test_a_stranger_reads_and_does_nothing(sides: Sides, stranger: Program) -> None:
    filing = received(sides)
    path, secrets = f"/filings/{filing['id']}", (*PERSON.values(), filing["case"]["number"])
    for address in ("/filings", "/region-offers"):
        refused(stranger.get(address), 403, *secrets)
    refused(stranger.get(path), 404, *secrets)
    refused(
        stranger.post("/filings", {"offer": sides.offer} | PERSON), 403, filing["case"]["number"]
    )
    for step, sent in {"accept": {}, "withdraw": {"why": "x"}, "reveal": {"reason": "x"}}.items():
        refused(stranger.post(f"{path}/{step}", sent), 404, *secrets)
