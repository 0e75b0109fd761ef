"""Who reads seasons, keeps rosters, reports for a member, and visits it."""

import datetime as dt

from openzone.zone.people.enums import Role, UnitKind
from openzone.zone.people.models import User
from openzone.zone.people.permissions import Decision, allow, deny, may_see_console
from openzone.zone.people.selectors import memberships_of, on_day
from openzone.zone.projects.permissions import HANDS, Visitor
from openzone.zone.registry.models import PersonInCharge
from openzone.zone.registry.selectors.enterprises import spoken_for
from openzone.zone.resumption.models import Member
from openzone.zone.visits.permissions import on_the_roster

_KEEPERS = HANDS | {Role.CENTRE, Role.ADMIN}


def may_list(user: Visitor, on: dt.date) -> Decision:
    """Decide who opens resumption at all: the zone's people, visitors, people of firms."""
    if may_look(user, on).allowed or spoken_for(user, on).exists():
        return allow()
    return deny("仅限园区企业人员和园区工作人员",
                "for people of resident firms and people who work for the zone")  # fmt: skip


def may_look(user: Visitor, on: dt.date) -> Decision:
    """Decide who reads figures, rosters and members: the zone's people and its visitors."""
    if may_see_console(user, on).allowed or on_the_roster(user, on):
        return allow()
    return deny("仅限园区工作人员和服务专员",
                "for people who work for the zone and service officers")  # fmt: skip


def may_keep(user: Visitor, on: dt.date) -> Decision:
    """Decide who opens and closes seasons, keeps rosters, reads workbooks in, and reminds."""
    posts = memberships_of(user, on)
    if any(one.role in _KEEPERS or one.unit.kind == UnitKind.CENTRE for one in posts):
        return allow()
    return deny("由经办人、项目负责人或服务中心办理", "done by handlers, chiefs or the centre")


def may_visit(user: Visitor, member: Member, on: dt.date) -> Decision:
    """Decide who records visits and reports on behalf: who keeps, and who looks after it."""
    if may_keep(user, on).allowed or on_the_roster(user, on) or _in_charge(user, member, on):
        return allow()
    return deny("由网格员、包保人员或经办人登记",
                "recorded by grid people, who is in charge, or handlers")  # fmt: skip


def may_report(user: Visitor, member: Member, on: dt.date) -> Decision:
    """Decide who reports for a member: its own people, or a visitor on its behalf."""
    if speaks(user, member, on) or may_visit(user, member, on).allowed:
        return allow()
    return deny("由本企业人员或走访人员填报", "reported by the firm's own people or a visitor")


def may_see(user: Visitor, member: Member, on: dt.date) -> Decision:
    """Decide who reads what one member reported: its own people, and who reads the season."""
    return allow() if speaks(user, member, on) else may_look(user, on)


def speaks(user: Visitor, member: Member, on: dt.date) -> bool:
    """Whether somebody speaks for a member's firm."""
    firm = member.firm
    return firm is not None and spoken_for(user, on).filter(pk=firm.root_id).exists()


def _in_charge(user: Visitor, member: Member, on: dt.date) -> bool:
    if not (isinstance(user, User) and user.is_active) or member.firm is None:
        return False
    held = PersonInCharge.objects.filter(on_day(on), user=user)
    return held.filter(subject__enterprise__root=member.firm.root_id).exists()
