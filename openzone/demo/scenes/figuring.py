"""Figures over time: three synthetic years of the zone, and places with what reports say of them.

Figures of real places are those their reports state, each with its sentence; nothing is added.
"""

import datetime as dt
from decimal import Decimal
from typing import Final

from openzone.demo.scenes.cast import Cast
from openzone.zone.audit.actors import Actor
from openzone.zone.indicators.enums import BatchKind
from openzone.zone.indicators.models import Batch, Entity
from openzone.zone.indicators.services.entities import add_entity, attribute
from openzone.zone.indicators.services.figures import (
    Row,
    approve_batch,
    enter_batch,
    return_batch,
    submit_batch,
)
from openzone.zone.people.enums import Role
from openzone.zone.people.models import User
from openzone.zone.people.services import create_user, grant_membership

YI: Final = Decimal(100_000_000)
MONTHS: Final = (
    "13.1", "13.6", "17.2", "16.4", "16.9", "19.8", "16.1", "16.3", "18.4", "17.0", "17.7", "20.9",
)  # fmt: skip
"""Output of a month in 亿元 in the first of the three years."""
RISE: Final = (Decimal(1), Decimal("1.09"), Decimal("1.17"))
LINES: Final = (
    ("fixed_investment", Decimal("0.62"), "138"), ("industrial_investment", Decimal("0.35"), ""),
    ("funds_in_place", Decimal("0.48"), "110"),
)  # fmt: skip
"""What moves like output, its size beside it, and the target of the year in 亿元."""

PEERS: Final = (
    ("邛崃", "邛崃报道（来源文件000）", (
        {"series": "industrial_output", "period": "2024-05", "value": "19.3亿元",
         "growth": "15.9%", "quote": "5月，规上工业产值19.3亿元，同比增长15.9%"},
        {"series": "industrial_output", "period": "2024-01/2024-05", "value": "77.7亿元",
         "growth": "28.5%", "quote": "前5个月77.7亿元，同比增长28.5%"},
        {"series": "industrial_value_added", "period": "2024-01/2024-05", "growth": "8.3%",
         "basis": "加权口径", "quote": "增加值增速达8.3%（加权口径）"})),
    ("宝鸡", "宝鸡报道（来源文件002）", (
        {"series": "funds_in_place", "period": "2023-01/2023-06", "value": "157.6亿元",
         "quote": "完成到位资金157.6亿元，占今年任务的55.49%"},
        {"series": "foreign_capital", "period": "2023-01/2023-06", "value": "1590万美元",
         "quote": "实现外商直接投资1590万美元，完成年度任务的227.14%"})),
    ("肇庆", "肇庆报道（来源文件002）", (
        {"series": "chain_output", "period": "2023-01/2023-05", "value": "108.2亿元",
         "growth": "232%", "basis": "新型储能",
         "quote": "新型储能产业完成产值108.2亿元，同比增长232%"},
        {"series": "chain_output", "period": "2023-01/2023-05", "growth": "13%",
         "basis": "新能源汽车", "quote": "新能源汽车产业产值增长13%"},
        {"series": "gdp", "period": "2023-01/2023-06", "value": "108.8亿元", "growth": "3%",
         "status": "预计", "quote": "预计完成GDP108.8亿元，同比增长3%"},
        {"series": "industrial_output", "period": "2023-01/2023-06", "value": "540亿元",
         "growth": "2.8%", "status": "预计", "quote": "规模以上工业总产值540亿元，增长2.8%"},
        {"series": "industrial_value_added", "period": "2023-01/2023-06", "value": "91亿元",
         "growth": "4.3%", "status": "预计", "quote": "规模以上工业增加值91亿元，增长4.3%"})),
    ("荆门", "荆门报道（来源文件001）", (
        {"series": "chain_output", "period": "2021", "value": "317.7亿元", "growth": "59.2%",
         "basis": "汽车产业", "quote": "2021年…汽车产业产值317.7亿元，同比增长59.2%"},
        {"series": "share_of_nation", "period": "2019", "value": "0.3%", "basis": "锂电产业投资",
         "quote": "锂电产业投资占全国比重由2019年的0.3%增至2021年的6.8%"},
        {"series": "share_of_nation", "period": "2021", "value": "6.8%", "basis": "锂电产业投资",
         "quote": "锂电产业投资占全国比重由2019年的0.3%增至2021年的6.8%"})),
    ("嘉兴", "嘉兴报道（来源文件002）", (
        {"series": "chain_output", "period": "2022", "value": "310.54亿元", "growth": "64.3%",
         "basis": "光伏新能源", "quote": "产值310.54亿元，同比增长64.3%"},)),
)  # fmt: skip


