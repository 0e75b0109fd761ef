"""Registers and figures of the desks."""

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone

from openzone.zone.audit.actors import Actor
from openzone.zone.cases.enums import DispatchTerms
from openzone.zone.cases.models import Case
from openzone.zone.cases.services.acting import act
from openzone.zone.cases.services.dispatches import dispatch, note_arrival
from openzone.zone.cases.services.intake import Requester, open_case
from openzone.zone.cases.services.refusals import Grounds, report_refusal
from openzone.zone.cases.services.rule_changes import suggest_change
from openzone.zone.people.enums import UnitKind
from openzone.zone.people.models import Unit
from openzone.zone.people.services import create_unit, create_user
from tests.www.addresses.address import NOWHERE, Address, get, post

if TYPE_CHECKING:
    from tests.www.conftest import Zone

REFUSAL = {
    "unit": "office", "matter": "示例贴息", "law": "示例办法", "clause": "第三条",
    "reason": "超出范围", "alternatives": "可申请另一项",
}  # fmt: skip
CHANGE = {"unit": "office", "rule": "示例办法", "cause": "都不符合", "proposal": "放宽"}
ORDER = {
    "what": "发电机", "amount": "1台", "terms": "rented", "supplier": "示例公司", "place": "示例路",
}  # fmt: skip

ADDRESSES: tuple[Address, ...] = (
    get("negative_answers", 200, 200, 403, 403),
    get("negative_answers", 200, 200, 403, 403, query="?standing=waiting&unit=office&q=%E8%A1%A5"),
    get("negative_answers", 400, 400, 403, 403, query="?standing=lost"),
    post("negative_answers_export", 200, 200, 403, 403),
    get("negative_answer_new", 200, 200, 403, 403),
    post("negative_answer_new", 400, 302, 403, 403, data=REFUSAL),
    post("negative_answer_new", 400, 400, 403, 403, data=REFUSAL | {"alternatives": " "}),
    get("negative_answer", 200, 200, 403, 403, pk="{refusal}"),
    get("negative_answer", 404, 404, 403, 403, pk=NOWHERE),
    get("negative_answer_review", 403, 403, 403, 403, pk="{refusal}"),
    post("negative_answer_review", 403, 403, 403, 403, pk="{refusal}", data={
        "word": "upheld", "note": "依据充分"}),
    get("rule_changes", 200, 200, 403, 403),
    get("rule_changes", 400, 400, 403, 403, query="?word=maybe"),
    get("rule_change_new", 200, 403, 403, 403),
    get("rule_change_new", 200, 403, 403, 403, query="?rule=%E5%8A%9E%E6%B3%95"),
    post("rule_change_new", 400, 403, 403, 403, data=CHANGE | {"cases": "OZ-0"}),
    get("rule_change", 200, 200, 403, 403, pk="{change}"),
    get("rule_change", 404, 404, 403, 403, pk=NOWHERE),
    get("rule_change_answer", 403, 200, 403, 403, pk="{change}"),
    post("rule_change_answer", 403, 400, 403, 403, pk="{change}", data={
        "answer": "adopted", "text": "已修订"}),
    post("rule_change_answer", 403, 302, 403, 403, pk="{change}", data={
        "answer": "declined", "text": "上位法规定"}),
    get("dispatches", 200, 200, 403, 403),
    get("dispatches", 400, 400, 403, 403, query="?first=x"),
    get("dispatch_new", 403, 200, 403, 403, pk="{urgent}"),
    get("dispatch_new", 404, 404, 404, 404, pk=NOWHERE),
    post("dispatch_new", 403, 302, 403, 403, pk="{urgent}", data=ORDER),
    post("dispatch_new", 403, 400, 403, 403, pk="{urgent}", data=ORDER | {"terms": "stolen"}),
    post("dispatch_arrived", 403, 302, 403, 403, pk="{ordered}"),
    get("dispatch_returned", 403, 200, 403, 403, pk="{ordered}"),
    post("dispatch_returned", 403, 302, 403, 403, pk="{ordered}", data={"cost": "100"}),
    post("dispatch_returned", 403, 400, 403, 403, pk="{ordered}", data={"cost": "-1"}),
    get("closures", 200, 200, 403, 403),
    get("closures", 400, 400, 403, 403, query="?first=x"),
    get("closure_rows", 200, 200, 403, 403, query="?group=all&figure=received"),
    get("closure_rows", 404, 404, 403, 403, query="?group=none"),
    get("window", 200, 200, 403, 403),
    get("window", 400, 400, 403, 403, query="?first=x"),
    get("window_refer", 200, 403, 403, 403, pk="{failed}"),
    post("window_refer", 400, 403, 403, 403, pk="{failed}", data={"finding": "推诿"}),
    get("window_refer", 404, 404, 404, 404, pk="{urgent}"),
)  # fmt: skip


def numbers(zone: "Zone") -> dict[str, int]:
    """Make a request of the office with something ordered, a window case, a refusal, a change."""
    actor, now, office = Actor.system("tests"), timezone.now(), zone.charge.unit
    desk = create_unit(actor=actor, code="window-desk", name="示例窗口", kind=UnitKind.DEPARTMENT)
    urgent = open_case(
        actor=actor, kind="enterprise_request", title="停电（示例）", text="", now=now,
        channel="phone", requester=Requester("enterprise", zone.other),
        fields={"topic": "energy", "element": "power", "urgency": "stopped"}, unit=office,
    ).case  # fmt: skip
    urgent = act(actor=actor, case=urgent, action="accept", now=now, user=zone.clerk)
    ordered = dispatch(
        actor=actor, by=zone.clerk, case=urgent, what="发电机", amount="1台", supplier="示例公司",
        terms=DispatchTerms.RENTED, place="示例路", now=now,
    )  # fmt: skip
    note_arrival(actor=actor, dispatch=ordered, at=now)
    refusal = report_refusal(
        actor=actor, by=zone.clerk, unit=office, matter="示例补贴", now=now,
        grounds=Grounds("示例办法", "第三条", "超出范围", "可申请另一项"),
    )  # fmt: skip
    change = suggest_change(
        actor=actor, by=create_user(actor=actor, username="proposer"), cases=[urgent], unit=office,
        rule="示例办法", clause="", cause="都不符合", proposal="放宽", now=now,
    )  # fmt: skip
    made = {"urgent": urgent, "ordered": ordered, "refusal": refusal, "change": change}
    return {name: row.pk for name, row in made.items()} | {"failed": _failed(desk, now).pk}


def _failed(desk: Unit, now: dt.datetime) -> Case:
    """A case of the window, taken down today."""
    return open_case(
        actor=Actor.system("tests"), kind="cannot_get_it_done", title="没办成（示例）", text="",
        now=now, channel="counter", requester=Requester("person", name="示例群众"), unit=desk,
        fields={
            "attempted_item": "示例许可", "attempted_at": "示例窗口", "attempted_on": "2026-11-01",
            "attempt_result": "refused", "attempt_said": "不能办", "evidence_kind": "none",
            "no_evidence_because": "未出具",
        },
    ).case  # fmt: skip
