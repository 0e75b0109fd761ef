"""Who looks after whom: who may keep the network, go and see, and speak for a challenge."""

import datetime as dt

from django.contrib.auth.models import AnonymousUser

from openzone.zone.people.enums import Role
from openzone.zone.people.models import User
from openzone.zone.people.permissions import Decision, allow, deny, may_see_console
from openzone.zone.people.selectors import on_day, roles_of
from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.permissions import may_see_enterprise, speaks_for
from openzone.zone.registry.selectors.enterprises import spoken_for
from openzone.zone.visits.models import Challenge, Post, SiteSession, Visit

Visitor = User | AnonymousUser
_KEEPERS = frozenset({Role.ADMIN, Role.CENTRE})


def may_keep_network(user: Visitor, on: dt.date) -> Decision:
    """Decide who keeps the roster, the grids and the assignments."""
    if roles_of(user, on) & _KEEPERS:
        return allow()
    return deny("仅限：管理员、服务中心", "for these roles only: administrator, service centre")


def may_visit(user: Visitor, on: dt.date) -> Decision:
    """Decide who sees the network and goes on visits: the zone's people and the roster's."""
    if may_see_console(user, on).allowed or on_the_roster(user, on):
        return allow()
    return deny(
        "仅限园区工作人员和服务专员", "for people who work for the zone and service officers only"
    )


def on_the_roster(user: Visitor, on: dt.date) -> bool:
    """Whether somebody has a duty on that day."""
    if not (isinstance(user, User) and user.is_active):
        return False
    return Post.objects.filter(on_day(on), user=user).exists()


def may_record(user: Visitor, visit: Visit, on: dt.date) -> Decision:
    """Decide who records a visit: who goes, and who keeps the network."""
    if isinstance(user, User) and visit.parties.filter(user=user).exists():
        return may_visit(user, on)
    if may_keep_network(user, on).allowed:
        return allow()
    return deny("仅限参加走访的人员和服务中心", "for who goes on this visit and the service centre")


def may_host(user: Visitor, on: dt.date) -> Decision:
    """Decide who plans sessions on site and notes what came up."""
    return may_visit(user, on)


def may_hold(user: Visitor, session: SiteSession, on: dt.date) -> Decision:
    """Decide who keeps the record of a session: the host's people, and the service centre."""
    if may_keep_network(user, on).allowed:
        return allow()
    units = user.memberships.filter(on_day(on)) if isinstance(user, User) else None
    if units is not None and units.filter(unit=session.unit_id).exists():
        return may_host(user, on)
    return deny("仅限主办单位和服务中心", "for the host and the service centre only")


def may_ask_for_visit(user: Visitor, enterprise: Enterprise, on: dt.date) -> Decision:
    """Decide who asks for a visit: the enterprise's people, or who takes their call."""
    if speaks_for(user, enterprise, on):
        return allow()
    return may_visit(user, on)


def may_complain(user: Visitor, enterprise: Enterprise, on: dt.date) -> Decision:
    """Decide who complains about the service: the enterprise's own people."""
    if speaks_for(user, enterprise, on):
        return allow()
    return deny("由企业人员提出", "for the enterprise's own people")


def may_see_contacts(user: Visitor, enterprise: Enterprise, on: dt.date) -> Decision:
    """Decide who sees who looks after an enterprise."""
    if on_the_roster(user, on):
        return allow()
    return may_see_enterprise(user, enterprise, on)


def may_see_challenges(user: Visitor, on: dt.date) -> Decision:
    """Decide who sees the board of challenges: the zone's people, and enterprises."""
    if may_visit(user, on).allowed:
        return allow()
    if isinstance(user, User) and spoken_for(user, on).exists():
        return allow()
    return deny("仅限园区工作人员和企业人员", "for people of the zone and of enterprises")


def may_judge(user: Visitor, challenge: Challenge, on: dt.date) -> Decision:
    """Decide who confirms a result: who posted the problem, and nobody else."""
    if isinstance(user, User) and user.is_active and user.pk == challenge.posted_by_id:
        return allow()
    return deny("由出题人确认", "confirmed by who posted it")
