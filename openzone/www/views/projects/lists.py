"""Projects as a board, a table, over time, by place."""

import datetime as dt
from decimal import Decimal
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from openzone.www import excel
from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.forms.projects_lists import ProjectFilter
from openzone.www.overview.numbers import address
from openzone.www.views.exports import send
from openzone.www.views.projects import drawing, parts
from openzone.www.views.projects.places import tree
from openzone.zone.projects.models import Project
from openzone.zone.projects.packs import pipeline_of
from openzone.zone.projects.permissions import may_list, may_open, may_tidy
from openzone.zone.projects.selectors.board import board
from openzone.zone.projects.selectors.listing import Filter, page, projects
from openzone.zone.registry.permissions import may_export

CARDS, ROWS = 20, 50


class Line(NamedTuple):
    """A project as lists show it."""

    project: Project
    stage: Any
    size: Any
    left: Any


def line(project: Project) -> Line:
    """Return a project with its codes in words."""
    exits = pipeline_of(project).exits
    return Line(
        project, parts.stage_label(project, project.stage), parts.size_label(project),
        exits.get(project.left),
    )  # fmt: skip


def tabs(here: str) -> list[tuple[str, str, bool]]:
    """Return the ways to look at projects."""
    names = {
        "projects": _("Board"), "project_list": _("Table"), "project_timeline": _("Timeline"),
        "project_map": _("By place"), "project_pools": _("Three pools"),
        "project_leadtimes": _("Lead times"), "pipeline_figures": _("Figures"),
    }  # fmt: skip
    return [(address(name), label, name == here) for name, label in names.items()]


def _asked(request: HttpRequest, here: str) -> tuple[ProjectFilter, dt.date, dict[str, Any]]:
    """Return the filters and what every list draws."""
    today = timezone.localdate()
    require(may_list(request.user, today))
    form = ProjectFilter(request.GET)
    context = {
        "form": form,
        "tabs": tabs(here),
        "today": today,
        "may_open": may_open(request.user, today).allowed,
        "may_tidy": may_tidy(request.user, today).allowed,
        "may_export": may_export(request.user, today).allowed,
    }
    return form, today, context


def _answer(
    request: HttpRequest, template: str, form: ProjectFilter, context: dict[str, Any]
) -> HttpResponse:
    return render(request, template, context, status=200 if form.is_valid() else 400)


@require_GET
def board_page(request: HttpRequest) -> HttpResponse:
    """Show projects by stage, with counts and sums of whole columns."""
    form, today, context = _asked(request, "projects")
    chosen = form.chosen(today) if form.is_valid() else Filter()
    shown = board(form.pipeline_name(), request.user, today, chosen=chosen, most=CARDS)
    context["columns"] = [(one, [line(project) for project in one.projects]) for one in shown]
    context["pipeline"] = form.pipeline_name()
    return _answer(request, "projects/board.html", form, context)


def _page(request: HttpRequest, form: ProjectFilter, today: dt.date) -> Any:
    if not form.is_valid():
        return page(Project.objects.none().order_by("-pk"))
    found = projects(form.chosen(today), request.user, today)
    return page(found, after=request.GET.get("after", ""), size=ROWS)


@require_GET
def table(request: HttpRequest) -> HttpResponse:
    """Show projects as a table, page by page."""
    form, today, context = _asked(request, "project_list")
    found = _page(request, form, today)
    context |= {"lines": [line(one) for one in found.projects], "after": found.after}
    return _answer(request, "projects/table.html", form, context)


@require_GET
def timeline(request: HttpRequest) -> HttpResponse:
    """Show projects over time: from their planned start to their planned completion."""
    form, today, context = _asked(request, "project_timeline")
    found = _page(request, form, today)
    lines = [line(one) for one in found.projects]
    drawn = drawing.plan([row for one in lines if (row := _span(one, today))], today)
    context |= {"lines": lines, "after": found.after, "drawing": drawn}
    return _answer(request, "projects/timeline.html", form, context)


def _span(one: Line, today: dt.date) -> drawing.Row | None:
    """Return the bar of a project; what has neither day is only in the table."""
    project = one.project
    days = [day for day in (project.planned_start, project.planned_finish) if day]
    if not days:
        return None
    late = project.planned_finish is not None and project.planned_finish < today
    return drawing.Row(
        project.short_name or project.name, min(days), max(days), project.planned_start,
        kind="late" if late and not project.left else "open",
    )  # fmt: skip


@require_GET
def by_place(request: HttpRequest) -> HttpResponse:
    """Show how many projects are where: schematic, for want of boundaries on record."""
    form, today, context = _asked(request, "project_map")
    found = projects(form.chosen(today), request.user, today) if form.is_valid() else None
    context |= {"groups": tree(found) if found is not None else [], "asked": _filters(request)}
    return _answer(request, "projects/map.html", form, context)


def _filters(request: HttpRequest) -> str:
    asked = request.GET.copy()
    for name in ("place", "after"):
        asked.pop(name, None)
    return asked.urlencode()


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Download the filtered projects; the log notes who took them away."""
    today = timezone.localdate()
    require(may_list(request.user, today))
    require(may_export(request.user, today))
    form = ProjectFilter(request.POST)
    found: Any = ()
    if form.is_valid():
        rows = projects(form.chosen(today), request.user, today)
        found = rows.select_related("place", "lead_unit", "chief")[: settings.EXPORT_LIMIT + 1]
    sheet = excel.Table(
        [_("Number"), _("Name"), _("Stage of the project"), _("Since"),
         _("Total investment (yuan)"), _("Size of the investment"),
         _("Investor"), _("Origin"), _("Industry"), _("Place"), _("Lead unit"),
         _("Project chief"), _("Planned start"), _("Planned completion"),
         _("Left because")],
        [_cells(line(one)) for one in found],
        [_("Projects"), excel.as_of_note(today)],
        any(one.synthetic for one in found) or excel.in_example_zone(),
    )  # fmt: skip
    given = {name: str(request.POST[name]) for name in form.fields if request.POST.get(name)}
    return send(request, sheet, what="projects", name=_("Projects"), filters=given)


def _cells(one: Line) -> tuple[excel.Cell, ...]:
    project = one.project
    total: Decimal | None = project.total
    return (
        project.number, project.name, say(one.stage), project.since, total, say(one.size),
        project.investor_name or None, project.get_origin_display() or None,
        project.industry or None, str(project.place or "") or None,
        str(project.lead_unit or "") or None, str(project.chief or "") or None,
        project.planned_start, project.planned_finish, say(one.left) if one.left else None,
    )  # fmt: skip
