"""Rounds of suggestions."""

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone

from openzone.zone.audit.actors import Actor
from openzone.zone.people.enums import Role
from openzone.zone.people.models import User
from openzone.zone.people.services import create_user, grant_membership
from openzone.zone.suggestions.enums import Outcome, SheetKind
from openzone.zone.suggestions.models import Campaign, Original, Sheet
from openzone.zone.suggestions.services import campaigns
from openzone.zone.suggestions.services.collecting import Entry, propose
from openzone.zone.suggestions.services.merging import Part, merge
from openzone.zone.suggestions.services.reviewing import (
    decide,
    pass_answer,
    reject_originals,
)
from openzone.zone.suggestions.services.sheets import check_sheet
from openzone.zone.suggestions.services.submitting import submit
from tests.www.addresses.address import Address, get, post

if TYPE_CHECKING:
    from tests.www.conftest import Zone

LONG_AGO = dt.date(2020, 1, 1)
WORDS = "建议设立企业服务专窗集中办理涉企事项"

# A campaign that collects, with one suggestion of its own each: open, merged and waiting
# (``draft``), merged and accepted (``final``), turned down and waiting for its check.
# Administrators organise, review and submit; handlers record. Nobody of the four is a member.
ADDRESSES: tuple[Address, ...] = (
    get("suggestions", 200, 200, 200, 200),
    get("suggestions_mine", 403, 403, 403, 403),
    get("suggestion_campaign_new", 200, 403, 403, 403),
    post("suggestion_campaign_new", 302, 403, 403, 403, data={
        "title": "新征集", "opens_on": "2026-01-01", "closes_on": "2026-12-31"}),
    post("suggestion_campaign_new", 400, 403, 403, 403, data={
        "title": "新征集", "opens_on": "2026-12-31", "closes_on": "2026-01-01"}),
    get("suggestion_campaign", 200, 200, 403, 403, pk="{s_campaign}"),
    get("suggestion_campaign", 404, 404, 404, 404, pk=999999),
    post("suggestion_campaign_export", 200, 200, 403, 403, pk="{s_campaign}"),
    get("suggestion_add", 200, 403, 403, 403, pk="{s_campaign}", what="member"),
    get("suggestion_add", 404, 403, 403, 403, pk="{s_campaign}", what="nothing"),
    post("suggestion_add", 302, 403, 403, 403, pk="{s_campaign}", what="topic", data={
        "title": "另一议题"}),
    post("suggestion_add", 302, 403, 403, 403, pk="{s_campaign}", what="group", data={
        "name": "另一组"}),
    post("suggestion_add", 302, 403, 403, 403, pk="{s_campaign}", what="round", data={
        "held_on": "2026-05-01", "attended": "40"}),
    post("suggestion_add", 302, 403, 403, 403, pk="{s_campaign}", what="expert", data={
        "group": "{s_group}", "name": "示例专家"}),
    post("suggestion_add", 302, 403, 403, 403, pk="{s_campaign}", what="member", data={
        "group": "{s_group}", "name": "示例新成员"}),
    post("suggestion_add", 400, 403, 403, 403, pk="{s_campaign}", what="topic"),
    post("suggestion_course", 302, 403, 403, 403, pk="{s_campaign}", step="open"),
    post("suggestion_course", 404, 403, 403, 403, pk="{s_campaign}", step="nowhere"),
    get("suggestion_new", 200, 200, 403, 403, pk="{s_campaign}"),
    post("suggestion_new", 302, 302, 403, 403, pk="{s_campaign}", data={
        "member": "{s_member}", "topic": "{s_topic}", "round": "{s_round}",
        "text": "建议增设夜间服务时段方便企业"}),
    post("suggestion_new", 400, 400, 403, 403, pk="{s_campaign}", data={"text": "短"}),
    get("suggestion_alike", 200, 200, 403, 403, pk="{s_campaign}", query="?text=%E5%BB%BA"),
    get("suggestion_sheets", 200, 200, 403, 403, pk="{s_campaign}"),
    post("suggestion_sheets", 302, 302, 403, 403, pk="{s_campaign}", data={
        "kind": "suggestions", "pasted": "姓名,轮次,议题,建议内容\n示例成员,1,营商,太短"}),
    post("suggestion_sheets", 400, 400, 403, 403, pk="{s_campaign}", data={"kind": "suggestions"}),
    post("suggestion_sheets", 302, 403, 403, 403, pk="{s_campaign}", data={
        "kind": "members", "pasted": "姓名,分组\n示例成员,一组"}),
    get("suggestion_sheet", 200, 200, 403, 403, pk="{s_sheet}"),
    post("suggestion_sheet_apply", 302, 302, 403, 403, pk="{s_sheet}"),
    post("suggestion_sheet_discard", 302, 302, 403, 403, pk="{s_sheet}"),
    get("suggestion_originals", 200, 200, 403, 403, pk="{s_campaign}"),
    get("suggestion_originals", 200, 200, 403, 403, pk="{s_campaign}",
        query="?state=open&topic={s_topic}&valid=1"),
    get("suggestion_originals", 400, 400, 403, 403, pk="{s_campaign}", query="?state=lost"),
    post("suggestion_originals_export", 200, 200, 403, 403, pk="{s_campaign}"),
    get("suggestion_original", 200, 200, 403, 403, pk="{s_suggested}"),
    get("suggestion_withdraw", 200, 403, 403, 403, pk="{s_suggested}"),
    post("suggestion_withdraw", 302, 403, 403, 403, pk="{s_suggested}", data={"because": "重复"}),
    post("suggestion_withdraw", 400, 403, 403, 403, pk="{s_suggested}"),
    get("suggestion_members", 200, 200, 403, 403, pk="{s_campaign}", query="?spoke=yes"),
    post("suggestion_members_export", 200, 200, 403, 403, pk="{s_campaign}"),
    get("suggestion_notices", 200, 200, 403, 403, pk="{s_campaign}", query="?told=no"),
    post("suggestion_notices_export", 200, 200, 403, 403, pk="{s_campaign}"),
    post("suggestion_told", 302, 302, 403, 403, pk="{s_campaign}", data={
        "notice": "{s_notice}", "channel": "phone"}),
    get("suggestion_respond", 200, 200, 403, 403, pk="{s_notice}"),
    post("suggestion_respond", 400, 400, 403, 403, pk="{s_notice}", data={
        "response": "confirmed"}),
    get("suggestion_explain", 200, 403, 403, 403, pk="{s_notice}"),
    post("suggestion_explain", 400, 403, 403, 403, pk="{s_notice}", data={"text": "再说明"}),
    get("suggestion_merge", 200, 403, 403, 403, pk="{s_campaign}", query="?topic={s_topic}"),
    post("suggestion_merge", 302, 403, 403, 403, pk="{s_campaign}", data={
        "originals": "{s_open_number}", "title": "归并", "text": "归并后的建议正文"}),
    post("suggestion_merge", 400, 403, 403, 403, pk="{s_campaign}", data={
        "originals": "99999", "title": "归并", "text": "归并后的建议正文"}),
    get("suggestion_final", 200, 200, 403, 403, pk="{s_final}"),
    get("suggestion_final", 200, 200, 403, 403, pk="{s_draft}"),
    get("suggestion_final_add", 200, 403, 403, 403, pk="{s_draft}"),
    post("suggestion_final_add", 302, 403, 403, 403, pk="{s_draft}", data={
        "originals": "{s_open_number}"}),
    get("suggestion_final_revise", 200, 403, 403, 403, pk="{s_draft}"),
    post("suggestion_final_revise", 302, 403, 403, 403, pk="{s_draft}", data={
        "title": "新标题", "text": "新的正文"}),
    get("suggestion_final_undo", 200, 403, 403, 403, pk="{s_draft}"),
    post("suggestion_final_undo", 302, 403, 403, 403, pk="{s_draft}", data={"because": "误并"}),
    post("suggestion_final_undo", 400, 403, 403, 403, pk="{s_final}", data={"because": "误并"}),
    get("suggestion_flow_undo", 200, 403, 403, 403, pk="{s_flow}"),
    post("suggestion_flow_undo", 400, 403, 403, 403, pk="{s_flow}", data={"because": "误并"}),
    get("suggestion_decide", 200, 403, 403, 403, pk="{s_draft}"),
    post("suggestion_decide", 302, 403, 403, 403, pk="{s_draft}", data={
        "outcome": "accept", "answer": "同意，年内办。"}),
    post("suggestion_decide", 400, 403, 403, 403, pk="{s_draft}", data={
        "outcome": "reject", "answer": "不行"}),
    get("suggestion_assign", 200, 403, 403, 403, pk="{s_final}"),
    post("suggestion_assign", 302, 403, 403, 403, pk="{s_final}", data={"unit": "office"}),
    post("suggestion_assign", 400, 403, 403, 403, pk="{s_draft}", data={"unit": "office"}),
    get("suggestion_effect", 200, 403, 403, 403, pk="{s_final}"),
    post("suggestion_effect", 302, 403, 403, 403, pk="{s_final}", data={
        "indicator": "时长", "after": "3", "measured_on": "2026-01-02", "source": "台账"}),
    post("suggestion_effect", 400, 403, 403, 403, pk="{s_draft}", data={
        "indicator": "时长", "after": "3", "measured_on": "2026-01-02", "source": "台账"}),
    get("suggestion_reject", 200, 403, 403, 403, pk="{s_campaign}"),
    post("suggestion_reject", 302, 403, 403, 403, pk="{s_campaign}", data={
        "originals": "{s_open_number}", "reason": "means",
        "answer": "现阶段条件不具备，明年再行研究。"}),
    post("suggestion_reject", 400, 403, 403, 403, pk="{s_campaign}", data={
        "originals": "{s_open_number}", "reason": "means", "answer": "不行"}),
    get("suggestion_checks", 200, 200, 403, 403, pk="{s_campaign}"),
    post("suggestion_pass", 302, 403, 403, 403, pk="{s_verdict}"),
    get("suggestion_return", 200, 403, 403, 403, pk="{s_verdict}"),
    post("suggestion_return", 302, 403, 403, 403, pk="{s_verdict}", data={"remark": "没说窗口"}),
    post("suggestion_return", 400, 403, 403, 403, pk="{s_verdict}"),
    get("suggestion_submit", 200, 403, 403, 403, pk="{s_campaign}"),
    post("suggestion_submit", 302, 403, 403, 403, pk="{s_campaign}", data={
        "title": "报告", "recipient": "示例上级", "chosen": "{s_ready}"}),
    post("suggestion_submit", 400, 403, 403, 403, pk="{s_campaign}", data={
        "title": "报告", "recipient": "示例上级", "chosen": "{s_draft}"}),
    get("suggestion_submission", 200, 200, 403, 403, pk="{s_submission}"),
    get("suggestion_submission_file", 200, 200, 403, 403, pk="{s_submission}", kind="docx"),
    get("suggestion_submission_file", 200, 200, 403, 403, pk="{s_submission}", kind="pdf"),
    get("suggestion_submission_file", 404, 404, 403, 403, pk="{s_submission}", kind="txt"),
)  # fmt: skip