def figuring(cast: Cast) -> None:
    """Keep subjects, enter, approve, restate, send back what has a slip of unit."""
    zone = _zone(cast)
    _years(cast, zone)
    _restated(cast, zone)
    _slip(cast, zone)
    _waiting(cast, zone)
    _firm(cast, zone)
    for name, document, rows in PEERS:
        _peer(cast, name, document, rows)


def _zone(cast: Cast) -> Entity:
    actor, _ = cast.who("stats")
    return add_entity(actor=actor, kind="zone", name="示例高新区", code="demo-zone",
                      synthetic=True)  # fmt: skip


def _recorded(cast: Cast, title: str, rows: list[Row], ago: int, *, synthetic: bool = True) -> None:
    """Enter, submit, and let somebody else approve."""
    batch = _submitted(cast, title, rows, ago, synthetic=synthetic)
    of_firms = any(row.entity.enterprise_id for row in rows)
    user = _chief(cast) if of_firms else cast.users["centre"]
    approve_batch(actor=Actor.of(user), batch=batch, user=user, now=cast.at(ago, 16))


def _chief(cast: Cast) -> User:
    """A second statistician: nobody else may read what one firm reported."""
    chief = create_user(actor=cast.actor, username="demo-stats", display_name="示例统计负责人")
    grant_membership(actor=cast.actor, user=chief, unit=cast.units["economy"],
                     role=Role.STATISTICS, valid_from=cast.day(365))  # fmt: skip
    return chief


def _submitted(
    cast: Cast, title: str, rows: list[Row], ago: int, *, synthetic: bool = True
) -> Batch:
    actor, user = cast.who("stats")
    batch = enter_batch(
        actor=actor, user=user, kind=BatchKind.HAND, title=title, rows=rows, now=cast.at(ago, 9),
        document=f"示例{title}" if synthetic else title, synthetic=synthetic,
    )  # fmt: skip
    why = "已与报送单位核实（示例）" if synthetic else "原文如此"
    said = {row.number: why for row in batch.rows.all() if row.flags}
    return submit_batch(actor=actor, user=user, batch=batch, now=cast.at(ago, 10),
                        explanations=said)  # fmt: skip


def _last(cast: Cast) -> tuple[int, int]:
    """Return year and month of the last figures: two months back, published by now."""
    last = cast.today.replace(day=1) - dt.timedelta(days=40)
    return last.year, last.month


def _cumulative(place: int, month: int, size: Decimal = Decimal(1)) -> Decimal:
    found = sum((_month(place, n) for n in range(month)), Decimal(0)) * RISE[place] * size
    return found.quantize(Decimal("0.1"))


def _month(place: int, n: int) -> Decimal:
    """No two years are alike: each month is up to 4 % off."""
    return Decimal(MONTHS[n]) * (1 + Decimal((n * 7 + place * 5) % 9 - 4) / 100)


def _period(year: int, month: int) -> str:
    return str(year) if month == 12 else f"{year}-01/{year}-{month:02}"


def _years(cast: Cast, zone: Entity) -> None:
    """January and February are published together, as the bureau does."""
    year, last = _last(cast)
    rows = []
    for place in range(3):
        until = last if place == 2 else 12
        for month in range(2, until + 1):
            rows.append(_row(zone, year - 2 + place, place, month))
            if month in (6, until) and month > 1:
                rows += [_beside(zone, year - 2 + place, place, month, *line) for line in LINES]
    _recorded(cast, "统计月报", rows, 20)


