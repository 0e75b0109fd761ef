"""One investor with eleven plants, the tenth of them built fast; what two phases will produce."""

import datetime as dt
from decimal import Decimal

from openzone.demo.scenes.cast import Cast
from openzone.demo.scenes.investing import BATTERY, YI
from openzone.zone.projects.enums import AmountKind
from openzone.zone.projects.models import Project, Stay
from openzone.zone.projects.services import amounts, works

INVESTOR, TENTH = "示例新材料集团", "示例新材料第10工厂"
"""The tenth went from plan to production in eight months, three of them for the land."""
_FAST, _USUAL = (0, 20, 111, 243), (0, 45, 190, 420)
_POINTS = (
    ("plan", "项目规划（示例）"), ("land-asked", "用地申请（示例）"),
    ("land-ready", "用地落实（示例）"), ("production", "投产（示例）"),
)  # fmt: skip


def expansion(cast: Cast) -> None:
    """Say when each plant was planned, got its land and produced, and what each is worth."""
    plants = Project.objects.filter(investor_name=INVESTOR).order_by("pk")
    producing = Stay.objects.filter(project__in=plants, stage="in_production", first=True)
    days = dict(producing.values_list("project", "on"))
    for place, plant in enumerate(plants):
        if plant.pk in days:
            _milestones(cast, plant, days[plant.pk], place)
        if plant.total is not None:
            _state(cast, plant, AmountKind.FIXED, round(plant.total * Decimal("0.7"), 2))
    battery = Project.objects.get(name=BATTERY)
    for project, output in ((battery, 330), (battery.phases.get(phase=2), 110)):
        _state(cast, project, AmountKind.OUTPUT, Decimal(output) * YI)


def _milestones(cast: Cast, plant: Project, produced: dt.date, place: int) -> None:
    steps = (
        _FAST if plant.name == TENTH else tuple(one * (100 + 3 * place) // 100 for one in _USUAL)
    )
    begun = produced - dt.timedelta(days=steps[-1])
    codes = [None, *(code for code, _title in _POINTS)]
    works.plan_milestones(
        actor=cast.actor, project=plant, today=cast.today,
        milestones=[
            {
                "code": code, "title": title, "planned": begun + dt.timedelta(days=after),
                "actual": begun + dt.timedelta(days=after), "after": [before] if before else [],
            }
            for (code, title), before, after in zip(_POINTS, codes, steps, strict=False)
        ],
    )  # fmt: skip


def _state(cast: Cast, project: Project, kind: AmountKind, value: Decimal) -> None:
    amounts.state_amount(
        actor=cast.actor, project=project, kind=kind, value=value, on=cast.day(365),
        now=cast.at(0, 17), wording=f"{value / YI:.2f}亿元",
    )  # fmt: skip
