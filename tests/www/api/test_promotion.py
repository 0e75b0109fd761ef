"""Programs of promotion: the bureau's own, an adviser, another adviser, the centre, a stranger."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any, NamedTuple

import pytest
from django.utils import timezone

from openzone.zone.audit.models import Event
from openzone.zone.people.enums import Role, UnitKind
from openzone.zone.people.models import Unit, User
from openzone.zone.people.services import create_unit
from openzone.zone.promotion.services.advisers import join_roster
from tests.factories import TESTS
from tests.www.api.conftest import Program, done, refused

pytestmark = pytest.mark.django_db


class Cast(NamedTuple):
    """Who asks."""

    clerk: Program
    park: Program
    adviser: Program
    other: Program
    centre: Program


@pytest.fixture
def cast(centre: Unit, make_user: Callable[..., User], program_of: Any) -> Cast:
    bureau, park = (
        create_unit(actor=TESTS, code=code, name=name, kind=kind, parent=centre.parent)
        for code, name, kind in (
            ("promotion", "示例投资促进局", UnitKind.DEPARTMENT),
            ("east", "示例东园", UnitKind.PARK),
        )
    )
    clerk = make_user("zhaoshang", Role.HANDLER, bureau)
    keeper = make_user("yuanqu", Role.HANDLER, park)
    advisers = [make_user(name) for name in ("guwen", "lingwai")]
    for one in advisers:
        join_roster(actor=TESTS, user=one, on=dt.date(2026, 1, 1))
    boss = make_user("zhongxin", Role.CENTRE, centre)
    return Cast(*[program_of(one) for one in (clerk, keeper, *advisers, boss)])


def day(days: int = 0) -> str:
    return (timezone.localdate() + dt.timedelta(days)).isoformat()


@pytest.fixture
def lead(cast: Cast) -> Any:
    """A lead of the adviser, of an investor with one person."""
    firm = done(cast.adviser.post("/promotion/investors", {"name": "江苏恒川电子有限公司"}), 201)
    done(
        cast.adviser.post(
            f"/promotion/investors/{firm['id']}/contacts",
            {"name": "示例王某", "phone": "13800001234", "consent_on": day(-9),
             "consent_by": "card"},
        ),
        201,
    )  # fmt: skip
    said = {
        "title": "示例电子项目", "source": "adviser", "investor": firm["id"], "unit": "promotion",
        "received_on": day(-9), "adviser": "guwen", "wished": "500000000",
    }  # fmt: skip
    return done(cast.adviser.post("/promotion/leads", said), 201)


def of(lead: Any, what: str) -> str:
    return f"/promotion/leads/{lead['id']}/{what}"


def test_who_is_alike_is_asked_before_and_refused_after(cast: Cast, lead: Any) -> None:
    asked = {"name": "恒川电子", "group": "", "uscc": ""}
    [found] = done(cast.other.get("/promotion/investors/alike", **asked))
    assert (found["why"], found["leads"][0]["who"]["zh"]) == (["brand"], "示例投资促进局，guwen")
    problem = refused(cast.other.post("/promotion/investors", {"name": "恒川电子"}), 422)
    assert problem["field"] == "name"
    assert "江苏恒川电子有限公司" in problem["zh"]


def test_a_lead_from_its_first_talk_to_a_project(cast: Cast, lead: Any) -> None:
    seen = lead["last_seq"]
    talked = {"kind": "call", "on": day(-3), "summary": "谈了选址"}
    made = done(cast.adviser.post(of(lead, "interactions"), talked), 201)
    slow = {"to": "negotiating", "on": day(), "seen": seen}
    assert "guwen" in refused(cast.clerk.post(of(lead, "move"), slow), 409)["zh"]
    done(cast.clerk.post(of(lead, "move"), {"to": "negotiating", "on": day()}))
    right = {"interaction": made["id"], "kind": "visit_in", "on": day(-2), "summary": "来看了地"}
    done(cast.adviser.post(of(lead, "interactions/correct"), right), 201)
    graded = {"on": day(), "answers": {"who": True, "what": True, "decider": None}}
    found = done(cast.adviser.post(of(lead, "grade"), graded))
    assert (found["grade"], found["last_contact"]) == ("d", day(-2))
    assert [one["id"] for one in found["lacks"]] == ["decider", "size"]
    assert refused(cast.clerk.post(of(lead, "credit"), {"shares": {"guwen": "1"}}), 403)
    halves = {"shares": {"guwen": "0.5", "lingwai": "0.4"}}
    assert refused(cast.centre.post(of(lead, "credit"), halves), 422)["field"] == "shares"
    done(cast.centre.post(of(lead, "credit"), {"shares": {"guwen": "0.5", "lingwai": "0.5"}}))
    landed = {"name": "示例电子项目", "pipeline": "six_batches", "on": day()}
    assert done(cast.clerk.post(of(lead, "project"), landed), 201)["project"]["name"]
    assert refused(cast.clerk.post(of(lead, "project"), landed), 409)
    [own, other] = done(cast.centre.get("/promotion/advisers"))
    assert [Decimal(one["landed"]) for one in (own, other)] == [Decimal("0.5")] * 2


def test_who_sees_a_lead_and_its_people(cast: Cast, lead: Any) -> None:
    firm = f"/promotion/investors/{lead['investor']['id']}"
    [person] = done(cast.adviser.get(firm))["contacts"]
    assert person["phone"] == "138****1234"
    assert done(cast.other.get(firm))["contacts"] is None
    reveal = f"/promotion/contacts/{person['id']}/reveal"
    assert refused(cast.other.post(reveal), 403)
    assert refused(cast.other.get(f"/promotion/leads/{lead['id']}"), 404)
    assert done(cast.other.get("/promotion/leads"))["items"] == []
    helper = done(cast.adviser.post(of(lead, "helpers"), {"user": "lingwai"}), 201)
    assert done(cast.other.post(reveal))["phone"] == "13800001234"
    assert Event.objects.filter(action="promotion.contact.revealed").count() == 1
    done(cast.adviser.post(f"/promotion/helpers/{helper['id']}/end", {"on": day()}))
    gone = done(cast.adviser.post(f"/promotion/contacts/{person['id']}/withdraw", {"on": day()}))
    assert (gone["phone"], gone["consent"]) == ("", "withdrawn")
    assert refused(cast.adviser.post(reveal), 403)
    again = {"phone": "13900004321", "consent_on": day(-1), "consent_by": "card"}
    assert refused(cast.adviser.post(f"/promotion/contacts/{person['id']}/renew", again), 422)


def test_a_referral_comes_back(cast: Cast, lead: Any) -> None:
    passed = {"kind": "handover", "to_unit": "east", "reason": "用地在东园"}
    referral = done(cast.adviser.post(of(lead, "refer"), passed), 201)
    assert [one["id"] for one in done(cast.park.get("/promotion/referrals"))] == [referral["id"]]
    path = f"/promotion/referrals/{referral['id']}"
    assert refused(cast.clerk.post(f"{path}/refuse", {"reason": "不"}), 403)
    done(cast.park.post(f"{path}/refuse", {"reason": "无地"}))
    again = done(cast.adviser.post(of(lead, "refer"), passed), 201)
    talked = {"kind": "meeting", "on": day(), "summary": "看了地块"}
    done(cast.park.post(f"/promotion/referrals/{again['id']}/talked", talked), 201)
    assert done(cast.park.get(f"/promotion/leads/{lead['id']}"))["unit"]["code"] == "east"


def test_lists_are_narrowed_and_leads_described_anew(cast: Cast, lead: Any) -> None:
    for asked, count in (
        ({}, 1), ({"state": "open", "adviser": "guwen"}, 1), ({"unit": "east"}, 0),
        ({"text": "恒川"}, 1), ({"grade": "a"}, 0),
    ):  # fmt: skip
        assert len(done(cast.clerk.get("/promotion/leads", **asked))["items"]) == count
    assert refused(cast.clerk.get("/promotion/leads", adviser="nobody"), 422)
    told = done(cast.clerk.get("/promotion/leads/quiet", days=1))
    assert [(one["days"], one["allowed"]) for one in told] == [(9, 1)]
    changed = {"title": "新名", "source": "trip", "unit": "promotion"}
    assert done(cast.clerk.post(of(lead, "change"), changed))["wished"] is None
    given = {"adviser": "lingwai", "on": day()}
    assert done(cast.clerk.post(of(lead, "assign"), given))["adviser"]["username"] == "lingwai"
    ended = {"to": "rejected", "on": day(), "reason": "能耗过高"}
    assert done(cast.clerk.post(of(lead, "move"), ended))["reason"] == "能耗过高"
    back = {"to": "reopen", "on": day(), "reason": "工艺改进"}
    assert done(cast.clerk.post(of(lead, "move"), back))["state"] == "assigned"


def test_the_centre_keeps_the_roster_and_merges(cast: Cast, lead: Any) -> None:
    firm = f"/promotion/investors/{lead['investor']['id']}"
    twin = done(cast.clerk.post("/promotion/investors", {"name": "恒川电子", "sure": True}), 201)
    merged = {"other": twin["id"], "reason": "同一家"}
    assert refused(cast.clerk.post(f"{firm}/merge", merged), 403)
    merge = done(cast.centre.post(f"{firm}/merge", merged), 201)
    assert len(done(cast.centre.get("/promotion/investors"))["items"]) == 1
    done(cast.centre.post(f"/promotion/merges/{merge['id']}/undo", {"reason": "弄错"}))
    named = done(cast.adviser.post(f"{firm}/change", {"name": "恒川新名", "group": "恒川集团"}))
    assert named["group"] == "恒川集团"
    joined = {"user": "zhaoshang", "on": day(-1)}
    assert refused(cast.clerk.post("/promotion/advisers", joined), 403)
    term = done(cast.centre.post("/promotion/advisers", joined), 201)
    done(cast.centre.post(f"/promotion/advisers/{term['id']}/leave", {"on": day()}))
