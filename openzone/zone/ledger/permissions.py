"""Who sees and keeps budgets."""

import datetime as dt

from django.contrib.auth.models import AnonymousUser

from openzone.zone.people.enums import Role
from openzone.zone.people.models import User
from openzone.zone.people.permissions import Decision, allow, deny, may_see_console
from openzone.zone.people.selectors import roles_of

Visitor = User | AnonymousUser


def may_see_budgets(user: Visitor, on: dt.date) -> Decision:
    """Decide who sees budgets: everybody who works for the zone."""
    return may_see_console(user, on)


def may_keep_budgets(user: Visitor, on: dt.date) -> Decision:
    """Decide who opens accounts and writes appropriations down."""
    if roles_of(user, on) & {Role.ADMIN, Role.CENTRE}:
        return allow()
    return deny("仅限管理员和服务中心", "for the administrator and the service centre only")
