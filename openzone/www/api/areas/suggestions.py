"""Suggestions: campaigns with their rounds and topics, handing in, what became of each."""

from typing import Any

from django.shortcuts import get_object_or_404

from openzone.engines.text import Text
from openzone.www.api.bodies import Body
from openzone.www.api.desk import ONCE, Desk
from openzone.www.api.errors import hide, require
from openzone.www.api.paging import After, Limit, latest
from openzone.www.api.sent import Asked, Sent
from openzone.www.api.shapes import suggestions as shapes
from openzone.www.api.values import Id, Line, Paragraphs
from openzone.www.forms import suggestions as page
from openzone.zone.errors import Refused
from openzone.zone.people.enums import KeyArea
from openzone.zone.people.permissions import may_see_console
from openzone.zone.suggestions import permissions
from openzone.zone.suggestions.enums import CampaignState, OriginalState, Source
from openzone.zone.suggestions.models import Campaign, Feedback, Original
from openzone.zone.suggestions.selectors.alike import alike
from openzone.zone.suggestions.selectors.listing import Filter, originals
from openzone.zone.suggestions.selectors.metrics import funnel, metrics
from openzone.zone.suggestions.selectors.states import with_state
from openzone.zone.suggestions.services import telling
from openzone.zone.suggestions.services.collecting import propose, withdraw

desk = Desk(KeyArea.SUGGESTIONS)
ROOT = "/suggestions/campaigns"


@desk.read(ROOT, Text("征集活动", "Campaigns"), shapes.CampaignPart)
def list_campaigns(asked: Asked, after: After = 0, limit: Limit = 50) -> Any:
    """Campaigns the caller may see: all for the zone's people, else those one takes part in."""
    rows = Campaign.objects.all()
    if not may_see_console(asked.user, asked.on).allowed:
        require(permissions.takes_part(asked.user, asked.on))
        rows = rows.filter(members__user=asked.user).distinct()
    return latest(rows, after, limit)


@desk.read(ROOT + "/{pk}", Text("征集详情", "One campaign"), shapes.CampaignDetail)
def get_campaign(asked: Asked, pk: Id) -> Any:
    """Topics, groups, rounds, and how many suggestions went how far."""
    found = seen(asked, pk)
    found.funnel = [  # type: ignore[attr-defined]
        {"id": bar.id, "zh": bar.label.zh, "en": bar.label.en, "size": bar.size}
        for bar in funnel(found)
    ]
    return found


@desk.read(ROOT + "/{pk}/metrics", Text("征集指标", "Figures of a campaign"),
           list[shapes.MetricOut])  # fmt: skip
def campaign_metrics(asked: Asked, pk: Id) -> Any:
    """Every figure with its numerator and denominator."""
    require(may_see_console(asked.user, asked.on))
    return metrics(seen(asked, pk))


class ProposeIn(Body):
    """A suggestion; ``member`` is named by who types it in for somebody, never by a member."""

    topic: Id
    round: Id
    text: Paragraphs
    benefit: Line = ""
    member: Id | None = None
    request_id: Line = ""


@desk.act(ROOT + "/{pk}/originals", Text("提交建议", "Hand in a suggestion"), ProposeIn,
          shapes.OriginalOut, status=201, headers=[ONCE])  # fmt: skip
def submit_original(asked: Asked, sent: ProposeIn, pk: Id) -> Any:
    """Hand in one's own, or type in one from paper; a repetition with the same name is one."""
    campaign = seen(asked, pk)
    own = permissions.member_of(asked.user, campaign)
    require(
        permissions.may_propose(asked.user, campaign)
        if own is not None
        else permissions.may_record(asked.user, asked.on)
    )
    if campaign.state != CampaignState.COLLECTING:
        raise Refused(permissions.may_propose(asked.user, campaign).reason)
    if own is not None and sent.member is not None:
        raise Refused(Text("本人提交时不填", "not named by who hands in their own"), field="member")
    form = Sent(page.ProposeForm, sent).form(campaign, own)
    made = propose(
        actor=asked.actor,
        entry=form.entry(),
        now=asked.now,
        source=Source.ONLINE if own is not None else Source.PAPER,
        request_id=sent.request_id or asked.once,
    )
    return _original(made.pk)


