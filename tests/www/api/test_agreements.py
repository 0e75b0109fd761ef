"""Programs of both sides of an agreement: the bureau's two, the company's, a stranger's."""

import datetime as dt
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from django.utils import timezone

from openzone.zone.people.enums import Role, UnitKind
from openzone.zone.people.models import Unit, User
from openzone.zone.people.services import create_unit
from openzone.zone.projects.services.projects import create_project
from openzone.zone.registry.models import Enterprise
from tests.factories import TESTS
from tests.files import PDF
from tests.www.api.conftest import Program, done, file_of, refused

pytestmark = pytest.mark.django_db
PAPER = file_of("示例.pdf", PDF)
TITLE = "示例电池工厂投资合同"


class Deal(NamedTuple):
    """A project of the first enterprise, and the programs of the bureau that looks after it."""

    project: int
    clerk: Program
    colleague: Program


@pytest.fixture
def deal(centre: Unit, firm: Enterprise, make_user: Callable[..., User], program_of: Any) -> Deal:
    bureau = create_unit(
        actor=TESTS, code="promotion", name="示例投资促进局", kind=UnitKind.DEPARTMENT,
        parent=centre.parent,
    )  # fmt: skip
    project = create_project(
        actor=TESTS, name="示例电池工厂", pipeline="six_batches", on=timezone.localdate(),
        now=timezone.now(), lead_unit=bureau, enterprise=firm, synthetic=True,
    )  # fmt: skip
    users = [make_user(name, Role.HANDLER, bureau) for name in ("zhaoshang", "tongshi")]
    return Deal(project.pk, *[program_of(user) for user in users])


def day(days: int) -> str:
    return (timezone.localdate() + dt.timedelta(days)).isoformat()


def drafted(deal: Deal, number: str = "示例投合〔2026〕1号") -> Any:
    sent = {"kind": "contract", "number": number, "title": TITLE}
    return done(deal.clerk.post(f"/projects/{deal.project}/agreements", sent), 201)


def act(who: Program, agreement: Any, what: str, **sent: Any) -> Any:
    return done(who.post(f"/agreements/{agreement['id']}/{what}", sent))


def promised(deal: Deal, agreement: Any) -> Any:
    """The company invests, the zone hands over land."""
    act(deal.clerk, agreement, "promises", side="investor", kind="amount", quantity="1",
        scale="100000000", text="完成固定资产投资1亿元", begins=day(-90), due=day(90))  # fmt: skip
    return act(deal.clerk, agreement, "promises", side="zone", kind="land", text="交付净地100亩",
               due=day(-10))  # fmt: skip


def signed(deal: Deal, agreement: Any) -> Any:
    return act(deal.clerk, agreement, "sign", on=day(-30), file=PAPER)


def test_a_contract_is_drafted_promised_signed_and_amended(deal: Deal) -> None:
    draft = drafted(deal)
    assert (draft["state"], draft["promises"]) == ("draft", [])
    both = promised(deal, draft)["promises"]
    assert {one["side"]: one["quantity"] and float(one["quantity"]) for one in both} == {
        "investor": 100_000_000, "zone": None,
    }  # fmt: skip
    dropped = act(deal.clerk, draft, "drop", clause=both[0]["id"])
    assert len(dropped["promises"]) == 1
    refused(deal.clerk.post(f"/agreements/{draft['id']}/sign", {"on": day(1), "file": PAPER}), 422)
    made = signed(deal, draft)
    assert (made["state"], made["name"]) == ("signed", "示例.pdf")
    late = {"side": "zone", "kind": "land", "text": "加地", "due": day(9)}
    refused(deal.clerk.post(f"/agreements/{draft['id']}/promises", late), 409)
    refused(deal.clerk.post(f"/agreements/{draft['id']}/discard"), 409)
    path = f"/agreements/{draft['id']}/amend"
    again = done(deal.clerk.post(path, {"number": "示例补1", "title": "补充协议"}), 201)
    assert (again["amends_id"], len(again["promises"])) == (draft["id"], 1)
    done(deal.clerk.post(f"/agreements/{again['id']}/discard"))
    assert act(deal.clerk, draft, "end", on=day(0), reason="投资方退出（示例）")["state"] == "ended"


def test_an_incentive_enters_a_contract_only_with_a_review_by_somebody_else(deal: Deal) -> None:
    draft = drafted(deal)
    path = f"/projects/{deal.project}/incentives"
    sent = {"text": "按设备投资额给予奖励", "kind": "reward", "amount": "200", "scale": "10000"}
    made = done(deal.clerk.post(path, sent), 201)
    assert float(made["amount"]) == 2_000_000
    assert "公平竞争审查" in made["why_not"]["zh"]
    enter = {"incentive": made["id"], "due": day(200)}
    told = refused(deal.clerk.post(f"/agreements/{draft['id']}/incentives", enter), 422)
    assert "fair-competition review" in told["en"]
    review = {"conclusion": "allowed", "basis_kind": "administrative_regulation", "file": PAPER,
              "basis": "示例行政法规第一条", "on": day(-1)}  # fmt: skip
    refused(deal.clerk.post(f"/incentives/{made['id']}/reviews", review), 403)
    cleared = done(deal.colleague.post(f"/incentives/{made['id']}/reviews", review), 201)
    assert (cleared["why_not"], cleared["reviews"][0]["reviewer"]["username"]) == (None, "tongshi")
    [promise] = act(deal.clerk, draft, "incentives", **enter)["promises"]
    assert (promise["side"], promise["kind"]) == ("zone", "policy")
    assert done(deal.clerk.get(path))[0]["id"] == made["id"]


