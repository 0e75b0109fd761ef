"""Who is told what about a track: the enterprise, and the people of the units that answer."""

import datetime as dt
from collections.abc import Iterable

from openzone.engines.text import Text
from openzone.engines.worktime.localtime import to_local
from openzone.zone.approvals.enums import StepKind, TrackState
from openzone.zone.approvals.models import Step, Track, TrackItem
from openzone.zone.cases.enums import NoticeKind
from openzone.zone.cases.services.telling import Message, tell
from openzone.zone.people.models import Membership, User
from openzone.zone.people.selectors import on_day
from openzone.zone.projects.permissions import HANDS
from openzone.zone.registry.models import EnterpriseStaff

ANSWERS = {
    StepKind.RETURNED: Text(
        "审批“{item}”退回补正：{why}", "the approval “{item}” was sent back: {why}"
    ),
    StepKind.REVIEWED: Text(
        "审批“{item}”已出具预审意见，有效期至 {until}",
        "“{item}” was pre-reviewed; the opinion holds until {until}",
    ),
    StepKind.ISSUED: Text("审批“{item}”已核发：{number}", "“{item}” was issued: {number}"),
}
STATES = {
    TrackState.RUNNING: Text("审批申请 {number} 已受理", "the request {number} was taken on"),
    TrackState.REFUSED: Text(
        "审批申请 {number} 未受理：{why}", "the request {number} was not taken on: {why}"
    ),
    TrackState.LAPSED: Text(
        "审批 {number} 因未取得土地失效：{why}", "{number} lapsed without the land: {why}"
    ),
    TrackState.FINISHED: Text("审批 {number} 已全部核发", "everything of {number} was issued"),
}
HANDED_IN = Text("企业提交了审批“{item}”（{number}）", "“{item}” was handed in ({number})")
_LONGEST = 120


def tell_answered(step: Step, now: dt.datetime) -> None:
    """Tell the enterprise what the unit of an item answered."""
    item, kind = step.item, StepKind(step.kind)
    found = ANSWERS[kind]
    told = {"why": step.text[:_LONGEST], "until": step.until, "number": step.number}
    said = Text(
        found.zh.format(item=item.label_zh, **told), found.en.format(item=item.label_en, **told)
    )
    turn = NoticeKind.MY_TURN if kind is StepKind.RETURNED else NoticeKind.MATTER
    _tell(item.track, f"approvals.item_{kind}", said, _enterprise(item.track, now), turn, now)


def tell_state(track: Track, by: User, now: dt.datetime) -> None:
    """Tell the enterprise that its request was taken on, refused, finished, or lapsed."""
    said = STATES[TrackState(track.state)].format(
        number=track.number, why=track.ended_because[:_LONGEST]
    )
    people = _enterprise(track, now) - {by.pk}
    _tell(track, f"approvals.{track.state}", said, people, NoticeKind.MATTER, now)


def tell_handed_in(items: Iterable[TrackItem], by: User, now: dt.datetime) -> None:
    """Tell the people of each unit what came in for it."""
    for item in items:
        said = Text(
            HANDED_IN.zh.format(item=item.label_zh, number=item.track.number),
            HANDED_IN.en.format(item=item.label_en, number=item.track.number),
        )
        people = _hands(item, now) - {by.pk}
        _tell(item.track, "approvals.handed_in", said, people, NoticeKind.TURN, now, item.code)


def _enterprise(track: Track, now: dt.datetime) -> set[int]:
    """Return who speaks for the enterprise or its investor on the day."""
    firms = (track.project.enterprise, track.project.investor)
    roots = {firm.root_id for firm in firms if firm is not None}
    posts = EnterpriseStaff.objects.filter(
        on_day(to_local(now).date()), enterprise__root__in=roots, user__is_active=True
    )
    return set(posts.values_list("user", flat=True))


def _hands(item: TrackItem, now: dt.datetime) -> set[int]:
    posts = Membership.objects.filter(
        on_day(to_local(now).date()), unit=item.unit, role__in=HANDS, user__is_active=True
    )
    return set(posts.values_list("user", flat=True))


def _tell(
    track: Track, action: str, said: Text, people: Iterable[int], kind: NoticeKind,
    now: dt.datetime, part: str = "",
) -> None:  # fmt: skip
    key = f"track-{track.pk}-{action}-{part}-{now:%Y%m%d%H%M%S%f}"
    tell(Message(kind, action, said, key, subject=f"track:{track.pk}"), people, now)
