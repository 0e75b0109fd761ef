"""A made-up history of enterprise requests, every step of it taken through the desk's services."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from openzone.demo.scenes.cast import Cast
from openzone.demo.scenes.papers import proof
from openzone.engines.cases.events import Party
from openzone.zone.audit.actors import Actor
from openzone.zone.cases.enums import Channel, DispatchTerms, RequesterKind
from openzone.zone.cases.models import Case
from openzone.zone.cases.services.acting import act
from openzone.zone.cases.services.dispatches import dispatch, note_arrival, note_return
from openzone.zone.cases.services.intake import Requester, open_case
from openzone.zone.cases.services.merging import merge
from openzone.zone.cases.services.splitting import Piece, split
from openzone.zone.cases.services.systemic import raise_issue
from openzone.zone.people.models import User
from openzone.zone.registry.models import Enterprise

KIND = "enterprise_request"
FIRMS = 26
CANDIDATES = 10
_SAMPLE = "（示例）"
# Who handles what in the demo zone: unit and login.
_UNITS = {
    "policy": "science",
    "finance": "finance",
    "land": "industry",
    "labour": "science",
    "energy": "industry",
    "logistics": "industry",
    "approval": "industry",
    "safety": "industry",
    "listing": "finance",
}
_HANDLERS = {"science": "handler", "industry": "reviewer", "finance": "finance", "centre": "centre"}
_CHANNELS = (Channel.PORTAL, Channel.PHONE, Channel.VISIT, Channel.COUNTER, Channel.CLINIC)


@cache
def _pack() -> Mapping[str, Any]:
    text = (files("openzone.packs") / "demo" / "requests.yaml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text))


@dataclass
class Story:
    """One request on its way: whose turn it is, and how many days have passed."""

    cast: Cast
    case: Case
    unit: str
    ago: int
    passed: int = 0
    said: Mapping[str, Any] = field(default_factory=dict)

    @property
    def now(self) -> dt.datetime:
        """The moment it has come to; never one that is yet to come."""
        return self.cast.at(max(self.ago - self.passed, 0), 9 if self.ago > self.passed else 0)

    @property
    def handler(self) -> User:
        """Who handles it."""
        return self.cast.users[_HANDLERS[self.unit]]

    @property
    def caller(self) -> User:
        """Who calls back: the centre, and a leader where the centre handled it."""
        return self.cast.users["leader" if self.unit == "centre" else "centre"]

    def do(self, action: str, by: User | None = None, days: int = 0, **data: Any) -> "Story":
        """Take a step after some days; the handler takes it if nobody is named."""
        self.passed += days
        who = by or self.handler
        papers = [proof(action)] if action in ("finish", "finish_task") else []
        self.case = act(
            actor=Actor.of(who), case=self.case, action=action, now=self.now, user=who,
            data=data, files=papers,
        )  # fmt: skip
        return self


def requests(cast: Cast) -> None:
    """Let 26 enterprises bring 42 requests; 33 are closed (蜀山 reports these figures)."""
    firms = _firms(cast)
    told = {one["title"]: _open(cast, firms, one) for one in _pack()["stories"]}
    _merge(cast, firms, told)
    for one in _pack()["stories"]:
        _PATHS[one["path"]](told[one["title"]])
    _systemic(cast, [told[one["title"]].case for one in _pack()["stories"] if _is_alike(one)])


def _firms(cast: Cast) -> list[Enterprise]:
    others = Enterprise.objects.filter(synthetic=True).exclude(pk=cast.firm.pk).order_by("pk")
    return [cast.firm, *others[: FIRMS - 1]]


def _open(cast: Cast, firms: Sequence[Enterprise], one: Mapping[str, Any]) -> Story:
    """Write the request down; whichever unit was asked first gives it its number (首接负责)."""
    centre, place = cast.users["centre"], one["firm"] - 1
    firm, unit = firms[place], "centre" if one.get("several") else _unit(one)
    said = {**one["fields"], "topic": one["topic"], "several": one.get("several", False)}
    own = firm.pk == cast.firm.pk
    case = open_case(
        actor=Actor.of(centre),
        kind=KIND,
        title=f"{one['title']}{_SAMPLE}",
        text=f"{firm.name}反映：{one['title']}，请协调解决。{_SAMPLE}",
        now=cast.at(one["ago"], 9 if one["ago"] else 0),
        channel=Channel.PORTAL if own else _CHANNELS[place % len(_CHANNELS)],
        requester=Requester(
            RequesterKind.ENTERPRISE, firm, cast.users["qiye"] if own else None, name="示例联系人"
        ),
        fields={**said, "candidate": one["firm"] <= CANDIDATES},
        unit=None if one["path"] == "received" else cast.units[unit],
        recorded_by=None if own else centre,
    ).case
    return Story(cast, case, unit, one["ago"], said=said)


def _unit(one: Mapping[str, Any]) -> str:
    return _UNITS.get(one["topic"], "centre")


def _merge(cast: Cast, firms: Sequence[Enterprise], told: Mapping[str, Story]) -> None:
    """Let a second request about the same thing go on in the first; both enterprises are told."""
    one, centre = _pack()["merged"], cast.users["centre"]
    second = _open(cast, firms, {**one, "path": "merged"})
    first = told[one["into"]]
    first.case = merge(
        actor=Actor.of(centre), case=second.case, into=first.case, reason="同一路段路灯（示例）",
        now=second.now, user=centre,
    )  # fmt: skip


def _is_alike(one: Mapping[str, Any]) -> bool:
    return bool(one["fields"].get("works") == _pack()["systemic"]["about"])


def _systemic(cast: Cast, cases: Sequence[Case]) -> None:
    centre, about = cast.users["centre"], _pack()["systemic"]["title"]
    raise_issue(
        actor=Actor.of(centre), cases=cases, title=f"{about}{_SAMPLE}",
        text="多家企业反映同一路段停车难，建议研究增加泊位、错时共享。（示例）",
        now=cast.at(10), user=centre,
    )  # fmt: skip


def _accepted(story: Story) -> Story:
    return story.do("accept", days=1).do("contact", text="已联系企业核实情况（示例）")


def _finished(story: Story, days: int) -> Story:
    return story.do("finish", days=days, text="已协调解决，企业确认恢复正常（示例）")


def _called_back(story: Story, mark: int) -> Story:
    return story.do("call_back", story.caller, days=1, satisfied=mark, remark="电话回访（示例）")


def _solved(story: Story) -> None:
    _finished(_accepted(story), 3 + story.ago % 4)
    if story.case.requester_user_id:
        story.do("confirm", story.cast.users["qiye"], days=1, satisfied=5, remark="满意（示例）")
    else:
        _called_back(story, 4 + story.ago % 2)


def _redone(story: Story) -> None:
    _finished(_accepted(story), 3)
    story.do("dissatisfied", story.caller, days=1, reason="只答复未解决（示例）")
    _called_back(_finished(story, 3), 4)


def _explained(story: Story) -> None:
    text = "现行规定暂不支持，已说明政策依据和替代办法（示例）"
    _called_back(_accepted(story).do("explain", days=3, text=text), 3)


def _rejected(story: Story) -> None:
    _accepted(story).do(
        "reject", days=4, text="不符合贴息范围（示例）", law="示例贴息办法", clause="第五条",
        alternatives="可申请融资担保费补贴；下一年度符合条件后再申报（示例）",
    )  # fmt: skip
    _called_back(story, 3)


def _referred(story: Story) -> None:
    text = "商标异议由国家知识产权局审理，已协助准备材料并转送（示例）"
    _called_back(_accepted(story).do("refer", days=2, text=text, authority="有权机关（示例）"), 4)


def _generator(story: Story) -> None:
    """A power cut stops a line, a generator is rented (QL-18)."""
    _accepted(story)
    reviewer, case = story.handler, story.case
    rented = dispatch(
        actor=Actor.of(reviewer), by=reviewer, case=case, what="柴油发电机（示例）",
        amount="400千瓦 1台", terms=DispatchTerms.RENTED, supplier="示例电力服务公司",
        place="示例企业配电房外", now=story.now,
    )  # fmt: skip
    actor = Actor.of(reviewer)
    arrived = story.now + dt.timedelta(hours=2)
    note_arrival(actor=actor, dispatch=rented, at=arrived)
    story.do("involve", story.cast.users["centre"], unit="finance", asks="租赁费用如何列支")
    story.do("contribute", story.cast.users["finance"], days=1, text="由企业先行支付（示例）")
    _finished(story, 1)
    note_return(
        actor=actor, dispatch=rented, at=max(story.now, arrived), cost=1_260_000,
        paid_by="企业（示例）",
    )  # fmt: skip
    _called_back(story, 5)


def _meeting(story: Story) -> None:
    """Several units: the centre leads, a leader and the enterprise sit at the table (SS-03)."""
    _accepted(story)
    for unit in ("science", "industry"):
        story.do("involve", unit=unit, asks="本部门审查需要哪些材料、多长时间")
    for unit in ("science", "industry"):
        by = story.cast.users[_HANDLERS[unit]]
        story.do("contribute", by, text="材料齐全的可以并联审查（示例）")
    # The day it is held on; a history that has just begun has no later one.
    at = story.cast.at(max(story.ago - story.passed - 2, 0), 9).isoformat()
    story.do("call_meeting", at=at, units=["centre", "science", "industry"])
    story.do(
        "hold_meeting", days=2, attended=["示例领导", "示例企业", "示例科技创新局", "示例经信局"],
        minutes="同意环评、能评并联受理，一次告知、同步审查。（示例）",
    )  # fmt: skip
    due = (story.now + dt.timedelta(days=5)).date().isoformat()
    story.do("decide", meeting="M1", task="出具并联审查意见（示例）", owner="industry", due=due)
    story.do("finish_task", story.cast.users["reviewer"], days=2, task="T1")
    _called_back(_finished(story, 1), 5)


def _divided(story: Story) -> None:
    """Two matters in one request: each gets a number under the first."""
    centre = story.cast.users["centre"]
    story.passed = 1
    pieces = [
        Piece(f"{one['title']}{_SAMPLE}", unit=story.cast.units["industry"], fields=one["fields"])
        for one in _pack()["parts"]
    ]
    first, second = split(
        actor=Actor.of(centre), case=story.case, pieces=pieces, now=story.now, user=centre,
        reason="两件事由不同人员办理（示例）",
    )  # fmt: skip
    _solved(Story(story.cast, first, "industry", story.ago, 1))
    _accepted(Story(story.cast, second, "industry", story.ago, 1))


def _appealed(story: Story) -> None:
    """Closed, and then looked at again because the enterprise would not have it so."""
    text = "现行规定暂不支持（示例）"
    _called_back(_accepted(story).do("explain", days=2, text=text), 3)
    story.case = act(
        actor=story.cast.actor, case=story.case, action="appeal", now=story.now, data={
            "reason": "企业补充了新的依据（示例）"},
        instead=_requester(story.case),
    )  # fmt: skip


def _requester(case: Case) -> Party:
    """Return who asked, as an event names them: the demo's enterprises but one have no login."""
    found = Requester(case.requester_kind, case.enterprise)
    return Party("requester", found.id, found.label, None, "requester")


