"""What investor and zone promised each other, what each did, and the reviews of incentives."""

import datetime as dt
from decimal import Decimal
from typing import Any, NamedTuple

from openzone.demo.scenes.cast import Cast
from openzone.demo.scenes.investing import BATTERY, DAM
from openzone.demo.scenes.papers import proof
from openzone.zone.agreements.enums import AgreementKind, Conclusion, Side
from openzone.zone.agreements.models import Agreement, Clause, Incentive
from openzone.zone.agreements.services import drafting, fulfilments, incentives, signing
from openzone.zone.projects.models import Project

YI, WAN = 100_000_000, 10_000


class _Said(NamedTuple):
    """A promise: due so many days from now, and what was done of it so many days ago."""

    side: Side
    kind: str
    text: str
    due: int
    quantity: Decimal | None = None
    done: tuple[int, Decimal | None] | None = None
    answered: bool = True


_PROMISES = (
    _Said(Side.INVESTOR, "date", "签约后一百二十日内开工（示例）", -80, None, (110, None)),
    _Said(Side.INVESTOR, "amount", "首年完成固定资产投资30亿元（示例）", 45, Decimal(30 * YI),
          (60, Decimal(14 * YI))),
    _Said(Side.INVESTOR, "jobs", "年内招用800人（示例）", 30, Decimal(800),
          (15, Decimal(720))),
    _Said(Side.INVESTOR, "output", "投产首季产值2亿元（示例）", -20, Decimal(2 * YI),
          (25, Decimal(12000 * WAN))),
    _Said(Side.INVESTOR, "tax", "当年税收3000万元（示例）", -5, Decimal(3000 * WAN)),
    _Said(Side.INVESTOR, "amount", "二期完成投资20亿元（示例）", 260, Decimal(20 * YI),
          (2, Decimal(1 * YI)), answered=False),
    _Said(Side.ZONE, "land", "交付净地300亩（示例）", -100, Decimal(300), (130, Decimal(300))),
    _Said(Side.ZONE, "infrastructure", "双回路供电接入（示例）", -20),
    _Said(Side.ZONE, "service", "配备专职代办员（示例）", 40),
    _Said(Side.ZONE, "land", "交付二期净地100亩（示例）", 120, Decimal(100)),
)  # fmt: skip


def agreements(cast: Cast) -> None:
    """A framework agreement and a contract; promises kept, late, missed and to come."""
    battery = Project.objects.get(name=BATTERY)
    _framework(cast, battery)
    contract = _draft(cast, battery, AgreementKind.CONTRACT, "投资合同")
    clauses = [(said, _promise(cast, contract, said)) for said in _PROMISES]
    _grant(cast, contract)
    _sign(cast, contract, 200)
    for said, clause in clauses:
        _do(cast, said, clause)
    _not_yet(cast, battery)
    draft = _draft(cast, Project.objects.get(name=DAM), AgreementKind.CONTRACT, "建设管理合同")
    _promise(cast, draft, _Said(Side.ZONE, "service", "施工用电报装代办（示例）", 90))


def _framework(cast: Cast, project: Project) -> None:
    """It announces a contract, and the contract came."""
    frame = _draft(cast, project, AgreementKind.FRAMEWORK, "战略合作框架协议")
    said = _Said(Side.INVESTOR, "date", "三个月内签订投资合同（示例）", -140, None, (200, None))
    clause = _promise(cast, frame, said)
    _sign(cast, frame, 230)
    _do(cast, said, clause)


def _draft(cast: Cast, project: Project, kind: str, title: str) -> Agreement:
    actor, user = cast.who("handler")
    place = Agreement.objects.count() + 1
    return drafting.draft_agreement(
        actor=actor, user=user, project=project, kind=kind, title=f"{project.name}{title}",
        number=f"示例投合〔{cast.today.year}〕{place}号", now=cast.at(200),
    )  # fmt: skip


def _promise(cast: Cast, agreement: Agreement, said: _Said) -> Clause:
    actor, _user = cast.who("handler")
    due = cast.today + dt.timedelta(days=said.due)
    begins = min(cast.day(200), due - dt.timedelta(days=1)) if said.quantity else None
    return drafting.promise(
        actor=actor, agreement=agreement, side=said.side, kind=said.kind, text=said.text, due=due,
        quantity=said.quantity, begins=begins,
    )  # fmt: skip


def _sign(cast: Cast, agreement: Agreement, ago: int) -> Agreement:
    actor, _user = cast.who("handler")
    return signing.sign(
        actor=actor, agreement=agreement, on=cast.day(ago), today=cast.today, **_paper("签署页")
    )


def _do(cast: Cast, said: _Said, clause: Clause) -> None:
    """One side reports, the other confirms."""
    if said.done is None:
        return
    ago, quantity = said.done
    theirs, ours = ("qiye", "handler") if said.side == Side.INVESTOR else ("handler", "qiye")
    actor, user = cast.who(theirs)
    told = fulfilments.report(
        actor=actor, clause=clause, side=said.side, on=cast.day(ago), quantity=quantity,
        text="按合同完成，附凭证（示例）", user=user, now=cast.at(ago), today=cast.today,
        **_paper("凭证"),
    )  # fmt: skip
    if said.answered:
        judge, other = cast.who(ours)
        side = Side.ZONE if said.side == Side.INVESTOR else Side.INVESTOR
        fulfilments.answer(
            actor=judge, fulfilment=told, side=side, confirmed=True, user=other,
            now=cast.at(max(ago - 3, 0), 11),
        )  # fmt: skip


def _grant(cast: Cast, contract: Agreement) -> None:
    """An incentive enters the contract, as its review allows it."""
    incentive = _proposed(
        cast, contract.project, "general", "标准厂房首年租金减半，面向全区企业（示例）", 300 * WAN
    )
    _review(cast, incentive, Conclusion.ALLOWED, "open_policy", "示例公开政策文件第三条")
    actor, _user = cast.who("handler")
    due = cast.today + dt.timedelta(days=150)
    drafting.grant(actor=actor, agreement=contract, incentive=incentive, due=due)


def _not_yet(cast: Cast, project: Project) -> None:
    """One was refused, of another there is no review yet: neither can enter an agreement."""
    refused = _proposed(cast, project, "tax", "按纳税额返还一定比例（示例）", 500 * WAN)
    _review(cast, refused, Conclusion.NOT_ALLOWED, "other", "无法律、行政法规依据（示例）")
    _proposed(cast, project, "reward", "按设备投资额给予奖励（示例）", 800 * WAN)


def _proposed(cast: Cast, project: Project, kind: str, text: str, amount: int) -> Incentive:
    actor, user = cast.who("handler")
    return incentives.propose(
        actor=actor, user=user, project=project, kind=kind, text=text, amount=Decimal(amount),
        now=cast.at(205),
    )  # fmt: skip


def _review(cast: Cast, incentive: Incentive, conclusion: str, kind: str, basis: str) -> None:
    actor, user = cast.who("reviewer")
    incentives.review(
        actor=actor, user=user, incentive=incentive, conclusion=conclusion, basis_kind=kind,
        basis=basis, on=cast.day(203), now=cast.at(203), today=cast.today, **_paper("审查表"),
    )  # fmt: skip


def _paper(name: str) -> dict[str, Any]:
    return {"file_name": f"{name}（示例）.png", "data": proof("finish").data}
