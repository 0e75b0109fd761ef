"""Evaluations: output per mu of last year final, of the year before it, one platform evaluation.

Two schemes are used so that one list is final and another is open for objections.
"""

import datetime as dt
from decimal import Decimal
from typing import Final, NamedTuple

from django.utils import timezone

from openzone.demo.scenes.cast import Cast
from openzone.zone.evaluations.models import Cycle, Entrant
from openzone.zone.evaluations.services import cells, cycles, entrants, panel, protests, rulings
from openzone.zone.people.models import User
from openzone.zone.registry.models import Enterprise

MU: Final = Decimal(2000) / Decimal(3)
WAN: Final = Decimal(10_000)


class Line(NamedTuple):
    """A firm: land in 亩, then tax, revenue in 万元, energy in tce, power in MWh."""

    land: int
    tax: int
    revenue: int
    energy: int | None
    power: int


_LINES: Final = (
    Line(25, 1450, 21000, 900, 2600), Line(40, 2100, 39000, 1500, 5200),
    Line(18, 620, 9800, 420, 1500), Line(60, 1900, 42000, 2600, 9100),
    Line(33, 720, 15600, 800, 2900), Line(22, 410, 7200, None, 1900),
    Line(75, 1230, 30500, 3900, 14800), Line(15, 210, 4100, 260, 900),
    Line(48, 560, 13900, 1700, 6400), Line(30, 240, 6800, 1100, 4300),
    Line(52, 260, 7900, 2100, 8800), Line(65, 90, 3100, 2400, 9900),
)  # fmt: skip
_PLATFORMS: Final = (
    ("示例产业创新服务综合体", 92), ("示例检验检测平台", 88), ("示例中试服务平台", 84),
    ("示例工业设计平台", 79), ("示例知识产权服务平台", 76), ("示例人才服务平台", 71),
    ("示例物流公共平台", 58),
)  # fmt: skip


def evaluating(cast: Cast) -> None:
    """Gather, post, lock by another, publish; one list final, one objected to; mark platforms."""
    firms = _firms(cast)
    year = cast.today.year - 1
    final = _published(cast, firms, "huaian_2024", year, 200)
    actor, user = cast.who("centre")
    cycles.finish_cycle(actor=actor, user=user, cycle=final, now=_at(cast, 100))
    shown = _published(cast, firms, "unnamed_city", year, 20)
    _objection(cast, shown)
    _platforms(cast, year)


def _firms(cast: Cast) -> list[Enterprise]:
    """Return the firm of the demo login and others of the demo that are not spoken for."""
    others = Enterprise.objects.filter(synthetic=True, merged_into=None).exclude(pk=cast.firm.pk)
    return [*others.order_by("pk")[: len(_LINES) - 1], cast.firm]


def _at(cast: Cast, ago: int) -> dt.datetime:
    """Return a moment so many days ago, before New Year as well: it is last year's evaluation."""
    day = cast.today - dt.timedelta(days=max(ago, 0))
    return timezone.make_aware(dt.datetime.combine(day, dt.time(10)))


def _published(cast: Cast, firms: list[Enterprise], scheme: str, year: int, ago: int) -> Cycle:
    """Bring a cycle from its opening to the preliminary list."""
    actor, user = cast.who("centre")
    title = f"示例园区{year}年度亩均效益评价" + ("（五项办法）" if scheme == "unnamed_city" else "")
    cycle = cycles.open_cycle(
        actor=actor, user=user, scheme=scheme, year=year, title=title, now=_at(cast, ago),
        synthetic=True,
    )  # fmt: skip
    _columns(cast, cycle)
    those = [_entrant(cast, cycle, firm, line, ago)
             for firm, line in zip(firms, _LINES, strict=True)]  # fmt: skip
    entrants.place_entrant(actor=actor, entrant=those[7], landlord=those[0])
    rulings.decide(
        actor=actor, user=user, entrant=those[10], kind="veto", ground="environment",
        document=f"示例环罚〔{year}〕12号", now=_at(cast, ago),
    )  # fmt: skip
    rulings.decide(
        actor=actor, user=user, entrant=those[9], kind="exclude", ground="utility",
        document=f"示例管办〔{year}〕8号", now=_at(cast, ago),
    )  # fmt: skip
    cycles.post_land(actor=actor, user=user, cycle=cycle, now=_at(cast, ago))
    other, admin = cast.who("admin")
    later = _at(cast, ago - 19)
    cycles.lock_data(
        actor=other,
        user=admin,
        cycle=cycle,
        data_on=_at(cast, ago).date(),
        now=later,
        accept_gaps=True,
    )
    return cycles.publish_list(actor=actor, user=user, cycle=cycle, now=later)


