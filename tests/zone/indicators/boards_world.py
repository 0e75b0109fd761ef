"""A zone with peers, parks, a chain and its nation, targets and a pack, to look at boards with."""

import datetime as dt
from typing import NamedTuple

from openzone.engines.series.periods import Period
from openzone.zone.audit.actors import Actor
from openzone.zone.indicators.models import Entity, FigureTarget, MeetingPack
from openzone.zone.indicators.selectors.meeting import material
from openzone.zone.indicators.services.figure_targets import set_target
from openzone.zone.indicators.services.meeting_packs import keep_meeting_pack
from openzone.zone.people.models import User
from tests.zone.indicators.figures_world import NOW, recorded, row, zone

OUTPUT = "规上工业总产值"
PERIOD = Period(2026, 5, 1)


class World(NamedTuple):
    """What boards speak of."""

    zone: Entity
    peer: Entity
    park: Entity
    chain: Entity
    target: FigureTarget
    pack: MeetingPack


def world(actor: Actor, approver: User, today: dt.date, suffix: str = "") -> World:
    here = zone(actor, f"示例看板园区{suffix}")
    peer = zone(actor, f"示例甲区{suffix}", "peer")
    park = zone(actor, f"示例东园{suffix}", "park", parent=here)
    chain = zone(actor, f"示例锂电{suffix}", "chain", chain="lithium_battery")
    rows = [
        row(here, "2024", "150亿元"), row(here, "2024年1-5月", "54亿元"),
        row(here, "2025", "160亿元"), row(here, "2025年1-5月", "60亿元"),
        row(here, "2026年1-4月", "58.4亿元", growth="31%"),
        row(here, "2026年1-5月", "77.7亿元", growth="28.5%", status="预计", target="200亿元"),
        row(here, "2026年5月末", "88.68", "城市信用综合指数", rank="4", group="383"),
        row(here, "2026年1-5月", "157.6亿元", "到位资金"),
        row(peer, "2026年1-5月", "90亿元", growth="12%"),
        row(park, "2026年1-5月", "30亿元", growth="9%"),
        row(park, "2026年5月末", "1500亩", "用地面积"),
        row(park, "2026年1-5月", "45亿元", "营业收入"),
        row(chain, "2025", "317.7亿元", growth="59.2%"), row(chain, "2026年1-5月", "150亿元"),
    ]  # fmt: skip
    recorded(actor, rows, approver)
    for name, amount, first, last in (
        ("到位资金", "284亿元", 2026, 2026), ("营业收入", "1000亿元", 2023, 2027),
    ):  # fmt: skip
        target = set_target(
            actor=actor, user=approver, indicator=name, entity=here, amount=amount,
            first_year=first, last_year=last, document="示例规划", now=NOW,
        )  # fmt: skip
    made = material(here, PERIOD, ["industrial_output", "credit_index"], today)
    pack = keep_meeting_pack(
        actor=actor, user=approver, title="示例5月分析会", entity=here, period=str(PERIOD),
        indicators=["industrial_output", "credit_index"], as_of=today, known_at=None,
        version="1", content=made, now=NOW, synthetic=True,
    )  # fmt: skip
    return World(here, peer, park, chain, target, pack)
