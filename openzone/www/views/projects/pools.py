"""Three pools on one page: the rolling reserve, upward funding, the investment pipeline."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from openzone.engines.text import Text
from openzone.www import excel
from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.forms.projects_lists import PoolFilter
from openzone.www.overview.numbers import address
from openzone.www.views.exports import send
from openzone.www.views.projects.lists import tabs
from openzone.zone.people.models import User
from openzone.zone.people.selectors import read_once
from openzone.zone.projects.enums import PoolKind
from openzone.zone.projects.models import FundingApplication, Project
from openzone.zone.projects.packs import channel_title, channels, grades
from openzone.zone.projects.permissions import may_edit, may_list, may_rule
from openzone.zone.projects.selectors import pools
from openzone.zone.projects.selectors.board import board
from openzone.zone.registry.permissions import may_export

ROWS = 15
UNGRADED = "ungraded"
NO_GRADE = Text("未达最低级或未评估", "below the lowest, or not assessed")


class GradeLine(NamedTuple):
    """A grade with how many projects reached it, and what they are worth."""

    id: str
    label: str
    found: pools.PoolSum


class Asked(NamedTuple):
    """An application, and what may be done with it by the reader."""

    row: FundingApplication
    title: str
    edits: bool
    rules: bool


class UpwardLine(NamedTuple):
    """A project of the upward pool as drawn."""

    project: Project
    category: str
    since: dt.date
    matches: list[pools.Match]
    asked: list[Asked]
    edits: bool


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Show what each pool holds, what would raise the reserve, and who pays for what."""
    today = timezone.localdate()
    require(may_list(request.user, today))
    form = PoolFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    reserve, upward = pools.reserve(request.user, today), pools.upward(request.user, today)
    kept = _of_grade(_of(reserve, chosen), chosen.get("grade", ""))
    reserve_page = _page(request, "page", kept)
    upward_page = _page(request, "asking", _with_outcome(_of(upward, chosen), chosen))
    context = {
        "form": form,
        "tabs": tabs("project_pools"),
        "sums": pools.pool_sums(request.user, today),
        "grades": _grades(reserve),
        "reserve": reserve_page.object_list,
        "reserve_page": reserve_page,
        "upward": _lines(request.user, list(upward_page), today),
        "upward_page": upward_page,
        "channels": _channels(upward),
        "columns": board(form.pipeline_name(), request.user, today, most=0),
        "pipeline": form.pipeline_name(),
        "may_export": may_export(request.user, today).allowed,
    }
    return render(request, "projects/pools.html", context, status=200 if form.is_valid() else 400)


def _page(request: HttpRequest, name: str, rows: list[Any]) -> Page[Any]:
    """Return the part of a list that its own parameter asks for."""
    return Paginator(rows, ROWS).get_page(request.GET.get(name))


def _of(rows: Sequence[Any], chosen: dict[str, Any]) -> list[Any]:
    """Keep those with all the words in their name, number or category."""
    words = str(chosen.get("text", "")).lower().split()
    return [
        one
        for one in rows
        if all(word in f"{one.project.search_text} {one.category}".lower() for word in words)
    ]


def _of_grade(rows: list[pools.Reserved], grade: str) -> list[pools.Reserved]:
    if not grade:
        return rows
    wanted = "" if grade == UNGRADED else grade
    return [one for one in rows if (one.maturity.grade.id if one.maturity.grade else "") == wanted]


def _with_outcome(rows: list[pools.Upward], chosen: dict[str, Any]) -> list[pools.Upward]:
    """Keep those of which a channel says so: the one named, which is met, or any of them."""
    channel = chosen.get("channel", "")
    outcome = chosen.get("outcome", "") or ("met" if channel else "")
    if not outcome:
        return rows
    return [
        one
        for one in rows
        if any(m.outcome == outcome and channel in ("", m.channel) for m in one.matches)
    ]


def _grades(reserve: list[pools.Reserved]) -> list[GradeLine]:
    labels = {one.id: say(one.label) for one in grades()}
    return [
        GradeLine(name or UNGRADED, labels.get(name, say(NO_GRADE)), found)
        for name, found in pools.by_grade(reserve).items()
    ]


class ChannelLine(NamedTuple):
    """A channel: how many projects meet it, may meet it, do not, and what was asked and granted."""

    id: str
    label: str
    met: int
    unknown: int
    not_met: int
    asked: Decimal
    granted: Decimal


def _channels(upward: list[pools.Upward]) -> list[ChannelLine]:
    return [_channel(upward, name) for name in channels()]


def _channel(upward: list[pools.Upward], name: str) -> ChannelLine:
    outcomes = [match.outcome for one in upward for match in one.matches if match.channel == name]
    asked = [row for one in upward for row in one.applications if row.channel == name]
    return ChannelLine(
        name, say(channel_title(name)), outcomes.count("met"), outcomes.count("unknown"),
        outcomes.count("not_met"), sum((one.amount for one in asked), Decimal(0)),
        sum((one.granted or Decimal(0) for one in asked), Decimal(0)),
    )  # fmt: skip