def test_what_one_side_did_counts_once_the_other_confirms_it(deal: Deal, owner: Program) -> None:
    made = signed(deal, promised(deal, drafted(deal)))
    own, land = made["promises"][1], made["promises"][0]
    assert (own["side"], land["state"]) == ("investor", "missed")
    said = {"on": day(-5), "text": "设备款（示例）", "quantity": "4000", "scale": "10000",
            "file": PAPER}  # fmt: skip
    told = done(owner.post(f"/promises/{own['id']}/report", said))
    [report] = _of(told, own)["done"]
    assert (_of(told, own)["waiting"], report["answer"]) == (True, None)
    refused(owner.post(f"/fulfilments/{report['id']}/answer", {"confirmed": True}), 403)
    why = refused(deal.clerk.post(f"/fulfilments/{report['id']}/answer", {"confirmed": False}), 422)
    assert why["field"] == "remark"
    done(deal.clerk.post(f"/fulfilments/{report['id']}/answer", {"confirmed": True}))
    again = deal.colleague.post(f"/fulfilments/{report['id']}/answer", {"confirmed": True})
    assert refused(again, 409)["zh"]
    after = _of(done(owner.get(f"/agreements/{made['id']}")), own)
    assert (float(after["fulfilled"]), float(after["share"])) == (40_000_000, 0.4)


def _of(agreement: Any, promise: Any) -> Any:
    return next(one for one in agreement["promises"] if one["id"] == promise["id"])


def test_how_both_sides_keep_their_word_is_counted_with_the_promises_behind(deal: Deal) -> None:
    made = signed(deal, promised(deal, drafted(deal)))
    found = done(deal.clerk.get("/promises", state="missed"))
    assert [one["text"] for one in found["promises"]] == ["交付净地100亩"]
    zone = next(one for one in found["balances"] if one["side"] == "zone")
    assert (zone["due"], zone["kept"], zone["rate"], zone["open"]) == (
        1, 0, 0.0, [made["promises"][0]["id"]],
    )  # fmt: skip
    refused(deal.clerk.get("/promises", side="nobody"), 422)
    refused(deal.clerk.get("/promises", state="late"), 422)


def test_the_company_sees_what_it_signed_and_strangers_nothing(
    deal: Deal, owner: Program, stranger: Program
) -> None:
    draft = promised(deal, drafted(deal))
    assert done(owner.get("/agreements"))["items"] == []
    refused(owner.get(f"/agreements/{draft['id']}"), 404, TITLE)
    signed(deal, draft)
    assert [one["title"] for one in done(owner.get("/agreements"))["items"]] == [TITLE]
    assert done(owner.get(f"/agreements/{draft['id']}"))["state"] == "signed"
    end = {"on": day(0), "reason": "示例"}
    refused(owner.post(f"/agreements/{draft['id']}/end", end), 403)
    refused(owner.get(f"/projects/{deal.project}/incentives"), 404)
    assert done(stranger.get("/agreements"))["items"] == []
    for path in (f"/agreements/{draft['id']}", f"/projects/{deal.project}/incentives"):
        refused(stranger.get(path), 404, TITLE)
    refused(stranger.get("/promises"), 403)
    report = {"on": day(-5), "text": "示例", "file": PAPER}
    refused(stranger.post(f"/promises/{draft['promises'][0]['id']}/report", report), 404, TITLE)


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"side": "nobody", "kind": "amount", "text": "投资", "due": "2027-01-01"}, "side"),
        ({"side": "zone", "kind": "gold", "text": "黄金", "due": "2027-01-01"}, "kind"),
        ({"side": "zone", "kind": "land", "text": "供地", "due": "soon"}, "due"),
        ({"side": "zone", "kind": "land", "text": "供地"}, "due"),
    ],
)
def test_a_promise_that_is_none_is_refused_with_its_field(
    deal: Deal, sent: dict[str, Any], field: str
) -> None:
    draft = drafted(deal)
    told = refused(deal.clerk.post(f"/agreements/{draft['id']}/promises", sent), 422)
    assert field in {one["field"] for one in told["problems"]}
    assert all(one["zh"] and one["en"] for one in told["problems"])
    assert done(deal.clerk.get(f"/agreements/{draft['id']}"))["promises"] == []
