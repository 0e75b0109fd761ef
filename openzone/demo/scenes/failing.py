"""The window for what could not be done: one of each cause, refusals reviewed, a rule changed."""

import datetime as dt
from typing import Any

from openzone.demo.scenes.cast import Cast
from openzone.demo.scenes.papers import proof
from openzone.zone.audit.actors import Actor
from openzone.zone.cases.enums import ChangeAnswer, Channel, RequesterKind, ReviewWord
from openzone.zone.cases.models import Case, NegativeAnswer
from openzone.zone.cases.services.acting import act
from openzone.zone.cases.services.intake import Requester, open_case
from openzone.zone.cases.services.refusals import Grounds, report_refusal, review_refusal
from openzone.zone.cases.services.rule_changes import answer_change, suggest_change
from openzone.zone.cases.services.window import WINDOW, refer_conduct

_LAW = {"law": "示例经营场所登记办法", "clause": "第八条"}
# What could not be done, where, days ago.
_CAME = (
    ("示例许可地址变更", "示例市场监督管理局窗口", 30),
    ("示例住所登记（同址第二家）", "示例市场监督管理局窗口", 22),
    ("示例社保补缴证明", "示例人力资源局窗口", 16),
    ("示例项目备案", "示例发展和改革局窗口", 12),
    ("示例判决执行", "示例企业服务中心", 6),
    ("示例档案查询", "示例人力资源局窗口", 1),
)

_CHANGES = ((14, _LAW["law"], "允许一址多照（示例）"), (5, "示例备案指南", "删除两项材料（示例）"))


def window(cast: Cast) -> None:
    """Let six people come: two met a rule, one a lack, one conduct, one is not for the desk."""
    first, second, lacking, conduct, excluded, _ = [_came(cast, *one) for one in _CAME]
    _rule(cast, first, 30)
    _rule(cast, second, 22)
    _lack(cast, lacking, 16)
    _conduct(cast, conduct, 12)
    _exclude(cast, excluded, 6)
    _registers(cast, [first, second])


def _came(cast: Cast, item: str, where: str, ago: int) -> Case:
    centre = cast.users["centre"]
    return open_case(
        actor=Actor.of(centre), kind=WINDOW, title=f"{item}没办成（示例）", text="（示例）",
        now=cast.at(ago, 9 if ago else 0), channel=Channel.COUNTER,
        requester=Requester(RequesterKind.PERSON, name="示例群众"), recorded_by=centre,
        fields={
            "attempted_item": item, "attempted_at": where, "attempts": 2 + ago % 3,
            "attempted_on": cast.day(ago + 3), "attempt_result": "refused",
            "attempt_said": "工作人员告知不能办理（示例）", "evidence_kind": "none",
            "no_evidence_because": "未出具书面告知（示例）",
        },
    ).case  # fmt: skip


def _do(cast: Cast, case: Case, by: str, action: str, ago: int, **data: Any) -> Case:
    user = cast.users[by]
    papers = [proof(action)] if action == "finish" else []
    return act(
        actor=Actor.of(user), case=case, action=action, now=cast.at(ago), user=user, data=data,
        files=papers,
    )  # fmt: skip


def _rule(cast: Cast, case: Case, ago: int) -> None:
    _do(cast, case, "centre", "accept", ago)
    finding = "核对条款：同一地址只能登记一家（示例）"
    _do(cast, case, "centre", "find_cannot", ago, unit="industry", finding=finding, **_LAW)
    other = "可登记集群住所，或提供分隔证明（示例）"
    text = "现行办法不允许，已说明依据（示例）"
    _do(cast, case, "reviewer", "explain", ago - 3, text=text, alternatives=other, **_LAW)
    _do(cast, case, "centre", "call_back", ago - 4, satisfied=4, remark="理解（示例）")


def _lack(cast: Cast, case: Case, ago: int) -> None:
    _do(cast, case, "centre", "accept", ago)
    _do(
        cast, case, "centre", "find_hard", ago - 1, unit="centre", lacking=["paper", "system"],
        finding="缺一份次要材料，系统查不到（示例）",
    )  # fmt: skip
    by = cast.day(ago - 10).isoformat()
    _do(cast, case, "centre", "admit", ago - 1, missing="历史缴费凭证（示例）", supply_by=by)
    _do(cast, case, "centre", "finish", ago - 3, text="容缺受理后已出具（示例）")
    _do(cast, case, "leader", "call_back", ago - 4, satisfied=5, remark="满意（示例）")


def _conduct(cast: Cast, case: Case, ago: int) -> None:
    centre = cast.users["centre"]
    _do(cast, case, "centre", "accept", ago)
    refer_conduct(
        actor=Actor.of(centre), by=centre, case=case, about=cast.units["economy"],
        finding="反复要求清单以外的材料（示例，不涉及真实人员）", now=cast.at(ago - 1),
        evidence=proof("finding"),
    )  # fmt: skip
    _do(cast, case, "centre", "finish", ago - 3, text="由窗口代办，已备案（示例）")


def _exclude(cast: Cast, case: Case, ago: int) -> None:
    _do(
        cast, case, "centre", "exclude", ago - 1, ground="court", text="属于法院执行事项（示例）",
        law="示例窗口工作规定", clause="第四条",
        alternatives="请向执行法院反映，可联系法律援助（示例）",
    )  # fmt: skip


def _registers(cast: Cast, cases: list[Case]) -> None:
    centre, reviewer = cast.users["centre"], cast.users["reviewer"]
    refusals = NegativeAnswer.objects.filter(case__in=cases).order_by("pk")
    words = (ReviewWord.UPHELD, ReviewWord.LIFTED)
    notes = ("条款适用正确（示例）", "可按集群住所办理，不应拒绝（示例）")
    for refusal, word, note in zip(refusals, words, notes, strict=True):
        review_refusal(
            actor=Actor.of(centre), by=centre, refusal=refusal, word=word, note=note,
            now=cast.at(15),
        )  # fmt: skip
    report_refusal(
        actor=Actor.of(cast.users["handler"]), by=cast.users["handler"], now=cast.at(2),
        unit=cast.units["science"], matter="示例成果登记加急",
        grounds=Grounds(
            "示例登记办法", "第六条", "没有加急程序（示例）", "可先出具受理证明（示例）"
        ),
    )  # fmt: skip
    for ago, rule, proposal in _CHANGES:
        change = suggest_change(
            actor=Actor.of(centre), by=centre, cases=cases, unit=cast.units["industry"], rule=rule,
            clause=_LAW["clause"], cause="多人因此没办成（示例）", proposal=proposal,
            now=cast.at(ago),
        )  # fmt: skip
        if ago == 14:
            answer_change(
                actor=Actor.of(reviewer), by=reviewer, change=change, answer=ChangeAnswer.ADOPTED,
                text="已纳入修订（示例）", now=cast.at(8),
                in_force_on=cast.today + dt.timedelta(days=30),
            )  # fmt: skip
