"""Setting a campaign up: topics, groups, experts, members, rounds, and its course."""

import datetime as dt

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import User
from openzone.zone.suggestions.enums import CampaignState, OriginalState
from openzone.zone.suggestions.models import (
    Campaign,
    Facilitator,
    Group,
    Member,
    Original,
    Round,
    Topic,
)
from openzone.zone.suggestions.packs import answers_due, pack
from openzone.zone.suggestions.selectors.states import counts


@transaction.atomic
def create_campaign(
    *,
    actor: Actor,
    title: str,
    opens_on: dt.date,
    closes_on: dt.date,
    purpose: str = "",
    basis: str = "",
    synthetic: bool = False,
) -> Campaign:
    """Prepare a campaign; nothing is collected until it is opened."""
    if closes_on < opens_on:
        raise Refused(
            Text("截止日期不能早于开始日期", "the last day must not come before the first"),
            field="closes_on",
        )
    campaign = Campaign(
        title=title.strip(),
        purpose=purpose.strip(),
        basis=basis.strip(),
        opens_on=opens_on,
        closes_on=closes_on,
        synthetic=synthetic,
    )
    ensure_valid(campaign)
    campaign.save()
    _note("created", actor, campaign, title=campaign.title)
    return campaign


@transaction.atomic
def add_topic(*, actor: Actor, campaign: Campaign, title: str) -> Topic:
    """Add something suggestions may be about."""
    topic = Topic(campaign=_running(campaign), title=title.strip())
    ensure_valid(topic)
    topic.save()
    _note("topic_added", actor, campaign, topic=topic.title)
    return topic


@transaction.atomic
def add_group(*, actor: Actor, campaign: Campaign, name: str) -> Group:
    """Add a group."""
    group = Group(campaign=_running(campaign), name=name.strip())
    ensure_valid(group)
    group.save()
    _note("group_added", actor, campaign, group=group.name)
    return group


@transaction.atomic
def add_facilitator(*, actor: Actor, group: Group, name: str, field: str = "") -> Facilitator:
    """Name an expert who leads the discussion of a group."""
    _running(group.campaign)
    expert = Facilitator(group=group, name=name.strip(), field=field.strip())
    ensure_valid(expert)
    expert.save()
    _note("facilitator_named", actor, group.campaign, group=group.name, expert=expert.name)
    return expert


@transaction.atomic
def add_member(
    *,
    actor: Actor,
    group: Group,
    name: str,
    office: str = "",
    contact: str = "",
    user: User | None = None,
) -> Member:
    """Add somebody who takes part, with a login or without."""
    member = Member(
        campaign=_running(group.campaign),
        group=group,
        name=name.strip(),
        office=office.strip(),
        contact=contact.strip(),
        user=user,
    )
    ensure_valid(member)
    member.save()
    _note("member_added", actor, group.campaign, member=member.name, group=group.name)
    return member


@transaction.atomic
def hold_round(
    *,
    actor: Actor,
    campaign: Campaign,
    held_on: dt.date,
    place: str = "",
    attended: int | None = None,
    minutes: str = "",
) -> Round:
    """Record a round of discussion; rounds are counted from one."""
    current = _running(campaign)
    last = current.rounds.order_by("-number").first()
    held = Round(
        campaign=current,
        number=last.number + 1 if last else 1,
        held_on=held_on,
        place=place.strip(),
        attended=attended,
        minutes=minutes.strip(),
    )
    ensure_valid(held)
    held.save()
    _note("round_held", actor, campaign, round=held.number, on=held_on, attended=attended)
    return held


@transaction.atomic
def open_campaign(*, actor: Actor, campaign: Campaign) -> Campaign:
    """Begin to collect."""
    current = locked(campaign)
    if current.state != CampaignState.DRAFT:
        raise Refused(Text("该征集已开始", "the campaign has begun already"))
    if not (current.topics.exists() and current.groups.exists() and current.rounds.exists()):
        raise Refused(
            Text("请先设置议题、分组和轮次", "set topics, groups and a round first"),
        )
    return _to(CampaignState.COLLECTING, "opened", actor, current)


@transaction.atomic
def end_collecting(*, actor: Actor, campaign: Campaign, now: dt.datetime) -> Campaign:
    """Collect no more; from now on the promised limit for the answers runs."""
    current = locked(campaign)
    if current.state != CampaignState.COLLECTING:
        raise Refused(Text("该征集不在收集阶段", "this campaign does not collect now"))
    current.collected_at, current.answer_due_at = now, answers_due(now)
    current.answer_limit = str(pack().answer.limit.text)[:64]
    current.save(update_fields=["collected_at", "answer_due_at", "answer_limit"])
    return _to(CampaignState.REVIEWING, "collected", actor, current)


@transaction.atomic
def finish_campaign(*, actor: Actor, campaign: Campaign) -> Campaign:
    """Finish a campaign in which nothing waits for a decision any more."""
    current = locked(campaign)
    if current.state != CampaignState.REVIEWING:
        raise Refused(Text("该征集不在评审阶段", "this campaign is not under review"))
    standing = counts(Original.objects.filter(campaign=current))
    waiting = standing[OriginalState.OPEN] + standing[OriginalState.MERGED]
    if waiting:
        raise Refused(
            Text("还有 {n} 条建议没有结论", "{n} suggestions still wait for a decision").format(
                n=waiting
            )
        )
    return _to(CampaignState.CLOSED, "finished", actor, current)


def locked(campaign: Campaign) -> Campaign:
    """Return a campaign as it is now, locked until the transaction ends."""
    return Campaign.objects.select_for_update().get(pk=campaign.pk)


def label(campaign: Campaign) -> str:
    """Return what events call a campaign."""
    return f"campaign:{campaign.pk}"


def _running(campaign: Campaign) -> Campaign:
    current = locked(campaign)
    if current.state not in (CampaignState.DRAFT, CampaignState.COLLECTING):
        raise Refused(Text("收集已结束，不能再修改", "collecting is over: nothing is added now"))
    return current


def _to(state: CampaignState, action: str, actor: Actor, current: Campaign) -> Campaign:
    current.state = state
    current.save(update_fields=["state"])
    _note(action, actor, current, answers_due=current.answer_due_at)
    return current


def _note(action: str, actor: Actor, campaign: Campaign, **payload: object) -> None:
    record(
        f"suggestions.campaign.{action}",
        actor=actor,
        subject=label(campaign),
        payload=payload,  # type: ignore[arg-type] # values of the log
    )
