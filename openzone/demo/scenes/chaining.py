"""Chains: who stands where, two leaders with firms that support them, figures, a queue.

The lithium chain lacks cathode materials between precursors and cells, as one town's published
case did; every firm and figure here is made up.
"""

from decimal import Decimal
from typing import Final, NamedTuple

from openzone.demo.scenes.cast import Cast
from openzone.zone.audit.actors import Actor
from openzone.zone.chains.models import PlacementProposal
from openzone.zone.chains.services.figures import record_figure
from openzone.zone.chains.services.placing import Grounds, place
from openzone.zone.chains.services.proposing import propose
from openzone.zone.chains.services.reviewing import confirm, reject
from openzone.zone.chains.services.roles import designate, introduce, support
from openzone.zone.people.models import User
from openzone.zone.promotion.models import Lead
from openzone.zone.registry.enums import SourceKind
from openzone.zone.registry.models import Enterprise, Source
from openzone.zone.registry.services.enterprises import create_enterprise
from openzone.zone.registry.services.facts import state_facts

BATTERY, STORAGE, IT = "lithium_battery", "energy_storage", "it_innovation"
CHAINS: Final = (BATTERY, STORAGE, IT)
WAITING: Final = 12
"""So many firms wait to be looked at."""


class Firm(NamedTuple):
    """A firm of the scene: where somebody confirmed it (none: it waits), and its texts."""

    brand: str
    chain: str
    node: str
    products: str
    scope: str = ""


