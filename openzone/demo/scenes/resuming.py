"""Resumption after a holiday: a roster by class, reports, electricity, a blocker, a visit."""

import datetime as dt
from decimal import Decimal
from typing import Final

from openzone.demo.scenes.cast import Cast
from openzone.zone.registry.models import Enterprise
from openzone.zone.resumption.enums import Side
from openzone.zone.resumption.models import Member, Season
from openzone.zone.resumption.services.blocking import Named
from openzone.zone.resumption.services.power import record_power, set_base
from openzone.zone.resumption.services.reporting import inspect, report
from openzone.zone.resumption.services.roster import enrol, set_unplanned
from openzone.zone.resumption.services.seasons import open_season

DAYS: Final = 6
MONTH_KWH: Final = Decimal(300_000)
_BRANDS: Final = ("恒能动力", "华铸精密", "明锐隔膜", "长风汽车", "先导智造", "绿循再生")
_LATER: Final = (5, 5, 4, 3, 2, 9)
"""How many days ago each began to work; the last does not plan to."""


def resuming(cast: Cast) -> None:
    """Open a season, put firms on its roster and report for some days."""
    actor, user = cast.who("handler")
    season = open_season(
        actor=actor, user=user, title="示例节后复工复产", kind="holiday", now=cast.at(DAYS),
        first_on=cast.day(DAYS), last_on=cast.today + dt.timedelta(days=14),
        base_month=(cast.day(DAYS).replace(day=1) - dt.timedelta(days=1)).replace(day=1),
        document="示例园区通知", synthetic=True,
    )  # fmt: skip
    members = [_listed(cast, season, f"示例{brand}有限公司") for brand in _BRANDS]
    own = _listed(cast, season, cast.firm.name)
    for began, member in zip(_LATER, members[:-1], strict=False):
        _days(cast, member, began)
    set_unplanned(actor=actor, member=members[-1], on=cast.day(DAYS), reason="全年技改停产（示例）")
    _helped(cast, own)
    inspect(
        actor=actor, member=members[4], on=cast.today, resumed="partly", now=cast.at(0),
        found="两条产线中一条开工，到岗约六成（示例）", visitors="示例网格员",
    )  # fmt: skip


def _listed(cast: Cast, season: Season, name: str) -> Member:
    actor, _ = cast.who("handler")
    firm = Enterprise.objects.get(name=name)
    for klass in ("key", "above_scale") if "动力" in name or "汽车" in name else ("key",):
        place = enrol(actor=actor, season=season, klass=klass, first_on=season.first_on,
                      because="示例重点企业名单", enterprise=firm)  # fmt: skip
    set_base(actor=actor, member=place.member, month_kwh=MONTH_KWH, source="示例供电公司",
             account="示例001")  # fmt: skip
    return place.member


def _days(cast: Cast, member: Member, began: int) -> None:
    actor, user = cast.who("handler")
    for ago in range(DAYS, 0, -1):
        works = ago <= began
        report(
            actor=actor, user=user, member=member, on=cast.day(ago), now=cast.at(ago, 16),
            resumed="yes" if works else "no", side=Side.VISIT, staff_normal=200,
            staff=min(200, 60 + 30 * (began - ago + 1)) if works else 0,
            capacity=Decimal(min(100, 40 + 12 * (began - ago + 1))) if works else Decimal(0),
        )  # fmt: skip
        # One says that it works, and hardly uses any electricity.
        idle = not works or began == _LATER[3]
        record_power(
            actor=actor, member=member, on=cast.day(ago), kwh=Decimal(400 if idle else 8600),
            source="示例供电公司", now=cast.at(ago, 18), account="示例001",
        )  # fmt: skip


def _helped(cast: Cast, member: Member) -> None:
    actor, user = cast.who("qiye")
    report(
        actor=actor, user=user, member=member, on=cast.day(1), now=cast.at(1), resumed="partly",
        side=Side.SELF, staff=40, staff_normal=60, capacity=Decimal(65),
        blockers=[Named("labour", "缺装配工12人（示例）", Decimal(12), raise_it=True)],
    )  # fmt: skip
