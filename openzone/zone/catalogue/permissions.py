"""Who keeps the catalogue and who reads it."""

import datetime as dt

from django.contrib.auth.models import AnonymousUser

from openzone.zone.people.enums import Role
from openzone.zone.people.models import User
from openzone.zone.people.permissions import Decision, allow, deny, may_see_console
from openzone.zone.people.selectors import roles_of

Visitor = User | AnonymousUser
_KEEPERS = frozenset({Role.ADMIN, Role.CENTRE})


def may_keep_catalogue(user: Visitor, on: dt.date) -> Decision:
    """Decide who changes items, the matrix, service points and the roster."""
    if roles_of(user, on) & _KEEPERS:
        return allow()
    return deny("仅限：管理员、服务中心", "for these roles only: administrator, service centre")


def may_see_catalogue(user: Visitor, on: dt.date) -> Decision:
    """Decide who reads the catalogue: people of the zone, and agents, who file for residents."""
    if Role.AGENT in roles_of(user, on) or may_see_console(user, on).allowed:
        return allow()
    return deny("仅限园区工作人员和代办员", "for people of the zone and neighbourhood agents")
