"""Boards of figures: synthetic peers, chains, targets, the papers of a meeting."""

import datetime as dt
from decimal import Decimal
from typing import Final

from openzone.demo.scenes.cast import Cast
from openzone.engines.series.periods import Period, read_period
from openzone.zone.audit.actors import Actor
from openzone.zone.indicators.board_enums import TargetWay
from openzone.zone.indicators.enums import BatchKind
from openzone.zone.indicators.models import Entity, Figure
from openzone.zone.indicators.selectors.meeting import material
from openzone.zone.indicators.services.entities import add_entity
from openzone.zone.indicators.services.figure_targets import set_target
from openzone.zone.indicators.services.figures import (
    Row,
    approve_batch,
    enter_batch,
    submit_batch,
)
from openzone.zone.indicators.services.meeting_packs import keep_meeting_pack

PEERS: Final = (("示例甲高新区", "1.21", "9.4%"), ("示例乙经开区", "0.93", "11.2%"),
                ("示例丙开发区", "0.93", "3.8%"))  # fmt: skip
CHAINS: Final = (
    ("示例锂电产业链", "lithium_battery", ("142亿元", "198.6亿元"), ("12000亿元", "14200亿元"),
     "1000亿元"),
    ("示例汽车产业链", "vehicles", ("199.6亿元", "317.7亿元"), (), "500亿元"),
)  # fmt: skip
SHARES: Final = ("0.3%", "6.8%")
PARKS: Final = {
    "示例南园": ("1.5亿元", "3200亩", "2900人"),
    "示例东园": ("1.4亿元", "2400亩", "2300人"),
    "示例西园": ("1.3亿元", "2100亩", "1900人"),
}
TAXES: Final = ("4.6亿元", "5.2亿元")
CHOSEN: Final = ("industrial_output", "fixed_investment", "industrial_investment",
                 "funds_in_place", "gdp", "credit_index")  # fmt: skip


def boarding(cast: Cast) -> None:
    """Give boards what they compare with, and keep the papers of a meeting."""
    zone = Entity.objects.get(code="demo-zone")
    rows = [*_zone(cast, zone), *_peers(cast, zone), *_chains(cast), *_parks(zone)]
    _recorded(cast, rows)
    _targets(cast, zone)
    _pack(cast, zone)


def _last(zone: Entity) -> Figure:
    """Return the zone's last cumulative output."""
    found = Figure.objects.filter(entity=zone, indicator="industrial_output", end=None)
    return max(found, key=lambda one: (_period(one).year, _period(one).last, one.pk))


def _period(one: Figure) -> Period:
    found = read_period(one.period)
    assert isinstance(found, Period)  # noqa: S101 - as the record keeps it
    return found


