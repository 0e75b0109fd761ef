"""Graded review: meetings with their agendas, what was decided, obstacles of projects."""

import datetime as dt
from typing import Any

from django.shortcuts import get_object_or_404

from openzone.engines.text import Text
from openzone.www.api.areas.project_work import of
from openzone.www.api.areas.projects import NO_SUCH
from openzone.www.api.bodies import Body
from openzone.www.api.desk import ONCE, Desk
from openzone.www.api.errors import hide, require
from openzone.www.api.sent import Asked
from openzone.www.api.shapes import reviews as shapes
from openzone.www.api.values import Day, Id, Line, Paragraphs
from openzone.zone.errors import Refused
from openzone.zone.people.enums import KeyArea
from openzone.zone.people.models import Unit, User
from openzone.zone.projects.models import Project
from openzone.zone.projects.permissions import may_see as may_see_project
from openzone.zone.reviews.enums import ItemOutcome
from openzone.zone.reviews.models import AgendaItem, Meeting
from openzone.zone.reviews.packs import pack
from openzone.zone.reviews.permissions import (
    may_list,
    may_raise,
    may_run,
    may_see,
    may_see_obstacles,
)
from openzone.zone.reviews.selectors import meetings as reading
from openzone.zone.reviews.selectors import obstacles
from openzone.zone.reviews.selectors.agenda import Found, deserved
from openzone.zone.reviews.services import deciding, holding, planning
from openzone.zone.reviews.services.obstacles import raise_obstacle

desk = Desk(KeyArea.REVIEWS)
SPAN = dt.timedelta(days=366)
TOO_WIDE = Text("最多查询一年", "at most a year at once")
NOT_HERE = Text("“{name}”不在应到人员之列", "“{name}” is not among those who are to come")


@desk.read("/reviews", Text("调度会议", "List meetings"), list[shapes.MeetingOut])
def listed(
    asked: Asked, start: Day, end: Day, tier: Line = "", mine: bool = False
) -> Any:  # fmt: skip
    """Meetings from `start` to `end`, both included, that the caller may open; at most a year."""
    require(may_list(asked.user, asked.on))
    if end - start > SPAN:
        raise Refused(TOO_WIDE, field="end")
    if tier and tier not in pack().by_tier:
        raise Refused(NO_SUCH.format(value=tier), field="tier")
    found = (reading.own if mine else reading.visible)(asked.user, asked.on)
    rows = reading.between(found.filter(tier=tier) if tier else found, start, end)
    return [_meeting(one) for one in rows]


@desk.read("/reviews/{pk}", Text("会议详情", "One meeting"), shapes.MeetingDetail)
def get(asked: Asked, pk: Id) -> Any:
    """A meeting with its agenda: as frozen, else as it would be made today."""
    return shown(seen(asked, pk))


@desk.act("/reviews/{pk}/prepare", Text("生成议程", "Make the agenda"), None, shapes.MeetingDetail)
def prepare(asked: Asked, sent: Any, pk: Id) -> Any:
    """Freeze the agenda; until something was decided it can be made again."""
    meeting = _ran(asked, pk)
    return shown(planning.prepare_meeting(**of(asked, "now"), meeting=meeting))


class OutcomeIn(Body):
    """What became of a matter: settled, open or postponed."""

    item: Id
    outcome: Line
    remark: Line = ""


class HoldIn(Body):
    """Who was there, what became of each matter, the minutes."""

    attended: list[Line] = []
    others: list[Line] = []
    minutes: Paragraphs = ""
    results: list[OutcomeIn] = []


