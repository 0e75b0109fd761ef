"""Programs of the service network: who looks after whom, visits, sessions on site, challenges."""

import datetime as dt
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from django.utils import timezone

from openzone.zone.cases.models import Case
from openzone.zone.people.enums import Role
from openzone.zone.people.models import Unit, User
from openzone.zone.registry.enums import PlaceKind
from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.services.enterprises import create_place
from tests.factories import TESTS
from tests.files import JPEG
from tests.www.api.conftest import Program, done, file_of, refused

pytestmark = pytest.mark.django_db


class Network(NamedTuple):
    """Two colleagues of one bureau, the service centre, an enterprise with its program."""

    firm: int
    owner: Program
    centre: Program
    one: Program
    two: Program


@pytest.fixture
def network(
    firm: Enterprise, owner: Program, handler: Program, office: Unit,
    make_user: Callable[..., User], program_of: Callable[..., Program],
) -> Network:  # fmt: skip
    park = create_place(actor=TESTS, code="park", name="示例园", kind=PlaceKind.PARK)
    street = create_place(
        actor=TESTS, code="street", name="示例街道", kind=PlaceKind.STREET, parent=park
    )
    community = create_place(
        actor=TESTS, code="river", name="示例社区", kind=PlaceKind.COMMUNITY, parent=street
    )
    create_place(actor=TESTS, code="grid-1", name="一号网格", kind=PlaceKind.GRID, parent=community)
    users = [make_user(name, Role.HANDLER, office) for name in ("one", "two")]
    return Network(firm.pk, owner, handler, *[program_of(user) for user in users])


def today(days: int = 0) -> str:
    return (timezone.localdate() + dt.timedelta(days)).isoformat()


def hours(days: int, hour: str) -> dict[str, str]:
    names = {"starts_at": "05", "ends_at": "10"}
    return {name: f"{today(days)}T{hour}:{minute}:00+08:00" for name, minute in names.items()}


def appointed(network: Network, user: str, duty: str = "sponsor", **given: Any) -> Any:
    sent = {"user": user, "duty": duty, "unit": "office", "valid_from": "2026-01-01"} | given
    return done(network.centre.post("/visits/roster", sent), 201)


def test_the_network_is_kept_by_the_centre_and_handed_over(
    network: Network, stranger: Program
) -> None:
    post = appointed(network, "one")
    assert (post["user"]["username"], post["duty"]) == ("one", "sponsor")
    appointed(network, "two", valid_from="2026-01-01")
    assigned = {"post": post["id"], "valid_from": today()}
    path = f"/enterprises/{network.firm}"
    refused(network.one.post(f"{path}/assignment", assigned), 403)
    row = done(network.centre.post(f"{path}/assignment", assigned))
    assert (row["enterprise"]["id"], row["sponsor"]) == (network.firm, "one")
    grid = {"grid": "grid-1", "valid_from": today()}
    assert done(network.centre.post(f"{path}/grid", grid))["grid"] == "一号网格"
    listed = done(network.one.get("/visits/assignments"))["items"]
    assert [(one["sponsor"], one["grid"]) for one in listed] == [("one", "一号网格")]
    assert done(network.one.get("/visits/assignments", orphans="true"))["items"] == []
    sent = {"leaving": "one", "successor": "two", "first_day": today(1), "reason": "岗位调整"}
    assert done(network.centre.post("/visits/hand-over", sent))["count"] >= 1
    grid_post = appointed(network, "two", duty="grid", place="grid-1")
    ended = done(network.centre.post(f"/visits/roster/{grid_post['id']}/end",
                                     {"last_day": today()}))  # fmt: skip
    assert ended["valid_to"] == today()
    for address in ("/visits/assignments", "/visits/roster", "/visits/overdue", "/visits"):
        refused(stranger.get(address), 403, "示例精密", "一号网格")
    refused(stranger.post("/visits/hand-over", sent), 403)


def test_a_visit_is_planned_joined_gone_on_and_its_finding_becomes_a_case(
    network: Network, stranger: Program
) -> None:
    path = f"/enterprises/{network.firm}"
    plan = {"unit": "office", "planned_on": today(), "purpose": "了解生产经营"}
    visit = done(network.one.post(f"{path}/visits", plan), 201)
    at = f"/visits/{visit['id']}"
    assert [one["id"] for one in done(network.one.get("/visits/mine"))["items"]] == [visit["id"]]
    refused(network.two.post(f"{at}/check-in"), 403)
    joined = done(network.two.post(f"{at}/join", {"unit": "office", "purpose": "同去"}))
    assert {one["user"]["username"] for one in joined["parties"]} == {"one", "two"}
    done(network.one.post(f"{at}/check-in"))
    said = {"met_on": today(), "condition": "running", "present": "示例经理", "summary": "正常"}
    done(network.one.post(f"{at}/record", said))
    finding = {"topic": "power", "text": "夜间电压不稳"}
    found = done(network.two.post(f"{at}/findings", finding), 201)
    assert found["text"] == "夜间电压不稳"
    made = done(network.one.post(f"/findings/{found['id']}/case"))
    assert made["case"]["number"] == Case.objects.get().number
    kept = done(network.one.post(f"{at}/evidence", {"file": file_of("a.jpg", JPEG)}), 201)
    row = kept["files"][0]["id"]
    assert network.centre.get(f"{at}/evidence/{row}").content == JPEG
    shown = done(network.centre.get(at))
    assert (shown["summary"], shown["condition"]) == ("正常", "running")
    assert shown["findings"] == [made]
    for address in (at, f"{at}/evidence/{row}"):
        refused(stranger.get(address), 403, "夜间电压不稳", "示例经理")
    refused(stranger.post(f"{at}/record", said), 403, "示例经理")


