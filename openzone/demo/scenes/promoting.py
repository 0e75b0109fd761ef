"""Promotion: five advisers, sixty leads in talks, and every other state once or more.

Five advisers and some sixty projects in talks are published figures of two places; the firms, the
talks and the people are made up.
"""

import datetime as dt
from decimal import Decimal
from typing import Any, Final

from openzone.demo.scenes.cast import PHONE, Cast
from openzone.zone.people.models import User
from openzone.zone.people.services import create_user
from openzone.zone.promotion.models import Investor, Lead
from openzone.zone.promotion.services import following, interactions, landing, referrals
from openzone.zone.promotion.services.advisers import join_roster
from openzone.zone.promotion.services.contacts import add_contact, withdraw_consent
from openzone.zone.promotion.services.investors import record_investor
from openzone.zone.promotion.services.leads import record_lead
from openzone.zone.registry.enums import PlaceKind
from openzone.zone.registry.models import Place

IN_TALKS: Final = 60
YI: Final = 100_000_000
_BRANDS: Final = (
    "恒川", "明达", "远航", "泰和", "华岳", "金澜", "瑞丰", "博源", "天启", "宏图", "鼎盛", "凌云",
)  # fmt: skip
_TRADES: Final = (
    ("电池材料", "新能源汽车", "正极材料"), ("汽车电子", "新能源汽车", "车载电子"),
    ("精密模具", "高端装备", "模具"), ("光电科技", "新型显示", "光学膜"),
    ("生物医药", "生物医药", "原料药"), ("智能装备", "高端装备", "工业机器人"),
)  # fmt: skip
_REGIONS: Final = ("广东省深圳市", "江苏省苏州市", "浙江省宁波市", "上海市", "湖北省武汉市")
_SOURCES: Final = ("adviser", "trip", "event", "chain", "agency", "above")
_CHANNELS: Final = ("offline", "online", "resident", "agency")
_GRADES: Final[tuple[dict[str, bool], ...]] = (
    {}, {"who": True, "what": True}, {"decider": True, "size": True},
    {"visited": True, "site": True, "schedule": True},
)  # fmt: skip
_FIELDS: Final = ("新能源汽车", "高端装备", "新型显示", "生物医药", "现代服务业")


def promotion(cast: Cast) -> None:
    """Put advisers on the roster; bring in leads and let each come to where it stands."""
    people = _advisers(cast)
    for number in range(IN_TALKS):
        _talk(cast, _lead(cast, number, people), number)
    _others(cast, [_lead(cast, IN_TALKS + number, people) for number in range(12)])


def _advisers(cast: Cast) -> list[User]:
    made = [
        create_user(
            actor=cast.actor, username=f"demo-adviser-{n}", display_name=f"示例招商顾问{word}"
        )
        for n, word in enumerate("甲乙丙丁", 1)
    ]
    people = [cast.users["reviewer"], *made]
    for user, field in zip(people, _FIELDS, strict=True):
        join_roster(actor=cast.actor, user=user, on=cast.day(365), field=field)
    return people


def _lead(cast: Cast, number: int, people: list[User]) -> Lead:
    trade, chain, node = _TRADES[number % len(_TRADES)]
    came, parks = 100 + number, list(Place.objects.filter(kind=PlaceKind.PARK))
    adviser = people[number % len(people)]
    unit = cast.units["industry" if number % 2 == 0 else "commerce"]
    return record_lead(
        actor=cast.actor, investor=_investor(cast, number, trade), synthetic=True, sure=True,
        title=f"示例{_brand(number)}{trade}生产基地", source=_SOURCES[number % 6],
        source_note="示例链主企业推荐" if number % 6 == 3 else "", channel=_CHANNELS[number % 4],
        received_on=cast.day(came), now=cast.at(came), adviser=adviser, chain=chain, node=node,
        wished=Decimal((number % 9 + 1) * YI) if number % 7 else None, unit=unit,
        gap=f"{node}（示例缺口）" if number % 3 == 0 else "",
        gap_reason="链条上没有本地企业（示例）" if number % 3 == 0 else "",
        place=parks[number % len(parks)], user=cast.users["centre"],
        summary=f"拟建设{node}生产线，需厂房或用地（示例）",
    )  # fmt: skip


