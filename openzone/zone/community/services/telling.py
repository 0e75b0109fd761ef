"""Telling agents: a line for each account of the community in the program."""

import datetime as dt

from openzone.engines.text import Text
from openzone.engines.worktime.localtime import to_local
from openzone.zone.cases.models import Notification
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
    users = sorted({agent.user_id for agent in told if agent.user_id is not None})
    Notification.objects.bulk_create(
        Notification(
            user_id=user, action="community.duty", text_zh=text.zh, text_en=text.en, at=now
        )
        for user in users
    )
    return len(users)
