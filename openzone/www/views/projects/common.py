"""What the pages of projects share: which project, where one came from."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from openzone.www.access import require
from openzone.www.formpage import Crumb
from openzone.zone.projects.models import Project
from openzone.zone.projects.permissions import may_edit, may_rule, may_see

WITH = (
    "place", "lead_unit", "chief", "investor", "enterprise", "phase_of", "merged_into",
)  # fmt: skip


def seen(request: HttpRequest, pk: int) -> Project:
    """Return a project the person may read."""
    project = get_object_or_404(Project.objects.select_related(*WITH), pk=pk)
    require(may_see(request.user, project, timezone.localdate()))
    return project


def kept(request: HttpRequest, pk: int) -> Project:
    """Return a project the person may write into."""
    project = get_object_or_404(Project.objects.select_related(*WITH), pk=pk)
    require(may_edit(request.user, project, timezone.localdate()))
    return project


def ruled(request: HttpRequest, pk: int) -> Project:
    """Return a project the person decides about."""
    project = get_object_or_404(Project.objects.select_related(*WITH), pk=pk)
    require(may_rule(request.user, project, timezone.localdate()))
    return project


def page_of(project: Project, part: str = "") -> str:
    """Return the address of a project's page, at one of its parts."""
    return reverse("project", args=[project.pk]) + (f"#{part}" if part else "")


def above(project: Project | None = None) -> tuple[Crumb, ...]:
    """Return the pages above a form."""
    crumbs = (Crumb(reverse("projects"), _("Projects")),)
    return (*crumbs, Crumb(page_of(project), project.name)) if project else crumbs