_CONFIRMED: Final = (
    Firm("锂源新材料", BATTERY, "lithium_salt", "电池级碳酸锂；氢氧化锂", "碳酸锂生产与销售"),
    Firm("格远循环", BATTERY, "precursor", "三元前驱体；磷酸铁前驱体", "三元前驱体研发、生产"),
    Firm("明锐隔膜", BATTERY, "separator", "湿法隔膜；涂覆隔膜", "锂电池隔膜生产"),
    Firm("宏泰电解液", BATTERY, "electrolyte", "锂电池电解液", "锂电池电解液生产"),
    Firm("华铸精密", BATTERY, "structure", "电池壳体；电池盖板", "精密结构件制造"),
    Firm("先导智造", BATTERY, "equipment", "涂布机；卷绕机；锂电池生产线", "锂电池设备制造"),
    Firm("恒能动力", BATTERY, "cell", "动力电池；方形电池", "锂离子电池制造"),
    Firm("纬创能源", BATTERY, "cell", "圆柱电池", "锂离子电池制造"),
    Firm("驰越电池系统", BATTERY, "pack", "电池包；电池模组", "电池包组装"),
    Firm("慧芯控制", BATTERY, "bms", "电池管理系统", "电池管理系统研发"),
    Firm("冷核热管理", BATTERY, "thermal", "液冷板；导热材料", "电池热管理系统制造"),
    Firm("长风汽车", BATTERY, "vehicle", "电动重卡；电动客车", "新能源整车制造"),
    Firm("绿循再生", BATTERY, "recycling", "动力电池回收；电池拆解", "废旧动力蓄电池再生利用"),
    Firm("再元环保", BATTERY, "recycling", "废旧锂电池回收", "废旧电池回收"),
    Firm("大容储能电芯", STORAGE, "storage_cell", "大容量电芯；储能锂电池", "储能电池制造"),
    Firm("源网变流", STORAGE, "converter", "储能变流器；双向变流器", "储能变流器制造"),
    Firm("云储能管", STORAGE, "ems", "能量管理系统；虚拟电厂平台", "能量管理软件开发"),
    Firm("安盾消防", STORAGE, "fire", "储能消防系统；自动灭火系统", "消防系统制造"),
    Firm("箱体装备", STORAGE, "container", "储能集装箱；预制舱", "储能箱体制造"),
    Firm("智储集成", STORAGE, "integration", "工商业储能；储能系统", "储能系统集成"),
    Firm("和光电站", STORAGE, "grid", "独立储能电站；共享储能", "储能电站运营"),
    Firm("芯岳微电子", IT, "cpu", "服务器芯片；处理器", "国产芯片设计"),
    Firm("麟海软件", IT, "os", "服务器操作系统", "国产操作系统开发"),
    Firm("数安信息", IT, "security", "防火墙；密码产品", "网络安全产品研发"),
    Firm("磐石服务器", IT, "server", "国产服务器；存储服务器", "服务器制造"),
    Firm("云枢数据", IT, "cloud", "政务云；数据中心", "云计算服务"),
    Firm("政通软件", IT, "applications", "政务软件；管理软件", "应用软件开发"),
    Firm("融合信创", IT, "integration", "信创集成；适配", "信息系统集成"),
)
_TO_LOOK_AT: Final = (
    Firm("启明材料", BATTERY, "", "碳材料", "石墨化加工；导电浆料销售"),
    Firm("东海新能源", BATTERY, "", "锂电池", "锂电池销售；电池包组装"),
    Firm("光储科技", STORAGE, "", "光储一体、储能柜、储能变流器", ""),
    Firm("鑫达贸易", BATTERY, "", "", "磷酸铁锂贸易、碳酸锂批发"),
    Firm("瑞安电气", STORAGE, "", "PCS、储能逆变器", "电气设备制造"),
    Firm("捷科自动化", BATTERY, "", "锂电自动化生产线", "化成分容设备制造"),
    Firm("蓝图信息", IT, "", "ERP、运维服务", "信息化建设"),
    Firm("新纪存储", IT, "", "固态硬盘、内存", "存储器制造"),
    Firm("合力电池", BATTERY, "", "软包电池", "聚合物锂电池制造"),
    Firm("远景梯次", BATTERY, "", "梯次利用；储能电站", "退役电池梯次利用"),
    Firm("优控能源", STORAGE, "", "能源管理系统", "EMS软件开发"),
    Firm("飞轮动力", STORAGE, "", "磁悬浮飞轮", "飞轮储能设备制造"),
)
_REJECTED: Final = Firm("顺达物流", BATTERY, "", "", "锂电池运输")
_SPLIT: Final = Firm("双元能源", "", "", "动力电池:60%；储能系统:40%", "锂离子电池、储能系统")
_LEADERS: Final = {
    "恒能动力": (BATTERY, ("驰越电池系统", "宏泰电解液", "明锐隔膜", "华铸精密")),
    "智储集成": (STORAGE, ("源网变流", "箱体装备")),
}
_FIGURES: Final = (
    (BATTERY, "cell", "capacity", "60", "gwh_year", "over", "2025"),
    (BATTERY, "cell", "output", "42.5", "gwh", "", "2025"),
    (BATTERY, "cell", "output", "50", "gwh", "nearly", "2025"),
    (BATTERY, "recycling", "share_of_nation", "10", "percent", "about", "2025"),
    (BATTERY, "precursor", "capacity", "20", "wt_year", "odd", "2025"),
    (STORAGE, "converter", "output", "8", "gw", "", "2025"),
    (IT, "server", "output", "12", "wsets", "nearly", "2025"),
)


def chaining(cast: Cast) -> None:
    """Read the scene's firms against three chains; confirm most, leave a queue."""
    firms = {one.brand: _made(cast, one) for one in _everybody()}
    actor, user = cast.who("handler")
    propose(
        actor=actor, user=user, chains=CHAINS, as_of=cast.day(40), now=cast.at(40),
        enterprises=list(firms.values()),
    )  # fmt: skip
    for one in _CONFIRMED:
        _settle(cast, firms[one.brand], one)
    _reject(cast, actor, user, firms[_REJECTED.brand], "只承运，不在链上（示例）")
    _share_out(cast, firms[_SPLIT.brand])
    _leave(cast, firms)
    _lead(cast, firms)
    _count(cast)


def _everybody() -> tuple[Firm, ...]:
    return (*_CONFIRMED, *_TO_LOOK_AT, _REJECTED, _SPLIT)


