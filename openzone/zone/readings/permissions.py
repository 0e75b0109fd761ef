"""Who sees the pages that were read, who reads them in and judges their facts."""

import datetime as dt

from openzone.zone.people.enums import Role
from openzone.zone.people.permissions import Decision, allow, deny, may_see_console
from openzone.zone.people.selectors import memberships_of
from openzone.zone.projects.permissions import HANDS, Visitor, sees_all


def may_list(user: Visitor, on: dt.date) -> Decision:
    """Decide who looks at pages and their facts: people who work for the zone."""
    return may_see_console(user, on)


def may_read(user: Visitor, on: dt.date) -> Decision:
    """Decide who brings pages in, judges facts and hands them on.

    The service centre, statisticians, and the people of investment: handlers and chiefs.
    """
    held = list(memberships_of(user, on))
    hands = HANDS | {Role.STATISTICS}
    if sees_all(held) or any(post.role in hands for post in held):
        return allow()
    return deny(
        "由服务中心、统计人员、经办人和项目负责人办理",
        "done by the service centre, statisticians, handlers and chiefs",
    )
