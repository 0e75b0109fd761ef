"""Consent, pushes, funnel, coverage, live sessions."""

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone

from openzone.zone.outreach.models import Delivery, LiveSession
from openzone.zone.outreach.services.pushes import begin_push, deliver
from openzone.zone.outreach.services.sessions import plan_session
from openzone.zone.rulebook.selectors.entitlements import Standing
from tests.factories import TESTS, make_item
from tests.www.addresses.address import NOWHERE, Address, get, post

if TYPE_CHECKING:
    from tests.www.conftest import Zone

PUSH = {"item": "{pushed}", "standings": "unknown", "channel": "site", "message": "请查收"}
PLAN = {
    "title": "示例直播",
    "starts_at": "2030-01-01T10:00",
    "ends_at": "2030-01-01T11:00",
    "items": "{pushed}",
}

ADDRESSES: tuple[Address, ...] = (
    get("pushes", 200, 200, 403, 403),
    get("push_new", 200, 200, 403, 403),
    get("push_new", 200, 200, 403, 403, query="?item={pushed}"),
    post("push_new", 200, 403, 403, 403, data=PUSH | {"look": ""}),
    post("push_new", 302, 403, 403, 403, data=PUSH | {"send": ""}),
    post("push_new", 400, 400, 403, 403, data={"item": str(NOWHERE)}),
    get("push", 200, 200, 403, 403, pk="{push}"),
    get("push", 200, 200, 403, 403, pk="{push}", query="?stage=read"),
    get("push", 404, 404, 403, 403, pk=NOWHERE),
    post("push_export", 200, 200, 403, 403, pk="{push}", data={"stage": "told"}),
    get("coverage", 200, 200, 403, 403),
    post("coverage_export", 200, 200, 403, 403),
    get("coverage_item", 200, 200, 403, 403, pk="{pushed}"),
    get("coverage_item", 200, 200, 403, 403, pk="{pushed}", query="?place=unknown"),
    get("coverage_item", 404, 404, 403, 403, pk=NOWHERE),
    post("coverage_item_export", 200, 200, 403, 403, pk="{pushed}"),
    get("messages", 200, 200, 200, 200),
    post("message_open", 403, 403, 302, 403, pk="{delivery}"),
    get("message", 200, 200, 200, 403, pk="{delivery}"),
    get("message", 404, 404, 404, 404, pk=NOWHERE),
    get("preferences", 403, 403, 200, 403, pk="{near}"),
    post("preferences", 403, 403, 302, 403, pk="{near}", data={"site-reduce": "on"}),
    Address("sessions", (200,) * 4, anonymous=200),
    Address("session", (200,) * 4, {"pk": "{session}"}, anonymous=200),
    Address("session", (404,) * 4, {"pk": NOWHERE}, anonymous=404),
    get("session_new", 200, 200, 403, 403),
    post("session_new", 302, 302, 403, 403, data=PLAN),
    post("session_new", 400, 400, 403, 403, data=PLAN | {"ends_at": "2029-01-01T10:00"}),
    post("session_new", 400, 400, 403, 403, data=PLAN | {"starts_at": "0001-01-01T00:00"}),
    get("session_edit", 200, 200, 403, 403, pk="{session}"),
    post("session_edit", 302, 302, 403, 403, pk="{session}", data=PLAN),
    get("session_cancel", 200, 200, 403, 403, pk="{session}"),
    post("session_cancel", 302, 302, 403, 403, pk="{session}", data={"reason": "改期"}),
    get("session_held", 200, 200, 403, 403, pk="{session}"),
    post("session_held", 302, 302, 403, 403, pk="{session}", data={
        "viewers": "4000", "counted_by": "直播平台后台"}),
    post("session_held", 400, 400, 403, 403, pk="{session}", data={"viewers": "4000"}),
    post("session_held", 400, 400, 403, 403, pk="{session}", data={"viewers": "-1"}),
    get("session_programme", 200, 200, 403, 403, pk="{session}"),
    post("session_programme", 400, 400, 403, 403, pk="{session}", data={"text": "下午 开场"}),
    post("session_programme", 302, 302, 403, 403, pk="{session}", data={"text": ""}),
    post("session_register", 403, 403, 302, 403, pk="{session}", data={"enterprise": "{near}"}),
    post("session_register", 404, 404, 404, 404, pk="{session}", data={"enterprise": "x"}),
    get("session_questions", 200, 200, 403, 403, pk="{session}"),
    post("session_questions", 200, 200, 403, 403, pk="{session}", data={"text": "能申请吗？"}),
    post("session_questions", 302, 302, 403, 403, pk="{session}", data={
        "text": "能申请吗？", "line": "0", "pass_on": ""}),
)  # fmt: skip


def numbers(zone: "Zone") -> dict[str, int]:
    """An item that finds the first enterprise, a push of it, and a session that has begun."""
    item = make_item(rule_id="cn.high_tech")
    push = begin_push(
        actor=TESTS,
        item=item,
        standings=list(Standing)[:3],
        channel="site",  # type: ignore[arg-type]
        message="请查收",
        as_of=timezone.localdate(),
        now=timezone.now(),
    )
    deliver(actor=TESTS, push=push, now=timezone.now())
    session: LiveSession = plan_session(
        actor=TESTS,
        items=[item],
        title="示例政策直播间",
        starts_at=timezone.now() - dt.timedelta(hours=1),
        ends_at=timezone.now() + dt.timedelta(hours=1),
    )
    delivery = Delivery.objects.get(push=push, enterprise=zone.near)
    return {"pushed": item.pk, "push": push.pk, "session": session.pk, "delivery": delivery.pk}