def _objected(story: Story) -> None:
    story.do("object", reason="该事项由示例人力资源局负责（示例）")


def _extension(story: Story) -> None:
    _accepted(story)
    why = "需与担保机构会商（示例）"
    story.do("ask_extension", days=2, clock="resolve", limit="10 workdays", reason=why)
    story.do("grant_extension", story.cast.users["centre"], clock="resolve")


def _overdue(story: Story) -> None:
    _accepted(story)
    leader = story.cast.users["leader"]
    story.do("supervise", leader, days=30, order="请于一周内报送办理结果（示例）")


def _awaiting(story: Story) -> None:
    _accepted(story).do(
        "ask_requester", days=1, what="请提供施工影响的照片和时间段（示例）",
        reason="material", document="补充材料通知书（示例）",
    )  # fmt: skip


def _waiting_third(story: Story) -> None:
    _accepted(story).do(
        "wait", days=1, third="示例省级主管部门", reason="third_party",
        document="用地指标请示（示例）",
    )  # fmt: skip


def _confirming(story: Story) -> None:
    _finished(_accepted(story), 1)


def _nothing(_: Story) -> None:
    """It has just come in."""


_PATHS: Mapping[str, Callable[[Story], None]] = {
    "solved": _solved,
    "took_in": _solved,
    "redone": _redone,
    "explained": _explained,
    "rejected": _rejected,
    "referred": _referred,
    "generator": _generator,
    "meeting": _meeting,
    "divided": _divided,
    "appealed": _appealed,
    "objected": _objected,
    "extension": _extension,
    "overdue": _overdue,
    "awaiting": _awaiting,
    "waiting_third": _waiting_third,
    "confirming": _confirming,
    "received": _nothing,
}
