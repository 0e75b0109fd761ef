"""Who sees waters, who acts for a side, and whose figures somebody may see."""

import datetime as dt
from collections.abc import Collection

from openzone.engines.text import Text
from openzone.zone.people.enums import Role
from openzone.zone.people.models import Unit
from openzone.zone.people.permissions import Decision, allow, deny, may_see_console
from openzone.zone.people.selectors import memberships_of, roles_of
from openzone.zone.projects.permissions import Visitor
from openzone.zone.waters.enums import CampaignState
from openzone.zone.waters.models import Campaign, Section

ACTING = frozenset({Role.HANDLER, Role.CENTRE, Role.PROJECT_CHIEF, Role.PARTNER})
NOT_SIDE = Text("仅限本方人员办理", "for the people of a side")
BOTH = Text(
    "您同时代表双方，不能录入任何一方的数据",
    "you act for both sides: you can enter the figures of neither",
)


def may_list(user: Visitor, on: dt.date) -> Decision:
    """Decide who looks at waters at all: people of the zone, and partners."""
    if may_see_console(user, on).allowed or Role.PARTNER in roles_of(user, on):
        return allow()
    return deny(
        "仅限园区工作人员和联合监测的对方单位",
        "for people who work for the zone and its partners",
    )


def units_of(user: Visitor, on: dt.date) -> frozenset[int]:
    """Return the units somebody acts for."""
    return frozenset(one.unit_id for one in memberships_of(user, on) if one.role in ACTING)


def sees_all(user: Visitor, on: dt.date) -> bool:
    """Whether somebody works for the zone, and sees the waters of every partner."""
    return may_see_console(user, on).allowed


def may_see(user: Visitor, sides: Collection[Unit], on: dt.date) -> Decision:
    """Decide who sees what two sides share: people of the zone, and that partner."""
    if sees_all(user, on):
        return allow()
    partner = {one.unit_id for one in memberships_of(user, on) if one.role == Role.PARTNER}
    if partner & {one.pk for one in sides}:
        return allow()
    return deny("仅限双方人员", "for the people of both sides")


def side_of(user: Visitor, sides: Collection[Unit], on: dt.date) -> Unit | None:
    """Return the side somebody acts for; None for who acts for none, or for both."""
    mine = [one for one in sides if one.pk in units_of(user, on)]
    return mine[0] if len(mine) == 1 else None


def may_act(user: Visitor, sides: Collection[Unit], on: dt.date) -> Decision:
    """Decide who acts for one of two sides."""
    if side_of(user, sides, on) is not None:
        return allow()
    mine = {one.pk for one in sides} <= units_of(user, on)
    return Decision(False, BOTH if mine else NOT_SIDE)


def may_keep(user: Visitor, on: dt.date) -> Decision:
    """Decide who keeps the register of sections: who acts for a unit of the zone, not a partner."""
    for one in memberships_of(user, on):
        if one.role in ACTING - {Role.PARTNER}:
            return allow()
    return deny("由园区经办人办理", "done by handlers of the zone")


def may_keep_section(user: Visitor, section: Section, on: dt.date) -> Decision:
    """Decide who changes what holds for a section: the people of the zone who act for a side."""
    keeps = may_keep(user, on)
    return may_act(user, section.sides, on) if keeps.allowed else keeps


def may_write(user: Visitor, campaign: Campaign, on: dt.date) -> Decision:
    """Decide who does anything in a campaign that is not closed."""
    if campaign.state != CampaignState.OPEN:
        return deny("本次监测已结束", "this campaign is closed")
    return may_act(user, campaign.sides, on)
