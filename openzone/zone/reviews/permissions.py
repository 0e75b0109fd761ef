"""Who sets up task forces, sees meetings, runs them, raises obstacles; each with its reason."""

import datetime as dt
from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from openzone.zone.cases.permissions import is_centre
from openzone.zone.people.enums import Role
from openzone.zone.people.models import Membership, User
from openzone.zone.people.permissions import Decision, allow, deny
from openzone.zone.people.selectors import memberships_of, on_day
from openzone.zone.projects import permissions as of_projects
from openzone.zone.projects.models import Project
from openzone.zone.reviews.enums import ForceDuty
from openzone.zone.reviews.models import Attendance, ForceMember, ForceProject, Meeting, TaskForce
from openzone.zone.reviews.selectors.meetings import is_zone_leader

Visitor = User | AnonymousUser
RUNS = frozenset({ForceDuty.LEAD, ForceDuty.CONTACT})
"""Duties in a task force that run its meetings."""


def may_list(user: Visitor, on: dt.date) -> Decision:
    """Decide who opens the calendar and the lists, and finds there what they may see."""
    if _posts(user, on).exists() or of_projects.may_list(user, on).allowed:
        return allow()
    return deny("仅限园区工作人员", "for people who work for the zone")


def may_set_up(user: Visitor, on: dt.date) -> Decision:
    """Decide who sets up a task force: leaders of the zone, the centre, administrators."""
    for post in memberships_of(user, on):
        if post.role == Role.ADMIN or is_centre(post) or is_zone_leader(post):
            return allow()
    return deny(
        "由园区领导、服务中心或管理员组建",
        "set up by leaders of the zone, the centre or an administrator",
    )


def may_manage(user: Visitor, force: TaskForce, on: dt.date) -> Decision:
    """Decide who changes a task force: who may set one up, and those who lead it."""
    if may_set_up(user, on).allowed or _runs(user, force.pk, on):
        return allow()
    return deny(
        "由专班负责人、园区领导或服务中心办理",
        "done by who leads it, leaders of the zone or the centre",
    )


def may_see_force(user: Visitor, force: TaskForce, on: dt.date) -> Decision:
    """Decide who opens a task force: whoever works for the zone, and its members."""
    return may_list(user, on)


def may_see(user: Visitor, meeting: Meeting, on: dt.date) -> Decision:
    """Decide who opens a meeting: who belongs to it or was there, the centre, leaders."""
    held = list(memberships_of(user, on))
    if of_projects.sees_all(held) or _belongs(user, held, meeting, on):
        return allow()
    return deny(
        "仅限参会人员、专班成员、服务中心和领导",
        "for who takes part, the task force, the service centre and leaders",
    )


def may_run(user: Visitor, meeting: Meeting, on: dt.date) -> Decision:
    """Decide who makes the agenda, records a meeting, decides there and cancels it.

    The centre always; the leads of a task force, a project chief for their own; leaders of the
    zone for theirs.
    """
    held = list(memberships_of(user, on))
    if any(is_centre(post) for post in held):
        return allow()
    if meeting.force_id is not None:
        runs = _runs(user, meeting.force_id, on)
    elif meeting.chief_id is not None:
        runs = meeting.chief_id == user.pk
    else:
        runs = any(is_zone_leader(post) for post in held)
    if runs:
        return allow()
    return deny("由会议主持方或服务中心办理", "done by who chairs it or the service centre")


def may_raise(user: Visitor, project: Project, on: dt.date) -> Decision:
    """Decide who raises an obstacle: who works on the project, its task forces, the centre."""
    if project.merged_into_id is not None or project.withdrawn_at is not None:
        return of_projects.may_edit(user, project, on)
    forces = ForceProject.objects.filter(on_day(on), project=project).values("force")
    if _posts(user, on).filter(force__in=forces).exists():
        return allow()
    return of_projects.may_edit(user, project, on)


def may_see_obstacles(user: Visitor, project: Project, on: dt.date) -> Decision:
    """Decide who reads the obstacles of a project: who opens it, and its task forces."""
    if may_raise(user, project, on).allowed:
        return allow()
    return of_projects.may_see(user, project, on)


def _posts(user: Visitor, on: dt.date) -> QuerySet[ForceMember]:
    if not (isinstance(user, User) and user.is_active):
        return ForceMember.objects.none()
    return ForceMember.objects.filter(on_day(on), user=user)


def _runs(user: Visitor, force: int, on: dt.date) -> bool:
    return _posts(user, on).filter(force=force, duty__in=RUNS).exists()


def _belongs(user: Visitor, held: Iterable[Membership], meeting: Meeting, on: dt.date) -> bool:
    if meeting.force_id is not None:
        force = meeting.force
        if force and any(post.unit_id == force.lead_unit_id for post in held):
            return True
        if _posts(user, on).filter(force=force).exists():
            return True
    if meeting.chief_id is not None and meeting.chief_id == user.pk:
        return True
    return Attendance.objects.filter(meeting=meeting, user=user.pk).exists()
