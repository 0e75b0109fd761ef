"""Programs of the counter that offers commitments, of who checks them, of the credit register."""

import datetime as dt
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from django.utils import timezone

from openzone.zone.audit.models import Event
from tests.www.api.conftest import Program, done, refused
from tests.zone.community.town import Town, build

pytestmark = pytest.mark.django_db
PERSON = {"person": "示例人", "identity": "35021319900101001X", "phone": "13700001111"}


class Counter(NamedTuple):
    """Two people of the bureau that decides, and the service centre."""

    town: Town
    clerk: Program
    checker: Program
    desk: Program


@pytest.fixture
def counter(program_of: Callable[..., Program], db: None) -> Counter:
    town = build()
    return Counter(town, *[program_of(one) for one in (town.clerk, town.checker, town.desk)])


def later(days: int) -> dt.datetime:
    return timezone.now().replace(microsecond=0) + dt.timedelta(days)


def waiting(counter: Counter) -> Any:
    """A promise to bring what is missing."""
    sent = {"item": "licence", "kind": "missing_materials", **PERSON, "main_complete": True,
            "owed": ["场地证明", "人员名单"], "supply_by": later(4).isoformat()}  # fmt: skip
    return offered(counter, sent)


def notified(counter: Counter) -> Any:
    """A promise to meet the conditions, checked afterwards."""
    sent = {"item": "licence", "kind": "approval_substitute", **PERSON,
            "blanks": {"conditions": "场地、人员符合要求"},
            "check_by": later(30).date().isoformat()}  # fmt: skip
    return offered(counter, sent)


def offered(counter: Counter, sent: dict[str, Any]) -> Any:
    made = done(counter.clerk.post("/commitments", sent), 201)
    assert made["receipt"]
    assert PERSON["identity"] not in str(made)
    return made["commitment"]


def step(who: Program, promise: Any, what: str, **sent: Any) -> Any:
    path = f"/commitments/{promise['id']}"
    found = done(who.post(f"{path}/{what}", sent))
    assert found == done(who.get(path))
    return found


def test_missing_papers_are_promised_supplied_and_the_decision_follows(counter: Counter) -> None:
    made = waiting(counter)
    assert "sign" in made["steps"]
    signed = step(counter.clerk, made, "sign", name="示例人")
    assert len(signed["owed"]) == 2
    papers = [one["id"] for one in signed["owed"]]
    wrong = counter.clerk.post(f"/commitments/{made['id']}/supply", {"papers": [999_999]})
    assert refused(wrong, 422)["field"] == "papers"
    step(counter.clerk, made, "supply", papers=papers[:1])
    step(counter.clerk, made, "supply", papers=papers[1:])
    early = {"granted": True, "number": "示准〔2026〕1号"}
    refused(counter.clerk.post(f"/commitments/{made['id']}/decide", early), 409)
    step(counter.checker, made, "check", kept=True, basis="papers", note="齐全")
    decided = step(counter.clerk, made, "decide", granted=True, number="示准〔2026〕1号")
    assert "withdraw" not in decided["steps"]


def test_a_broken_promise_is_revoked_stands_on_record_and_is_repaired(
    counter: Counter, stranger: Program
) -> None:
    made = notified(counter)
    step(counter.clerk, made, "sign", name="示例人", publish=True)
    step(counter.clerk, made, "decide", granted=True, number="示准〔2026〕2号")
    found = {"kept": False, "basis": "site", "note": "现场无人员"}
    own = counter.clerk.post(f"/commitments/{made['id']}/check", found)
    assert own.status_code in (403, 409)
    step(counter.checker, made, "check", **found)
    step(counter.clerk, made, "revoke", number="示撤〔2026〕1号")
    rows = done(counter.clerk.get("/credit-records"))["items"]
    assert len(rows) == 1
    mended = {"document": "修复〔2026〕1号", "repaired_on": timezone.localdate().isoformat()}
    done(counter.desk.post(f"/credit-records/{rows[0]['id']}/repair", mended))
    kept = done(counter.desk.get("/credit-records"))["items"][0]
    assert (kept["repair_document"], kept["repaired_on"]) == tuple(mended.values())
    for address in ("/commitments", "/credit-records", f"/commitments/{made['id']}"):
        refused(stranger.get(address), 403, "示例人")
    refused(stranger.post(f"/commitments/{made['id']}/check", found), 403, "示例人")


def test_an_offer_is_declined_or_withdrawn(counter: Counter) -> None:
    declined = step(counter.clerk, waiting(counter), "decline", why="改走一般程序")
    signed = step(counter.clerk, waiting(counter), "sign", name="示例人")
    withdrawn = step(counter.clerk, signed, "withdraw", why="不办了")
    assert (declined["steps"], withdrawn["steps"]) == ([], [])
    listed = done(counter.clerk.get("/commitments", state="all"))["items"]
    assert len(listed) == 2
    assert done(counter.clerk.get("/commitments/watch"))
    assert done(counter.clerk.get("/commitments/figures"))


def test_numbers_are_revealed_once_and_the_look_is_logged(
    counter: Counter, stranger: Program
) -> None:
    made = waiting(counter)
    path = f"/commitments/{made['id']}/reveal"
    shown = done(counter.clerk.post(path, {"reason": "电话核实"}))
    assert (shown["identity"], shown["phone"]) == (PERSON["identity"], PERSON["phone"])
    looks = Event.objects.filter(subject=f"commitment:{made['id']}", payload__contains="电话核实")
    assert looks.count() == 1
    refused(stranger.post(path, {"reason": "x"}), 403, *PERSON.values())


def test_a_record_of_another_authority_is_entered(counter: Counter, stranger: Program) -> None:
    sent = {"person": "示例人", "identity": PERSON["identity"], "document": "示例文书1号",
            "happened_on": timezone.localdate().isoformat(), "note": "外地登记"}  # fmt: skip
    made = done(counter.desk.post("/credit-records", sent), 201)
    assert (made["document"], made["happened_on"]) == (sent["document"], sent["happened_on"])
    assert sent["identity"] not in str(made)
    assert [one["id"] for one in done(counter.desk.get("/credit-records"))["items"]] == [made["id"]]
    refused(stranger.post("/credit-records", sent), 403)
