"""A campaign that collects: two groups, two topics, two rounds, six members, three of them with
a login."""

import datetime as dt
from collections.abc import Callable
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pytest

from openzone.zone.audit.actors import Actor
from openzone.zone.people.enums import Role, UnitKind
from openzone.zone.people.models import Unit, User
from openzone.zone.people.services import create_unit
from openzone.zone.suggestions.models import Campaign, Group, Member, Original, Round, Topic
from openzone.zone.suggestions.services import campaigns
from openzone.zone.suggestions.services.collecting import Entry, propose

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = dt.datetime(2026, 6, 12, 10, 0, tzinfo=SHANGHAI)
DAY = NOW.date()
TEXT = "建议设立企业服务专窗，集中办理涉企事项"


class Call(NamedTuple):
    """The campaign and who is in it."""

    campaign: Campaign
    topics: list[Topic]
    rounds: list[Round]
    groups: list[Group]
    members: list[Member]
    clerk: User  # organises and answers
    checker: User  # another one of the centre
    unit: Unit  # the service centre


@pytest.fixture
def call(committee: Unit, actor: Actor, make_user: Callable[..., User]) -> Call:
    campaign = campaigns.create_campaign(
        actor=actor,
        title="示例改革建议征集",
        opens_on=dt.date(2026, 5, 1),
        closes_on=dt.date(2026, 6, 30),
        synthetic=True,
    )
    topics = [
        campaigns.add_topic(actor=actor, campaign=campaign, title=title)
        for title in ("营商环境", "产业发展")
    ]
    rounds = [
        campaigns.hold_round(actor=actor, campaign=campaign, held_on=day, attended=6)
        for day in (dt.date(2026, 5, 8), dt.date(2026, 5, 22))
    ]
    groups = [
        campaigns.add_group(actor=actor, campaign=campaign, name=name) for name in ("一组", "二组")
    ]
    campaigns.add_facilitator(actor=actor, group=groups[0], name="示例专家甲", field="公共管理")
    members = [
        campaigns.add_member(
            actor=actor,
            group=groups[place // 3],
            name=f"示例成员{place}",
            office="示例局",
            user=make_user(f"member{place}") if place % 3 == 0 else None,
        )
        for place in range(6)
    ]
    centre = create_unit(
        actor=actor, code="centre", name="示例中心", kind=UnitKind.CENTRE, parent=committee
    )
    campaign = campaigns.open_campaign(actor=actor, campaign=campaign)
    people = [make_user(name, Role.CENTRE, centre) for name in ("clerk", "checker")]
    return Call(campaign, topics, rounds, groups, members, *people, centre)


@pytest.fixture
def say(call: Call, actor: Actor) -> Callable[..., Original]:
    """``say(member, text, topic=…, turn=…)``: a suggestion by the member of that place."""

    def make(member: int = 0, text: str = TEXT, topic: int = 0, turn: int = 0) -> Original:
        entry = Entry(call.members[member], call.topics[topic], call.rounds[turn], text)
        return propose(actor=actor, entry=entry, now=NOW)

    return make


@pytest.fixture
def by_clerk(call: Call) -> dict[str, Any]:
    """What most services want to know."""
    return {"actor": Actor.of(call.clerk), "by": call.clerk, "now": NOW}


@pytest.fixture
def by_checker(call: Call) -> dict[str, Any]:
    return {"actor": Actor.of(call.checker), "by": call.checker, "now": NOW}
