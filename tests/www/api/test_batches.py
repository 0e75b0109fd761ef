"""One action on many cases: looked at, begun, done case by case in the background, stopped."""

from typing import Any

import pytest

from openzone.zone.cases.models import Batch
from openzone.zone.jobs.worker import run_pending
from tests.www.api.conftest import Program, done, refused
from tests.www.api.test_cases import opened

pytestmark = pytest.mark.django_db


def numbers(owner: Program, count: int = 2) -> list[str]:
    return [opened(owner, title=f"示例{n}", request_id=f"n{n}")["number"] for n in range(count)]


def looked_at(handler: Program, verb: str, cases: list[str]) -> Any:
    made = done(handler.post("/batches", {"verb": verb, "cases": cases}), 201)
    assert made["state"] == "checking"
    run_pending()
    return done(handler.get(f"/batches/{made['id']}"))


def test_many_cases_are_looked_at_then_accepted_one_by_one(
    owner: Program, handler: Program, stranger: Program
) -> None:
    first, second = numbers(owner)
    done(handler.post(f"/cases/{second}/actions/accept"))
    batch = looked_at(handler, "accept", [first, second])
    at = f"/batches/{batch['id']}"
    assert (batch["state"], batch["tally"]["may"], batch["tally"]["may_not"]) == ("ready", 1, 1)
    rows = done(handler.get(f"{at}/cases", state="may_not"))["items"]
    assert [one["case"]["number"] for one in rows] == [second]
    assert rows[0]["reason"]["zh"]
    assert done(handler.post(f"{at}/begin", {}))["state"] == "running"
    run_pending()
    ended = done(handler.get(at))
    assert (ended["state"], ended["tally"]["done"]) == ("done", 1)
    stages = {done(owner.get(f"/cases/{one}"))["stage"] for one in (first, second)}
    assert len(stages) == 1
    assert [one["id"] for one in done(handler.get("/batches"))["items"]] == [batch["id"]]
    for who in (stranger, owner):
        refused(who.get(at), 403, first)
        refused(who.post(f"{at}/begin", {}), 403, first)


def test_what_is_said_once_is_checked_as_the_form_of_the_page_does(
    owner: Program, handler: Program
) -> None:
    cases = numbers(owner)
    at = f"/batches/{looked_at(handler, 'note', cases)['id']}"
    assert refused(handler.post(f"{at}/begin", {}), 422)["field"] == "data.text"
    wrong = refused(handler.post(f"{at}/begin", {"data": {"text": "好", "colour": "red"}}), 422)
    assert wrong["field"] == "data.colour"
    done(handler.post(f"{at}/begin", {"data": {"text": "已通知各单位"}}))
    run_pending()
    for number in cases:
        last = done(handler.get(f"/cases/{number}/events"))[-1]
        assert (last["action"], last["data"]["text"]) == ("note", "已通知各单位")


def test_a_batch_is_put_aside_or_stopped_and_nothing_more_is_done(
    owner: Program, handler: Program
) -> None:
    cases = numbers(owner)
    aside = looked_at(handler, "accept", cases)
    assert done(handler.post(f"/batches/{aside['id']}/end"))["state"] == "discarded"
    begun = looked_at(handler, "accept", cases)
    done(handler.post(f"/batches/{begun['id']}/begin", {}))
    assert done(handler.post(f"/batches/{begun['id']}/end"))["state"] == "stopped"
    run_pending()
    assert done(handler.get(f"/batches/{begun['id']}"))["tally"]["done"] == 0
    refused(handler.post(f"/batches/{begun['id']}/begin", {}), 409)


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"verb": "close", "cases": []}, "verb"),
        ({"verb": "accept", "cases": []}, "cases"),
        ({"verb": "accept", "cases": ["OZ-NO-20260101-0001-0"]}, "cases.OZ-NO-20260101-0001-0"),
    ],
)
def test_a_wrong_wish_is_named_and_nothing_is_asked_for(
    handler: Program, sent: dict[str, Any], field: str
) -> None:
    assert refused(handler.post("/batches", sent), 422)["field"] == field
    assert not Batch.objects.exists()


def test_a_case_one_may_not_see_is_as_if_it_were_not_there(
    owner: Program, handler: Program, stranger: Program, settings: Any
) -> None:
    number = numbers(owner, 1)[0]
    refused(stranger.post("/batches", {"verb": "accept", "cases": [number]}), 403, "示例0")
    settings.BULK_LIMIT = 1
    too_many = {"verb": "accept", "cases": [number, "OZ-X"]}
    assert refused(handler.post("/batches", too_many), 422)["field"] == "cases"