def _brand(number: int) -> str:
    return _BRANDS[number // len(_TRADES) % len(_BRANDS)]


def _investor(cast: Cast, number: int, trade: str) -> Investor:
    region = _REGIONS[number % len(_REGIONS)]
    brand = _brand(number)
    firm = record_investor(
        actor=cast.actor, name=f"示例{brand}{trade}有限公司", sure=True,
        group=f"示例{brand}集团" if number % 6 < 2 else "", region=region, country="中国",
        origin="domestic_out", business=trade, synthetic=True, now=cast.at(200),
        user=cast.users["centre"],
    )  # fmt: skip
    if number % 3 == 0:
        person = add_contact(
            actor=cast.actor, investor=firm, name=f"示例联系人{number + 1}", post="投资总监",
            phone=PHONE.format(number % 10), consent_on=cast.day(150), consent_by="card",
            now=cast.at(150), user=cast.users["centre"],
        )  # fmt: skip
        if number % 15 == 0:
            withdraw_consent(actor=cast.actor, contact=person, on=cast.day(20), now=cast.at(20))
    return firm


def _talk(cast: Cast, lead: Lead, number: int) -> None:
    """Two talks, the last of them some days ago, a grade; every third is negotiated about."""
    last = (3 + number * 7) % 50
    _said(cast, lead, "visit_out", 60, "介绍园区和要素条件，企业有投资意向（示例）")
    _said(
        cast, lead, "visit_in" if number % 2 else "video", last, "讨论选址和建设时间（示例）",
        next_step="提供地块和厂房资料（示例）", next_on=cast.day(last) + dt.timedelta(days=14),
    )  # fmt: skip
    answers = {k: v for grade in _GRADES[: number % 4 + 1] for k, v in grade.items()}
    if answers:
        interactions.grade_lead(
            actor=cast.actor, lead=lead, answers=answers, on=cast.day(last), now=cast.at(last),
            user=lead.adviser,
        )  # fmt: skip
    if number % 3 == 0:
        following.move(
            actor=cast.actor, lead=lead, to="negotiating", on=cast.day(last), now=cast.at(last),
            user=lead.adviser,
        )  # fmt: skip


def _said(cast: Cast, lead: Lead, kind: str, ago: int, summary: str, **more: Any) -> None:
    interactions.record_interaction(
        actor=cast.actor, lead=lead, kind=kind, on=cast.day(ago), summary=summary,
        now=cast.at(ago), channel="online" if kind == "video" else "offline", user=lead.adviser,
        **more,
    )  # fmt: skip


def _others(cast: Cast, leads: list[Lead]) -> None:
    """Six wait for a first talk; three were not taken up, one shelved, one landed, one passed."""
    for lead in leads[6:9]:
        following.end(
            actor=cast.actor, lead=lead, to="rejected", reason="能耗指标不符合要求（示例）",
            on=cast.day(15), now=cast.at(15), user=lead.adviser,
        )  # fmt: skip
    following.end(
        actor=cast.actor, lead=leads[9], to="shelved", reason="企业暂缓扩产（示例）",
        on=cast.day(12), now=cast.at(12), user=leads[9].adviser,
    )  # fmt: skip
    _landed(cast, leads[10])
    referrals.refer(
        actor=cast.actor, lead=leads[0], kind="handover", to_unit=cast.units["science"],
        reason="企业希望落户科技园（示例）", now=cast.at(2), user=cast.users["reviewer"],
    )  # fmt: skip
    following.let_in(actor=cast.actor, lead=leads[1], user=cast.users["handler"], on=cast.day(10))


def _landed(cast: Cast, lead: Lead) -> None:
    _said(cast, lead, "negotiation", 40, "商定投资规模和用地（示例）")
    landing.become_project(
        actor=cast.actor, lead=lead, name=lead.title, on=cast.day(30), now=cast.at(30),
        user=lead.adviser,
    )  # fmt: skip
    if lead.adviser is not None:
        half = Decimal("0.5")
        shares = {lead.adviser: half, cast.users["reviewer"]: half}
        whole = {lead.adviser: Decimal(1)}
        following.set_credit(
            actor=cast.actor, lead=lead, shares=shares if len(shares) > 1 else whole
        )
