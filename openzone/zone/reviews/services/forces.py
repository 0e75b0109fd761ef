"""Task forces are set up, get groups, members and projects, and end."""

import datetime as dt

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.chain import JSON
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import Unit, User
from openzone.zone.projects.models import Project
from openzone.zone.reviews.enums import ForceDuty, MeetingState
from openzone.zone.reviews.models import ForceGroup, ForceMember, ForceProject, TaskForce

ENDED = Text("专班“{name}”已于{on}撤销", "the task force “{name}” ended on {on}")
OF_ANOTHER = Text("该工作组不属于本专班", "the working group is one of another task force")
MEMBER = Text("{who} 已在该工作组", "{who} is in this working group already")
HAS_IT = Text("本专班已负责该项目", "the task force has this project already")
GONE = Text("已于{on}退出", "it ended on {on} already")
MERGED = Text("该项目已并入另一项目", "this project was merged into another one")


@transaction.atomic
def set_up_force(
    *, actor: Actor, name: str, lead_unit: Unit, begun_on: dt.date, document_no: str = "",
    synthetic: bool = False,
) -> TaskForce:  # fmt: skip
    """Set up a task force under a lead office."""
    force = TaskForce(
        name=name.strip(), lead_unit=lead_unit, begun_on=begun_on,
        document_no=document_no.strip(), synthetic=synthetic,
    )  # fmt: skip
    ensure_valid(force)
    force.save()
    _note("set_up", actor, force, name=force.name, lead_unit=lead_unit.code)
    return force


@transaction.atomic
def add_group(
    *, actor: Actor, force: TaskForce, name: str, service_line: str, unit: Unit | None = None
) -> ForceGroup:
    """Add a working group with the line of service it holds."""
    group = ForceGroup(
        force=_working(force), name=name.strip(), service_line=service_line.strip(), unit=unit
    )
    ensure_valid(group)
    group.save()
    _note("group_added", actor, force, group=group.name, line=group.service_line)
    return group


@transaction.atomic
def add_member(
    *, actor: Actor, force: TaskForce, user: User, valid_from: dt.date,
    group: ForceGroup | None = None, duty: str = ForceDuty.MEMBER,
) -> ForceMember:  # fmt: skip
    """Let somebody join from a day on; they may be in several groups."""
    fresh = _working(force)
    if group is not None and group.force_id != fresh.pk:
        raise Refused(OF_ANOTHER, field="group")
    if fresh.members.filter(user=user, group=group, valid_to=None).exists():
        raise Refused(MEMBER.format(who=user), field="user")
    member = ForceMember(force=fresh, group=group, user=user, duty=duty, valid_from=valid_from)
    ensure_valid(member)
    member.save()
    _note("member_joined", actor, fresh, user=user.username, duty=str(duty))
    return member


@transaction.atomic
def end_member(*, actor: Actor, member: ForceMember, on: dt.date) -> ForceMember:
    """Let somebody leave after a day."""
    _working(member.force)
    fresh = ForceMember.objects.select_related("force", "user").get(pk=member.pk)
    _ensure_there(fresh.valid_to)
    fresh.valid_to = on
    ensure_valid(fresh)
    fresh.save(update_fields=["valid_to"])
    _note("member_left", actor, fresh.force, user=fresh.user.username, on=on.isoformat())
    return fresh


@transaction.atomic
def give_project(
    *, actor: Actor, force: TaskForce, project: Project, valid_from: dt.date
) -> ForceProject:
    """Put a project into the hands of a task force."""
    fresh = _working(force)
    if project.merged_into_id is not None:
        raise Refused(MERGED, field="project")
    if fresh.projects.filter(project=project, valid_to=None).exists():
        raise Refused(HAS_IT, field="project")
    held = ForceProject(force=fresh, project=project, valid_from=valid_from)
    ensure_valid(held)
    held.save()
    _note("project_given", actor, fresh, project=project.number)
    return held


@transaction.atomic
def take_project(*, actor: Actor, held: ForceProject, on: dt.date) -> ForceProject:
    """Take a project out of a task force's hands after a day."""
    _working(held.force)
    fresh = ForceProject.objects.select_related("force", "project").get(pk=held.pk)
    _ensure_there(fresh.valid_to)
    fresh.valid_to = on
    ensure_valid(fresh)
    fresh.save(update_fields=["valid_to"])
    _note("project_taken", actor, fresh.force, project=fresh.project.number)
    return fresh


@transaction.atomic
def end_force(
    *, actor: Actor, force: TaskForce, on: dt.date, user: User, now: dt.datetime
) -> TaskForce:
    """End a task force after a day; meetings planned for later are cancelled with it."""
    fresh = _working(force)
    fresh.ended_on = on
    ensure_valid(fresh)
    fresh.save(update_fields=["ended_on"])
    for rows in (fresh.members, fresh.projects):
        rows.filter(valid_to=None, valid_from__lte=on).update(valid_to=on)
    later = fresh.meetings.filter(state=MeetingState.PLANNED, on__gt=on)
    off = later.update(
        state=MeetingState.CANCELLED, reason=f"专班已于 {on} 撤销", settled_by=user, settled_at=now
    )
    _note("ended", actor, fresh, on=on.isoformat(), cancelled=off)
    return fresh


def _working(force: TaskForce) -> TaskForce:
    """Lock a task force that has not ended."""
    fresh = TaskForce.objects.select_for_update().get(pk=force.pk)
    if fresh.ended_on is not None:
        raise Refused(ENDED.format(name=fresh.name, on=fresh.ended_on))
    return fresh


def _ensure_there(ended: dt.date | None) -> None:
    if ended is not None:
        raise Refused(GONE.format(on=ended))


def _note(action: str, actor: Actor, force: TaskForce, **payload: JSON) -> None:
    record(f"reviews.force.{action}", actor=actor, subject=f"force:{force.pk}", payload=payload)