def _zone(cast: Cast, zone: Entity) -> list[Row]:
    """The rank of ten periods, and an expected figure of the economy."""
    last = _period(_last(zone))
    rows = [
        Row(zone, {"series": "credit_index", "period": f"../{year}-{month:02}",
                   "value": f"{Decimal(86) + Decimal(place) / 4}", "rank": str(9 - place // 2),
                   "group": "383", "among": "全国县级市",
                   "published": _published(year, month)})
        for place, (year, month) in enumerate(_months(last, 10))
    ]  # fmt: skip
    quarter = last.last // 3 * 3
    if not quarter:
        return rows
    done = {"series": "gdp", "period": f"{last.year}-01/{last.year}-{quarter:02}",
            "value": "108.8亿元", "growth": "3%", "status": "预计", "target": "240亿元",
            "published": _published(last.year, quarter)}  # fmt: skip
    return [*rows, Row(zone, done)]


def _published(year: int, month: int) -> str:
    """The eighteenth of the month after."""
    return str(dt.date(year + month // 12, month % 12 + 1, 18))


def _months(last: Period, count: int) -> list[tuple[int, int]]:
    months = [last.year * 12 + last.last - 1 - back for back in range(count)]
    return [(one // 12, one % 12 + 1) for one in reversed(months)]


def _peers(cast: Cast, zone: Entity) -> list[Row]:
    """Two of them share a place; one has no figure of investment."""
    actor, _ = cast.who("stats")
    last, rows = _last(zone), []
    for name, size, growth in PEERS:
        peer = add_entity(actor=actor, kind="peer", name=name, synthetic=True)
        value = ((last.value or Decimal(0)) * Decimal(size) / 10**8).quantize(Decimal("0.1"))
        rows.append(Row(peer, {"series": "industrial_output", "period": last.period,
                               "value": f"{value}亿元", "growth": growth}))  # fmt: skip
    return rows


def _chains(cast: Cast) -> list[Row]:
    actor, _ = cast.who("stats")
    year, rows = cast.today.year, []
    for name, chain, outputs, national, target in CHAINS:
        entity = add_entity(actor=actor, kind="chain", name=name, chain=chain, synthetic=True)
        rows += [Row(entity, {"series": "chain_output", "period": str(year - 2 + at),
                              "value": value} | ({"growth": "59.2%"} if at else {}))
                 for at, value in enumerate(outputs)]  # fmt: skip
        _target(cast, entity, "chain_output", target, (year - 1, year + 3))
        if national:
            nation = add_entity(actor=actor, kind="nation", name="示例全国锂电", chain=chain,
                                synthetic=True)  # fmt: skip
            rows += [
                Row(
                    nation, {"series": "chain_output", "period": str(year - 2 + at), "value": value}
                )
                for at, value in enumerate(national)
            ]
            rows += [Row(entity, {"series": "share_of_nation", "period": str(year - 3 + 2 * at),
                                  "value": value, "basis": "投资"})
                     for at, value in enumerate(SHARES)]  # fmt: skip
    return rows


def _parks(zone: Entity) -> list[Row]:
    """Land and people of parks, and taxes of the year before, beside what parks reported."""
    reported = Figure.objects.filter(entity__name__in=PARKS, indicator="tax", end=None)
    if not reported:
        return []
    last = max(map(_period, reported))
    before, rows = str(last.years_back(1)), []
    for park in Entity.objects.filter(name__in=PARKS):
        tax, land, people = PARKS[park.name]
        rows += [Row(park, {"series": name, "period": period, "value": value})
                 for name, period, value in (
                     ("tax", before, tax),
                     ("land_area", f"../{last.year}-{last.last:02}", land),
                     ("employees", f"../{last.year}-{last.last:02}", people),
                 )]  # fmt: skip
    return rows + [Row(zone, {"series": "tax", "period": period, "value": value})
                   for period, value in zip((before, str(last)), TAXES, strict=True)]  # fmt: skip


def _recorded(cast: Cast, rows: list[Row]) -> None:
    actor, user = cast.who("stats")
    batch = enter_batch(
        actor=actor, user=user, kind=BatchKind.HAND, title="对标与产业链", rows=rows,
        now=cast.at(5, 9), document="示例对标材料", synthetic=True,
    )  # fmt: skip
    said = {row.number: "已核实（示例）" for row in batch.rows.all() if row.flags}
    submit_batch(actor=actor, user=user, batch=batch, now=cast.at(5, 10), explanations=said)
    centre = cast.users["centre"]
    approve_batch(actor=Actor.of(centre), batch=batch, user=centre, now=cast.at(0, 8))


def _targets(cast: Cast, zone: Entity) -> None:
    year = cast.today.year
    _target(cast, zone, "foreign_capital", "700万美元", (year, year))
    _target(cast, zone, "high_tech_firms", "60家", (year, year))
    _target(cast, zone, "industrial_output", "300亿元", (year - 2, year + 1))
    _target(cast, zone, "industrial_investment", "500亿元", (year - 2, year + 1), TargetWay.SUM)


def _target(
    cast: Cast, entity: Entity, indicator: str, amount: str, years: tuple[int, int],
    way: str = TargetWay.REACH,
) -> None:  # fmt: skip
    actor, user = cast.who("stats")
    set_target(
        actor=actor, user=user, indicator=indicator, entity=entity, amount=amount, way=way,
        first_year=years[0], last_year=years[1], document="示例三年行动方案", now=cast.at(60),
        synthetic=True,
    )  # fmt: skip


def _pack(cast: Cast, zone: Entity) -> None:
    """What was known ten days ago: the restated figure had not come yet."""
    actor, user = cast.who("stats")
    period = _period(_last(zone))
    made = material(zone, period, CHOSEN, cast.day(10), cast.day(10))
    keep_meeting_pack(
        actor=actor, user=user, title="示例经济运行分析会材料", entity=zone, period=str(period),
        indicators=CHOSEN, as_of=cast.day(10), known_at=cast.day(10), version=made["version"],
        content=made, now=cast.at(10, 15), synthetic=True,
    )  # fmt: skip
