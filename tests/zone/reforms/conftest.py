"""A programme of two areas with three tasks, two bureaus, a centre that checks, a leader."""

import datetime as dt
from collections.abc import Callable
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pytest

from openzone.zone.audit.actors import Actor
from openzone.zone.people.enums import Role, UnitKind
from openzone.zone.people.models import Unit, User
from openzone.zone.people.services import create_unit
from openzone.zone.reforms.models import Area, Programme, Report, Task
from openzone.zone.reforms.services import programmes
from openzone.zone.reforms.services.progress import check_report, report

SHANGHAI = ZoneInfo("Asia/Shanghai")
FIRST, LAST = dt.date(2026, 1, 1), dt.date(2026, 12, 31)
NOW = dt.datetime(2026, 4, 10, 10, 0, tzinfo=SHANGHAI)
DAY = NOW.date()


class Plan(NamedTuple):
    """The programme and who works on it."""

    programme: Programme
    areas: list[Area]
    tasks: list[Task]
    science: Unit
    market: Unit
    centre: Unit
    owner: User  # of the first task, in the science bureau
    clerk: User  # another one of the science bureau
    checker: User  # of the centre
    chief: User  # leader of the committee


@pytest.fixture
def plan(committee: Unit, actor: Actor, make_user: Callable[..., User]) -> Plan:
    def unit(code: str, name: str, kind: UnitKind = UnitKind.DEPARTMENT) -> Unit:
        return create_unit(actor=actor, code=code, name=name, kind=kind, parent=committee)

    science, market = unit("science", "示例科技局"), unit("market", "示例市场局")
    centre = unit("centre", "示例中心", UnitKind.CENTRE)
    owner = make_user("keyan", Role.HANDLER, science)
    programme = programmes.create_programme(
        actor=actor, title="示例营商环境6.0", first_on=FIRST, last_on=LAST, synthetic=True
    )
    areas = [
        programmes.add_area(actor=actor, programme=programme, title=title)
        for title in ("一网通办", "一键回应")
    ]
    rows = [
        (areas[0], "1", "推行电子证照", science, dt.date(2026, 6, 30), {"owner": owner}),
        (areas[0], "2", "压减材料", market, dt.date(2026, 5, 31), {"assisting": [science]}),
        (areas[1], "3", "设诉求专席", centre, dt.date(2026, 12, 20), {"weight": 2}),
    ]
    tasks = [
        programmes.add_task(
            actor=actor, area=area, number=number, title=title, lead=lead, due_on=day,
            now=NOW, **given,
        )
        for area, number, title, lead, day, given in rows
    ]  # fmt: skip
    return Plan(
        programme, areas, tasks, science, market, centre, owner,
        make_user("keyan2", Role.HANDLER, science),
        make_user("checker", Role.CENTRE, centre),
        make_user("chief", Role.LEADER, committee),
    )  # fmt: skip


@pytest.fixture
def running(plan: Plan, actor: Actor) -> Plan:
    """The same after it was begun."""
    begun = dt.datetime(2026, 1, 5, 9, 0, tzinfo=SHANGHAI)
    programme = programmes.begin_programme(actor=actor, programme=plan.programme, now=begun)
    tasks = list(Task.objects.order_by("pk"))
    return plan._replace(programme=programme, tasks=tasks)


@pytest.fixture
def done(running: Plan) -> Callable[..., Report]:
    """``done(percent)``: a report of the first task's owner, confirmed by the centre."""

    def make(percent: int, now: dt.datetime = NOW, **given: Any) -> Report:
        made = report(
            actor=Actor.of(running.owner), by=running.owner, task=running.tasks[0],
            percent=percent, text="已完成系统对接", evidence="对接验收单（示例）", now=now, **given,
        )  # fmt: skip
        check_report(
            actor=Actor.of(running.checker), by=running.checker, report=made, passed=True,
            now=now, on=now.date(),
        )  # fmt: skip
        return made

    return make
