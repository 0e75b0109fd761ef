"""Supply matching: needs and offers of firms of the chains, invitations on their way, an event."""

from decimal import Decimal
from typing import Final, NamedTuple

from openzone.demo.scenes.cast import Cast
from openzone.zone.registry.models import Enterprise
from openzone.zone.supply.models import Invitation, SupplyEntry
from openzone.zone.supply.selectors.matching import partners
from openzone.zone.supply.services.entries import publish
from openzone.zone.supply.services.events import plan_event
from openzone.zone.supply.services.inviting import (
    accept,
    decline,
    invite,
    record_deal,
    record_meeting,
)


class Line(NamedTuple):
    """A need or an offer of a firm of the chains, by its brand."""

    side: str
    brand: str
    kind: str
    title: str
    quantity: int | None = None
    unit: str = ""
    certificates: tuple[str, ...] = ()
    node: str = ""


_LINES: Final = (
    Line("need", "恒能动力", "product", "电池壳体", 20000, "件", ("IATF 16949",), "structure"),
    Line("need", "纬创能源", "product", "圆柱电池壳体", 8000, "件", (), "structure"),
    Line("need", "恒能动力", "product", "湿法隔膜", 500, "万平方米", (), "separator"),
    Line("need", "驰越电池系统", "product", "液冷板", 3000, "件", (), "thermal"),
    Line("need", "长风汽车", "service", "厂区物流运输", None, ""),
    Line("need", "先导智造", "labour", "焊工", 30, "人"),
    Line("offer", "华铸精密", "product", "铝制电池壳体", 15000, "件", ("IATF 16949", "ISO 9001"),
         "structure"),
    Line("offer", "明锐隔膜", "product", "湿法涂覆隔膜", 800, "万平方米", (), "separator"),
    Line("offer", "冷核热管理", "product", "电池液冷板", 5000, "件", (), "thermal"),
    Line("offer", "顺达物流", "service", "厂区物流与锂电池运输", None, ""),
    Line("offer", "华铸精密", "labour", "富余焊工", 12, "人"),
    Line("offer", "绿循再生", "service", "退役电池回收处置", None, ""),
)  # fmt: skip


def supplying(cast: Cast) -> None:
    """Publish, invite, answer, meet, and plan an event."""
    entries = [_published(cast, line) for line in _LINES]
    housing, _, separator, plate, *_rest = entries
    _own(cast)
    _deal(cast, housing)
    _declined(cast, separator)
    _sent(cast, plate, 2)
    actor, user = cast.who("handler")
    plan_event(
        actor=actor, user=user, title="示例园区供需对接会", on=cast.day(-20), now=cast.at(1),
        unit=cast.units["industry"], venue="示例会议中心", synthetic=True,
    )  # fmt: skip


def _published(cast: Cast, line: Line) -> SupplyEntry:
    actor, user = cast.who("handler")
    firm = Enterprise.objects.get(name=f"示例{line.brand}有限公司")
    return publish(
        actor=actor, user=user, side=line.side, enterprise=firm, now=cast.at(25), kind=line.kind,
        title=line.title, quantity=Decimal(line.quantity) if line.quantity else None,
        unit=line.unit, certificates=list(line.certificates), synthetic=True,
        chain="lithium_battery" if line.node else "", node=line.node,
        contact="示例联系人", phone="0000-0000000",
    )  # fmt: skip


def _own(cast: Cast) -> None:
    """The firm that the demo login belongs to needs something too."""
    actor, user = cast.who("qiye")
    publish(
        actor=actor, user=user, side="need", enterprise=cast.firm, now=cast.at(3),
        kind="service", title="物流运输", text="零担运输，每周两次（示例）", synthetic=True,
    )  # fmt: skip


def _sent(cast: Cast, entry: SupplyEntry, ago: int) -> Invitation:
    pair = partners(entry)[0]
    actor, _ = cast.who("handler")
    return invite(
        actor=actor, need=pair.need, offer=pair.offer, asked="offer", score=pair.score,
        reasons=list(pair.reasons), now=cast.at(ago), synthetic=True,
    )  # fmt: skip


def _deal(cast: Cast, entry: SupplyEntry) -> None:
    actor, _ = cast.who("handler")
    one = _sent(cast, entry, 20)
    accept(actor=actor, invitation=one, now=cast.at(18))
    record_meeting(
        actor=actor, invitation=one, on=cast.day(15), said="看样、谈价（示例）", now=cast.at(15)
    )
    record_deal(
        actor=actor, invitation=one, on=cast.day(8), amount=Decimal(2_600_000), now=cast.at(8),
        said="签订年度供货合同（示例）",
    )  # fmt: skip


def _declined(cast: Cast, entry: SupplyEntry) -> None:
    actor, _ = cast.who("handler")
    one = _sent(cast, entry, 12)
    decline(actor=actor, invitation=one, reason="本季度产能已满（示例）", now=cast.at(10))
