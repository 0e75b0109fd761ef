"""A campaign in which many suggestions became ten, and a village meeting that still collects."""

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import product

from openzone.demo.scenes.cast import Cast
from openzone.zone.audit.actors import Actor
from openzone.zone.cases.services.acting import act
from openzone.zone.people.models import User
from openzone.zone.suggestions.enums import Channel, Outcome, Response, Source
from openzone.zone.suggestions.models import Campaign, Feedback, Final, Group, Member, Original
from openzone.zone.suggestions.services import campaigns, collecting, telling
from openzone.zone.suggestions.services.carrying import assign
from openzone.zone.suggestions.services.collecting import Entry
from openzone.zone.suggestions.services.effects import record_effect
from openzone.zone.suggestions.services.merging import Part, add, merge
from openzone.zone.suggestions.services.reviewing import (
    decide,
    pass_answer,
    reject_originals,
)
from openzone.zone.suggestions.services.submitting import submit

MEMBERS, ROUNDS = 190, 4
TOPICS = ("产业链招商", "营商环境")
_GROUPS = tuple(f"第{n}组" for n in "一二三四五六七八")
_EXPERTS = ("示例专家甲（产业经济）", "示例专家乙（公共管理）", "示例专家丙（新能源汽车）")
_WITH_LOGIN = ("handler", "reviewer", "finance", "cashier")
# Title, what the finals say, who carries it out ("" while it waits), whether it is a pilot.
_THEMES = (
    ("分链条编制招商图谱", "按产业链逐环节列出缺链企业，每季度更新", "industry", False),
    ("建立招商项目首谈负责制", "首次对接单位全程跟进，信息一次归集", "commerce", False),
    ("组织产业链供需对接会", "按链条每月一场，现场登记供需", "commerce", False),
    ("设立产业链专家顾问库", "招商评审先听专家意见", "", False),
    ("探索以场景换产业", "开放园区应用场景，先行先试", "", True),
    ("设立企业服务专窗", "涉企事项一窗受理、限时转办", "centre", False),
    ("推行惠企政策免申即享", "数据比对后主动兑付", "finance", False),
    ("压减项目审批材料", "共享可得的材料不再收取", "", False),
    ("建立诉求办理回访机制", "办结后由第三方回访", "", False),
    ("试点延时与预约服务", "午间和周末按预约开放窗口", "", True),
)
_OPENINGS = ("建议", "希望", "应当", "可以考虑", "有必要", "请研究", "建议尽快")
_DETAILS = (
    "，明确牵头单位和完成时间",
    "，先在一个园区试行",
    "，借鉴先进园区做法",
    "，每月通报一次进度",
    "，纳入年度重点工作",
    "，方便中小企业",
    "，减少企业跑动次数",
    "，由专人负责落实",
    "，同步公开结果",
)
_ELSEWHERE = ("食堂增加早餐品种", "停车场重新划线", "增设篮球场地", "调整班车发车时间")
_WHY = "与本次征集的两个议题无关，已转后勤部门研究，由其另行答复。（示例）"


def suggestions(cast: Cast) -> None:
    """Let 190 people in eight groups make some 600 suggestions in four rounds; ten remain."""
    actor, _user = cast.who("centre")
    campaign = _prepared(cast, actor)
    _collected(cast, actor, campaign)
    finals = _merged(cast, campaign)
    _answered(cast, campaign, finals)
    _submitted(cast, campaign, finals)
    _carried_out(cast, finals)
    _heard(cast, campaign)
    _village(cast, actor)


def _prepared(cast: Cast, actor: Actor) -> Campaign:
    campaign = campaigns.create_campaign(
        actor=actor, title="示例：我为园区发展建言", opens_on=cast.day(150),
        closes_on=cast.day(90), purpose="围绕两个议题分组讨论，形成建议上报。（示例）",
        basis=f"示例高新办〔{cast.today.year}〕9号", synthetic=True,
    )  # fmt: skip
    for title in TOPICS:
        campaigns.add_topic(actor=actor, campaign=campaign, title=title)
    for place in range(ROUNDS):
        campaigns.hold_round(
            actor=actor, campaign=campaign, held_on=cast.day(140 - 15 * place),
            place="示例会议中心", attended=MEMBERS - 7 * place,
        )  # fmt: skip
    groups = [campaigns.add_group(actor=actor, campaign=campaign, name=one) for one in _GROUPS]
    for group, expert in zip(groups, _EXPERTS, strict=False):
        name, _bracket, field = expert.rstrip("）").partition("（")
        campaigns.add_facilitator(actor=actor, group=group, name=name, field=field)
    _join(cast, actor, groups)
    return campaigns.open_campaign(actor=actor, campaign=campaign)