def _row(zone: Entity, year: int, place: int, month: int) -> Row:
    given = {"series": "industrial_output", "period": _period(year, month),
             "value": f"{_cumulative(place, month)}亿元",
             "published": _published(year, month)}  # fmt: skip
    if place:
        rate = RISE[place] / RISE[place - 1] - 1
        given["growth"] = f"{(rate * 100).quantize(Decimal('0.1'))}%"
    given["target"] = f"{(_cumulative(place, 12) * Decimal('1.02')).quantize(Decimal(1))}亿元"
    return Row(zone, given)


def _beside(
    zone: Entity, year: int, place: int, month: int, series: str, size: Decimal, target: str
) -> Row:
    given = {"series": series, "period": _period(year, month),
             "value": f"{_cumulative(place, month, size)}亿元",
             "published": _published(year, month)}  # fmt: skip
    return Row(zone, given | ({"target": f"{target}亿元"} if target else {}))


def _published(year: int, month: int) -> str:
    """The eighteenth of the month after."""
    return str(dt.date(year + month // 12, month % 12 + 1, 18))


def _restated(cast: Cast, zone: Entity) -> None:
    """The last figure is restated: a vintage of its own beside the first one."""
    year, last = _last(cast)
    value = _cumulative(2, last) + Decimal("0.7")
    _recorded(cast, "统计月报（调整）", [Row(zone, {
        "series": "industrial_output", "period": _period(year, last), "value": f"{value}亿元",
        "status": "调整", "published": str(cast.day(6)), "growth": "7.9%",
    })], 6)  # fmt: skip


def _slip(cast: Cast, zone: Entity) -> None:
    """万元 where 亿元 was meant: asked about, explained in a hurry, sent back."""
    actor, user = cast.who("handler")
    year, last = _last(cast)
    batch = enter_batch(
        actor=actor, user=user, kind=BatchKind.HAND, title="示例快报（单位录错）", now=cast.at(4),
        document="示例快报", synthetic=True,
        rows=[Row(zone, {"series": "industrial_output", "period": _period(year, last),
                         "value": f"{_cumulative(2, last)}万元", "status": "快报"})],
    )  # fmt: skip
    said = {row.number: "按表录入（示例）" for row in batch.rows.all()}
    submit_batch(actor=actor, user=user, batch=batch, now=cast.at(4, 11), explanations=said)
    approver, chief = cast.who("stats")
    return_batch(actor=approver, user=chief, batch=batch, now=cast.at(3),
                 reason="单位应为亿元，请更正后重新提交")  # fmt: skip


def _waiting(cast: Cast, zone: Entity) -> None:
    """A batch that waits for somebody else; one figure is not reported, which is not zero."""
    year, last = _last(cast)
    rows = [
        Row(zone, {"series": "high_tech_firms", "period": f"../{year}-{last:02}", "value": "41家"}),
        Row(zone, {"series": "land_area", "period": f"../{year}-{last:02}", "value": "2.8万亩"}),
        Row(zone, {"series": "foreign_capital", "period": _period(year, last), "value": "—"}),
    ]
    _submitted(cast, "期末存量", rows, 2)


def _firm(cast: Cast, zone: Entity) -> None:
    """What one firm reported: for itself, whoever looks after it, and statisticians."""
    actor, _ = cast.who("stats")
    park = add_entity(actor=actor, kind="park", name="示例南园", code="demo-south", parent=zone,
                      synthetic=True)  # fmt: skip
    firm = add_entity(actor=actor, kind="enterprise", name=cast.firm.name, enterprise=cast.firm)
    attribute(actor=actor, entity=firm, to=park, key="economic", share=Decimal(1),
              valid_from=cast.today.replace(month=1, day=1), document="示例归属文件")  # fmt: skip
    year = cast.today.year
    rows = [Row(firm, {"series": "revenue", "period": str(year - back), "value": value})
            for back, value in ((2, "1.62亿元"), (1, "1.88亿元"))]  # fmt: skip
    _recorded(cast, "企业年报", rows, 15)


def _peer(cast: Cast, name: str, document: str, rows: tuple[dict[str, str], ...]) -> None:
    actor, _ = cast.who("stats")
    peer = add_entity(actor=actor, kind="peer", name=name)
    _recorded(cast, document, [Row(peer, row) for row in rows], 12, synthetic=False)
