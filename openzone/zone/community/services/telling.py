"""Telling agents: a line for each account of the community in the program."""

import datetime as dt

from openzone.engines.text import Text
from openzone.engines.worktime.localtime import to_local
from openzone.zone.cases.enums import NoticeKind
from openzone.zone.cases.services.telling import Message, tell
from openzone.zone.community.models import Agent
from openzone.zone.community.selectors.duties import Risk
from openzone.zone.community.selectors.roster import on_roster

_NEAR = Text("{label}：{name}，期限{day}", "{label}: {name}, due {day}")


def tell_agents(risk: Risk, now: dt.datetime) -> int:
    """Notify the agents of the resident's community; return how many were told."""
    community, day = risk.duty.resident.community_id, risk.duty.due_on
    told = on_roster(
        Agent.objects.filter(community=community, user__isnull=False), day=to_local(now).date()
    )
    text = Text(
        _NEAR.zh.format(label=risk.spec.label.zh, name=risk.duty.resident.name, day=day),
        _NEAR.en.format(label=risk.spec.label.en, name=risk.duty.resident.name, day=day),
    )
    users = {agent.user_id for agent in told if agent.user_id is not None}
    late = day < to_local(now).date()
    news = Message(
        NoticeKind.OVERDUE if late else NoticeKind.DUE_SOON,
        "community.duty",
        text,
        f"duty-{risk.duty.pk}-{risk.days_left}",
        subject=f"resident:{risk.duty.resident_id}",
    )
    tell(news, users, now, mail=False)  # a resident's name stays in the program
    return len(users)
