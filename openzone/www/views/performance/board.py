"""One page for leaders: the pipeline, lights, targets, what is stuck, the next meetings."""

import datetime as dt
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from openzone.engines.projects.performance import Signal
from openzone.www.access import require
from openzone.www.forms.projects_lists import SpanForm
from openzone.www.hands import user_of
from openzone.www.reviews.words import title_of
from openzone.www.views.performance import common
from openzone.www.views.performance.drawing import Line, line
from openzone.www.views.projects.figures import Asked, lights, stages
from openzone.zone.people.models import User
from openzone.zone.performance.enums import ScopeKind
from openzone.zone.performance.permissions import may_report_projects
from openzone.zone.performance.selectors import targets
from openzone.zone.reviews.enums import MeetingState
from openzone.zone.reviews.selectors import meetings, obstacles

MOST, MEETINGS = 6, 4
AHEAD = dt.timedelta(days=30)
WORST_FIRST = (
    Signal.FAR_BEHIND, Signal.BEHIND, Signal.UNKNOWN, Signal.ON_TIME, Signal.DONE,
)  # fmt: skip


class Coming(NamedTuple):
    """A meeting that is to be held."""

    pk: int
    on: dt.date
    title: str


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Show where projects stand this year, on one screen."""
    today = timezone.localdate()
    require(may_report_projects(request.user, today))
    user, form = user_of(request), SpanForm(request.GET)
    asked = Asked(request, form.chosen_pipeline, *form.span(today))
    stuck = obstacles.open_ones(user, today)
    context = {
        "form": form,
        "tabs": common.tabs("one_page"),
        "first": asked.first,
        "last": asked.last,
        "counters": _counters(asked),
        "lights": lights(asked),
        "lines": _targets(asked.last, today)[:MOST],
        "half": targets.over_half(asked.last.year, today),
        "stuck": stuck[:MOST],
        "stuck_count": len(stuck),
        "meetings": _meetings(user, today)[:MEETINGS],
    }
    status = 200 if form.is_valid() else 400
    return render(request, "performance/board.html", context, status=status)


def _counters(asked: Asked) -> list[Any]:
    """Return what entered the stages that a batch asks for: the ones everybody publishes."""
    named = {one.id for one in asked.pipeline.stages if one.batch}
    rows = [row for row in asked.figures("stage").entered.rows if row.key[0] in named]
    return stages(asked, rows, "entered")


def _targets(last: dt.date, today: dt.date) -> list[Line]:
    """Return the zone's targets of the year, those that are farthest behind first."""
    found = targets.of_year(targets.current(), last.year).filter(scope=ScopeKind.ZONE)
    drawn = [line(one) for one in targets.standings(found, min(last, today))]
    return sorted(drawn, key=lambda one: WORST_FIRST.index(one.standing.signal))


def _meetings(user: User, today: dt.date) -> list[Coming]:
    found = meetings.visible(user, today).filter(state=MeetingState.PLANNED)
    rows = meetings.between(found, today, today + AHEAD)
    return [Coming(one.pk, one.on, title_of(one)) for one in rows]