def numbers(zone: "Zone") -> dict[str, object]:
    """Return the numbers of the records the addresses speak of."""
    actor, now = Actor.system("tests"), timezone.now()
    reviewer, second = (_reviewer(actor, name, zone) for name in ("reviewing", "checking"))
    campaign = _campaign(actor)
    group, topic, held = (
        campaign.groups.get(), campaign.topics.get(), campaign.rounds.get(),
    )  # fmt: skip
    member = campaigns.add_member(actor=actor, group=group, name="示例成员", office="示例局")
    opened, waiting, taken, turned, also = (
        propose(actor=actor, entry=Entry(member, topic, held, f"{WORDS}之{n}"), now=now)
        for n in "甲乙丙丁戊"
    )
    sheet = _sheet(actor, campaign, now)
    given = {"actor": actor, "by": reviewer, "now": now}
    draft = merge(campaign=campaign, title="待定建议", text=WORDS, parts=[Part(waiting)], **given)
    finals = [
        merge(campaign=campaign, title="专窗", text=WORDS, parts=[Part(one)], **given)
        for one in (taken, also)
    ]
    for one in finals:
        verdict = decide(final=one, outcome=Outcome.ACCEPT, answer="同意。", **given)
        pass_answer(actor=actor, by=second, now=now, verdict=verdict)
    (rejected,) = reject_originals(
        originals=[turned], reason="topic", answer="与本次征集的议题无关，已转有关部门。", **given
    )
    sent = submit(
        actor=actor, by=reviewer, now=now, campaign=campaign, chosen=finals[:1],
        title="建议报告", recipient="示例上级",
    )  # fmt: skip
    made = {
        "campaign": campaign, "group": group, "topic": topic, "round": held, "member": member,
        "suggested": opened, "sheet": sheet, "draft": draft, "final": finals[0],
        "ready": finals[1], "flow": draft.flows.get(), "verdict": rejected, "submission": sent,
        "notice": _notice(taken),
    }  # fmt: skip
    found = {f"s_{name}": row.pk for name, row in made.items()}
    return found | {"s_open_number": opened.number}


