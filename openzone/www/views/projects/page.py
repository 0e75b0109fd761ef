"""The page of one project, and the forms that open it, describe it, plan its milestones."""

from typing import Any

from django.forms import BaseFormSet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.formpage import FormPage, answer, posted
from openzone.www.forms.projects import EditProjectForm, NewProjectForm
from openzone.www.forms.projects_works import MilestoneRows
from openzone.www.hands import hand
from openzone.www.views.projects import parts
from openzone.www.views.projects.common import above, kept, page_of, seen
from openzone.www.views.projects.pools import pools_of
from openzone.www.views.reviews.obstacles import row_of
from openzone.zone.audit.models import Event
from openzone.zone.errors import Refused
from openzone.zone.people.permissions import may_administer
from openzone.zone.projects.models import Project
from openzone.zone.projects.packs import pipeline_of
from openzone.zone.projects.permissions import may_edit, may_open, may_rule, may_tidy
from openzone.zone.projects.services import projects as services
from openzone.zone.projects.services.works import plan_milestones
from openzone.zone.reviews.permissions import may_raise
from openzone.zone.reviews.selectors.obstacles import of_project

SHOWN = 12
EVENTS = 30


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show everything that is known about a project, and what is missing for its next stage."""
    project, today = seen(request, pk), timezone.localdate()
    context = {
        "project": project,
        "today": today,
        "stage": parts.stage_label(project, project.stage),
        "size": parts.size_label(project),
        "left": pipeline_of(project).exits.get(project.left),
        "exclusion": _exclusion(project),
        "nexts": parts.nexts(project, today),
        "edits": may_edit(request.user, project, today).allowed,
        "rules": may_rule(request.user, project, today).allowed,
        "pools": pools_of(project, request.user, today),
        **_told(project, request),
        **_done(project, today),
    }
    return render(request, "projects/project.html", context)


def _told(project: Project, request: HttpRequest) -> dict[str, Any]:
    """What is kept in words: the log, papers, people, places, phases, obstacles, the audit."""
    today = timezone.localdate()
    seen_by = may_administer(request.user, today).allowed
    events = Event.objects.filter(subject=f"project:{project.pk}").order_by("-seq")
    first = project.phase_of or project
    return {
        "steps": parts.steps(project),
        "papers": [
            (one, pipeline_of(project).evidence.get(one.kind)) for one in project.papers.all()
        ],
        "members": project.members.select_related("user").order_by("valid_to", "valid_from"),
        "shares": project.shares.select_related("place"),
        "phases": [one for one in (first, *first.phases.order_by("phase")) if one != project],
        "obstacles": [row_of(one) for one in of_project(project, today)[:SHOWN]],
        "raises": may_raise(request.user, project, today).allowed,
        "tidies": may_tidy(request.user, today).allowed,
        "merges": project.merges.filter(undone_at=None).select_related("absorbed", "merged_by"),
        "events": events[:EVENTS],
        "sees_audit": seen_by,
    }


def _done(project: Project, today: Any) -> dict[str, Any]:
    """What is measured: money, months, lights, milestones, work, the site."""
    return {
        "lights": parts.lights(project, today),
        "overrides": project.overrides.select_related("set_by").order_by("-pk")[:SHOWN],
        "pauses": project.pauses.select_related("asked_by", "ruled_by").order_by("-pk")[:SHOWN],
        "amounts": parts.amounts(project),
        "funds": parts.funds(project, today),
        "months": parts.months(project),
        "timetable": parts.timetable(project, today),
        "work": parts.work(project, today),
        "site_days": project.site_days.order_by("-on", "-pk")[:SHOWN],
        "photos": project.photos.order_by("-on", "-pk")[:SHOWN],
    }


def _exclusion(project: Project) -> Any:
    found = {one.id: one.label for one in pipeline_of(project).exclusions}
    return found.get(project.excluded)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Bring a project into the record."""
    who = hand(request)
    require(may_open(request.user, who.today))
    form = NewProjectForm(posted(request))

    def act() -> str:
        made = services.create_project(
            **who.of("now"), on=who.today, pipeline=form.cleaned_data["pipeline"],
            **form.described(),
        )  # fmt: skip
        return page_of(made)

    done = _("It is on record. What its first stage asks for stands on its page.")
    page_ = FormPage(_("New project"), _("Put on record"), done, above())
    return answer(request, page_, form, act)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Describe a project anew."""
    project, who = kept(request, pk), hand(request)
    form = EditProjectForm(project, posted(request))

    def act() -> str:
        services.change_project(**who.of(), project=project, **form.described())
        return page_of(project)

    sub = _("What was said before stays in the log.")
    page_ = FormPage(_("Describe the project"), _("Save"), _("It is saved."), above(project), sub)
    return answer(request, page_, form, act)


@require_http_methods(["GET", "POST"])
def milestones(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan a project's milestones, as a table; nothing is kept unless the whole makes sense."""
    project = kept(request, pk)
    rows = MilestoneRows(posted(request), initial=_planned(project), prefix="m")
    wrong = ""
    if rows.is_bound and rows.is_valid():
        wrong = _plan(request, project, rows)
        if not wrong:
            return redirect(page_of(project, "schedule"))
    context = {"project": project, "rows": rows, "wrong": wrong, "crumbs": above(project)}
    return render(
        request, "projects/milestones.html", context, status=400 if rows.is_bound else 200
    )


def _planned(project: Project) -> list[dict[str, Any]]:
    names = ("code", "title", "planned", "days", "fixed", "fixed_reason")
    return [
        {**{name: getattr(one, name) for name in names}, "after": "、".join(one.after)}
        for one in project.milestones.all()
    ]


def _plan(request: HttpRequest, project: Project, rows: BaseFormSet[Any]) -> str:
    """Keep the plan; return why not, in the reader's language, where it was refused."""
    who = hand(request)
    given = [one for form in rows if (one := form.milestone()) is not None]
    try:
        plan_milestones(**who.of("today"), project=project, milestones=given)
    except Refused as refusal:
        return say(refusal.reason)
    return ""
