"""The agenda a meeting deserves, from lights, obstacles, promises and earlier decisions."""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from django.db.models import OuterRef, QuerySet, Subquery

from openzone.engines.projects.light_model import Colour
from openzone.engines.projects.reviews import Matter, Why, agenda
from openzone.engines.text import Text
from openzone.zone.cases.models import Case
from openzone.zone.projects.models import LightState, Project
from openzone.zone.reviews.enums import MeetingState
from openzone.zone.reviews.models import AgendaItem, Decision, Meeting, Obstacle
from openzone.zone.reviews.packs import pack
from openzone.zone.reviews.selectors.promises import due_by
from openzone.zone.reviews.selectors.scope import ladders, projects_of

OVERDUE, IN_TIME = 1, 0
_LIT = Text("{month}：{why}", "{month}: {why}")
_TASK = Text("{number} · {unit} · {due} 前完成", "{number} · {unit} · due {due}")


class Found(NamedTuple):
    """A matter, and what is shown of it."""

    matter: Matter
    project: Project | None
    title: str
    said: Text
    case: Case | None = None


def deserved(meeting: Meeting) -> list[Found]:
    """Return what a meeting has to deal with, in the order in which it does."""
    projects = projects_of(meeting)
    by_key = {
        (one.matter.project, one.matter.ref): one
        for one in (
            *_lit(meeting, projects),
            *_obstacles(meeting, projects),
            *_promises(meeting, projects),
            *_decisions(meeting),
        )
    }
    ordered = agenda(one.matter for one in by_key.values())
    return [by_key[one.project, one.ref] for one in ordered]


def _lit(meeting: Meeting, projects: QuerySet[Project]) -> Iterator[Found]:
    """Yield what is red now, and what turned yellow and was not before this body yet."""
    rule = pack().light
    newest = LightState.objects.filter(project=OuterRef("pk"), rule=rule, month__lte=meeting.on)
    last = projects.annotate(last_light=Subquery(newest.order_by("-month").values("pk")[:1]))
    states = LightState.objects.filter(
        pk__in=last.values("last_light"), colour__in=(Colour.RED, Colour.YELLOW)
    )
    seen = set(_had(meeting).filter(ref__startswith="light:").values_list("ref", flat=True))
    for state in states.select_related("project"):
        why = _why(state, _light_ref(state) in seen)
        if why is not None:
            yield _light(state, why)


def _why(state: LightState, seen: bool) -> Why | None:
    turned = state.before != state.colour and not seen
    if state.colour == Colour.RED:
        return Why.TURNED_RED if turned else Why.STILL_RED
    return Why.TURNED_YELLOW if turned else None


def _light_ref(state: LightState) -> str:
    return f"light:{state.project_id}:{state.month:%Y-%m}:{state.colour}"


def _light(state: LightState, why: Why) -> Found:
    project, month = state.project, f"{state.month:%Y-%m}"
    said = Text(
        _LIT.zh.format(month=month, why=state.reason["zh"]),
        _LIT.en.format(month=month, why=state.reason["en"]),
    )
    matter = Matter(project.number, _light_ref(state), why)
    return Found(matter, project, project.name, said)


def _had(meeting: Meeting) -> QuerySet[AgendaItem]:
    """Return what earlier meetings of the same body dealt with."""
    return AgendaItem.objects.filter(
        meeting__body=meeting.body, meeting__tier=meeting.tier,
        meeting__state=MeetingState.HELD, meeting__on__lt=meeting.on,
    )  # fmt: skip


def _obstacles(meeting: Meeting, projects: QuerySet[Project]) -> Iterator[Found]:
    rows = open_obstacles(projects)
    steps = ladders({row.project for row in rows}, meeting.on)
    for row in rows:
        ladder = steps[row.project_id]
        if tier_of(row, ladder) == meeting.tier:
            climbed = meeting.tier != ladder[0]
            yield _obstacle(row, Why.ESCALATED if climbed else Why.OBSTACLE)


def open_obstacles(projects: QuerySet[Project]) -> list[Obstacle]:
    """Return the obstacles of these projects that are not closed out."""
    rows = Obstacle.objects.filter(case__closed=False, project__in=projects)
    return list(rows.select_related("case__lead", "project"))


def tier_of(obstacle: Obstacle, ladder: tuple[str, ...]) -> str:
    """Return the tier that has an obstacle.

    Where the tier it was with meets about the project no more (it lost its task force, or is of
    another class now), the first one that does.
    """
    if obstacle.tier in ladder:
        return obstacle.tier
    return ladder[0] if ladder else ""


def _obstacle(row: Obstacle, why: Why) -> Found:
    answers = row.case.fields
    due = answers.get("wanted_by")
    matter = Matter(
        row.project.number, f"case:{row.case_id}", why, int(answers.get("severity", 0)),
        dt.date.fromisoformat(due) if due else None,
    )  # fmt: skip
    holder = row.case.lead.name if row.case.lead else "—"
    said = Text(f"{row.case.number} · {holder}", f"{row.case.number} · {holder}")
    return Found(matter, row.project, row.case.title, said, row.case)


def _promises(meeting: Meeting, projects: QuerySet[Project]) -> Iterator[Found]:
    last = meeting.on + dt.timedelta(days=pack().promises_within)
    found = due_by(projects, meeting.on, last)
    named = projects.in_bulk({one.project for one in found})
    for one in found:
        project = named[one.project]
        why = Why.PROMISE_MISSED if one.missed else Why.PROMISE_DUE
        matter = Matter(project.number, f"promise:{one.ref}", why, due=one.due)
        yield Found(matter, project, one.title, one.said)


def _decisions(meeting: Meeting) -> Iterator[Found]:
    for one in undone(meeting):
        late = OVERDUE if one.due < meeting.on else IN_TIME
        number = one.project.number if one.project else ""
        matter = Matter(number, f"case:{one.case_id}", Why.NOT_CARRIED_OUT, late, one.due)
        told = {"number": one.case.number, "unit": one.unit.name, "due": one.due}
        said = Text(_TASK.zh.format(**told), _TASK.en.format(**told))
        yield Found(matter, one.project, one.case.title, said, one.case)


def undone(meeting: Meeting) -> list[Decision]:
    """Return what earlier meetings of the same body decided and nobody carried out yet."""
    rows = Decision.objects.filter(
        meeting__body=meeting.body, meeting__tier=meeting.tier, meeting__on__lt=meeting.on,
        case__closed=False,
    )  # fmt: skip
    return list(rows.select_related("case", "unit", "project"))
