"""The months of projects: every colour there is, an approved pause, a light set by hand."""

import datetime as dt
from decimal import Decimal
from typing import Any

from openzone.demo.scenes.cast import Cast
from openzone.demo.scenes.investing import BATTERY, DAM
from openzone.zone.projects.models import Project
from openzone.zone.projects.services import months as services

_STORIES: tuple[tuple[int | None, ...], ...] = (
    (100, 100, 100, 100, 100, 100),
    (95, 85, 75, 70, 70, 65),
    (90, 70, 50, 45, 40, 35),
    (100, 90, None, 80, None, 90),
    (80, 75, 78, 90, 95, 100),
)
"""What was done of the plan in each month, in per cent; None: the month was not reported whole."""


def lights(cast: Cast) -> None:
    """Report the months of some projects up to this one."""
    started = Project.objects.filter(synthetic=True, stage__in=("started", "completed"))
    chosen = [Project.objects.get(name=name) for name in (BATTERY, DAM)]
    chosen += list(started.exclude(name__in=(BATTERY, DAM)).order_by("-pk")[:6])
    for n, project in enumerate(chosen):
        if n == 3:
            _pause(cast, project)
        _report(cast, project, _STORIES[n % len(_STORIES)], late=n % 4 == 1)
    _by_hand(cast, chosen[2])


def _report(cast: Cast, project: Project, story: tuple[int | None, ...], *, late: bool) -> None:
    """Report month after month: planned rises evenly, done is a part of it and never falls."""
    done = Decimal(0)
    for n, part in enumerate(story):
        month = _month(cast, len(story) - 1 - n)
        planned = Decimal(n + 1) / 10
        if part is not None:
            done = max(done, planned * part / 100)
        figures: dict[str, Any] = {
            "planned": planned,
            "actual": None if part is None else done,
            "investment_planned": Decimal(20_000_000),
            "invested": None if part is None else Decimal(200_000) * part,
            "due_on": month + dt.timedelta(days=45 if n % 2 else 90),
            "expected_late": late,
            "serious": part is not None and part < 60,
            "remark": "按月填报（示例）",
        }
        services.report_month(
            actor=cast.actor, project=project, month=month, now=cast.at(0, 17),
            today=cast.today, **figures,
        )  # fmt: skip


def _pause(cast: Cast, project: Project) -> None:
    """One asks that work may rest, another one agrees."""
    actor, user = cast.who("handler")
    pause = services.ask_pause(
        actor=actor, project=project, begins=_month(cast, 2), until=cast.today,
        reason="设备供货延期，申请暂缓（示例）", user=user, now=cast.at(60), document_no="示例1号",
    )  # fmt: skip
    judge, ruler = cast.who("leader")
    services.rule_pause(
        actor=judge, pause=pause, granted=True, user=ruler, now=cast.at(59), today=cast.today
    )


def _by_hand(cast: Cast, project: Project) -> None:
    actor, user = cast.who("leader")
    services.override_light(
        actor=actor, project=project, colour="yellow", reason="现场已复工，下月复核（示例）",
        begins=_month(cast, 0), until=cast.today + dt.timedelta(days=30), user=user,
        now=cast.at(1), today=cast.today,
    )  # fmt: skip


def _month(cast: Cast, back: int) -> dt.date:
    """Return the first day of a month so many months ago."""
    months = cast.today.year * 12 + cast.today.month - 1 - back
    return dt.date(months // 12, months % 12 + 1, 1)
