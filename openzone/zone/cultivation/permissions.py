"""Who screens, selects, tutors and keeps the registers, each answer with its reason."""

import datetime as dt

from django.contrib.auth.models import AnonymousUser

from openzone.zone.cultivation.models import Entry
from openzone.zone.people.enums import Role
from openzone.zone.people.models import User
from openzone.zone.people.permissions import Decision, allow, deny, may_see_console
from openzone.zone.people.selectors import roles_of
from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.permissions import may_see_enterprise, speaks_for

Visitor = User | AnonymousUser
_KEEPERS = frozenset({Role.ADMIN, Role.CENTRE})
_SELECTORS = _KEEPERS | {Role.HANDLER}


def may_screen(user: Visitor, on: dt.date) -> Decision:
    """Decide who sees pools, candidates and registers: the people who work for the zone."""
    return may_see_console(user, on)


def may_select(user: Visitor, on: dt.date) -> Decision:
    """Decide who takes candidates into a pool or declines them. The program never does."""
    if roles_of(user, on) & _SELECTORS:
        return allow()
    return deny(
        "仅限：管理员、服务中心、经办人",
        "for these roles only: administrator, service centre, handler",
    )


def may_tutor(user: Visitor, entry: Entry, on: dt.date) -> Decision:
    """Decide who records tutoring: the tutor, and who selects."""
    if isinstance(user, User) and user.is_active and entry.tutor_id == user.pk:
        return allow()
    return may_select(user, on)


def may_keep(user: Visitor, on: dt.date) -> Decision:
    """Decide who keeps pools' bands, recognitions, trusted enterprises and incentives."""
    if roles_of(user, on) & _KEEPERS:
        return allow()
    return deny("仅限：管理员、服务中心", "for these roles only: administrator, service centre")


def may_see_way(user: Visitor, enterprise: Enterprise, on: dt.date) -> Decision:
    """Decide who sees where an enterprise stands: the zone's people, and its own."""
    return may_see_enterprise(user, enterprise, on)


def may_state(user: Visitor, entry: Entry, on: dt.date) -> Decision:
    """Decide who states monthly figures: the enterprise itself, else who tutors it."""
    if speaks_for(user, entry.enterprise, on):
        return allow()
    return may_tutor(user, entry, on)
