"""What the organisers do with suggestions: prepare, merge, decide, check, submit, follow."""

from collections.abc import Callable
from typing import Any

from django.shortcuts import get_object_or_404

from openzone.engines.text import Text
from openzone.www.api.areas.suggestions import ROOT, desk
from openzone.www.api.bodies import Body
from openzone.www.api.errors import hide, require
from openzone.www.api.sent import Asked, Sent
from openzone.www.api.shapes import suggestions as shapes
from openzone.www.api.shapes.common import CountOut
from openzone.www.api.values import Id, Line, Paragraphs
from openzone.www.forms import suggestions as page
from openzone.zone.errors import Refused
from openzone.zone.people.permissions import Decision, may_see_console
from openzone.zone.suggestions import permissions
from openzone.zone.suggestions.enums import Channel
from openzone.zone.suggestions.models import (
    Campaign,
    Feedback,
    Final,
    Flow,
    Member,
    Original,
    Submission,
    Verdict,
)
from openzone.zone.suggestions.selectors.provenance import provenance
from openzone.zone.suggestions.selectors.states import finals
from openzone.zone.suggestions.services import campaigns, merging, reviewing, telling
from openzone.zone.suggestions.services.carrying import assign
from openzone.zone.suggestions.services.effects import record_effect
from openzone.zone.suggestions.services.submitting import submit

__all__ = ["desk"]  # one router: an address may read here and write there


@desk.act(ROOT, Text("筹备征集", "Prepare a campaign"), page.CampaignForm, shapes.CampaignDetail,
          status=201)  # fmt: skip
def prepare_campaign(asked: Asked, sent: Sent) -> Any:
    """Prepare a campaign; topics, groups and rounds follow."""
    require(permissions.may_organise(asked.user, asked.on))
    return campaigns.create_campaign(actor=asked.actor, **sent.given())


@desk.act(ROOT + "/{pk}/topics", Text("增加主题", "Add a topic"), page.TopicForm,
          shapes.CampaignDetail)  # fmt: skip
