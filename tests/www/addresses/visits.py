"""The service network, visits, sessions on site, the challenge board."""

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone

from openzone.zone.audit.actors import Actor
from openzone.zone.registry.enums import PlaceKind
from openzone.zone.registry.services.enterprises import create_place
from openzone.zone.visits.enums import Condition, ContactKind, Duty, ImportKind, SessionKind
from openzone.zone.visits.services import board
from openzone.zone.visits.services import visits as services
from openzone.zone.visits.services.assigning import assign, put_in_grid
from openzone.zone.visits.services.findings import add_finding
from openzone.zone.visits.services.imports import check_file
from openzone.zone.visits.services.roster import appoint
from openzone.zone.visits.services.sessions import plan_session
from tests.www.addresses.address import Address, get, post

if TYPE_CHECKING:
    from tests.www.conftest import Zone

TODAY, SHEET = "2026-11-20", "账号,职责,单位编码\nclerk,包保领导,office\n"
_MET = {"met_on": "2026-01-05", "condition": "running", "present": "示例经理", "summary": "正常"}
_PLAN = {"planned_on": "{v_soon}", "unit": "office", "purpose": "了解情况", "apart_because": "涉密"}

# ``near`` is looked after by the clerk; ``visit`` is planned there, ``done`` took place.
ADDRESSES: tuple[Address, ...] = (
    get("visits", 200, 200, 403, 403),
    get("my_visits", 200, 200, 403, 403),
    get("visit_orphans", 200, 200, 403, 403),
    post("visit_propose", 302, 403, 403, 403, data={"what": "grids", "shown": "stale"}),
    post("visit_propose", 302, 403, 403, 403, data={"what": "people", "shown": "stale"}),
    get("visit_grids", 200, 200, 403, 403),
    post("visit_grids_export", 200, 200, 403, 403),
    get("visit_overdue", 200, 200, 403, 403),
    post("visit_overdue_export", 200, 200, 403, 403),
    get("visit_list", 200, 200, 403, 403),
    get("visit_list", 200, 200, 403, 403, query="?show=done"),
    get("visit_list", 200, 200, 403, 403, query="?show=asked&page=9"),
    get("visit_list", 200, 200, 403, 403, query="?show=flagged"),
    get("visit_roster", 200, 200, 403, 403),
    post("visit_roster_export", 200, 200, 403, 403),
    post("visit_assignments_export", 200, 200, 403, 403),
    get("visit_post_new", 200, 403, 403, 403),
    post("visit_post_new", 302, 403, 403, 403, data={
        "user": "clerk", "duty": "sponsor", "unit": "office", "valid_from": TODAY}),
    post("visit_post_new", 400, 403, 403, 403, data={
        "user": "clerk", "duty": "grid", "unit": "office", "valid_from": TODAY}),
    get("visit_post_end", 200, 403, 403, 403, pk="{v_grid_post}"),
    post("visit_post_end", 302, 403, 403, 403, pk="{v_grid_post}", data={"last_day": "2030-01-01"}),
    post("visit_post_end", 400, 403, 403, 403, pk="{v_post}", data={
        "last_day": "2030-01-01"}),
    get("visit_hand_over", 200, 403, 403, 403, query="?user=clerk"),
    post("visit_hand_over", 400, 403, 403, 403, data={
        "leaving": "clerk", "successor": "clerk", "first_day": "2030-01-01", "reason": "调任"}),
    get("visit_upload", 200, 403, 403, 403, kind="roster"),
    get("visit_upload", 404, 403, 403, 403, kind="secrets"),
    post("visit_upload", 400, 403, 403, 403, kind="assignments"),
    get("visit_import", 200, 403, 403, 403, pk="{v_import}"),
    post("visit_import_apply", 302, 403, 403, 403, pk="{v_import}"),
    post("visit_import_discard", 302, 403, 403, 403, pk="{v_import}"),
    get("my_contacts", 200, 200, 302, 200),
    get("visit_contacts", 200, 200, 200, 403, pk="{near}"),
    get("visit_contacts", 404, 404, 404, 404, pk=999),
    get("visit_ask", 200, 200, 200, 403, pk="{near}"),
    post("visit_ask", 302, 302, 302, 403, pk="{near}", data={
        "wish": "请来看新线", "first": TODAY, "last": "2030-01-01", "asked_by": "示例厂长"}),
    post("visit_ask", 400, 400, 400, 403, pk="{near}", data={
        "wish": "请来看新线", "first": TODAY, "last": "2026-01-01", "asked_by": "示例厂长"}),
    get("visit_complain", 403, 403, 200, 403, pk="{near}"),
    post("visit_complain", 403, 403, 302, 403, pk="{near}", data={
        "charge": "{v_charge}", "matter": "unreachable", "text": "电话一直没人接"}),
    post("visit_complain", 403, 403, 400, 403, pk="{near}", data={"charge": "999"}),
    get("visit_assign", 200, 403, 403, 403, pk="{near}"),
    post("visit_assign", 302, 403, 403, 403, pk="{other}", data={
        "post": "{v_post}", "valid_from": TODAY}),
    post("visit_assign", 400, 403, 403, 403, pk="{near}", data={
        "post": "{v_post}", "valid_from": TODAY}),
    get("visit_grid", 200, 403, 403, 403, pk="{near}"),
    post("visit_grid", 302, 403, 403, 403, pk="{other}", data={
        "grid": "grid-a", "valid_from": TODAY}),
    post("visit_grid", 400, 403, 403, 403, pk="{near}", data={
        "grid": "grid-a", "valid_from": TODAY}),
    get("visit_plan", 200, 200, 403, 403, pk="{near}"),
    post("visit_plan", 400, 302, 403, 403, pk="{other}", data=_PLAN),
    post("visit_plan", 400, 400, 403, 403, pk="{near}", data=_PLAN | {"apart_because": ""}),
    get("visit_contact", 200, 200, 403, 403, pk="{near}", query="?kind=call"),
    post("visit_contact", 400, 302, 403, 403, pk="{near}", data=_MET | {
        "kind": "call", "unit": "office"}),
    post("visit_contact", 400, 400, 403, 403, pk="{near}", data={"kind": "raid"}),
    get("visit", 200, 200, 403, 403, pk="{v_visit}"),
    get("visit", 200, 200, 403, 403, pk="{v_done}"),
    get("visit", 404, 404, 403, 403, pk=999),
    get("visit_join", 200, 200, 403, 403, pk="{v_visit}"),
    post("visit_join", 400, 302, 403, 403, pk="{v_visit}", data={
        "unit": "office", "purpose": "同去"}),
    post("visit_check_in", 302, 403, 403, 403, pk="{v_visit}"),
    get("visit_record", 200, 403, 403, 403, pk="{v_visit}"),
    post("visit_record", 302, 403, 403, 403, pk="{v_visit}", data=_MET),
    post("visit_record", 400, 403, 403, 403, pk="{v_done}", data=_MET),
    get("visit_cancel", 200, 403, 403, 403, pk="{v_visit}"),
    post("visit_cancel", 302, 403, 403, 403, pk="{v_visit}", data={"reason": "企业改期"}),
    post("visit_evidence", 302, 403, 403, 403, pk="{v_visit}"),
    get("visit_file", 404, 404, 403, 403, pk="{v_visit}", row=999),
    get("visit_finding", 200, 403, 403, 403, pk="{v_done}"),
    post("visit_finding", 302, 403, 403, 403, pk="{v_done}", data={
        "topic": "parking", "text": "车位不足"}),
    post("visit_finding", 400, 403, 403, 403, pk="{v_visit}", data={
        "topic": "parking", "text": "车位不足"}),
    post("finding_case", 302, 403, 403, 403, pk="{v_finding}"),
    post("finding_case", 404, 404, 403, 403, pk=999),
    get("site_sessions", 200, 200, 403, 403),
    get("site_sessions", 200, 200, 403, 403, query="?kind=clinic"),
    get("site_session_new", 200, 200, 403, 403),
    post("site_session_new", 400, 302, 403, 403, data={
        "kind": "meeting", "title": "示例坝坝会", "unit": "office", "address": "示例村",
        "starts_at": "2026-11-20T09:00", "ends_at": "2026-11-20T11:00"}),
    post("site_session_new", 400, 400, 403, 403, data={
        "kind": "meeting", "title": "示例坝坝会", "unit": "office", "address": "示例村",
        "starts_at": "0001-01-01T00:00", "ends_at": "9999-12-31T23:59"}),
    get("site_session", 200, 200, 403, 403, pk="{v_session}"),
    get("site_session_held", 200, 200, 403, 403, pk="{v_session}"),
    post("site_session_held", 302, 302, 403, 403, pk="{v_session}", data={"minutes": "已办"}),
    post("site_session_held", 400, 400, 403, 403, pk="{v_session}", data={
        "minutes": "已办", "attended": "5"}),
    get("site_session_cancel", 200, 200, 403, 403, pk="{v_session}"),
    post("site_session_cancel", 302, 302, 403, 403, pk="{v_session}", data={"reason": "雨"}),
    get("site_session_question", 200, 200, 403, 403, pk="{v_session}"),
    post("site_session_question", 302, 302, 403, 403, pk="{v_session}", data={
        "topic": "parking", "text": "停车难"}),
    post("site_session_question", 400, 400, 403, 403, pk="{v_session}", data={
        "topic": "parking", "text": "停车难", "enterprise": "没有这家"}),
    get("site_session_guest", 200, 200, 403, 403, pk="{v_session}"),
    post("site_session_guest", 302, 302, 403, 403, pk="{v_session}", data={
        "enterprise": "合肥示例精密机械有限公司"}),
    get("challenges", 200, 200, 200, 403),
    get("challenges", 200, 200, 200, 403, query="?state=open"),
    get("challenge_new", 200, 200, 200, 403),
    post("challenge_new", 400, 302, 400, 403, data={
        "title": "停车难", "problem": "车位不足", "wanted": "方案", "due_on": "2030-01-01",
        "unit": "office"}),
    get("challenge", 200, 200, 200, 403, pk="{v_challenge}"),
    get("challenge_claim", 200, 200, 403, 403, pk="{v_challenge}"),
    post("challenge_claim", 400, 302, 403, 403, pk="{v_challenge}", data={
        "unit": "office", "plan": "错时共享"}),
    get("challenge_deliver", 200, 200, 403, 403, pk="{v_challenge}"),
    post("challenge_deliver", 400, 400, 403, 403, pk="{v_challenge}", data={"result": "完成"}),
    get("challenge_judge", 403, 403, 403, 403, pk="{v_challenge}"),
    get("challenge_withdraw", 403, 403, 403, 403, pk="{v_challenge}"),
)  # fmt: skip