@desk.act("/reviews/{pk}/hold", Text("登记会议", "Record a meeting"), HoldIn, shapes.MeetingDetail)
def hold(asked: Asked, sent: HoldIn, pk: Id) -> Any:
    """Record a meeting, once: `attended` are accounts, of a matter not named nothing was said."""
    meeting = _ran(asked, pk)
    for one in sent.results:
        if one.outcome not in ItemOutcome.values:
            raise Refused(NO_SUCH.format(value=one.outcome), field="results")
    held = holding.hold_meeting(
        **of(asked, "user", "now", "today"), meeting=meeting,
        attended=_people(meeting, sent.attended), others=sent.others, minutes=sent.minutes,
        results={one.item: holding.Result(one.outcome, one.remark) for one in sent.results},
    )  # fmt: skip
    return shown(held)


class DecideIn(Body):
    """What was decided, whose task it is, until when; ``item`` is the matter it is about."""

    title: Line
    unit: Line
    due: Day
    item: Id | None = None
    text: Paragraphs = ""


@desk.act("/reviews/{pk}/decisions", Text("登记议定事项", "Decide"), DecideIn,
          shapes.DecisionOut, status=201, headers=[ONCE])  # fmt: skip
def decide(asked: Asked, sent: DecideIn, pk: Id) -> Any:
    """Decide something: it becomes a task of a unit, at once. A repetition is the same task."""
    meeting = _ran(asked, pk)
    return deciding.decide(
        **of(asked, "user", "now", "today"), meeting=meeting, title=sent.title,
        unit=_unit(sent.unit), due=sent.due, text=sent.text, item=_item(meeting, sent.item),
        request_id=asked.once,
    )  # fmt: skip


class MoveIn(Body):
    """Another day, another hour."""

    on: Day
    begins: dt.time


@desk.act("/reviews/{pk}/move", Text("改期", "Move a meeting"), MoveIn, shapes.MeetingDetail)
def move(asked: Asked, sent: MoveIn, pk: Id) -> Any:
    """Hold a meeting on another day."""
    meeting = _ran(asked, pk)
    moved = planning.move_meeting(
        **of(asked, "today"), meeting=meeting, on=sent.on, begins=sent.begins
    )
    return shown(moved)


class CancelIn(Body):
    """Why a meeting does not take place."""

    reason: Line


@desk.act("/reviews/{pk}/cancel", Text("取消会议", "Cancel"), CancelIn, shapes.MeetingDetail)
def cancel(asked: Asked, sent: CancelIn, pk: Id) -> Any:
    """Cancel a meeting; what was on its agenda comes to the next one by itself."""
    meeting = _ran(asked, pk)
    who = of(asked, "user", "now")
    return shown(planning.cancel_meeting(**who, meeting=meeting, reason=sent.reason))


@desk.read("/obstacles", Text("障碍列表", "List obstacles"), list[shapes.ObstacleOut])
def open_obstacles(asked: Asked, tier: Line = "") -> Any:
    """What is open where the caller may see it, the gravest first; `tier` is who has it."""
    require(may_list(asked.user, asked.on))
    if tier and tier not in pack().by_tier:
        raise Refused(NO_SUCH.format(value=tier), field="tier")
    return [_obstacle(one) for one in obstacles.open_ones(asked.user, asked.on, tier)]


@desk.read("/projects/{pk}/obstacles", Text("项目障碍", "Obstacles"), list[shapes.ObstacleOut])
def of_project(asked: Asked, pk: Id) -> Any:
    """The obstacles of a project, closed ones as well."""
    project = get_object_or_404(Project, pk=pk)
    hide(may_see_obstacles(asked.user, project, asked.on))
    return [_obstacle(one) for one in obstacles.of_project(project, asked.on)]


class ObstacleIn(Body):
    """What stands in a project's way; ``topic`` and ``severity`` are those of the case type."""

    topic: Line
    severity: Line
    title: Line
    text: Paragraphs
    ask: Paragraphs = ""
    wanted_by: Day | None = None
    unit: Line = ""


@desk.act("/projects/{pk}/obstacles", Text("提出障碍", "Raise an obstacle"), ObstacleIn,
          shapes.ObstacleOut, status=201, headers=[ONCE])  # fmt: skip