def _made(cast: Cast, firm: Firm) -> Enterprise:
    made = create_enterprise(actor=cast.actor, name=f"示例{firm.brand}有限公司", synthetic=True)
    said = {"products": firm.products, "business_scope": firm.scope}
    state_facts(
        actor=cast.actor, subject=made, as_of=cast.day(365), known_on=cast.day(365),
        facts={name: text for name, text in said.items() if text},
        source=Source(kind=SourceKind.SYNTHETIC, title="示例链上企业"),
    )  # fmt: skip
    return made


def _settle(cast: Cast, firm: Enterprise, one: Firm) -> None:
    """Confirm the proposal of the firm's own chain; what other chains say of it is rejected."""
    actor, user = cast.who("handler")
    waiting = PlacementProposal.objects.filter(enterprise=firm, state="waiting")
    for proposal in waiting.exclude(chain=one.chain):
        reject(actor=actor, user=user, proposal=proposal, now=cast.at(35), reason="主业在别的链")
    confirm(
        actor=actor, user=user, proposal=waiting.get(chain=one.chain), now=cast.at(35),
        parts={(one.chain, one.node): Decimal(1)}, valid_from=cast.day(200),
    )  # fmt: skip


def _reject(cast: Cast, actor: Actor, user: User, firm: Enterprise, reason: str) -> None:
    for proposal in PlacementProposal.objects.filter(enterprise=firm, state="waiting"):
        reject(actor=actor, user=user, proposal=proposal, now=cast.at(34), reason=reason)


def _share_out(cast: Cast, firm: Enterprise) -> None:
    """One firm stands in two chains, by its revenue."""
    actor, user = cast.who("handler")
    parts = {(BATTERY, "cell"): Decimal("0.6"), (STORAGE, "integration"): Decimal("0.4")}
    _reject(cast, actor, user, firm, "按营业收入登记（示例）")
    place(
        actor=actor, user=user, enterprise=firm, parts=parts, valid_from=cast.day(90),
        now=cast.at(33), grounds=Grounds(source="企业年报（示例）"),
    )  # fmt: skip


def _leave(cast: Cast, firms: dict[str, Enterprise]) -> None:
    """Leave one proposal of each firm that waits: the clearest."""
    actor, user = cast.who("handler")
    for one in _TO_LOOK_AT:
        rows = PlacementProposal.objects.filter(enterprise=firms[one.brand], state="waiting")
        for proposal in rows.order_by("-score", "pk")[1:]:
            reject(
                actor=actor, user=user, proposal=proposal, now=cast.at(33), reason="重复（示例）"
            )


def _lead(cast: Cast, firms: dict[str, Enterprise]) -> None:
    """Name two leaders by a document, the firms that support them, and a lead one brought."""
    actor, user = cast.who("handler")
    for number, (brand, (chain, supporters)) in enumerate(_LEADERS.items(), 1):
        designate(
            actor=actor, user=user, enterprise=firms[brand], chain=chain, now=cast.at(120),
            document_no=f"示例经信〔{cast.today.year}〕{number}号", valid_from=cast.day(120),
            document="示例重点产业链链主企业名单", issued_by="示例经济和信息化局",
        )  # fmt: skip
        for name in supporters:
            support(
                actor=actor, user=user, enterprise=firms[name], leader=firms[brand], chain=chain,
                valid_from=cast.day(100), now=cast.at(100),
            )  # fmt: skip
    lead = Lead.objects.filter(source="chain", chain="新能源汽车").order_by("pk").first()
    if lead is not None:
        introduce(
            actor=actor, user=user, leader=firms["恒能动力"], chain=BATTERY, lead=lead,
            on=cast.day(30), how="链主推荐其正极材料供应商（示例）", now=cast.at(30),
        )  # fmt: skip


def _count(cast: Cast) -> None:
    actor, user = cast.who("handler")
    for number, (chain, node, kind, value, unit, word, period) in enumerate(_FIGURES, 1):
        record_figure(
            actor=actor, user=user, chain=chain, node=node, kind=kind, value=Decimal(value),
            unit=unit, period=period, qualifier=word, source=f"示例产业报道{number}",
            published_on=cast.day(60), now=cast.at(50), synthetic=True,
        )  # fmt: skip
