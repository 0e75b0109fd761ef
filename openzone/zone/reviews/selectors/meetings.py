"""Meetings of a span of days, who belongs to them, and what is said of them."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from openzone.engines.text import Text
from openzone.packs.reviews import Body
from openzone.zone.people.enums import Role, UnitKind
from openzone.zone.people.models import Membership, User
from openzone.zone.people.selectors import memberships_of, on_day
from openzone.zone.projects.models import Project
from openzone.zone.projects.permissions import sees_all
from openzone.zone.reviews.enums import MeetingState
from openzone.zone.reviews.models import ForceMember, Meeting
from openzone.zone.reviews.packs import pack
from openzone.zone.reviews.selectors.scope import live

WITH = ("force", "force__lead_unit", "chief", "settled_by")


def visible(user: User | AnonymousUser, on: dt.date) -> QuerySet[Meeting]:
    """Return the meetings somebody may open: the same rule as ``permissions.may_see``, for many."""
    found = Meeting.objects.select_related(*WITH)
    held = list(memberships_of(user, on))
    return found if sees_all(held) else found.filter(belongs(user, held, on))


def belongs(user: User | AnonymousUser, held: Sequence[Membership], on: dt.date) -> Q:
    """Return the condition "somebody belongs to the meeting, or was there"."""
    if not (isinstance(user, User) and user.is_active):
        return Q(pk__in=[])
    mine = ForceMember.objects.filter(on_day(on), user=user).values("force")
    of_force = Q(force__in=mine) | Q(force__lead_unit__in=[post.unit_id for post in held])
    return of_force | Q(chief=user) | Q(attendance__user=user)


def own(user: User, on: dt.date) -> QuerySet[Meeting]:
    """Return the meetings that are in somebody's own calendar."""
    held = list(memberships_of(user, on))
    mine = belongs(user, held, on)
    if any(is_zone_leader(post) for post in held):
        mine |= Q(tier__in=[one.id for one in pack().tiers if one.of is Body.ZONE])
    wanted = Meeting.objects.filter(mine).exclude(state=MeetingState.CANCELLED)
    return wanted.select_related(*WITH).distinct().order_by("on", "begins", "pk")


def is_zone_leader(post: Membership) -> bool:
    """Whether a post is that of a leader of the zone."""
    return post.role == Role.LEADER and post.unit.kind == UnitKind.COMMITTEE


def between(found: QuerySet[Meeting], first: dt.date, last: dt.date) -> list[Meeting]:
    """Return the meetings of a span of days, both included."""
    return list(found.filter(on__range=(first, last)).distinct().order_by("on", "begins", "pk"))


def title(meeting: Meeting) -> Text:
    """Return what a meeting is called."""
    known = pack().by_tier.get(meeting.tier)
    label = known.label.text if known else Text(meeting.tier, meeting.tier)
    of = meeting.force or meeting.chief
    return Text(f"{label.zh}（{of}）", f"{label.en} ({of})") if of else label


def expected(meeting: Meeting) -> list[User]:
    """Return who is to come.

    The members of a task force; at the other tiers the chief or the leaders of the zone, with the
    chiefs of what is on the agenda and the leaders of the units it belongs to.
    """
    active = User.objects.filter(is_active=True)
    if meeting.force_id is not None:
        posts = ForceMember.objects.filter(on_day(meeting.on), force=meeting.force_id)
        return list(active.filter(force_posts__in=posts).distinct().order_by("pk"))
    about = Project.objects.filter(agenda_items__meeting=meeting)
    answer = Membership.objects.filter(
        on_day(meeting.on), unit__in=about.values("lead_unit"), role=Role.LEADER
    )
    who = Q(memberships__in=answer) | Q(pk__in=about.values("chief"))
    who |= Q(pk=meeting.chief_id) if meeting.chief_id else _leads_zone(meeting.on)
    return list(active.filter(who).distinct().order_by("pk"))


def _leads_zone(on: dt.date) -> Q:
    posts = Membership.objects.filter(on_day(on), role=Role.LEADER, unit__kind=UnitKind.COMMITTEE)
    return Q(memberships__in=posts)


def zone_leaders(on: dt.date) -> list[User]:
    """Return the leaders of the zone on a day."""
    found = User.objects.filter(_leads_zone(on), is_active=True)
    return list(found.distinct().order_by("pk"))


class Counts(NamedTuple):
    """How many projects are reviewed by nobody, as they have no class of the pack."""

    unclassed: int
    all: int


def unclassed() -> Counts:
    """Return how many projects under way no tier reviews."""
    known = list(pack().by_class)
    return Counts(live().exclude(review_class__in=known).count(), live().count())
