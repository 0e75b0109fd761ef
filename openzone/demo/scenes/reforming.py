"""A reform programme of 125 tasks in four areas, at work since New Year."""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from openzone.demo.scenes.cast import Cast
from openzone.zone.audit.actors import Actor
from openzone.zone.cases.services.acting import act
from openzone.zone.people.models import User
from openzone.zone.reforms.models import Programme, Report, Task
from openzone.zone.reforms.services import programmes
from openzone.zone.reforms.services.extensions import ask_extension, rule_extension
from openzone.zone.reforms.services.progress import check_report, report

TASKS = 125
_AREAS = {
    "一网通办": ("高频事项全程网办", "电子证照共享", "申请材料免提交", "“一件事”联办",
             "帮办代办", "异地代收代办", "容缺受理", "办事指南标准化"),
    "一网通享": ("惠企政策归集", "政策精准推送", "免申即享", "政策解读",
             "申报材料复用", "兑现进度公开", "政策评估", "政策发言人"),
    "一键回应": ("企业诉求专席", "办不成事反映", "诉求限时转办", "诉求回访",
             "联席会议", "服务专员包保", "诉求分析", "评价结果运用"),
    "一网统管": ("运行看板", "双随机抽查", "信用分级监管", "无事不扰",
             "风险预警", "执法备案", "数据共享目录", "督查督办"),
}  # fmt: skip
_STEPS = ("制定实施方案", "上线试运行", "扩大覆盖面", "评估问效")
_UNITS = ("centre", "science", "industry", "economy", "talent", "market", "commerce", "finance")
_LAGGING = 75
"""Nothing is late for longer than so many days."""
_OWNERS = {"science": "handler", "industry": "reviewer", "finance": "finance", "centre": "centre"}


class _Planned(NamedTuple):
    area: str
    number: int
    title: str
    unit: str
    due_on: dt.date


def reforms(cast: Cast) -> None:
    """Give 125 tasks to eight units; most report, some are done, some are late."""
    actor, _user = cast.who("centre")
    programme = programmes.create_programme(
        actor=actor, title="示例：营商环境6.0改革方案", synthetic=True,
        document=f"示例高新办〔{cast.today.year}〕1号",
        first_on=cast.today.replace(month=1, day=1),
        last_on=cast.today.replace(month=12, day=31),
    )  # fmt: skip
    _planned(cast, actor, programme)
    programmes.begin_programme(actor=actor, programme=programme, now=cast.at(300))
    tasks = list(
        Task.objects.filter(area__programme=programme).select_related("lead", "owner", "case")
    )
    for place, task in enumerate(tasks):
        _worked(cast, task, place)
    _steps(cast, actor, tasks[0])


def _planned(cast: Cast, actor: Actor, programme: Programme) -> None:
    areas = {
        title: programmes.add_area(actor=actor, programme=programme, title=title)
        for title in _AREAS
    }
    for one in _plan(cast.today.year):
        programmes.add_task(
            actor=actor, area=areas[one.area], number=str(one.number), title=one.title,
            lead=cast.units[one.unit], due_on=one.due_on, now=cast.at(300),
            owner=_owner(cast, one.unit), content=f"{one.title}，形成可查验的成果。",
            assisting=[cast.units["centre"]],
        )  # fmt: skip


def _plan(year: int) -> Iterator[_Planned]:
    """Yield the tasks: every measure of every area in four steps, up to the number of the plan."""
    number = 0
    for area, measures in _AREAS.items():
        for place, measure in enumerate(measures):
            for quarter, step in enumerate(_STEPS):
                number += 1
                if number > TASKS:
                    return
                due = dt.date(year, 3 * quarter + 3, 10 + 2 * place)
                title = f"{measure}：{step}（示例）"
                yield _Planned(area, number, title, _UNITS[place], due)


def _owner(cast: Cast, unit: str) -> User:
    name = _OWNERS.get(unit, f"demo-{unit}")
    return cast.users.get(name) or User.objects.get(username=name)


def _worked(cast: Cast, task: Task, place: int) -> None:
    """Take a task on and report it: the past is done but for a few late ones, the rest half way."""
    ahead = (task.due_on - cast.today).days
    if task.owner is None or ahead > 120:
        return
    by, now = task.owner, cast.at(max(5, 5 - ahead))
    if place % 11 != 7 or ahead < 0:
        _taken_on(task, by, cast.at(max(295, 5 - ahead), 9))
    if ahead > 0 and place % 11 == 7:
        return
    if ahead < 0 and (ahead < -_LAGGING or place % 9):
        _reported(cast, task, by, 100, now)
    elif place % 23 == 5:
        _waiting(task, by, now)
    else:
        _reported(cast, task, by, (30, 55, 75)[place % 3], now)
    if 0 < ahead < 60 and place % 8 == 0:
        _later(cast, task, by)


def _taken_on(task: Task, by: User, now: dt.datetime) -> None:
    if task.case is not None:
        act(actor=Actor.of(by), case=task.case, action="accept", now=now, user=by, data={})


def _reported(cast: Cast, task: Task, by: User, percent: int, now: dt.datetime) -> None:
    made = _said(task, by, percent, now)
    checker, second = cast.who("leader")
    check_report(
        actor=checker, by=second, report=made, passed=True, now=now + dt.timedelta(hours=2),
        on=now.date(),
    )  # fmt: skip


def _waiting(task: Task, by: User, now: dt.datetime) -> None:
    """Leave a report for somebody to check."""
    _said(task, by, 60, now)


def _said(task: Task, by: User, percent: int, now: dt.datetime) -> Report:
    return report(
        actor=Actor.of(by), by=by, task=task, percent=percent, now=now,
        text="按计划推进，完成阶段成果。（示例）", evidence=f"示例台账第{task.number}号",
    )  # fmt: skip


def _later(cast: Cast, task: Task, by: User) -> None:
    """Ask for two more weeks while there is time; the leader grants every other one."""
    last = dt.date(task.due_on.year, 12, 31)
    to_on = min(task.due_on + dt.timedelta(days=14), last)
    if to_on <= task.due_on:
        return
    asked = ask_extension(
        actor=Actor.of(by), by=by, task=task, to_on=to_on, on=cast.today,
        reason="外部系统接口尚未开放（示例）", now=cast.at(2),
    )  # fmt: skip
    if int(task.number) % 2:
        ruler, user = cast.who("leader")
        rule_extension(actor=ruler, by=user, extension=asked, granted=True, now=cast.at(1))


def _steps(cast: Cast, actor: Actor, task: Task) -> None:
    """Break one task down, where it is not done yet."""
    open_one = Task.objects.filter(
        area__programme=task.area.programme_id, done_on__isnull=True, due_on__gte=cast.today
    ).first()
    if open_one is None:
        return
    first = programmes.add_step(
        actor=actor, task=open_one, title="确定需求清单（示例）", due_on=cast.day(20)
    )
    programmes.finish_step(actor=actor, step=first, on=cast.day(21), proof="需求清单（示例）")
    programmes.add_step(actor=actor, task=open_one, title="联调测试（示例）", due_on=cast.today)
