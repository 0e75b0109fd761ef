"""Who offers, checks, decides and repairs."""

import datetime as dt

from django.contrib.auth.models import AnonymousUser

from openzone.zone.commitments.models import Commitment
from openzone.zone.people.enums import Role
from openzone.zone.people.models import User
from openzone.zone.people.permissions import Decision, allow, deny, may_see_console
from openzone.zone.people.selectors import has_role, roles_of

Visitor = User | AnonymousUser
_KEEPERS = frozenset({Role.ADMIN, Role.CENTRE})
_DESK = _KEEPERS | {Role.HANDLER}


def may_see_commitments(user: Visitor, on: dt.date) -> Decision:
    """Decide who sees the desk of commitments."""
    return may_see_console(user, on)


def may_offer(user: Visitor, on: dt.date) -> Decision:
    """Decide who offers a commitment at the counter and writes down the signature."""
    if roles_of(user, on) & _DESK:
        return allow()
    return deny(
        "仅限：管理员、服务中心、经办人",
        "for these roles only: administrator, service centre, handler",
    )


def may_decide(user: Visitor, commitment: Commitment, on: dt.date) -> Decision:
    """Decide who grants, refuses and revokes: handlers of the deciding unit only."""
    unit = commitment.item.deciding_unit
    if has_role(user, Role.HANDLER, on, unit):
        return allow()
    return deny(f"由{unit}的经办人决定", f"decided by handlers of {unit}")


def may_check(user: Visitor, commitment: Commitment, on: dt.date) -> Decision:
    """Decide who checks whether a promise was kept: never its handler, nor who decided."""
    if user.pk in (commitment.handler_id, commitment.decided_by_id):
        return deny("承办人不能核查自己办理的承诺", "who handled it does not check it")
    return may_offer(user, on)


def may_keep_records(user: Visitor, on: dt.date) -> Decision:
    """Decide who enters and repairs credit records."""
    if roles_of(user, on) & _KEEPERS:
        return allow()
    return deny("仅限：管理员、服务中心", "for these roles only: administrator, service centre")


def may_reveal(user: Visitor, on: dt.date) -> Decision:
    """Decide who may ask to see numbers, with a reason and a line in the log."""
    return may_offer(user, on)
