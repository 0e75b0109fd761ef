"""Graded review: three tiers, a task force of three groups, meetings held and to come."""

import datetime as dt
from decimal import Decimal

from django.utils import timezone

from openzone.demo.scenes.cast import Cast
from openzone.zone.audit.actors import Actor
from openzone.zone.people.enums import Role
from openzone.zone.people.models import User
from openzone.zone.people.services import create_user, grant_membership
from openzone.zone.projects.models import Project
from openzone.zone.projects.services.months import report_month
from openzone.zone.projects.services.projects import change_project, create_project
from openzone.zone.reviews.enums import ForceDuty, ItemOutcome, MeetingState
from openzone.zone.reviews.models import Meeting, Obstacle, TaskForce
from openzone.zone.reviews.services import forces
from openzone.zone.reviews.services.deciding import decide
from openzone.zone.reviews.services.holding import Result, hold_meeting
from openzone.zone.reviews.services.obstacles import raise_obstacle
from openzone.zone.reviews.services.planning import plan_meetings, prepare_meeting

BEGUN = 75
"""How many days ago reviews began."""
_OWN = (("示例动力电池工厂二期", 40, 28), ("示例显示面板配套园", 60, 33))
_GROUPS = (
    ("手续办理组", "审批与用地", "economy", "handler"),
    ("要素保障组", "用水用电用气", "industry", "reviewer"),
    ("招工服务组", "招工与住房", "talent", "centre"),
)
_STUCK = (
    ("land", "3", "北侧八亩净地未交付（示例）", "industry"),
    ("energy", "2", "双回路专线排期未定（示例）", "industry"),
)


def reviewing(cast: Cast) -> None:
    """Let a task force, a project chief and the leaders review projects for ten weeks."""
    chief = _chief(cast)
    major, key = _projects(cast, chief)
    force = _force(cast, major, chief)
    plan_meetings(actor=Actor.system("reviews"), today=cast.day(BEGUN))
    plan_meetings(actor=Actor.system("reviews"), today=cast.day(BEGUN - 40))
    for place, (topic, severity, title, unit) in enumerate(_STUCK):
        _raised(cast, (major, key)[place], topic, severity, title, unit)
    for meeting in _past(cast, force, chief):
        _held(cast, meeting, chief)
    plan_meetings(actor=Actor.system("reviews"), today=cast.today)
    _to_come(cast, force)


def _chief(cast: Cast) -> User:
    chief = create_user(actor=cast.actor, username="demo-chief", display_name="示例项目长")
    grant_membership(
        actor=cast.actor, user=chief, unit=cast.units["industry"], role=Role.PROJECT_CHIEF,
        valid_from=cast.day(365),
    )  # fmt: skip
    return chief


def _projects(cast: Cast, chief: User) -> tuple[Project, Project]:
    """Return two projects to be reviewed: those of the pipeline, or two of their own."""
    known = list(Project.objects.filter(merged_into=None, left="", phase_of=None)[:2])
    while len(known) < len(_OWN):
        known.append(_own(cast, *_OWN[len(known)]))
    actor, _user = cast.who("centre")
    major, key = (
        change_project(actor=actor, project=project, chief=chief, review_class=review_class)
        for project, review_class in zip(known, ("major", "key"), strict=True)
    )
    return major, key


def _own(cast: Cast, name: str, planned: int, actual: int) -> Project:
    actor, user = cast.who("handler")
    project = create_project(
        actor=actor, name=name, pipeline="six_batches", on=cast.day(200), now=cast.at(200),
        lead_unit=cast.units["industry"], synthetic=True,
    )  # fmt: skip
    first = cast.today.replace(day=1)
    for ago in (3, 2, 1):
        month = _months_before(first, ago)
        report_month(
            actor=actor, project=project, month=month, now=cast.at(5), today=cast.today, user=user,
            planned=Decimal(planned - 5 * ago) / 100, actual=Decimal(actual - 6 * ago) / 100,
        )  # fmt: skip
    return project


def _months_before(first: dt.date, count: int) -> dt.date:
    month = first
    for _ in range(count):
        month = (month - dt.timedelta(days=1)).replace(day=1)
    return month


def _force(cast: Cast, project: Project, chief: User) -> TaskForce:
    actor, _user = cast.who("centre")
    since = cast.day(BEGUN + 10)
    force = forces.set_up_force(
        actor=actor, name="示例新型显示与电池项目专班", lead_unit=cast.units["industry"],
        begun_on=since, document_no="示例高新办〔示例〕3号", synthetic=True,
    )  # fmt: skip
    forces.add_member(actor=actor, force=force, user=chief, duty=ForceDuty.LEAD, valid_from=since)
    for name, line, unit, member in _GROUPS:
        group = forces.add_group(
            actor=actor, force=force, name=name, service_line=line, unit=cast.units[unit]
        )
        forces.add_member(
            actor=actor, force=force, user=cast.users[member], group=group, valid_from=since
        )
    forces.give_project(actor=actor, force=force, project=project, valid_from=since)
    return force


def _raised(
    cast: Cast, project: Project, topic: str, severity: str, title: str, unit: str
) -> Obstacle:
    actor, user = cast.who("handler")
    return raise_obstacle(
        actor=actor, project=project, topic=topic, severity=severity, title=title, user=user,
        text="影响下一节点（示例）", now=cast.at(BEGUN - 5), today=cast.day(BEGUN - 5),
        wanted_by=cast.today, unit=cast.units[unit],
    )  # fmt: skip


def _past(cast: Cast, force: TaskForce, chief: User) -> list[Meeting]:
    """Return two meetings of the force, then one of the chief: the first obstacle climbs once."""
    gone = Meeting.objects.filter(on__lt=cast.today, on__gt=cast.day(BEGUN - 5))
    weekly = list(gone.filter(force=force).order_by("on")[:2])
    after = weekly[-1].on if weekly else cast.day(BEGUN)
    return weekly + list(gone.filter(chief=chief, on__gt=after).order_by("on")[:1])


def _held(cast: Cast, meeting: Meeting, chief: User) -> None:
    """Hold a meeting that leaves everything open and decides one thing about the first matter."""
    now = timezone.make_aware(dt.datetime.combine(meeting.on, dt.time(11)))
    by = Actor.of(chief)
    prepare_meeting(actor=by, meeting=meeting, now=now)
    items = list(meeting.items.all())
    if items:
        decide(
            actor=by, meeting=meeting, title=f"就“{items[0].title}”提出时间表（示例）"[:200],
            unit=cast.units["industry"], due=meeting.on + dt.timedelta(days=10), user=chief,
            now=now, today=meeting.on, item=items[0],
        )  # fmt: skip
    hold_meeting(
        actor=by, meeting=meeting, attended=[chief, cast.users["handler"], cast.users["reviewer"]],
        user=chief, now=now + dt.timedelta(hours=1), today=meeting.on,
        minutes="会议逐项听取进展，明确责任单位和时限。（示例）",
        results={one.pk: Result(ItemOutcome.OPEN, "责任单位继续协调（示例）") for one in items},
    )  # fmt: skip


def _to_come(cast: Cast, force: TaskForce) -> None:
    """Make the agenda of the next meetings of the leaders and of the task force."""
    ahead = Meeting.objects.filter(on__gte=cast.today, state=MeetingState.PLANNED).order_by("on")
    for found in (ahead.filter(body="zone").first(), ahead.filter(force=force).first()):
        if found is not None:
            prepare_meeting(actor=Actor.system("reviews"), meeting=found, now=cast.at(0))