def raise_one(asked: Asked, sent: ObstacleIn, pk: Id) -> Any:
    """Raise an obstacle: a case; whoever raised it says when it is gone."""
    project = get_object_or_404(Project.objects.select_related("place", "merged_into"), pk=pk)
    may = may_raise(asked.user, project, asked.on)
    if not may.allowed:
        hide(may_see_project(asked.user, project, asked.on))
    require(may)
    made = raise_obstacle(
        **of(asked, "user", "now", "today"), project=project, topic=sent.topic,
        severity=sent.severity, title=sent.title, text=sent.text, ask=sent.ask,
        wanted_by=sent.wanted_by, unit=_unit(sent.unit) if sent.unit else None,
        request_id=asked.once,
    )  # fmt: skip
    found = obstacles.of_project(project, asked.on)
    return _obstacle(next(one for one in found if one.obstacle.pk == made.pk))


def seen(asked: Asked, pk: int) -> Meeting:
    """Return a meeting the caller may open; another one is not there."""
    found = get_object_or_404(Meeting.objects.select_related(*reading.WITH), pk=pk)
    hide(may_see(asked.user, found, asked.on))
    return found


def _ran(asked: Asked, pk: int) -> Meeting:
    found = seen(asked, pk)
    require(may_run(asked.user, found, asked.on))
    return found


def _unit(code: str) -> Unit:
    found = Unit.objects.filter(code=code).first()
    if found is None:
        raise Refused(NO_SUCH.format(value=code), field="unit")
    return found


def _item(meeting: Meeting, pk: int | None) -> AgendaItem | None:
    if pk is None:
        return None
    found = meeting.items.filter(pk=pk).first()
    if found is None:
        raise Refused(NO_SUCH.format(value=pk), field="item")
    return found


def _people(meeting: Meeting, names: list[str]) -> list[User]:
    known = {one.username: one for one in reading.expected(meeting)}
    for name in names:
        if name not in known:
            raise Refused(NOT_HERE.format(name=name), field="attended")
    return [known[name] for name in dict.fromkeys(names)]


def shown(meeting: Meeting) -> dict[str, Any]:
    """Return a meeting as it is now, as its shape reads it."""
    fresh = Meeting.objects.select_related(*reading.WITH).get(pk=meeting.pk)
    names = ("since", "minutes_text", "settled_by", "settled_at", "reason")
    return {
        **_meeting(fresh),
        **{name: getattr(fresh, name) for name in names},
        "agenda": _agenda(fresh),
        "decisions": fresh.decisions.select_related("case", "unit", "project", "decided_by"),
        "expected": reading.expected(fresh),
        "attendance": fresh.attendance.select_related("user"),
    }


def _meeting(one: Meeting) -> dict[str, Any]:
    names = ("id", "tier", "force", "chief", "on", "begins", "minutes", "state", "prepared_at")
    return {**{name: getattr(one, name) for name in names}, "title": reading.title(one)}


def _agenda(meeting: Meeting) -> list[dict[str, Any]]:
    if meeting.prepared_at is None:
        return [_ahead(one) for one in deserved(meeting)]
    return [_item_out(one) for one in meeting.items.select_related("project")]


def _item_out(one: AgendaItem) -> dict[str, Any]:
    names = ("id", "project", "case_id", "title", "said", "due", "outcome", "remark")
    return {**{name: getattr(one, name) for name in names}, "why": shapes.why(one.why)}


def _ahead(one: Found) -> dict[str, Any]:
    return {
        "id": None, "project": one.project, "case_id": one.case.pk if one.case else None,
        "why": shapes.why(one.matter.why), "title": one.title, "said": one.said,
        "due": one.matter.due, "outcome": "", "remark": "",
    }  # fmt: skip


def _obstacle(one: obstacles.Standing) -> dict[str, Any]:
    found = one.obstacle
    return {
        "case": found.case, "project": found.project, "tier": one.tier, "climbed": one.climbed,
        "raised_by": found.raised_by,
    }  # fmt: skip
