"""Who reads boards, sets targets of figures, and makes the papers of meetings."""

import datetime as dt

from openzone.zone.indicators.permissions import Visitor
from openzone.zone.people.enums import Role
from openzone.zone.people.permissions import Decision, allow, deny, may_see_console
from openzone.zone.people.selectors import roles_of

_SET = frozenset({Role.STATISTICS, Role.CENTRE})
_MAKE = frozenset({Role.STATISTICS, Role.CENTRE, Role.LEADER, Role.HANDLER})


def may_see_boards(user: Visitor, on: dt.date) -> Decision:
    """Decide who reads boards: people who work for the zone."""
    return may_see_console(user, on)


def may_set_targets(user: Visitor, on: dt.date) -> Decision:
    """Decide who sets targets of figures."""
    if roles_of(user, on) & _SET:
        return allow()
    return deny("由统计人员或服务中心设定", "set by statisticians and the centre")


def may_make_packs(user: Visitor, on: dt.date) -> Decision:
    """Decide who makes papers of meetings."""
    if roles_of(user, on) & _MAKE:
        return allow()
    return deny(
        "由统计人员、服务中心、经办人或领导生成",
        "made by statisticians, the centre, handlers and leaders",
    )
