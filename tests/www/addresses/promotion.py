"""Leads, investors and their people, referrals, advisers, workbooks of leads."""

import datetime as dt
from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from openpyxl import Workbook

from openzone.zone.audit.actors import Actor
from openzone.zone.people.enums import Role, UnitKind
from openzone.zone.people.services import create_unit, create_user, grant_membership
from openzone.zone.promotion.services.advisers import join_roster
from openzone.zone.promotion.services.contacts import add_contact
from openzone.zone.promotion.services.following import end, let_in
from openzone.zone.promotion.services.interactions import record_interaction
from openzone.zone.promotion.services.investors import record_investor
from openzone.zone.promotion.services.leads import record_lead
from openzone.zone.promotion.services.merging import merge_investors
from openzone.zone.promotion.services.referrals import refer
from openzone.zone.promotion.services.sheets import check_sheet
from tests.www.addresses.address import NOWHERE, Address, get, post

if TYPE_CHECKING:
    from tests.www.conftest import Zone

# Leads of the handler's office: one assigned, one talked about, one rejected; one of another unit
# that was passed to the office. The administrator reads all of it and keeps roster, merges and
# workbooks; the handler works on it; people of enterprises see nothing.
LEAD, TALKED, GONE = {"pk": "{l_lead}"}, {"pk": "{l_talked}"}, {"pk": "{l_gone}"}
PASSED, FIRM, PERSON = {"pk": "{l_passed}"}, {"pk": "{l_firm}"}, {"pk": "{l_person}"}
DAY = dt.date(2026, 11, 2)
TODAY = {"on": "2026-11-03"}


def _acts() -> tuple[Address, ...]:
    open_ = ("assign", "move", "talk", "grade", "refer", "let-in", "project")
    return (
        *(get("lead_act", 403, 200, 403, 403, what=what, **LEAD) for what in open_),
        get("lead_act", 403, 200, 403, 403, what="correct", query="?interaction={l_talk}",
            **TALKED),
        get("lead_act", 403, 200, 403, 403, what="correct", query="?interaction=x&seen=y", **LEAD),
        get("lead_act", 403, 200, 403, 403, what="let-out", query="?helper={l_helper}", **LEAD),
        get("lead_act", 403, 200, 403, 403, what="move", query="?to=nowhere", **GONE),
        get("lead_act", 403, 403, 403, 403, what="credit", **LEAD),
        get("lead_act", 404, 404, 404, 404, what="nothing", **LEAD),
        get("lead_act", 404, 404, 404, 404, what="move", pk=NOWHERE),
        *(_do(what, 400) for what in ("assign", "move", "talk", "correct", "grade", "refer",
                                      "let-in", "let-out")),
        _do("assign", 302, adviser="example-lingwai", **TODAY),
        _do("assign", 400, adviser="example-guwen", **TODAY),
        _do("assign", 400, adviser="example-lingwai", seen="1", **TODAY),
        _do("move", 302, TALKED, to="negotiating", **TODAY),
        _do("move", 400, to="negotiating", **TODAY),
        _do("move", 400, to="rejected", **TODAY),
        _do("move", 302, to="shelved", reason="缓议", **TODAY),
        _do("move", 302, GONE, to="reopen", reason="再议", sure="on", **TODAY),
        _do("move", 400, GONE, to="reopen", **TODAY),
        _do("talk", 302, kind="call", summary="谈了选址", contact="{l_person}", **TODAY),
        _do("talk", 400, kind="call", summary="谈了选址", on="2099-01-01"),
        _do("talk", 400, kind="call", summary="谈了选址", contact="9" * 30, **TODAY),
        _do("correct", 302, TALKED, interaction="{l_talk}", kind="call", summary="改", **TODAY),
        _do("grade", 302, **{"ask-who": "yes", "ask-what": "no"}, **TODAY),
        _do("refer", 302, kind="handover", to_unit="example-park", reason="用地"),
        _do("let-in", 302, user="example-lingwai"),
        _do("let-out", 302, helper="{l_helper}", on="2026-12-01"),
        _do("project", 302, TALKED, name="示例项目", pipeline="six_batches", **TODAY),
        _do("project", 400, name="示例项目", pipeline="six_batches", **TODAY),
    )  # fmt: skip


def _do(what: str, status: int, lead: dict[str, str] = LEAD, **data: str) -> Address:
    return post("lead_act", 403, status, 403, 403, data=data, what=what, **lead)


