"""What neighbourhood and cross-region service asks of one person."""

import datetime as dt
from typing import NamedTuple

from django.db.models import Q, QuerySet

from openzone.zone.community.enums import PaperHolder
from openzone.zone.community.models import HandOver, Paper
from openzone.zone.community.packs import pack
from openzone.zone.community.permissions import agents_of
from openzone.zone.community.selectors.duties import Visit, home_visits
from openzone.zone.people.enums import Role, UnitKind
from openzone.zone.people.models import User
from openzone.zone.people.selectors import memberships_of


class Hands(NamedTuple):
    """What somebody holds papers as: agent on the roster by id, and the units they work in."""

    agents: list[int]
    units: list[int]
    communities: list[int]


def hands_of(user: User, on: dt.date) -> Hands:
    """Return what somebody may hold papers as on a day, and whose residents they visit."""
    agents = agents_of(user, on)
    posts = [post for post in memberships_of(user, on) if post.role != Role.AGENT]
    homes = {agent.community_id for agent in agents}
    homes |= {post.unit_id for post in posts if post.unit.kind == UnitKind.COMMUNITY}
    return Hands([one.pk for one in agents], [post.unit_id for post in posts], sorted(homes))


def kept_too_long(hands: Hands, now: dt.datetime) -> QuerySet[Paper]:
    """Return the originals in somebody's hands past their limit, the longest first."""
    late = Paper.objects.filter(original=True, keep_until__lt=now)
    found = late.filter(_side("holder", hands))
    return found.select_related("order__resident", "filing").order_by("keep_until", "pk")


def to_sign(hands: Hands) -> QuerySet[HandOver]:
    """Return what was handed to somebody who has not signed for it, the longest first."""
    found = HandOver.objects.filter(_side("taker", hands), taken_at__isnull=True)
    related = found.select_related("order__resident", "filing").prefetch_related("papers")
    return related.order_by("given_at", "pk")


def homes(hands: Hands, on: dt.date) -> list[Visit]:
    """Return the home visits near their day: one's own orders, and what nobody has taken on."""
    if not hands.communities:
        return []
    most = pack().home_visits.urgent_days
    return [
        one
        for one in home_visits(on, hands.communities)
        if one.days_left is not None
        and one.days_left <= most
        and (one.order is None or one.order.agent_id in hands.agents)
    ]


def _side(role: str, hands: Hands) -> Q:
    """Return the condition that somebody is what ``role`` (holder, taker) says."""
    return (
        Q(**{role: PaperHolder.AGENT}, order__agent__in=hands.agents)
        | Q(**{role: PaperHolder.COMMUNITY}, order__agent__community__in=hands.units)
        | Q(**{role: PaperHolder.STREET}, order__agent__community__parent__in=hands.units)
        | Q(**{role: PaperHolder.RECEIVING}, filing__receiving_unit__in=hands.units)
        | Q(**{role: PaperHolder.DECIDING}, filing__deciding_unit__in=hands.units)
    )
