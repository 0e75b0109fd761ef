"""Campaigns: planned by working days, locked and approved by each side, called off."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from openzone.engines.text import Text
from openzone.engines.water.quarters import Quarter
from openzone.zone.audit.actors import Actor
from openzone.zone.cases.packs import worktime
from openzone.zone.errors import Refused
from openzone.zone.people.models import Unit, User
from openzone.zone.waters.enums import Act, CampaignState
from openzone.zone.waters.models import Campaign, Planned, Section
from openzone.zone.waters.packs import monitoring, standard
from openzone.zone.waters.selectors.standing import Standing, standing_of
from openzone.zone.waters.services.telling import tell_sides
from openzone.zone.waters.writing import ensure_said, note, opened, side, step

NOTHING = Text("至少选择一个断面", "choose one section at least")
OTHER_SIDES = Text("断面“{name}”不属于这两方", "section “{name}” is not of these two sides")
NOT_IN_FORCE = Text("断面“{name}”在 {day} 不在用", "section “{name}” is not in use on {day}")
NO_WORKDAY = Text(
    "{day} 不是工作日，下一个工作日是 {next}", "{day} is no working day; the next is {next}"
)
OUT_OF_QUARTER = Text("{day} 不在该季度内", "{day} is not in that quarter")
TOO_EARLY = Text(
    "录入截止应晚于最后采样日 {day}", "figures are due after the last sampling day, {day}"
)
TWICE = Text("双方在该季度已有监测", "both sides have a campaign in that quarter already")
LOCKED = Text("本方已锁定", "your side has locked its figures already")
LACKING = Text(
    "“{section}”还缺：{items}；未采样、未监测也请注明",
    "“{section}” lacks: {items}; say so where nothing was taken or measured",
)
EMPTY = Text("样品信息", "the sample")
NOT_REVEALED = Text(
    "双方锁定或录入截止后才能确认", "approved once both sides have locked or time is up"
)
APPROVED = Text("本方已确认", "your side has approved already")
STILL_OPEN = Text(
    "“{section}”的{items}两方偏差超限，须先复采仲裁",
    "“{section}”: {items} are too far apart, they have to be sampled again first",
)
PAST = Text("采样日 {day} 已过，不能改期", "the sampling day {day} is over")


@transaction.atomic
def plan_campaign(
    *, actor: Actor, user: User, quarter: Quarter, sections: Sequence[Section],
    sample_on: dt.date, enter_by: dt.date, now: dt.datetime, one_sampler: str = "",
    other_sampler: str = "", synthetic: bool = False,
) -> Campaign:  # fmt: skip
    """Plan the campaign of a quarter: sections day by day, as many a day as the pack says.

    ``one_sampler`` samples for the first side of the first section.
    """
    if not sections:
        raise Refused(NOTHING, field="sections")
    one, other = _sides(sections)
    side(user, (one, other), timezone.localdate(now))
    days = _days(sample_on, len(sections))
    for section, day in zip(sections, days, strict=True):
        _ensure_day(quarter, section, day)
    if enter_by <= days[-1]:
        raise Refused(TOO_EARLY.format(day=days[-1]), field="enter_by")
    made = _made(quarter, one, other, enter_by, now, synthetic)
    if one.pk != sections[0].one_id:
        one_sampler, other_sampler = other_sampler, one_sampler
    rows = (
        Planned(campaign=made, section=section, sample_on=day, one_sampler=one_sampler.strip(),
                other_sampler=other_sampler.strip())
        for section, day in zip(sections, days, strict=True)
    )  # fmt: skip
    Planned.objects.bulk_create(rows)
    step(made, Act.PLANNED, actor, now, user=user)
    tell_sides(made, Act.PLANNED, now, beside=user)
    return made


def _sides(sections: Sequence[Section]) -> tuple[Unit, Unit]:
    first = sections[0]
    pair = {first.one_id, first.other_id}
    for section in sections[1:]:
        if {section.one_id, section.other_id} != pair:
            raise Refused(OTHER_SIDES.format(name=section.name), field="sections")
    one, other = sorted(first.sides, key=lambda unit: unit.pk)
    return one, other


def _days(first: dt.date, count: int) -> list[dt.date]:
    calendar, a_day = worktime().calendar, monitoring().plan.sections_a_day
    return [
        calendar.shift_workdays(first, n // a_day) if n >= a_day else first for n in range(count)
    ]


def _ensure_day(quarter: Quarter, section: Section, day: dt.date) -> None:
    if not quarter.first <= day <= quarter.last:
        raise Refused(OUT_OF_QUARTER.format(day=day), field="sample_on")
    ensure_workday(day)
    ended = section.valid_to is not None and section.valid_to < day
    if day < section.valid_from or ended:
        raise Refused(NOT_IN_FORCE.format(name=section.name, day=day), field="sections")


def ensure_workday(day: dt.date) -> None:
    """Refuse a day on which nobody works, naming the next on which they do."""
    calendar = worktime().calendar
    if not calendar.is_workday(day):
        following = calendar.shift_workdays(day, 1)
        raise Refused(NO_WORKDAY.format(day=day, next=following), field="sample_on")


def _made(
    quarter: Quarter, one: Unit, other: Unit, enter_by: dt.date, now: dt.datetime, synthetic: bool
) -> Campaign:
    same = Campaign.objects.select_for_update().filter(quarter=str(quarter), one=one, other=other)
    if same.exclude(state=CampaignState.CANCELLED).exists():
        raise Refused(TWICE, field="quarter")
    return Campaign.objects.create(
        quarter=str(quarter), one=one, other=other, enter_by=enter_by, made_at=now,
        synthetic=synthetic,
    )  # fmt: skip


@transaction.atomic
def arrange(
    *, actor: Actor, user: User, planned: Planned, sample_on: dt.date, sampler: str,
    now: dt.datetime,
) -> Planned:  # fmt: skip
    """Move a section to another day, and say who samples for one's own side."""
    campaign = opened(planned.campaign)
    mine, today = side(user, campaign.sides, timezone.localdate(now)), timezone.localdate(now)
    fresh = Planned.objects.select_related("section").get(pk=planned.pk)
    if sample_on != fresh.sample_on:
        if fresh.sample_on < today:
            raise Refused(PAST.format(day=fresh.sample_on), field="sample_on")
        _ensure_day(campaign.of_quarter, fresh.section, sample_on)
        if sample_on >= campaign.enter_by:
            raise Refused(TOO_EARLY.format(day=sample_on), field="sample_on")
    fresh.sample_on = sample_on
    name = "one_sampler" if mine.pk == campaign.one_id else "other_sampler"
    setattr(fresh, name, sampler.strip())
    fresh.save(update_fields=["sample_on", name])
    note("campaign.arranged", actor, f"water_campaign:{campaign.pk}",
         {"section": fresh.section.code, "on": f"{sample_on}", "side": mine.code})  # fmt: skip
    return fresh