def test_a_visit_is_called_off_and_a_call_recorded(network: Network) -> None:
    path = f"/enterprises/{network.firm}"
    plan = {"unit": "office", "planned_on": today(3), "purpose": "了解生产经营"}
    visit = done(network.one.post(f"{path}/visits", plan), 201)
    off = done(network.one.post(f"/visits/{visit['id']}/cancel", {"reason": "企业停电"}))
    assert (off["state"], off["cancelled_because"]) == ("cancelled", "企业停电")
    call = {"unit": "office", "kind": "call", "met_on": today(), "condition": "running",
            "present": "示例经理", "summary": "电话了解"}  # fmt: skip
    made = done(network.one.post(f"{path}/contacts", call), 201)
    assert (made["kind"], made["state"], made["summary"]) == ("call", "done", "电话了解")
    assert made == done(network.two.get(f"/visits/{made['id']}"))


def test_an_enterprise_asks_for_a_visit_and_complains(network: Network, stranger: Program) -> None:
    path = f"/enterprises/{network.firm}"
    wish = {"wish": "融资", "first": today(), "last": today(20), "asked_by": "示例经理"}
    refused(stranger.post(f"{path}/invitations", wish), 404, "示例精密")
    asked = done(network.owner.post(f"{path}/invitations", wish), 201)["invitations"]
    assert [one["wish"] for one in asked] == ["融资"]
    post = appointed(network, "one")
    done(network.centre.post(f"{path}/assignment", {"post": post["id"], "valid_from": today()}))
    charges = done(network.owner.get(f"{path}/contacts"))["charges"]
    assert [one["name"] for one in charges] == ["one"]
    said = {"charge": charges[0]["id"], "matter": "unreachable", "text": "三次未回复"}
    refused(network.one.post(f"{path}/complaints", said), 403)
    case = done(network.owner.post(f"{path}/complaints", said), 201)
    assert case["number"] == Case.objects.get().number
    assert case["number"] not in network.one.get("/cases").content.decode()


def test_a_session_on_site_is_planned_held_and_its_questions_noted(
    network: Network, stranger: Program
) -> None:
    plan = {"unit": "office", "kind": "clinic", "title": "示例现场办公", "address": "示例路1号",
            **hours(0, "00")}  # fmt: skip
    refused(stranger.post("/site-sessions", plan), 403)
    made = done(network.one.post("/site-sessions", plan), 201)
    assert dt.datetime.fromisoformat(made["starts_at"]) == dt.datetime.fromisoformat(
        plan["starts_at"]
    )
    at = f"/site-sessions/{made['id']}"
    asked = {"topic": "power", "text": "何时通气", "answer": "本月底", "name": "示例"}
    question = done(network.one.post(f"{at}/questions", asked), 201)
    assert (question["text"], question["answer"]) == ("何时通气", "本月底")
    guests = done(network.one.post(f"{at}/guests", {"enterprise": "合肥示例精密机械有限公司"}), 201)
    assert guests["id"] == made["id"]
    held = {"minutes": "解答一件", "attended": 12, "counted_how": "签到表"}
    kept = done(network.one.post(f"{at}/held", held))
    assert {name: kept[name] for name in held} == held
    assert done(network.two.get("/site-sessions"))["items"][0]["id"] == made["id"]
    later = plan | {
        "starts_at": f"{today(5)}T09:00:00+08:00",
        "ends_at": f"{today(5)}T10:00:00+08:00",
    }
    other = done(network.one.post("/site-sessions", later), 201)
    off = done(network.one.post(f"/site-sessions/{other['id']}/cancel", {"reason": "改期"}))
    assert off["state"] == "cancelled"


def test_a_challenge_is_posted_taken_on_delivered_and_judged(
    network: Network, stranger: Program
) -> None:
    sent = {"title": "示例难题", "problem": "良率不足", "wanted": "提高到九成", "due_on": today(60),
            "enterprise": network.firm}  # fmt: skip
    made = done(network.owner.post("/challenges", sent), 201)
    at = f"/challenges/{made['id']}"
    done(network.one.post(f"{at}/claim", {"unit": "office", "plan": "组织院所对接"}))
    done(network.one.post(f"{at}/deliver", {"result": "已提高到九成二"}))
    refused(network.one.post(f"{at}/judge", {"accepted": True}), 403)
    judged = done(network.owner.post(f"{at}/judge", {"accepted": True, "remark": "好"}))
    assert judged["claims"][0]["result"] == "已提高到九成二"
    listed = done(network.one.get("/challenges"))["items"]
    assert listed == [judged]
    other = done(network.owner.post("/challenges", sent | {"title": "另一难题"}), 201)
    gone = done(network.owner.post(f"/challenges/{other['id']}/withdraw", {"reason": "已解决"}))
    assert gone["state"] == "withdrawn"
    refused(stranger.get("/challenges"), 403, "良率不足")
