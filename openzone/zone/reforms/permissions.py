"""Who manages programmes, reports, checks and grants time, each answer with its reason."""

import datetime as dt

from django.contrib.auth.models import AnonymousUser

from openzone.zone.people.enums import Role, UnitKind
from openzone.zone.people.models import Unit, User
from openzone.zone.people.permissions import Decision, allow, deny, may_see_console
from openzone.zone.people.selectors import memberships_of, roles_of
from openzone.zone.reforms.models import Closing, Extension, Report, Task

Visitor = User | AnonymousUser
_KEEPERS = frozenset({Role.ADMIN, Role.CENTRE})
_HANDS = frozenset({Role.HANDLER, Role.CENTRE, Role.PROJECT_CHIEF})


def may_see(user: Visitor, on: dt.date) -> Decision:
    """Decide who sees programmes: the people who work for the zone."""
    return may_see_console(user, on)


def may_manage(user: Visitor, on: dt.date) -> Decision:
    """Decide who sets up programmes, areas and tasks."""
    if roles_of(user, on) & _KEEPERS:
        return allow()
    return deny("仅限：管理员、服务中心", "for these roles only: administrator, service centre")


def may_report(user: Visitor, task: Task, on: dt.date) -> Decision:
    """Decide who reports on a task and asks for time: the people of its lead unit."""
    if works_for(user, task.lead, on):
        return allow()
    return deny("仅限该任务牵头单位的经办人员", "for people of its lead unit only")


def works_for(user: Visitor, unit: Unit, on: dt.date) -> bool:
    """Whether somebody handles matters of a unit."""
    return memberships_of(user, on).filter(unit=unit, role__in=_HANDS).exists()


def may_check(user: Visitor, report: Report, on: dt.date) -> Decision:
    """Decide who checks a report: the centre or a leader, never who reported or owns the task."""
    return _another(user, on, report.reported_by_id, report.task.owner_id)


def may_rule(user: Visitor, extension: Extension, on: dt.date) -> Decision:
    """Decide who grants time: the centre or a leader, never who asked or owns the task."""
    return _another(user, on, extension.asked_by_id, extension.task.owner_id)


def may_rule_closing(user: Visitor, closing: Closing, on: dt.date) -> Decision:
    """Decide who confirms a closing: the centre or a leader, never who asked for it."""
    return _another(user, on, closing.asked_by_id)


def may_reopen(user: Visitor, on: dt.date) -> Decision:
    """Decide who lets a finished programme go on: the centre or a leader."""
    return _another(user, on)


def _another(user: Visitor, on: dt.date, *involved: int | None) -> Decision:
    """Decide who has the last word, as the closing of a case knows them."""
    if user.pk in involved:
        return deny("本人的事项由他人核定", "somebody else decides on one's own")
    for post in memberships_of(user, on):
        leads = post.role == Role.LEADER and post.unit.kind == UnitKind.COMMITTEE
        if leads or post.role == Role.CENTRE:
            return allow()
    return deny("仅限：服务中心、园区领导", "for the service centre and leaders of the zone only")