def _reviewer(actor: Actor, name: str, zone: "Zone") -> User:
    user = create_user(actor=actor, username=name)
    unit = zone.clerk.memberships.earliest("pk").unit
    grant_membership(actor=actor, user=user, unit=unit, role=Role.CENTRE, valid_from=LONG_AGO)
    return user


def _campaign(actor: Actor) -> Campaign:
    campaign = campaigns.create_campaign(
        actor=actor, title="示例征集", opens_on=LONG_AGO, closes_on=dt.date(2030, 1, 1),
        synthetic=True,
    )  # fmt: skip
    campaigns.add_topic(actor=actor, campaign=campaign, title="营商")
    campaigns.add_group(actor=actor, campaign=campaign, name="一组")
    campaigns.hold_round(actor=actor, campaign=campaign, held_on=LONG_AGO)
    return campaigns.open_campaign(actor=actor, campaign=campaign)


def _sheet(actor: Actor, campaign: Campaign, now: dt.datetime) -> Sheet:
    data = f"姓名,轮次,议题,建议内容\n示例成员,1,营商,{WORDS}之己\n无此人,1,营商,{WORDS}\n"
    return check_sheet(
        actor=actor, campaign=campaign, kind=SheetKind.SUGGESTIONS, file_name="建议.csv",
        data=data.encode(), now=now, as_of=timezone.localdate(),
    )  # fmt: skip


def _notice(original: Original) -> object:
    return original.feedback.get()
