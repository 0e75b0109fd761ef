"""Review meetings in three cadences, decisions, task forces, obstacles, calendar addresses."""

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone

from openzone.zone.audit.actors import Actor
from openzone.zone.projects.services.projects import create_project
from openzone.zone.reviews.enums import ForceDuty
from openzone.zone.reviews.models import Meeting
from openzone.zone.reviews.services import forces
from openzone.zone.reviews.services.feeds import make_feed
from openzone.zone.reviews.services.planning import prepare_meeting
from tests.www.addresses.address import NOWHERE, Address, get, post

if TYPE_CHECKING:
    from tests.www.conftest import Zone

SINCE = dt.date(2020, 1, 1)
ONCE = "0123456789abcdef0123456789abcdef"

# A task force led by the clerk, who is no visitor, with a project of the handlers' office. The
# administrator keeps task forces and reads everything; the handler is of the lead office, so they
# see its meetings and raise obstacles on its project; both run no meeting.
ADDRESSES: tuple[Address, ...] = (
    get("reviews", 200, 200, 403, 403),
    get("reviews", 200, 200, 403, 403, query="?month=2026-11&tier=force&mine=on"),
    get("reviews", 400, 400, 403, 403, query="?month=novembre"),
    get("reviews", 400, 400, 403, 403, query="?tier=nothing"),
    get("review", 200, 200, 403, 403, pk="{v_meeting}"),
    get("review", 404, 404, 404, 404, pk=NOWHERE),
    post("review_prepare", 403, 403, 403, 403, pk="{v_meeting}"),
    *(post("review_file", 200, 200, 403, 403, pk="{v_meeting}", kind=kind)
      for kind in ("word", "pdf")),
    post("review_file", 404, 404, 403, 403, pk="{v_meeting}", kind="nothing"),
    get("review_hold", 403, 403, 403, 403, pk="{v_meeting}"),
    get("review_decide", 403, 403, 403, 403, pk="{v_meeting}"),
    get("review_move", 403, 403, 403, 403, pk="{v_meeting}"),
    get("review_cancel", 403, 403, 403, 403, pk="{v_meeting}"),
    get("forces", 200, 200, 403, 403),
    get("force_new", 200, 403, 403, 403),
    post("force_new", 302, 403, 403, 403, data={
        "name": "新专班", "lead_unit": "office", "begun_on": "2026-01-01"}),
    post("force_new", 400, 403, 403, 403, data={
        "name": "示例专班", "lead_unit": "office", "begun_on": "2026-01-01"}),
    get("force", 200, 200, 403, 403, pk="{v_force}"),
    get("force_add", 200, 403, 403, 403, pk="{v_force}", what="member"),
    get("force_add", 404, 403, 403, 403, pk="{v_force}", what="nothing"),
    post("force_add", 302, 403, 403, 403, pk="{v_force}", what="group", data={
        "name": "用工组", "service_line": "招工"}),
    post("force_add", 302, 403, 403, 403, pk="{v_force}", what="member", data={
        "user": "clerk", "duty": "member", "group": "{v_group}", "valid_from": "2026-01-01"}),
    post("force_add", 400, 403, 403, 403, pk="{v_force}", what="member", data={
        "user": "nobody", "duty": "member", "valid_from": "2026-01-01"}),
    post("force_add", 400, 403, 403, 403, pk="{v_force}", what="project", data={
        "project": "没有", "valid_from": "2026-01-01"}),
    get("force_end", 200, 403, 403, 403, pk="{v_force}"),
    post("force_end", 400, 403, 403, 403, pk="{v_force}", data={"on": "2019-01-01"}),
    post("force_end", 302, 403, 403, 403, pk="{v_force}", data={"on": "2030-01-01"}),
    get("force_member_end", 200, 403, 403, 403, pk="{v_member}"),
    post("force_member_end", 302, 403, 403, 403, pk="{v_member}", data={"on": "2026-01-01"}),
    get("force_project_end", 200, 403, 403, 403, pk="{v_held}"),
    post("force_project_end", 302, 403, 403, 403, pk="{v_held}", data={"on": "2026-01-01"}),
    get("obstacles", 200, 200, 403, 403),
    get("obstacles", 200, 200, 403, 403, query="?tier=leaders"),
    get("obstacles", 200, 200, 403, 403, query="?tier=nothing"),
    get("obstacle_project", 200, 200, 403, 403, pk="{v_project}"),
    get("obstacle_project", 404, 404, 404, 404, pk=NOWHERE),
    get("obstacle_raise", 403, 200, 403, 403, pk="{v_project}"),
    post("obstacle_raise", 403, 302, 403, 403, pk="{v_project}", data={
        "topic": "land", "severity": "2", "title": "净地未交", "text": "还差八亩",
        "unit": "office", "request_id": ONCE}),
    post("obstacle_raise", 403, 400, 403, 403, pk="{v_project}", data={
        "topic": "weather", "severity": "2", "title": "下雨", "text": "停工", "request_id": ONCE}),
    get("review_feeds", 200, 200, 403, 403),
    get("review_feed_new", 200, 200, 403, 403),
    post("review_feed_new", 200, 200, 403, 403, data={"label": "手机"}),
    post("review_feed_new", 400, 400, 403, 403, data={"label": ""}),
    post("review_feed_revoke", 404, 404, 404, 404, pk="{v_feed}"),
    Address("review_feed", (404,) * 4, {"secret": "nothing"}, anonymous=404),
)  # fmt: skip


def numbers(zone: "Zone") -> dict[str, object]:
    """Return the numbers of the records the addresses speak of."""
    actor, now, today = Actor.system("tests"), timezone.now(), timezone.localdate()
    office = zone.charge.unit
    assert office is not None
    project = create_project(
        actor=actor, name="示例调度项目", pipeline="six_batches", on=today, now=now,
        lead_unit=office, review_class="major", synthetic=True,
    )  # fmt: skip
    force = forces.set_up_force(
        actor=actor, name="示例专班", lead_unit=office, begun_on=SINCE, synthetic=True
    )
    group = forces.add_group(actor=actor, force=force, name="要素组", service_line="用地用能")
    member = forces.add_member(
        actor=actor, force=force, user=zone.clerk, duty=ForceDuty.LEAD, valid_from=SINCE
    )
    held = forces.give_project(actor=actor, force=force, project=project, valid_from=SINCE)
    meeting = Meeting.objects.create(
        tier="force", body=f"force:{force.pk}", force=force, meant=today, on=today,
        since=today - dt.timedelta(days=7), begins=dt.time(9), minutes=60,
    )  # fmt: skip
    prepare_meeting(actor=actor, meeting=meeting, now=now)
    feed = make_feed(actor=actor, user=zone.clerk, label="手机", now=now).feed
    made = {
        "project": project, "force": force, "group": group, "member": member, "held": held,
        "meeting": meeting, "feed": feed,
    }  # fmt: skip
    return {f"v_{name}": row.pk for name, row in made.items()}
