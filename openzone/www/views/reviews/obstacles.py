"""Obstacles: those of a project, those that stand with a tier, and raising one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from openzone.engines.cases.definition import case_type
from openzone.engines.cases.fields import Field
from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.formpage import Crumb, FormPage, answer, posted
from openzone.www.forms.reviews import RaiseForm
from openzone.www.hands import hand
from openzone.www.reviews.words import tier_label, tiers
from openzone.www.views.reviews.common import FORM
from openzone.zone.cases.packs import type_of
from openzone.zone.cases.selectors.types import definition
from openzone.zone.projects.models import Project
from openzone.zone.reviews.permissions import may_list, may_raise, may_see_obstacles
from openzone.zone.reviews.selectors import obstacles as selectors
from openzone.zone.reviews.selectors.obstacles import Standing
from openzone.zone.reviews.services.obstacles import KIND, raise_obstacle

PREFILLED = ("topic", "severity", "title", "text", "wanted_by")
"""What a link to the form may say already: a red light on a project's page says why."""


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show what is open, by the tier that has it."""
    today = timezone.localdate()
    require(may_list(request.user, today))
    tier = request.GET.get("tier", "")
    known = tiers()
    if tier and tier not in dict(known):
        tier = ""
    everything = selectors.open_ones(request.user, today)
    counts = {name: sum(one.tier == name for one in everything) for name, _label in known}
    shown = [one for one in everything if not tier or one.tier == tier]
    context = {
        "rows": [row_of(one) for one in shown], "tier": tier, "total": len(everything),
        "tiers": [(name, label, counts[name]) for name, label in known],
    }  # fmt: skip
    return render(request, "reviews/obstacles.html", context)


@require_GET
def of_project(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the obstacles of a project, closed ones as well."""
    project, today = get_object_or_404(Project, pk=pk), timezone.localdate()
    require(may_see_obstacles(request.user, project, today))
    context = {
        "project": project,
        "rows": [row_of(one) for one in selectors.of_project(project, today)],
        "may_raise": may_raise(request.user, project, today).allowed,
    }
    return render(request, "reviews/project.html", context)


def row_of(one: Standing) -> dict[str, object]:
    """Return an obstacle as tables draw it."""
    case = one.obstacle.case
    known = type_of(case.version)
    labels = {
        field.id: {choice.id: say(choice.label) for choice in field.choices} for field in known.form
    }
    severity = str(case.fields.get("severity", ""))
    return {
        "one": one, "case": case, "project": one.obstacle.project,
        "tier": tier_label(one.tier) if one.tier else "",
        "topic": labels["topic"].get(case.topic, case.topic),
        "severity": labels["severity"].get(severity, severity), "grave": severity == "3",
        "stage": say(known.stages[case.stage].label),
        "wanted_by": case.fields.get("wanted_by", ""),
    }  # fmt: skip


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Raise an obstacle on a project."""
    project, today = get_object_or_404(Project, pk=pk), timezone.localdate()
    require(may_raise(request.user, project, today))
    given = {name: request.GET[name] for name in PREFILLED if name in request.GET}
    form, who = RaiseForm(_asked(), posted(request), initial=given), hand(request)
    there = reverse("obstacle_project", args=[pk])

    def act() -> str:
        raise_obstacle(**who.of("user", "now", "today"), project=project, **form.cleaned_data)
        return there

    crumbs = (Crumb(reverse("obstacles"), _("Obstacles")), Crumb(there, project.name))
    sub = _("Whoever raised it says when it is gone; until then the reviews see it.")
    words = FormPage(
        _("Raise an obstacle"), _("Raise"), _("The obstacle is raised."), crumbs, sub, FORM
    )
    return answer(request, words, form, act)


def _asked() -> tuple[Field, ...]:
    return tuple(case_type(definition(KIND)).form)
