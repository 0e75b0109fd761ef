"""Who may push, hold sessions and see coverage, each answer with its reason."""

import datetime as dt

from openzone.zone.people.enums import Role
from openzone.zone.people.permissions import Decision, allow, deny
from openzone.zone.people.selectors import memberships_of, roles_of, unit_and_above
from openzone.zone.policies.models import Item
from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.permissions import Visitor, speaks_for

_EVERYWHERE = frozenset({Role.ADMIN, Role.CENTRE})


def may_push(user: Visitor, item: Item, on: dt.date) -> Decision:
    """Decide who tells enterprises of an item: the centre, and handlers of its unit."""
    if roles_of(user, on) & _EVERYWHERE:
        return allow()
    posts = memberships_of(user, on).filter(role=Role.HANDLER)
    units = set(posts.values_list("unit_id", flat=True))
    if item.owner is not None and units & set(unit_and_above(item.owner)):
        return allow()
    return deny(
        "仅限管理员、服务中心和责任单位经办人",
        "for administrators, the service centre and handlers of the responsible unit",
    )


def may_hold_sessions(user: Visitor, on: dt.date) -> Decision:
    """Decide who plans and closes live sessions."""
    if roles_of(user, on) & (_EVERYWHERE | {Role.HANDLER}):
        return allow()
    return deny(
        "仅限管理员、服务中心和经办人", "for administrators, the service centre and handlers"
    )


def may_speak_for(user: Visitor, enterprise: Enterprise, on: dt.date) -> Decision:
    """Decide who reads an enterprise's messages as read, and says what it wants."""
    if speaks_for(user, enterprise, on):
        return allow()
    return deny("仅限本企业人员", "for people of the enterprise only")
