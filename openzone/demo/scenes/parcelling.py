"""Land: parcels from plan to production, 2,000 mu in a month, promises kept and missed."""

import datetime as dt
from decimal import Decimal
from typing import Any, NamedTuple

from openzone.demo.scenes.cast import Cast
from openzone.demo.scenes.papers import proof
from openzone.engines.projects.landarea import AreaUnit, to_m2
from openzone.zone.land.models import Parcel, StandardLand
from openzone.zone.land.services import checks, deliveries, sales, standards
from openzone.zone.land.services.parcels import create_parcel, link_project
from openzone.zone.land.services.states import enter_state
from openzone.zone.projects.models import Project
from openzone.zone.registry.enums import PlaceKind
from openzone.zone.registry.models import Place

UNIT, CLERK, CHECKER = "industry", "reviewer", "centre"
WEST, SOUTH, STEP = 113.01, 30.01, 0.012
WAN = Decimal(10_000)


class Plot(NamedTuple):
    """A parcel of the demo: where it stands, and since how many days."""

    number: str
    name: str
    area: int
    use: str
    state: str
    ago: int


_PLOTS = (
    Plot("示例工〔2026〕1号", "示例精密部件地块", 115, "industrial", "producing", 20),
    Plot("示例工〔2026〕2号", "示例算力中心地块", 290, "new_industry", "delivered", 90),
    Plot("示例工〔2026〕3号", "示例材料地块", 68, "industrial", "delivered", 200),
    Plot("示例工〔2026〕4号", "示例物流地块", 150, "warehouse", "listed", 12),
    Plot("示例工〔2026〕5号", "示例研发地块", 42, "research", "cleared", 60),
    Plot("示例工〔2026〕6号", "示例预留地块", 210, "industrial", "planned", 0),
)
_NET = (("示例净〔2026〕1号", 620), ("示例净〔2026〕2号", 540), ("示例净〔2026〕3号", 480),
        ("示例净〔2026〕4号", 360))  # fmt: skip
PROMISES = {
    "plot_ratio": Decimal("0.6"), "investment_per_mu": Decimal(300), "tax_per_mu": Decimal(20),
    "output_per_mu": Decimal(500), "rd_share": Decimal(2), "energy_per_output": Decimal("0.35"),
}  # fmt: skip


def parcelling(cast: Cast) -> None:
    """Let the zone sell, deliver and check land for a year."""
    parks = list(Place.objects.filter(kind=PlaceKind.PARK)[:2])
    plots = [_plot(cast, one, n, parks[n % len(parks)]) for n, one in enumerate(_PLOTS)]
    _sold(cast, plots[1], "示例算力集团", 120, 60)
    _sold(cast, plots[2], "示例材料公司", 400, 320)
    _kept_and_missed(cast, plots[0])
    _promised(cast, plots[1], "示例算力集团", "示例标监〔2026〕2号", 60)
    _delivery(cast, parks[0])


def _plot(cast: Cast, one: Plot, n: int, park: Place) -> Parcel:
    parcel = create_parcel(
        actor=cast.actor, number=one.number, name=one.name, area_m2=_mu(one.area), use=one.use,
        tenure="flexible", tenure_years=30, place=park, unit=cast.units[UNIT],
        conditions={"plot_ratio_min": "0.6"}, boundary=_ring(n, one.area), now=cast.at(one.ago),
        synthetic=True,
    )  # fmt: skip
    _through(cast, parcel, one)
    return Parcel.objects.get(pk=parcel.pk)


def _through(cast: Cast, parcel: Parcel, one: Plot) -> None:
    """Let a parcel come to its state; offers and sales by their own services."""
    actor, user = cast.who(CLERK)
    hand: dict[str, Any] = {
        "actor": actor, "user": user, "now": cast.at(one.ago), "today": cast.today,
    }  # fmt: skip
    if one.state == "planned":
        return
    first, sold = cast.day(one.ago + 90), cast.day(one.ago + 30)
    enter_state(parcel=parcel, state="cleared", on=min(first, cast.day(one.ago)), **hand)
    if one.state == "cleared":
        return
    sale = sales.announce(
        parcel=parcel, kind="listing", announcement=f"示例告字〔2026〕{parcel.pk}号",
        on=sold if one.state != "listed" else cast.day(one.ago), start_price=one.area * 30 * WAN,
        closes_on=cast.today + dt.timedelta(days=18) if one.state == "listed" else None, **hand,
    )  # fmt: skip
    if one.state == "listed":
        return
    sales.conclude(
        sale=sale, outcome="sold", on=sold, price=one.area * 32 * WAN,
        buyer_name=f"{one.name.removesuffix('地块')}有限公司（示例）", **hand,
    )  # fmt: skip
    enter_state(parcel=parcel, state=one.state, on=cast.day(one.ago), **hand)