def _columns(cast: Cast, cycle: Cycle) -> None:
    """Give the columns to units of the demo that hold such figures."""
    held = {"tax": "finance", "revenue": "economy", "value_added": "economy", "land": "industry"}
    for item, code in held.items():
        if code in cast.units and cycle.columns.filter(item=item).exists():
            cycles.assign_column(
                actor=cast.actor, cycle=cycle, item=item, unit=cast.units[code]
            )  # fmt: skip


def _entrant(cast: Cast, cycle: Cycle, firm: Enterprise, line: Line, ago: int) -> Entrant:
    made = entrants.add_entrant(
        actor=cast.actor, cycle=cycle, group="above", enterprise=firm, synthetic=True
    )
    figures = {
        "land": line.land * MU, "tax": line.tax * WAN, "revenue": line.revenue * WAN,
        "energy": line.energy, "electricity": line.power * 1000,
        "value_added": line.revenue * WAN / 4, "rd_expense": line.revenue * WAN / 40,
        "employees": line.revenue // 80,
    }  # fmt: skip
    known = {one.item: one.unit for one in cycle.columns.select_related("unit")}
    for item, value in figures.items():
        if item in known and value is not None:
            held = known[item]
            user = _clerk(cast, held.code if held is not None else "")
            cells.enter_cell(
                actor=cast.actor, user=user, entrant=made, item=item,
                value=Decimal(value).quantize(Decimal("0.000001")), now=_at(cast, ago),
                source="示例部门核定表",
            )  # fmt: skip
    return made


def _clerk(cast: Cast, code: str) -> User:
    """Return the demo login of a unit; of none, the service centre."""
    name = {"finance": "finance", "economy": "stats", "industry": "reviewer"}.get(code, "centre")
    return cast.users[name]


def _objection(cast: Cast, cycle: Cycle) -> None:
    actor, user = cast.who("qiye")
    mine = cycle.entrants.get(enterprise__root=cast.firm.root_id)
    protests.object_to(
        actor=actor, user=user, entrant=mine, text="漏计一笔已入库税收，请复核（示例）",
        now=_at(cast, 0),
    )  # fmt: skip


def _platforms(cast: Cast, year: int) -> None:
    """Two reviewers mark seven platforms of one category; the first is published."""
    actor, user = cast.who("centre")
    cycle = cycles.open_cycle(
        actor=actor, user=user, scheme="service_platforms_2022", year=year, now=_at(cast, 40),
        title=f"示例园区{year}年度服务平台绩效评价", synthetic=True,
    )  # fmt: skip
    those = [
        entrants.add_entrant(actor=actor, cycle=cycle, group="clusters", name=name, synthetic=True)
        for name, _points in _PLATFORMS
    ]
    for more, name in enumerate(("handler", "leader")):
        who, reviewer = cast.who(name)
        place = panel.name_reviewer(actor=actor, cycle=cycle, user=reviewer)
        marks = {
            str(one.pk): {"points": str(points + more)}
            for one, (_name, points) in zip(those, _PLATFORMS, strict=True)
        }
        panel.save_marks(actor=who, reviewer=place, marks=marks)
        panel.lock_marks(actor=who, reviewer=place, now=_at(cast, 30))
    other, admin = cast.who("admin")
    cycles.lock_data(
        actor=other, user=admin, cycle=cycle, data_on=_at(cast, 30).date(), now=_at(cast, 20)
    )
    cycles.publish_list(actor=actor, user=user, cycle=cycle, now=_at(cast, 2))