@transaction.atomic
def lock_figures(*, actor: Actor, user: User, campaign: Campaign, now: dt.datetime) -> Campaign:
    """Lock what one's own side found; when both have, each sees the other's figures."""
    fresh = opened(campaign)
    mine = side(user, fresh.sides, timezone.localdate(now))
    standing = standing_of(fresh, timezone.localdate(now))
    if standing.locked(mine):
        raise Refused(LOCKED)
    _ensure_whole(standing, mine)
    step(fresh, Act.LOCKED, actor, now, side=mine, user=user)
    tell_sides(fresh, Act.LOCKED, now, beside=user)
    return fresh


def _ensure_whole(standing: Standing, mine: Unit) -> None:
    for one in standing.results:
        sample = one.of(mine)
        if sample is None:
            raise Refused(_lacks(one.section, EMPTY))
        if not sample.values:
            continue
        named = {item.id: item.label for item in standard().items if one.body in item.counts}
        left = [label for name, label in named.items()
                if name in standard().required and name not in sample.values]  # fmt: skip
        if left:
            raise Refused(_lacks(one.section, joined(left)))


def _lacks(section: Section, items: Text) -> Text:
    return Text(LACKING.zh.format(section=section.name, items=items.zh),
                LACKING.en.format(section=section.name, items=items.en))  # fmt: skip


def joined(labels: Sequence[Text]) -> Text:
    """Return several labels as one."""
    return Text("、".join(one.zh for one in labels), ", ".join(one.en for one in labels))


@transaction.atomic
def approve_campaign(*, actor: Actor, user: User, campaign: Campaign, now: dt.datetime) -> Campaign:
    """Approve what was found together; when both sides have, it is closed for good."""
    fresh = opened(campaign)
    today = timezone.localdate(now)
    mine, standing = side(user, fresh.sides, today), standing_of(fresh, today)
    if not standing.revealed:
        raise Refused(NOT_REVEALED)
    if mine.pk in standing.approvals:
        raise Refused(APPROVED)
    _ensure_settled(standing)
    step(fresh, Act.APPROVED, actor, now, side=mine, user=user)
    if len(standing.approvals) == 1:
        fresh.state = CampaignState.APPROVED
        fresh.save(update_fields=["state"])
        note("campaign.closed", actor, f"water_campaign:{fresh.pk}", {"quarter": fresh.quarter})
    tell_sides(fresh, Act.APPROVED, now, beside=user)
    return fresh


def _ensure_settled(standing: Standing) -> None:
    labels = {one.id: one.label for one in standard().items}
    for one in standing.results:
        if one.joint is not None and one.joint.open:
            items, name = joined([labels[n] for n in one.joint.open]), one.section.name
            zh = STILL_OPEN.zh.format(section=name, items=items.zh)
            raise Refused(Text(zh, STILL_OPEN.en.format(section=name, items=items.en)))


@transaction.atomic
def cancel_campaign(
    *, actor: Actor, user: User, campaign: Campaign, reason: str, now: dt.datetime
) -> Campaign:
    """Call a campaign off, with a reason; another may be planned for the quarter."""
    fresh = opened(campaign)
    mine = side(user, fresh.sides, timezone.localdate(now))
    why = ensure_said(reason)
    fresh.state = CampaignState.CANCELLED
    fresh.save(update_fields=["state"])
    step(fresh, Act.CANCELLED, actor, now, side=mine, user=user, remark=why)
    tell_sides(fresh, Act.CANCELLED, now, beside=user)
    return fresh
