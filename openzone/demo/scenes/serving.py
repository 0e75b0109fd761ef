"""Service items, and commitments kept and broken."""

import datetime as dt

from openzone.demo.scenes.cast import PHONE, Cast
from openzone.zone.catalogue.models import ServiceItem
from openzone.zone.catalogue.services.items import ItemValues, Paper, save_item
from openzone.zone.commitments.models import Commitment
from openzone.zone.commitments.services import steps
from openzone.zone.commitments.services.offers import Applicant, Notice, Owed, offer

_PAPERS = (
    Paper("申请书（示例）", "原件"),
    Paper("身份证明（示例）", "复印件"),
    Paper("场地证明（示例）", "复印件", main=False),
    Paper("人员名单（示例）", "电子版", main=False),
)
_DAILY = (
    "社保参保登记", "养老待遇资格认证", "医保参保登记", "医保费用报销", "失业登记", "就业创业证",
    "灵活就业登记", "高龄津贴", "残疾人证", "残疾人补贴", "低保申请", "临时救助", "居住证",
    "户籍证明", "生育登记", "老年优待证", "公租房申请", "法律援助", "志愿者登记", "不动产查询",
    "公积金查询", "独生子女证明",
)  # fmt: skip
_BUSINESS = (
    ("demo-food", "食品经营许可（示例）", ("missing_materials", "proof_notification"), "", ""),
    ("demo-sign", "户外招牌备案（示例）", ("approval_substitute", "proactive_disclosure"), "", ""),
    ("demo-lab", "实验室备案（示例）", ("approval_substitute", "missing_materials"), "", ""),
    ("demo-trade", "行业自律公示（示例）", ("industry_discipline", "credit_repair"), "", ""),
    ("demo-danger", "危险化学品经营许可（示例）", (), "直接涉及公共安全（示例）", "示例条例"),
)  # fmt: skip


def service_items(cast: Cast) -> None:
    """Fill the catalogue: items residents need, items enterprises need, one excluded by law."""
    for number, name in enumerate(_DAILY, start=1):
        values = ItemValues(
            name=f"{name}（示例）",
            deciding_unit=cast.units["talent"],
            legal_limit="20个工作日",
            committed_limit="5个工作日",
            receiving=["window", "agent", "online"],
            trips=number % 2,
            papers=_PAPERS[:2],
        )
        save_item(actor=cast.actor, code=f"demo-daily-{number}", values=values)
    for code, name, kinds, reason, basis in _BUSINESS:
        values = ItemValues(
            name=name,
            deciding_unit=cast.units["science"],
            legal_limit="20个工作日",
            committed_limit="10个工作日",
            receiving=["window", "online"],
            trips=1 if kinds else 2,
            papers=_PAPERS,
            kinds=kinds,
            excluded_reason=reason,
            excluded_basis=basis,
        )
        save_item(actor=cast.actor, code=code, values=values)


def commitments(cast: Cast) -> None:
    """Let promises be kept, broken, owed and open."""
    kept = _missing(cast, "示例商户甲", "110101199001010001", 12)
    _supplied(cast, kept, 10)
    _checked(cast, kept, True, 9)
    _granted(cast, kept, 8)
    _missing(cast, "示例商户乙", "110101199001010002", 3)
    broken = _notified(cast, "示例商户丙", "110101199001010003", 20)
    _granted(cast, broken, 19)
    _checked(cast, broken, False, 5)
    _granted(cast, _notified(cast, "示例商户丁", "110101199001010004", 4), 3)
    done = _notified(cast, "示例商户戊", "110101199001010005", 15)
    _granted(cast, done, 14)
    _checked(cast, done, True, 6)


def _missing(cast: Cast, name: str, identity: str, ago: int) -> Commitment:
    notice = Notice(
        owed=[Owed("场地证明（示例）", "加盖公章的复印件")],
        supply_by=cast.at(ago - 5 if ago > 5 else -2, 17),
        consequence="逾期未补齐的，终止办理，损失自行承担（示例）",
        main_complete=True,
        values={"reason": "场地证明正在办理（示例）"},
    )
    return _signed(cast, "demo-food", "missing_materials", (name, identity), ago, notice)


def _notified(cast: Cast, name: str, identity: str, ago: int) -> Commitment:
    notice = Notice(
        check_by=max(cast.today - dt.timedelta(days=ago), cast.today) + dt.timedelta(days=2),
        values={"conditions": "场所、人员、设备符合要求（示例）"},
    )
    return _signed(cast, "demo-sign", "approval_substitute", (name, identity), ago, notice)


def _signed(
    cast: Cast, code: str, kind: str, who: tuple[str, str], ago: int, notice: Notice
) -> Commitment:
    actor, handler = cast.who("handler")
    made = offer(
        actor=actor,
        item=ServiceItem.objects.get(code=code),
        kind=kind,
        applicant=Applicant(person=who[0], identity=who[1], phone=PHONE.format(2)),
        handler=handler,
        now=cast.at(ago, 9),
        notice=notice,
    ).commitment
    return steps.sign(actor=actor, commitment=made, name=who[0], now=cast.at(ago, 10), publish=True)


def _supplied(cast: Cast, made: Commitment, ago: int) -> None:
    actor, _ = cast.who("handler")
    steps.supply(actor=actor, commitment=made, papers=made.owed.all(), now=cast.at(ago))


def _checked(cast: Cast, made: Commitment, kept: bool, ago: int) -> None:
    actor, by = cast.who("reviewer")
    note = "现场情况与承诺相符（示例）" if kept else "现场人员与承诺不符（示例）"
    steps.check(
        actor=actor, commitment=made, by=by, kept=kept, basis="site", note=note, now=cast.at(ago)
    )


def _granted(cast: Cast, made: Commitment, ago: int) -> None:
    actor, by = cast.who("handler")
    number = f"示科许〔{cast.today.year}〕{made.pk}号"
    steps.decide(
        actor=actor, commitment=made, by=by, granted=True, number=number, now=cast.at(ago, 14)
    )
