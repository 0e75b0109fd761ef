"""Three projects of three classes, a task force for one of them, and who meets about them."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pytest

from openzone.zone.audit.actors import Actor
from openzone.zone.people.enums import Role, UnitKind
from openzone.zone.people.models import Unit, User
from openzone.zone.people.services import create_unit
from openzone.zone.projects.models import Project
from openzone.zone.projects.services.months import report_month
from openzone.zone.projects.services.projects import create_project
from openzone.zone.reviews.enums import ForceDuty
from openzone.zone.reviews.models import Meeting, Obstacle, TaskForce
from openzone.zone.reviews.services import forces
from openzone.zone.reviews.services.holding import Result, hold_meeting
from openzone.zone.reviews.services.obstacles import raise_obstacle
from openzone.zone.reviews.services.planning import plan_meetings, prepare_meeting

TODAY = dt.date(2026, 6, 1)
"""A Monday: the first day of the month, and the day of the task force."""


def at(day: dt.date, hour: int = 10) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo("Asia/Shanghai"))


class Table(NamedTuple):
    """The projects by class, the task force, and the people around them."""

    major: Project
    key: Project
    ordinary: Project
    force: TaskForce
    bureau: Unit
    chief: User
    head: User
    clerk: User
    member: User
    centre: User
    leader: User

    def meetings(self, tier: str, **more: Any) -> list[Meeting]:
        return list(Meeting.objects.filter(tier=tier, **more).order_by("on"))


@pytest.fixture
def table(actor: Actor, committee: Unit, leader: User, make_user: Callable[..., User]) -> Table:
    centre = create_unit(
        actor=actor, code="centre", name="示例服务中心", kind=UnitKind.CENTRE, parent=committee
    )
    bureau = create_unit(
        actor=actor, code="promotion", name="示例投资促进局", kind=UnitKind.DEPARTMENT,
        parent=committee,
    )  # fmt: skip
    chief = make_user("xiangmuzhang", Role.PROJECT_CHIEF, bureau)
    head, member = make_user("banzhang", Role.HANDLER, bureau), make_user("chengyuan")
    made = {
        name: create_project(
            actor=actor, name=f"示例{name}项目", pipeline="six_batches", on=TODAY, now=at(TODAY),
            lead_unit=bureau, chief=chief, review_class=name, synthetic=True,
        )
        for name in ("major", "key", "ordinary")
    }  # fmt: skip
    force = forces.set_up_force(
        actor=actor, name="示例电池专班", lead_unit=bureau, begun_on=dt.date(2026, 1, 1)
    )
    group = forces.add_group(actor=actor, force=force, name="要素组", service_line="用地用能")
    since = dt.date(2026, 1, 1)
    forces.add_member(actor=actor, force=force, user=head, duty=ForceDuty.LEAD, valid_from=since)
    forces.add_member(actor=actor, force=force, user=member, group=group, valid_from=since)
    forces.give_project(actor=actor, force=force, project=made["major"], valid_from=since)
    return Table(
        **made, force=force, bureau=bureau, chief=chief, head=head, member=member,
        clerk=make_user("zhaoshang", Role.HANDLER, bureau),
        centre=make_user("zhuanyuan", Role.CENTRE, centre), leader=leader,
    )  # fmt: skip


@pytest.fixture
def planned(table: Table, actor: Actor) -> Table:
    """The same, with its meetings in the calendar from the first of June on."""
    plan_meetings(actor=actor, today=TODAY)
    return table


@pytest.fixture
def reported(actor: Actor) -> Callable[..., None]:
    """``reported(project, month, planned, actual)``: progress in percent, which gives the light."""

    def report(project: Project, month: int, planned: int, actual: int) -> None:
        report_month(
            actor=actor, project=project, month=dt.date(2026, month, 1), now=at(TODAY),
            today=dt.date(2026, 12, 31), planned=Decimal(planned) / 100,
            actual=Decimal(actual) / 100,
        )  # fmt: skip

    return report


@pytest.fixture
def stuck(actor: Actor, planned: Table) -> Callable[..., Obstacle]:
    """``stuck(project)``: an obstacle on a project, raised by the clerk of its bureau."""

    def stand(project: Project, **more: Any) -> Obstacle:
        given = {
            "topic": "land",
            "severity": "2",
            "title": "净地未交付（示例）",
            "user": planned.clerk,
        }
        return raise_obstacle(
            actor=actor, project=project, text="还差八亩（示例）", now=at(TODAY, 8), today=TODAY,
            **{**given, **more},
        )  # fmt: skip

    return stand


@pytest.fixture
def held(actor: Actor, planned: Table) -> Callable[..., Meeting]:
    """``held(meeting, outcome)``: make the agenda and record the meeting on its day."""

    def hold(meeting: Meeting, outcome: str = "open", **more: Any) -> Meeting:
        now = at(meeting.on, 11)
        prepare_meeting(actor=actor, meeting=meeting, now=now)
        results = {item.pk: Result(outcome) for item in meeting.items.all()}
        given = {"attended": [planned.chief], "user": planned.centre, "results": results}
        return hold_meeting(
            actor=actor, meeting=meeting, now=now, today=meeting.on, **{**given, **more}
        )

    return hold