def add_topic(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Add a topic to a campaign."""
    found = _organised(asked, pk)
    campaigns.add_topic(actor=asked.actor, campaign=found, **sent.given())
    return _fresh(pk)


@desk.act(ROOT + "/{pk}/groups", Text("增加小组", "Add a group"), page.GroupForm,
          shapes.CampaignDetail)  # fmt: skip
def add_group(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Add a group to a campaign."""
    found = _organised(asked, pk)
    campaigns.add_group(actor=asked.actor, campaign=found, **sent.given())
    return _fresh(pk)


@desk.act(ROOT + "/{pk}/members", Text("增加参与人员", "Add a member"), page.PersonForm,
          shapes.CampaignDetail)  # fmt: skip
def add_member(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Add a member to a group."""
    given = sent.given(_organised(asked, pk))
    campaigns.add_member(actor=asked.actor, **given)
    return _fresh(pk)


@desk.read(ROOT + "/{pk}/members", Text("参与人员", "Members"), list[shapes.MemberOut])
def list_members(asked: Asked, pk: Id) -> Any:
    """Who takes part; for who types suggestions in from paper."""
    require(permissions.may_record(asked.user, asked.on))
    rows = Member.objects.filter(group__campaign=get_object_or_404(Campaign, pk=pk))
    return rows.select_related("group").order_by("group_id", "pk")


@desk.act(ROOT + "/{pk}/facilitators", Text("增加引导人", "Add a facilitator"), page.ExpertForm,
          shapes.CampaignDetail)  # fmt: skip
def add_facilitator(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Add a facilitator to a group."""
    given = sent.given(_organised(asked, pk))
    campaigns.add_facilitator(actor=asked.actor, **given)
    return _fresh(pk)


@desk.act(ROOT + "/{pk}/rounds", Text("登记轮次", "Write down a round"), page.RoundForm,
          shapes.CampaignDetail)  # fmt: skip
def add_round(asked: Asked, sent: Sent, pk: Id) -> Any:
    """A meeting of the groups was held."""
    found = _organised(asked, pk)
    campaigns.hold_round(actor=asked.actor, campaign=found, **sent.given())
    return _fresh(pk)


@desk.act(ROOT + "/{pk}/open", Text("开始收集", "Open a campaign"), None, shapes.CampaignDetail)
def open_campaign(asked: Asked, sent: Body, pk: Id) -> Any:
    """Suggestions are collected from now on."""
    campaigns.open_campaign(actor=asked.actor, campaign=_organised(asked, pk))
    return _fresh(pk)


@desk.act(ROOT + "/{pk}/close", Text("结束收集", "End collecting"), None, shapes.CampaignDetail)
def end_collecting(asked: Asked, sent: Body, pk: Id) -> Any:
    """No more suggestions; the time to answer runs."""
    campaigns.end_collecting(actor=asked.actor, campaign=_organised(asked, pk), now=asked.now)
    return _fresh(pk)


@desk.act(ROOT + "/{pk}/finish", Text("完成征集", "Finish a campaign"), None,
          shapes.CampaignDetail)  # fmt: skip
def finish(asked: Asked, sent: Body, pk: Id) -> Any:
    """Everybody was answered."""
    campaigns.finish_campaign(actor=asked.actor, campaign=_organised(asked, pk))
    return _fresh(pk)


@desk.read(ROOT + "/{pk}/finals", Text("汇总建议及来源", "Finals with provenance"),
           list[shapes.ProvenanceOut])  # fmt: skip
def list_finals(asked: Asked, pk: Id) -> Any:
    """Every final with the originals, people, groups and rounds it came from."""
    found = get_object_or_404(Campaign, pk=pk)
    hide(permissions.may_see(asked.user, found, asked.on))
    return provenance(finals(found).select_related("case"))


@desk.read("/suggestions/finals/{pk}", Text("一条汇总建议", "One final"), shapes.FinalDetail)
def get_final(asked: Asked, pk: Id) -> Any:
    """Where it came from, what was decided, what it changed."""
    found = _final(pk)
    hide(permissions.may_see(asked.user, found.campaign, asked.on))
    return found


class PartIn(Body):
    """An original by its number in the campaign, and which part of it; empty for all of it."""

    original: Id
    part: Line = ""


class MergeIn(Body):
    """A final, and what flows into it."""

    title: Line
    text: Paragraphs
    parts: list[PartIn]


class AddIn(Body):
    """More that flows in."""

    parts: list[PartIn]


@desk.act(ROOT + "/{pk}/finals", Text("合并建议", "Draft a final"), MergeIn, shapes.FinalDetail,
          status=201)  # fmt: skip
def merge_suggestions(asked: Asked, sent: MergeIn, pk: Id) -> Any:
    """Draft a final of originals; each keeps its number and its proposer."""
    campaign = _organised(asked, pk)
    made = merging.merge(
        actor=asked.actor, by=asked.user, campaign=campaign, title=sent.title, text=sent.text,
        parts=_parts(campaign, sent.parts), now=asked.now,
    )  # fmt: skip
    return _final(made.pk)


@desk.act("/suggestions/finals/{pk}/add", Text("并入建议", "Add suggestions"), AddIn,
          shapes.FinalDetail)  # fmt: skip
def add_to_final(asked: Asked, sent: AddIn, pk: Id) -> Any:
    """Let more originals flow into a final."""
    final = _final_for(asked, pk, permissions.may_organise)
    parts = _parts(final.campaign, sent.parts)
    merging.add(actor=asked.actor, by=asked.user, final=final, parts=parts, now=asked.now)
    return _final(pk)


@desk.act("/suggestions/finals/{pk}/revise", Text("修改表述", "Reword"), page.FinalForm,
          shapes.FinalDetail)  # fmt: skip
def revise(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Reword a final; the log keeps what it was."""
    final = _final_for(asked, pk, permissions.may_organise)
    merging.revise(actor=asked.actor, final=final, **sent.given())
    return _final(pk)


@desk.act("/suggestions/finals/{pk}/dissolve", Text("撤销合并", "Undo a merge"), page.BecauseForm,
          shapes.FinalDetail)  # fmt: skip
def dissolve(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Every original is where it was before."""
    final = _final_for(asked, pk, permissions.may_organise)
    merging.dissolve(actor=asked.actor, by=asked.user, final=final, now=asked.now, **sent.given())
    return _final(pk)


@desk.act("/suggestions/flows/{pk}/undo", Text("移出一条", "Take one out"), page.BecauseForm,
          shapes.FinalDetail)  # fmt: skip
def undo_flow(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Take one original out of a final."""
    require(permissions.may_organise(asked.user, asked.on))
    flow = get_object_or_404(Flow.objects.select_related("final", "original"), pk=pk)
    merging.undo_flow(actor=asked.actor, by=asked.user, flow=flow, now=asked.now, **sent.given())
    return _final(flow.final_id)


@desk.act("/suggestions/finals/{pk}/decide", Text("作出决定", "Decide"), page.DecideForm,
          shapes.VerdictOut)  # fmt: skip
def decide_final(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Adopt, try out or reject, with the answer; somebody else checks the answer."""
    final = _final_for(asked, pk, permissions.may_review)
    return reviewing.decide(
        actor=asked.actor, by=asked.user, final=final, now=asked.now, **sent.given()
    )


class RejectIn(Body):
    """Originals by their numbers in the campaign, the reason and the answer."""

    originals: list[Id]
    reason: Line
    answer: Paragraphs


@desk.act(ROOT + "/{pk}/reject", Text("不予采纳", "Reject suggestions"), RejectIn,
          list[shapes.VerdictOut])  # fmt: skip
def reject(asked: Asked, sent: RejectIn, pk: Id) -> Any:
    """Reject originals with a reason and an answer; somebody else checks the answer."""
    require(permissions.may_review(asked.user, asked.on))
    chosen = _originals(get_object_or_404(Campaign, pk=pk), sent.originals, "originals")
    return reviewing.reject_originals(
        actor=asked.actor, by=asked.user, originals=chosen, reason=sent.reason,
        answer=sent.answer, now=asked.now,
    )  # fmt: skip


@desk.act("/suggestions/answers/{pk}/pass", Text("答复通过", "Pass an answer"), None,
          shapes.VerdictOut)  # fmt: skip
def pass_answer(asked: Asked, sent: Body, pk: Id) -> Any:
    """The answer answers: the decision stands and its proposers are told."""
    found = _verdict(asked, pk)
    return reviewing.pass_answer(actor=asked.actor, by=asked.user, verdict=found, now=asked.now)


@desk.act("/suggestions/answers/{pk}/return", Text("退回答复", "Return an answer"),
          page.ReturnForm, shapes.VerdictOut)  # fmt: skip
def return_answer(asked: Asked, sent: Sent, pk: Id) -> Any:
    """The answer does not answer; it goes back."""
    found = _verdict(asked, pk)
    return reviewing.return_answer(
        actor=asked.actor, by=asked.user, verdict=found, now=asked.now, **sent.given()
    )


class ToldIn(Body):
    """Which notices were given by which channel."""

    notices: list[Id]
    channel: Line


@desk.act(ROOT + "/{pk}/told", Text("登记已告知", "Note who was told"), ToldIn, CountOut)
def note_told(asked: Asked, sent: ToldIn, pk: Id) -> Any:
    """Proposers without a login were told."""
    require(permissions.may_record(asked.user, asked.on))
    if sent.channel not in Channel.values or sent.channel == Channel.IN_APP:
        raise Refused(Text("没有这种渠道", "there is no such channel"), field="channel")
    rows = Feedback.objects.filter(pk__in=sent.notices, original__campaign=pk)
    found = list(rows.select_related("original"))
    if len(found) != len(set(sent.notices)):
        raise Refused(Text("没有这条告知", "there is no such notice"), field="notices")
    return {
        "count": telling.note_told(
            actor=asked.actor, notices=found, channel=Channel(sent.channel), now=asked.now
        )
    }


class SubmitIn(Body):
    """Which finals go to whom."""

    title: Line
    recipient: Line
    chosen: list[Id]


@desk.act(ROOT + "/{pk}/submissions", Text("报送", "Submit upwards"), SubmitIn,
          shapes.SubmissionOut, status=201)  # fmt: skip
def submit_finals(asked: Asked, sent: SubmitIn, pk: Id) -> Any:
    """Submit finals as a paper, kept as it was that day."""
    require(permissions.may_submit(asked.user, asked.on))
    campaign = get_object_or_404(Campaign, pk=pk)
    given = Sent(page.SubmitForm, sent).given(campaign)
    return submit(
        actor=asked.actor, by=asked.user, campaign=campaign, chosen=list(given["chosen"]),
        title=given["title"], recipient=given["recipient"], now=asked.now,
    )  # fmt: skip


@desk.read("/suggestions/submissions/{pk}", Text("报送件", "A submission"), shapes.SubmissionOut)
def get_submission(asked: Asked, pk: Id) -> Any:
    """What was submitted, as it was that day."""
    require(may_see_console(asked.user, asked.on))
    return get_object_or_404(Submission, pk=pk)


@desk.act("/suggestions/finals/{pk}/assign", Text("交办", "Assign"), page.AssignForm,
          shapes.FinalDetail)  # fmt: skip
def assign_final(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Give an adopted suggestion to the unit that carries it out, as a case."""
    final = _final_for(asked, pk, permissions.may_review)
    assign(actor=asked.actor, final=final, now=asked.now, **sent.given())
    return _final(pk)


@desk.act("/suggestions/finals/{pk}/effects", Text("登记成效", "Record an effect"),
          page.EffectForm, shapes.EffectOut, status=201)  # fmt: skip
def effect(asked: Asked, sent: Sent, pk: Id) -> Any:
    """What carrying out a suggestion changed, measured."""
    final = _final_for(asked, pk, permissions.may_organise)
    return record_effect(actor=asked.actor, final=final, today=asked.on, **sent.given())


def _organised(asked: Asked, pk: int) -> Campaign:
    require(permissions.may_organise(asked.user, asked.on))
    return get_object_or_404(Campaign, pk=pk)


def _fresh(pk: int) -> Campaign:
    return Campaign.objects.get(pk=pk)


def _final(pk: int) -> Final:
    return get_object_or_404(Final.objects.select_related("campaign", "case"), pk=pk)


def _final_for(asked: Asked, pk: int, decide: Callable[..., Decision]) -> Final:
    require(decide(asked.user, asked.on))
    return _final(pk)


def _verdict(asked: Asked, pk: int) -> Verdict:
    require(permissions.may_review(asked.user, asked.on))
    related = Verdict.objects.select_related("final__campaign", "original__campaign")
    found = get_object_or_404(related, pk=pk)
    require(permissions.may_check(asked.user, found, asked.on))
    return found


def _parts(campaign: Campaign, sent: list[PartIn]) -> list[merging.Part]:
    chosen = _originals(campaign, [one.original for one in sent], "parts")
    return [merging.Part(row, one.part) for row, one in zip(chosen, sent, strict=True)]


def _originals(campaign: Campaign, numbers: list[int], field: str) -> list[Original]:
    rows = campaign.originals.filter(number__in=numbers).select_related("campaign", "member")
    known: dict[int, Original] = {row.number: row for row in rows}
    missing = [number for number in numbers if number not in known]
    if missing or len(set(numbers)) != len(numbers):
        raise Refused(Text("编号不存在或重复", "a number is unknown or named twice"), field=field)
    return [known[number] for number in numbers]