def numbers(zone: "Zone") -> dict[str, object]:
    """Return the numbers of the records the addresses speak of."""
    actor, now, today = Actor.system("tests"), timezone.now(), timezone.localdate()
    clerk, office = zone.clerk, zone.clerk.memberships.earliest("pk").unit
    since, soon = dt.date(2026, 1, 1), today + dt.timedelta(days=3)
    grid = create_place(
        actor=actor, code="grid-a", name="示例网格", kind=PlaceKind.GRID, parent=zone.park
    )
    made = {"actor": actor, "user": clerk, "unit": office}
    officer = appoint(**made, duty=Duty.SERVICE_OFFICER, valid_from=since)
    guard = appoint(**made, duty=Duty.GRID, place=grid, valid_from=since)
    put_in_grid(actor=actor, enterprise=zone.near, grid=grid, valid_from=since)
    charge = assign(actor=actor, enterprise=zone.near, post=officer, valid_from=since)
    visit = services.plan_visit(
        **made, enterprise=zone.near, planned_on=soon, purpose="走访", today=today
    )
    done = services.record_contact(
        **made, enterprise=zone.near, kind=ContactKind.VISIT, met_on=since, summary="正常",
        condition=Condition.RUNNING, present="示例经理", now=now, today=today,
    )  # fmt: skip
    finding = add_finding(
        actor=actor, user=clerk, visit=done, topic="parking", text="车位不足", now=now
    )
    sheet = check_file(
        actor=actor, kind=ImportKind.ROSTER, file_name="名册.csv", data=SHEET.encode(), today=today
    )
    session = plan_session(
        actor=actor, kind=SessionKind.CLINIC, title="示例诊所", unit=office, address="示例路",
        starts_at=now - dt.timedelta(hours=1), ends_at=now + dt.timedelta(hours=1),
    )  # fmt: skip
    challenge = board.post_challenge(
        **made, title="示例难题", problem="车位不足", wanted="方案",
        due_on=soon, now=now, today=today,
    )  # fmt: skip
    return {
        "v_post": officer.pk,
        "v_grid_post": guard.pk,
        "v_charge": charge.pk,
        "v_visit": visit.pk,
        "v_done": done.pk,
        "v_finding": finding.pk,
        "v_import": sheet.pk,
        "v_session": session.pk,
        "v_challenge": challenge.pk,
        "v_soon": soon.isoformat(),
    }