def _sold(cast: Cast, parcel: Parcel, buyer: str, signed: int, begin: int) -> None:
    """The contract of a sale; the second buyer should have begun almost a year ago."""
    actor, _user = cast.who(CLERK)
    begin_due = cast.today - dt.timedelta(days=begin)
    sales.sign_contract(
        actor=actor, parcel=parcel, number=f"示例地合〔2026〕{parcel.pk}号", today=cast.today,
        on=max(cast.day(signed), _sale_day(parcel)), buyer_name=buyer,
        investment=Decimal(300_000_000), begin_due=begin_due,
        finish_due=begin_due + dt.timedelta(days=730),
    )  # fmt: skip


def _sale_day(parcel: Parcel) -> dt.date:
    sale = parcel.sales.get(outcome="sold")
    return sale.outcome_on or sale.announced_on


def _promised(
    cast: Cast, parcel: Parcel, who: str, number: str, due: int, project: Project | None = None
) -> StandardLand:
    actor, user = cast.who(CLERK)
    completion = cast.today + dt.timedelta(days=due)
    draft = standards.draft_standard(
        actor=actor, parcel=parcel, number=number, promises=PROMISES, promiser=who,
        completion_due=completion, full_output_due=completion + dt.timedelta(days=730),
        control="longchang.equipment" if parcel.use == "industrial" else "", project=project,
        now=cast.at(10),
    )  # fmt: skip
    return standards.sign_standard(
        actor=actor, standard=draft, on=_sale_day(parcel), user=user, today=cast.today,
        **_paper("监管协议"),
    )  # fmt: skip


def _kept_and_missed(cast: Cast, parcel: Parcel) -> None:
    """A factory of 52,000 m² on 115 mu: the building is as promised, the investment is not."""
    project = Project.objects.filter(merged_into=None, synthetic=True).order_by("pk").first()
    if project is not None:
        link_project(
            actor=cast.actor, parcel=parcel, project=project, area_m2=parcel.area_m2,
            floor_m2=Decimal(52_000),
        )  # fmt: skip
    signed = _promised(cast, parcel, "示例精密部件有限公司", "示例标监〔2026〕1号", -10, project)
    actor, user = cast.who(CHECKER)
    checks.check_standard(
        actor=actor, standard=signed, stage="completion", on=cast.day(8), user=user,
        figures={"plot_ratio": Decimal("0.68"), "investment_per_mu": Decimal(261)},
        **_paper("竣工核验表"), now=cast.at(8),
        today=cast.today,
    )  # fmt: skip


def _delivery(cast: Cast, park: Place) -> None:
    """Two thousand mu in a month: most of it is there, two households are in the way."""
    actor, user = cast.who(CLERK)
    plots = [
        create_parcel(
            actor=actor, number=number, name="示例净地", area_m2=_mu(area), use="industrial",
            place=park, unit=cast.units[UNIT], now=cast.at(25), synthetic=True,
        )
        for number, area in _NET
    ]  # fmt: skip
    task = deliveries.set_delivery(
        actor=actor, title="示例项目2000亩净地交付", unit=cast.units[UNIT], set_on=cast.day(25),
        due=cast.today + dt.timedelta(days=5), parts=dict.fromkeys(plots), now=cast.at(25),
        synthetic=True,
    )  # fmt: skip
    parts = list(task.parts.all())
    hand: dict[str, Any] = {"actor": actor, "user": user, "now": cast.at(1), "today": cast.today}
    for part, ago, area in ((parts[0], 14, None), (parts[1], 7, None), (parts[2], 3, 300)):
        deliveries.hand_over(
            part=part, on=cast.day(ago), area_m2=None if area is None else _mu(area),
            **_paper("交付确认单"), **hand,
        )  # fmt: skip
    deliveries.block(
        part=parts[3], topic="demolition", severity="2", title="两户未签协议（示例）",
        text="补偿标准尚在协商（示例）", wanted_by=cast.today + dt.timedelta(days=3), **hand,
    )  # fmt: skip


def _paper(name: str) -> dict[str, Any]:
    return {"file_name": f"{name}（示例）.png", "data": proof("").data}


def _mu(area: int) -> Decimal:
    return to_m2(Decimal(area), AreaUnit.MU)


def _ring(n: int, area: int) -> list[list[float]]:
    """Return a made-up boundary: a grid of rectangles whose width follows the area."""
    west, south = WEST + (n % 3) * STEP, SOUTH + (n // 3) * STEP
    wide = 0.004 + 0.006 * min(area, 300) / 300
    return [
        [round(x, 5), round(y, 5)]
        for x, y in ((west, south), (west + wide, south), (west + wide, south + 0.009),
                     (west, south + 0.009))
    ]  # fmt: skip