def _join(cast: Cast, actor: Actor, groups: Sequence[Group]) -> None:
    offices = [unit.name for unit in cast.units.values()]
    for place in range(MEMBERS):
        user = cast.users[_WITH_LOGIN[place]] if place < len(_WITH_LOGIN) else None
        campaigns.add_member(
            actor=actor,
            group=groups[place % len(groups)],
            name=user.display_name if user else f"示例党员{place:03d}",
            office=offices[place % len(offices)],
            user=user,
        )


def _collected(cast: Cast, actor: Actor, campaign: Campaign) -> None:
    """Take the rounds in as the groups hand them over, each as a list."""
    members = list(Member.objects.filter(campaign=campaign).select_related("campaign", "group"))
    topics = list(campaign.topics.all())
    texts = _texts()
    for held in campaign.rounds.all():
        speakers = [one for place, one in enumerate(members) if place % 5 != held.number]
        entries = [
            Entry(member, topics[theme // 5], held, text)
            for member, (theme, text) in zip(speakers, texts, strict=False)
        ]
        entries += [
            Entry(member, topics[1], held, f"建议{one}，改善后勤保障（示例）")
            for member, one in zip(speakers[10 * held.number :], _ELSEWHERE, strict=False)
        ]
        collecting.propose_many(
            actor=actor, campaign=campaign, entries=entries, now=cast.at(139 - 15 * held.number),
            source=Source.IMPORT, origin=f"示例第{held.number}轮记录.xlsx",
        )  # fmt: skip
    last = campaign.originals.order_by("-number").first()
    if last is not None:
        collecting.withdraw(
            actor=actor, original=last, because="与他人重复，本人撤回（示例）", now=cast.at(92)
        )
    campaigns.end_collecting(actor=actor, campaign=campaign, now=cast.at(90))


def _texts() -> Iterator[tuple[int, str]]:
    """Yield themes in turn, each time in other words."""
    wordings = list(product(_OPENINGS, _DETAILS))
    for opening, detail in wordings:
        for theme, (title, what, _unit, _pilot) in enumerate(_THEMES):
            yield theme, f"{opening}{title}{detail}，{what}（示例）"


def _merged(cast: Cast, campaign: Campaign) -> list[Final]:
    actor, user = cast.who("centre")
    finals = []
    for title, what, _unit, _pilot in _THEMES:
        found = campaign.originals.filter(text__contains=title, withdrawn_at__isnull=True)
        finals.append(
            merge(
                actor=actor, by=user, campaign=campaign, title=title,
                text=f"{title}：{what}。（示例）", parts=[Part(one) for one in found],
                now=cast.at(80),
            )
        )  # fmt: skip
    shared = finals[0].flows.order_by("original__number").first()
    if shared is not None:
        _flow_into_another(cast, finals[2], shared.original)
    return finals


def _flow_into_another(cast: Cast, final: Final, original: Original) -> None:
    """Let one suggestion flow into a second final with a part of it."""
    actor, user = cast.who("centre")
    part = Part(original, "关于按链条组织对接的部分（示例）")
    add(actor=actor, by=user, final=final, parts=[part], now=cast.at(79))


def _answered(cast: Cast, campaign: Campaign, finals: Sequence[Final]) -> None:
    """Decide on all of it; one answer said nothing and was given again."""
    actor, user = cast.who("centre")
    checker, second = cast.who("leader")
    for final, (_title, what, _unit, pilot) in zip(finals, _THEMES, strict=True):
        answer = f"{'先行试点' if pilot else '予以采纳'}：{what}，年内完成。（示例）"
        verdict = decide(
            actor=actor, by=user, final=final, answer=answer, now=cast.at(70),
            outcome=Outcome.PILOT if pilot else Outcome.ACCEPT,
        )  # fmt: skip
        pass_answer(actor=checker, by=second, verdict=verdict, now=cast.at(69))
    elsewhere = campaign.originals.filter(text__contains="后勤", withdrawn_at__isnull=True)
    for verdict in reject_originals(
        actor=actor,
        by=user,
        originals=list(elsewhere),
        reason="topic",
        answer=_WHY,
        now=cast.at(68),
    ):
        pass_answer(actor=checker, by=second, verdict=verdict, now=cast.at(67))  # fmt: skip


def _submitted(cast: Cast, campaign: Campaign, finals: Sequence[Final]) -> None:
    actor, user = cast.who("leader")
    submit(
        actor=actor, by=user, campaign=campaign, chosen=finals, now=cast.at(60),
        title="示例：关于园区发展的十条建议", recipient="示例市委改革办",
    )  # fmt: skip


def _carried_out(cast: Cast, finals: Sequence[Final]) -> None:
    """Give half of them to units; one is done, closed by the centre, and measured."""
    actor, user = cast.who("centre")
    for final, (_title, _what, unit, _pilot) in zip(finals, _THEMES, strict=True):
        if unit:
            assign(actor=actor, final=final, unit=cast.units[unit], now=cast.at(58))
    first = Final.objects.select_related("case").get(pk=finals[0].pk)
    doer, handler = cast.who("reviewer")
    if first.case is None:
        return
    said = {"text": "图谱已编制并印发（示例）", "documents": ["示例经信发文件"]}
    act(actor=doer, case=first.case, action="accept", now=cast.at(57), user=handler)
    act(actor=doer, case=first.case, action="finish", now=cast.at(30), user=handler, data=said)
    act(actor=actor, case=first.case, action="close", now=cast.at(28), user=user)
    record_effect(
        actor=actor, final=first, indicator="在谈补链项目数", unit="个", before=Decimal(21),
        after=Decimal(34), measured_on=cast.day(10), source="招商台账（示例）", today=cast.today,
    )  # fmt: skip


def _heard(cast: Cast, campaign: Campaign) -> None:
    """Tell who has no login at a meeting, but for some; hear what some say."""
    actor, _user = cast.who("centre")
    untold = Feedback.objects.filter(original__campaign=campaign, told_at__isnull=True)
    rows = list(untold.select_related("original"))
    meeting = rows[: -len(rows) // 12 or None]
    if meeting:
        telling.note_told(
            actor=actor, notices=meeting, channel=Channel.MEETING, now=cast.at(55, 15)
        )
    for name, response, remark in (
        ("handler", Response.CONFIRMED, ""),
        ("finance", Response.DISSATISFIED, "没有说明由哪个单位负责（示例）"),
    ):
        _say(cast, cast.users[name], response, remark)


def _say(cast: Cast, user: User, response: Response, remark: str) -> None:
    found = Feedback.objects.filter(original__member__user=user, told_at__isnull=False)
    notice = found.order_by("pk").first()
    if notice is not None:
        telling.respond(
            actor=Actor.of(user), notice=notice, response=response, remark=remark,
            now=cast.at(50),
        )  # fmt: skip


def _village(cast: Cast, actor: Actor) -> None:
    """A meeting of residents and firms (坝坝会): everything said is on record and answered."""
    campaign = campaigns.create_campaign(
        actor=actor, title="示例：园区坝坝会", opens_on=cast.day(20),
        closes_on=cast.today + dt.timedelta(days=20),
        purpose="面对面听取企业和居民的问题与建议，一一记录、逐条答复。（示例）", synthetic=True,
    )  # fmt: skip
    topics = [
        campaigns.add_topic(actor=actor, campaign=campaign, title=one)
        for one in ("生产配套", "生活配套")
    ]
    held = campaigns.hold_round(
        actor=actor, campaign=campaign, held_on=cast.day(18), place="示例社区广场", attended=52,
        minutes="到会企业和居民五十余人，提出的问题当场记录。（示例）",
    )  # fmt: skip
    group = campaigns.add_group(actor=actor, campaign=campaign, name="企业和居民代表")
    login = campaigns.add_member(
        actor=actor, group=group, name="示例财务", office=cast.firm.name, user=cast.users["qiye"]
    )
    resident = campaigns.add_member(actor=actor, group=group, name="示例居民", office="示例社区")
    campaigns.open_campaign(actor=actor, campaign=campaign)
    said = (
        (login, topics[0], "建议园区北门增加货车等候区，避免占道（示例）"),
        (resident, topics[1], "建议公交末班车延长到夜间十点（示例）"),
        (login, topics[1], "希望增设人才公寓的共享厨房（示例）"),
    )
    for member, topic, text in said:
        collecting.propose(
            actor=actor, entry=Entry(member, topic, held, text), now=cast.at(17),
            source=Source.PAPER,
        )  # fmt: skip