NEW = {"title": "新线索", "source": "adviser", "received_on": "2026-11-03", "scale": "10000"}
ADDRESSES: tuple[Address, ...] = (
    get("leads", 200, 200, 403, 403),
    get("leads", 200, 200, 403, 403, query="?state=in_talks&text=示例"),
    get("leads", 400, 400, 403, 403, query="?state=nowhere"),
    get("leads", 400, 400, 403, 403, query="?received_from=2026-02-01&received_to=2026-01-01"),
    get("lead_list", 200, 200, 403, 403),
    get("lead_list", 200, 200, 403, 403, query="?grade=none&after=zzz&adviser={l_adviser}"),
    get("lead_list", 200, 200, 403, 403, query="?credited={l_adviser}"),
    get("lead_list", 400, 400, 403, 403, query="?adviser=" + "9" * 30),
    post("lead_export", 200, 200, 403, 403, data={"state": "open"}),
    get("leads_quiet", 200, 200, 403, 403),
    get("leads_quiet", 200, 200, 403, 403, query="?days=1&adviser={l_adviser}"),
    get("leads_quiet", 400, 400, 403, 403, query="?days=none"),
    get("lead_new", 403, 200, 403, 403),
    get("lead_new", 403, 200, 403, 403, query="?investor={l_firm}"),
    get("lead_new", 403, 404, 403, 403, query="?investor=x"),
    post("lead_new", 403, 302, 403, 403, data=NEW | {"investor_name": "示例全新企业"}),
    post("lead_new", 403, 400, 403, 403, data=NEW | {"investor_name": "示例恒川电子有限公司"}),
    post("lead_new", 403, 400, 403, 403, data={"title": ""}),
    get("lead", 200, 200, 403, 403, **LEAD),
    get("lead", 200, 200, 403, 403, **TALKED),
    get("lead", 200, 200, 403, 403, **GONE),
    get("lead", 200, 200, 403, 403, pk="{l_referred}"),
    get("lead", 404, 404, 404, 404, pk=NOWHERE),
    get("lead_edit", 403, 200, 403, 403, **LEAD),
    post("lead_edit", 403, 302, 403, 403, data=NEW, **LEAD),
    post("lead_edit", 403, 400, 403, 403, data=NEW, **GONE),
    *_acts(),
    get("referrals", 200, 200, 403, 403),
    get("referral_answer", 403, 200, 403, 403, what="talk", **PASSED),
    get("referral_answer", 403, 200, 403, 403, what="refuse", **PASSED),
    get("referral_answer", 404, 404, 404, 404, what="nothing", **PASSED),
    get("referral_answer", 404, 404, 404, 404, what="talk", pk=NOWHERE),
    post("referral_answer", 403, 302, 403, 403, what="refuse", data={"reason": "无地"}, **PASSED),
    post("referral_answer", 403, 400, 403, 403, what="refuse", data={"reason": ""}, **PASSED),
    post("referral_answer", 403, 302, 403, 403, what="talk", **PASSED,
         data={"kind": "call", "summary": "联系上了", **TODAY}),
    get("investors", 200, 200, 403, 403),
    get("investors", 200, 200, 403, 403, query="?q=恒川%20示例&page=x"),
    get("investor_new", 403, 200, 403, 403),
    post("investor_new", 403, 302, 403, 403, data={"investor_name": "示例别家企业"}),
    post("investor_new", 403, 400, 403, 403, data={"investor_name": "示例别家企业", "uscc": "1"}),
    get("investor", 200, 200, 403, 403, **FIRM),
    get("investor", 302, 302, 403, 403, pk="{l_absorbed}"),
    get("investor", 404, 404, 403, 403, pk=NOWHERE),
    get("investor_edit", 403, 200, 403, 403, **FIRM),
    post("investor_edit", 403, 302, 403, 403, **FIRM, data={"investor_name": "示例恒川电子"}),
    post("investor_edit", 403, 400, 403, 403, **FIRM, data={"investor_name": ""}),
    get("investor_merge", 200, 403, 403, 403, **FIRM),
    get("investor_merge", 200, 403, 403, 403, query="?q=示例", **FIRM),
    get("investor_merge", 200, 403, 403, 403, query="?other={l_twin}", **FIRM),
    get("investor_merge", 404, 403, 403, 403, query="?other=x", **FIRM),
    post("investor_merge", 302, 403, 403, 403, **FIRM,
         data={"other": "{l_twin}", "reason": "同一家"}),
    post("investor_merge", 400, 403, 403, 403, **FIRM,
         data={"other": "{l_firm}", "reason": "同一家"}),
    get("investor_unmerge", 200, 403, 403, 403, pk="{l_merge}"),
    post("investor_unmerge", 302, 403, 403, 403, pk="{l_merge}", data={"reason": "弄错"}),
    post("investor_unmerge", 400, 403, 403, 403, pk="{l_merge}", data={"reason": ""}),
    get("contact_new", 403, 200, 403, 403, **FIRM),
    post("contact_new", 403, 302, 403, 403, **FIRM, data={
        "name": "示例李某", "phone": "13800009999", "consent_on": "2026-11-02",
        "consent_by": "card"}),
    post("contact_new", 403, 400, 403, 403, **FIRM, data={"name": "某", "phone": "13800009999"}),
    get("contact_act", 403, 200, 403, 403, what="renew", **PERSON),
    get("contact_act", 403, 200, 403, 403, what="withdraw", **PERSON),
    get("contact_act", 403, 404, 403, 403, what="nothing", **PERSON),
    post("contact_act", 403, 302, 403, 403, what="withdraw", data={"on": "2026-11-03"}, **PERSON),
    post("contact_act", 403, 400, 403, 403, what="withdraw", data={"on": "2099-11-03"}, **PERSON),
    post("contact_act", 403, 400, 403, 403, what="renew", data={"phone": "1"}, **PERSON),
    post("contact_show", 403, 200, 403, 403, **PERSON),
    post("contact_show", 404, 404, 403, 403, pk=NOWHERE),
    get("advisers", 200, 200, 403, 403),
    get("adviser_new", 200, 403, 403, 403),
    post("adviser_new", 302, 403, 403, 403, data={"user": "example-jingban", "on": "2026-11-02"}),
    post("adviser_new", 400, 403, 403, 403, data={"user": "example-guwen", "on": "2026-11-02"}),
    get("adviser_leave", 200, 403, 403, 403, pk="{l_term}"),
    post("adviser_leave", 302, 403, 403, 403, pk="{l_term}", data={"on": "2026-11-20"}),
    post("adviser_leave", 400, 403, 403, 403, pk="{l_term}", data={"on": "2019-11-20"}),
    get("lead_sheets", 200, 403, 403, 403),
    post("lead_sheets", 400, 403, 403, 403),
    get("lead_sheet_template", 200, 403, 403, 403),
    get("lead_sheet", 200, 403, 403, 403, pk="{l_sheet}"),
    get("lead_sheet", 404, 403, 403, 403, pk=NOWHERE),
    post("lead_sheet_act", 302, 403, 403, 403, what="apply", pk="{l_sheet}"),
    post("lead_sheet_act", 302, 403, 403, 403, what="discard", pk="{l_sheet}"),
    post("lead_sheet_act", 200, 403, 403, 403, what="marked", pk="{l_sheet}"),
    post("lead_sheet_act", 404, 403, 403, 403, what="nothing", pk="{l_sheet}"),
)  # fmt: skip


