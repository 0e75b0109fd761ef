"""Enterprises that are brought up: pools, recognitions, the list of the trusted."""

import datetime as dt
from decimal import Decimal
from typing import Any

from openzone.demo.scenes.cast import Cast
from openzone.engines.cultivation.nearing import shifted
from openzone.zone.cultivation.models import Entry
from openzone.zone.cultivation.packs import pool_named
from openzone.zone.cultivation.selectors.screening import candidates
from openzone.zone.cultivation.services.figures import state_evidence, state_month
from openzone.zone.cultivation.services.honours import enter_honour
from openzone.zone.cultivation.services.pools import (
    accept,
    collect_materials,
    decline,
    finish_task,
    record_tutoring,
    set_task,
)
from openzone.zone.cultivation.services.publicity import make_public
from openzone.zone.cultivation.services.recognitions import enter_recognition
from openzone.zone.cultivation.services.trusted import keep_incentive, list_enterprise
from openzone.zone.registry.models import Enterprise

_POOLS = ("near_scale", "high_tech", "srdi")
_UPGRADES = ("digital_transformed", "smart_factory", "digital_workshop")
_TITLES = ("high_tech", "tech_sme", "innovative_sme", "srdi_sme", "gazelle", "exemplar")


def pools(cast: Cast) -> None:
    """Take some candidates of every pool, with a tutor, and decline one."""
    for name in _POOLS:
        pool = pool_named(name)
        found = candidates(pool, cast.today) if pool else []
        for place, candidate in enumerate(found[:5]):
            if pool is not None:
                _decide(cast, name, candidate.enterprise, place)


def _decide(cast: Cast, name: str, firm: Enterprise, place: int) -> None:
    actor, user = cast.who("centre")
    pool = pool_named(name)
    if pool is None:
        return
    if place == 4:
        why = "近期计划迁出，暂不入库（示例）"
        decline(actor=actor, pool=pool, enterprise=firm, reason=why, on=cast.day(30))
        return
    entry = accept(
        actor=actor, pool=pool, enterprise=firm, reason="成长性较好，距标准较近（示例）",
        on=cast.day(60), unit=cast.units["centre"], tutor=user,
    )  # fmt: skip
    record_tutoring(
        actor=actor, entry=entry, on=cast.day(45), today=cast.today,
        what="上门讲解标准与所需材料（示例）", next_step="补齐上年度财务资料（示例）",
    )  # fmt: skip
    if place == 0:
        done = set_task(
            actor=actor, entry=entry, what="核对上年度收入口径（示例）", due_on=cast.day(20)
        )
        finish_task(actor=actor, task=done, on=cast.day(22))
        set_task(
            actor=actor, entry=entry, what="整理申报材料（示例）",
            due_on=cast.today + dt.timedelta(days=15),
        )  # fmt: skip
        collect_materials(actor=actor, entry=entry, collected=[pool.materials[0].id])
        _months(cast, entry)
        make_public(actor=actor, entry=entry, first=cast.today,
                    last=cast.today + dt.timedelta(days=7))  # fmt: skip


def _months(cast: Cast, entry: Entry) -> None:
    """State twelve months that are over, and the route."""
    actor, user = cast.who("centre")
    if not (pool := pool_named(entry.pool)) or not pool.routes:
        return
    for back in range(12):
        month = shifted(cast.today.replace(day=1), -1 - back)
        for basis, less in (("vat", 0), ("accounts", 30_000)):
            state_month(
                actor=actor, user=user, enterprise=entry.enterprise, basis=basis, month=month,
                amount=Decimal(1_720_000 - 45_000 * back + back % 3 * 60_000 - less),
                source="示例申报表", now=cast.at(0),
            )  # fmt: skip
    state_evidence(actor=actor, entry=entry, route="annual", today=cast.today,
                   registered_on=dt.date(2021, 5, 1), new_building=False)  # fmt: skip


def honours(cast: Cast) -> None:
    """Enter honours of people and teams, a market rank, a share."""
    actor, _ = cast.who("centre")
    rows: list[dict[str, Any]] = [
        {"kind": "model_worker", "holder": f"示例劳模{n}", "level": "国家级" if n < 2 else "省级"}
        for n in range(6)
    ]
    rows += [{"kind": "studio", "holder": f"示例创新工作室{n}", "level": "市级"} for n in range(3)]
    rows += [
        {"kind": "market_rank", "holder": "储能电池装机量（示例）", "place": 2, "scope": "全国",
         "enterprise": cast.firm},
        {"kind": "participation", "holder": "申报参选产业工人（示例）", "part": 6, "whole": 12},
    ]  # fmt: skip
    for row in rows:
        enter_honour(actor=actor, on=cast.day(90), today=cast.today, source="示例名单", **row)


def recognitions(cast: Cast) -> None:
    """Enter what some enterprises were recognised as, last year and the year before."""
    actor, _ = cast.who("centre")
    firms = Enterprise.objects.filter(synthetic=True).order_by("pk")[:24]
    for place, firm in enumerate([cast.firm, *firms]):
        year = cast.today.year - 1 - place % 2
        enter_recognition(
            actor=actor,
            enterprise=firm,
            title=_TITLES[place % len(_TITLES)],
            year=year,
            source="示例名单",
            document=f"示例认定〔{year}〕1号",
            valid_from=dt.date(year, 7, 1),
            valid_to=dt.date(year + 3, 6, 30),
        )


def above_scale(cast: Cast) -> None:
    """Enter who is above scale, and which of them finished their digital upgrade."""
    actor, _ = cast.who("centre")
    firms = Enterprise.objects.filter(synthetic=True).order_by("pk")[30:54]
    year = cast.today.year - 1
    for place, firm in enumerate(firms):
        upgrades = _UPGRADES[place % 3 : place % 3 + 1] if place % 4 else ()
        for title in ("above_scale", *upgrades):
            enter_recognition(
                actor=actor, enterprise=firm, title=title, year=year, source="示例名单",
                document=f"示例入库〔{year}〕1号", valid_from=dt.date(year, 12, 1),
            )  # fmt: skip


def trusted(cast: Cast) -> None:
    """List two trusted enterprises, and say what that brings."""
    actor, _ = cast.who("centre")
    for firm in (cast.firm, Enterprise.objects.filter(synthetic=True).order_by("pk")[0]):
        list_enterprise(
            actor=actor, enterprise=firm, document=f"示例立信名单（{cast.today.year}年）",
            valid_from=cast.day(200), valid_to=cast.today + dt.timedelta(days=365),
        )  # fmt: skip
    keep_incentive(
        actor=actor, title="信易批（示例）", what="列入立信企业名单的，容缺受理（示例）",
        unit=cast.units["market"], trusted_only=True,
    )  # fmt: skip
