"""Who sees a project, who works on it, and who decides about it, each answer with its reason."""

import datetime as dt
from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from openzone.zone.people.enums import Role, UnitKind
from openzone.zone.people.models import Membership, User
from openzone.zone.people.permissions import Decision, allow, deny
from openzone.zone.people.selectors import memberships_of, on_day
from openzone.zone.projects.enums import TeamRole
from openzone.zone.projects.models import Member, Project

Visitor = User | AnonymousUser

SEES_ALL = frozenset({Role.CENTRE, Role.LEADER, Role.ADMIN})
HANDS = frozenset({Role.HANDLER, Role.PROJECT_CHIEF})
OF_THE_ZONE = frozenset(set(TeamRole) - {TeamRole.INVESTOR})
"""Roles of a team that work for the zone; the contact of the investor reads none of the file."""


def sees_all(held: Iterable[Membership]) -> bool:
    """Whether posts open every project: the service centre, leaders, administrators."""
    return any(post.role in SEES_ALL or _is_centre(post) for post in held)


def may_list(user: Visitor, on: dt.date) -> Decision:
    """Decide who opens the lists at all: people of the zone, who find there what they may see."""
    held = list(memberships_of(user, on))
    if sees_all(held) or any(post.role in HANDS for post in held) or works_on_any(user, on):
        return allow()
    return deny("仅限园区工作人员", "for people who work for the zone only")


def may_see(user: Visitor, project: Project, on: dt.date) -> Decision:
    """Decide who opens a project: its lead unit, its chief and team, the centre, leaders."""
    held = list(memberships_of(user, on))
    if sees_all(held) or _works_on(user, held, project, on):
        return allow()
    return deny(
        "仅限牵头单位、项目组、服务中心和领导",
        "for the lead unit, the team, the service centre and leaders",
    )


def may_edit(user: Visitor, project: Project, on: dt.date) -> Decision:
    """Decide who writes into a project; leaders read it and decide elsewhere."""
    held = list(memberships_of(user, on))
    if project.merged_into_id is not None:
        return deny("该项目已并入另一项目", "this project was merged into another one")
    if project.withdrawn_at is not None:
        return deny("该项目已随导入的台账撤回", "this project was taken back with its workbook")
    if any(_is_centre(post) for post in held) or _works_on(user, held, project, on):
        return allow()
    return deny(
        "由牵头单位、项目组或服务中心办理", "done by the lead unit, the team or the service centre"
    )


def may_open(user: Visitor, on: dt.date) -> Decision:
    """Decide who brings a project into the record: handlers, project chiefs, the centre."""
    held = list(memberships_of(user, on))
    if any(post.role in HANDS or _is_centre(post) for post in held):
        return allow()
    return deny("由经办人、项目负责人或服务中心录入", "done by handlers, chiefs or the centre")


def may_tidy(user: Visitor, on: dt.date) -> Decision:
    """Decide who imports workbooks and merges what is one project: the centre, administrators."""
    for post in memberships_of(user, on):
        if post.role == Role.ADMIN or _is_centre(post):
            return allow()
    return deny("由服务中心或管理员办理", "done by the service centre or an administrator")


def may_rule(user: Visitor, project: Project, on: dt.date) -> Decision:
    """Decide who agrees to a pause, sets a light by hand, decides about funds.

    Leaders of the zone, leaders of the lead unit, and the centre. That nobody decides what they
    asked for themselves is held by the service.
    """
    for post in memberships_of(user, on):
        at_the_top = post.unit.kind == UnitKind.COMMITTEE or post.unit_id == project.lead_unit_id
        if _is_centre(post) or (post.role == Role.LEADER and at_the_top):
            return allow()
    return deny("由领导或服务中心决定", "decided by leaders or the service centre")


def on_team(user: Visitor, on: dt.date) -> Q:
    """Return the condition "somebody is the chief, or on the team on a day"."""
    if not (isinstance(user, User) and user.is_active):
        return Q(pk__in=[])
    on_it = Member.objects.filter(on_day(on), user=user.pk, role__in=OF_THE_ZONE)
    return Q(chief=user.pk) | Q(pk__in=on_it.values("project"))


def works_on_any(user: Visitor, on: dt.date) -> bool:
    """Whether somebody is the chief of a project, or on a team."""
    return Project.objects.filter(on_team(user, on)).exists()


def _is_centre(post: Membership) -> bool:
    handles = post.role == Role.HANDLER and post.unit.kind == UnitKind.CENTRE
    return post.role == Role.CENTRE or handles


def _works_on(user: Visitor, held: Iterable[Membership], project: Project, on: dt.date) -> bool:
    if any(post.unit_id == project.lead_unit_id and post.role in HANDS for post in held):
        return True
    return Project.objects.filter(on_team(user, on), pk=project.pk).exists()