def numbers(zone: "Zone") -> dict[str, object]:
    """Return the numbers of the records the addresses speak of."""
    actor, now = Actor.system("tests"), timezone.now()
    hand: dict[str, Any] = {"actor": actor, "now": now}
    adviser, other, clerk = (
        create_user(actor=actor, username=f"example-{name}")
        for name in ("guwen", "lingwai", "jingban")
    )
    terms = [join_roster(actor=actor, user=one, on=dt.date(2026, 1, 1)) for one in (adviser, other)]
    park = create_unit(actor=actor, code="example-park", name="示例产业园", kind=UnitKind.PARK)
    grant_membership(
        actor=actor, user=clerk, unit=park, role=Role.HANDLER, valid_from=dt.date(2026, 1, 1)
    )
    firm, twin, absorbed = (
        record_investor(**hand, name=name, synthetic=True, sure=True)
        for name in ("示例恒川电子有限公司", "示例恒川电子", "示例恒川科技")
    )
    merge = merge_investors(**hand, survivor=firm, absorbed=absorbed, reason="同一家")
    person = add_contact(
        **hand, investor=firm, name="示例王某", phone="13800001234", consent_on=DAY,
        consent_by="card",
    )  # fmt: skip
    said: dict[str, Any] = {
        **hand, "investor": firm, "source": "adviser", "received_on": DAY, "adviser": adviser,
        "unit": zone.charge.unit, "sure": True, "synthetic": True,
    }  # fmt: skip
    lead, talked, gone = (
        record_lead(**said, title=title) for title in ("示例线索甲", "示例线索乙", "示例线索丙")
    )
    referred = record_lead(**said | {"unit": park}, title="示例线索丁")
    talk = record_interaction(
        **hand, lead=talked, kind="call", on=DAY, summary="谈了", next_step="回访", next_on=DAY
    )
    end(**hand, lead=gone, to="rejected", reason="能耗过高", on=DAY)
    passed = refer(
        **hand, lead=referred, kind="handover", to_unit=zone.charge.unit, reason="用地", user=clerk
    )
    helper = let_in(actor=actor, lead=lead, user=clerk, on=DAY)
    sheet = check_sheet(
        **hand, user=None, file_name="线索.xlsx", data=_book(), as_of=now.date(), synthetic=True
    )
    made = {
        "lead": lead, "talked": talked, "gone": gone, "referred": referred, "talk": talk,
        "passed": passed, "firm": firm, "twin": twin, "absorbed": absorbed, "merge": merge,
        "person": person, "helper": helper, "sheet": sheet, "term": terms[1], "adviser": adviser,
    }  # fmt: skip
    return {f"l_{name}": row.pk for name, row in made.items()}


def _book() -> bytes:
    made, stream = Workbook(), BytesIO()
    made.active.append(["线索名称", "投资方", "招商顾问"])
    made.active.append(["示例线索戊", "示例光能有限公司", "example-guwen"])
    made.active.append(["示例线索己", "示例储能有限公司", "没有这个人"])
    made.save(stream)
    return stream.getvalue()