def _lines(user: Any, rows: Sequence[pools.Upward], today: dt.date) -> list[UpwardLine]:
    with read_once():
        return [_line(user, one, today) for one in rows]


def _line(user: Any, one: pools.Upward, today: dt.date) -> UpwardLine:
    edits = may_edit(user, one.project, today).allowed
    return UpwardLine(
        one.project, one.category, one.since, one.matches,
        asked_of(user, one.project, one.applications, today), edits,
    )  # fmt: skip


def asked_of(
    user: User | Any, project: Project, rows: Sequence[FundingApplication], today: dt.date
) -> list[Asked]:
    """Return the applications of a project as pages draw them."""
    edits = may_edit(user, project, today).allowed
    rules = may_rule(user, project, today).allowed
    return [Asked(one, say(channel_title(one.channel)), edits, rules) for one in rows]


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Download the reserve or the upward pool; the log notes who took it away."""
    today = timezone.localdate()
    require(may_list(request.user, today))
    require(may_export(request.user, today))
    pool = request.POST.get("pool", PoolKind.RESERVE)
    table = _upward_table if pool == PoolKind.FUNDING else _reserve_table
    sheet, name = table(request.user, today), _("Pools of projects")
    return send(request, sheet, what="project_pools", name=name, filters={"pool": str(pool)})


def _reserve_table(user: Any, today: dt.date) -> excel.Table:
    rows = pools.reserve(user, today)
    return excel.Table(
        [_("Number"), _("Name"), _("Category"), _("In since"), _("Total investment (yuan)"),
         _("Grade"), _("Assessed on"), _("Next grade"), _("To do"), _("To find out")],
        [
            (one.project.number, one.project.name, one.category or None, one.since,
             one.project.total, _grade_of(one), one.assessed.on if one.assessed else None,
             say(one.maturity.next.label) if one.maturity.next else None,
             _joined(one.maturity.to_do), _joined(one.maturity.to_find_out))
            for one in rows
        ],
        [_("Rolling reserve"), excel.as_of_note(today)],
        any(one.project.synthetic for one in rows) or excel.in_example_zone(),
    )  # fmt: skip


def _grade_of(one: pools.Reserved) -> str:
    return say(one.maturity.grade.label if one.maturity.grade else NO_GRADE)


def _joined(asks: Sequence[Any]) -> str | None:
    return "；".join(say(one.label) for one in asks) or None


_OUTCOMES = {
    "met": Text("符合", "met"), "not_met": Text("不符合", "not met"),
    "unknown": Text("尚不清楚", "not known yet"),
}  # fmt: skip


def _upward_table(user: Any, today: dt.date) -> excel.Table:
    rows = pools.upward(user, today)
    return excel.Table(
        [_("Number"), _("Name"), _("Category"), _("Total investment (yuan)"), _("Channel"),
         _("Result of the match"), _("conditions not met"), _("What is missing"), _("Status"),
         _("Asked for"), _("Granted"), _("Submitted"), _("Decided")],
        [cells for one in rows for cells in _channel_cells(one)],
        [_("Upward funding"), excel.as_of_note(today)],
        any(one.project.synthetic for one in rows) or excel.in_example_zone(),
    )  # fmt: skip


def _channel_cells(one: pools.Upward) -> list[tuple[excel.Cell, ...]]:
    last = {row.channel: row for row in one.applications}
    return [
        (one.project.number, one.project.name, one.category or None, one.project.total,
         say(match.title), say(_OUTCOMES[match.outcome]),
         "；".join(say(text) for text in match.failed) or None,
         "；".join(say(text) for text in match.missing) or None,
         *_application_cells(last.get(match.channel)))
        for match in one.matches
    ]  # fmt: skip


def _application_cells(row: FundingApplication | None) -> tuple[excel.Cell, ...]:
    if row is None:
        return (None, None, None, None, None)
    return (row.get_status_display(), row.amount, row.granted, row.submitted_on, row.decided_on)


def pools_of(project: Project, user: Any, today: dt.date) -> dict[str, Any]:
    """Return what the page of one project shows of its pools."""
    last, maturity = pools.maturity_of(project, today)
    entries = list(project.pools.filter(left_on=None))
    funding = list(project.funding.select_related("submission", "decision").order_by("-pk"))
    asks = bool(funding) or any(one.pool == PoolKind.FUNDING for one in entries)
    return {
        "entries": entries,
        "assessed": last,
        "maturity": maturity,
        "matches": pools.matches(project, today) if asks else [],
        "asked": asked_of(user, project, funding, today),
        "href": address("project_pools"),
    }