class WordsIn(Body):
    """What is being written."""

    text: Paragraphs


@desk.act(ROOT + "/{pk}/alike", Text("相似建议", "Suggestions like this"), WordsIn,
          list[shapes.AlikeSuggestionOut])  # fmt: skip
def alike_suggestions(asked: Asked, sent: WordsIn, pk: Id) -> Any:
    """Suggestions of the campaign like what is being written: shared passages, no names."""
    return [
        {"number": one.original.number, "score": one.score, "shared": list(one.shared)}
        for one in alike(seen(asked, pk), sent.text[:2000])
    ]


@desk.read("/suggestions/mine", Text("我的建议", "My suggestions"), shapes.OriginalPart)
def my_suggestions(asked: Asked, after: After = 0, limit: Limit = 50) -> Any:
    """What the caller handed in and what became of each."""
    require(permissions.takes_part(asked.user, asked.on))
    own = Original.objects.filter(member__user=asked.user)
    return latest(with_state(own).select_related("topic", "round"), after, limit)


@desk.read(ROOT + "/{pk}/originals", Text("建议清单", "Suggestions of a campaign"),
           shapes.OriginalPart)  # fmt: skip
def list_originals(
    asked: Asked,
    pk: Id,
    state: Line = "",
    topic: Id | None = None,
    group: Id | None = None,
    in_round: Id | None = None,
    text: Line = "",
    after: After = 0,
    limit: Limit = 50,
) -> Any:
    """Every suggestion with its state; for people of the zone."""
    require(may_see_console(asked.user, asked.on))
    if state and state not in OriginalState.values:
        raise Refused(Text("没有这种状态", "there is no such state"), field="state")
    chosen = Filter(state=state, topic=topic, group=group, round=in_round, text=text)
    found = originals(seen(asked, pk), chosen).select_related("topic", "round")
    return latest(found, after, limit)


@desk.read("/suggestions/originals/{pk}", Text("一条建议", "One suggestion"),
           shapes.OriginalDetail)  # fmt: skip
def get_original(asked: Asked, pk: Id) -> Any:
    """Where it went, what was decided with which answer, and what its proposer was told."""
    found = _original(pk)
    hide(permissions.may_see_original(asked.user, found, asked.on))
    return found


@desk.act("/suggestions/originals/{pk}/withdraw", Text("撤回建议", "Take a suggestion back"),
          page.BecauseForm, shapes.OriginalOut)  # fmt: skip
def withdraw_original(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Its proposer takes it back, with the reason."""
    found = _original(pk)
    hide(permissions.may_see_original(asked.user, found, asked.on))
    require(permissions.may_withdraw(asked.user, found, asked.on))
    withdraw(actor=asked.actor, original=found, now=asked.now, **sent.given())
    return _original(pk)


@desk.act("/suggestions/notices/{pk}/respond", Text("提出人反馈", "The proposer's word"),
          page.RespondForm, shapes.FeedbackOut)  # fmt: skip
def respond(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Whether the answer satisfies who made the suggestion."""
    found = _notice(pk)
    hide(permissions.may_see_original(asked.user, found.original, asked.on))
    require(permissions.may_respond(asked.user, found, asked.on))
    return telling.respond(actor=asked.actor, now=asked.now, notice=found, **sent.given())


@desk.act("/suggestions/notices/{pk}/explain", Text("再次说明", "Explain once more"),
          page.ExplainForm, shapes.FeedbackOut)  # fmt: skip
def explain(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Explain once more to a proposer who was not satisfied."""
    require(permissions.may_organise(asked.user, asked.on))
    return telling.explain_again(
        actor=asked.actor, now=asked.now, notice=_notice(pk), **sent.given()
    )


def seen(asked: Asked, pk: int) -> Campaign:
    """Return a campaign the caller may see; any other is not there."""
    found = get_object_or_404(Campaign, pk=pk)
    hide(permissions.may_see(asked.user, found, asked.on))
    return found


def _original(pk: int) -> Any:
    rows = with_state(Original.objects.filter(pk=pk))
    return get_object_or_404(rows.select_related("topic", "round", "member", "campaign"))


def _notice(pk: int) -> Feedback:
    rows = Feedback.objects.select_related("original__campaign", "original__member", "verdict")
    return get_object_or_404(rows, pk=pk)
