"""Programs of a programme: tasks, progress checked by another, more time, the closing."""

import datetime as dt
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from django.utils import timezone

from openzone.zone.people.enums import Role
from openzone.zone.people.models import Unit, User
from tests.www.api.conftest import Program, done, refused

pytestmark = pytest.mark.django_db


class Plan(NamedTuple):
    """A programme under way with a task, and who works on it."""

    programme: int
    task: int
    centre: Program
    other: Program  # another one of the centre
    keeper: Program
    chief: Program


@pytest.fixture
def plan(
    handler: Program, centre: Unit, office: Unit, committee: Unit,
    make_user: Callable[..., User], program_of: Callable[..., Program],
) -> Plan:  # fmt: skip
    keeper = program_of(make_user("keeper", Role.HANDLER, office))
    other = program_of(make_user("other", Role.CENTRE, centre))
    chief = program_of(make_user("chief", Role.LEADER, committee))
    made = done(handler.post("/reforms", programme("示例改革方案")), 201)
    at = f"/reforms/{made['id']}"
    area = done(handler.post(f"{at}/areas", {"title": "一网通办"}), 201)
    task = done(handler.post(f"{at}/tasks", {
        "area": area["id"], "number": "1", "title": "推行电子证照", "lead": "office",
        "due_on": later(60), "weight": 2}), 201)  # fmt: skip
    assert (task["weight"], task["lead"]["code"], task["area"]["id"]) == (2, "office", area["id"])
    begun = done(handler.post(f"{at}/begin"))
    assert begun["state"] == "running"
    return Plan(made["id"], task["id"], handler, other, keeper, chief)


def later(days: int) -> str:
    return (timezone.localdate() + dt.timedelta(days)).isoformat()


def programme(title: str) -> dict[str, Any]:
    return {"title": title, "document": "示例文件", "first_on": later(-30), "last_on": later(300)}


def test_a_task_is_broken_down_reported_and_checked_by_another(
    plan: Plan, stranger: Program
) -> None:
    at = f"/reforms/tasks/{plan.task}"
    assert done(plan.centre.post(f"{at}/owner", {"owner": "keeper"}))["owner"]["username"]
    step = {"title": "系统对接", "due_on": later(10), "unit": "office"}
    steps = done(plan.keeper.post(f"{at}/steps", step), 201)["steps"]
    finished = done(plan.keeper.post(f"/reforms/steps/{steps[0]['id']}/done", {"proof": "验收单"}))
    assert (finished["steps"][0]["proof"], finished["steps"][0]["done_on"]) == ("验收单", later(0))
    said = {"percent": 60, "text": "已对接", "evidence": "对接单"}
    report = done(plan.keeper.post(f"{at}/reports", said), 201)
    assert ({name: report[name] for name in said}, report["passed"]) == (said, None)
    refused(plan.keeper.post(f"/reforms/reports/{report['id']}/check", {"passed": True}), 403)
    checked = done(plan.centre.post(
        f"/reforms/reports/{report['id']}/check", {"passed": True, "remark": "属实"}))  # fmt: skip
    assert (checked["passed"], checked["remark"]) == (True, "属实")
    detail = done(plan.chief.get(at))
    assert (detail["percent"], detail["reports"]) == (60, [checked])
    assert [one["id"] for one in done(plan.keeper.get("/reforms/mine"))] == [plan.task]
    for address in (at, f"/reforms/{plan.programme}", "/reforms"):
        refused(stranger.get(address), 403, "推行电子证照", "示例改革方案")
    refused(stranger.post(f"{at}/reports", said), 403, "推行电子证照")


def test_more_time_is_asked_for_and_granted_by_another(plan: Plan) -> None:
    at = f"/reforms/tasks/{plan.task}"
    asked = done(
        plan.keeper.post(f"{at}/extensions", {"to_on": later(90), "reason": "等平台"}), 201
    )
    assert (asked["to_on"], asked["granted"]) == (later(90), None)
    path = f"/reforms/extensions/{asked['id']}/rule"
    refused(plan.keeper.post(path, {"granted": True}), 403)
    ruler = next(
        one
        for one in (plan.chief, plan.centre)
        if one.post(path, {"granted": True, "remark": "同意"}).status_code == 200
    )
    detail = done(ruler.get(at))
    assert (detail["due_on"], detail["extensions"][0]["granted"]) == (later(90), True)


def test_a_programme_is_closed_by_two_and_reopened(plan: Plan, stranger: Program) -> None:
    at = f"/reforms/{plan.programme}"
    refused(plan.centre.get(f"{at}/closing"), 404)
    said = {"summary": "取得成效", "carries": []}
    assert refused(plan.centre.post(f"{at}/closing", said), 422)["field"] == "carries"
    following = done(plan.centre.post("/reforms", programme("下一方案")), 201)
    carry = {"task": plan.task, "into": following["id"], "due_on": later(200), "reason": "等平台"}
    wrong = said | {"carries": [carry | {"into": 999_999}]}
    assert refused(plan.centre.post(f"{at}/closing", wrong), 422)["field"] == "carries"
    made = done(plan.centre.post(f"{at}/closing", said | {"carries": [carry]}), 201)
    assert (made["confirmed"], made["carried"][0]["task"]["id"]) == (None, plan.task)
    path = f"/reforms/closings/{made['id']}/rule"
    refused(plan.centre.post(path, {"granted": True}), 403)
    refused(stranger.post(path, {"granted": True}), 403, "取得成效")
    ruled = done(plan.chief.post(path, {"granted": True, "remark": "同意结项"}))
    assert (ruled["confirmed"], ruled["remark"], ruled["programme"]["state"]) == (
        True, "同意结项", "finished",
    )  # fmt: skip
    again = done(plan.chief.post(f"{at}/reopen", {"reason": "补充任务"}))
    assert [one["reason"] for one in again["reopenings"]] == ["补充任务"]
    assert again == done(plan.other.get(f"{at}/closing"))
    refused(stranger.get(f"{at}/closing"), 403, "取得成效")
