"""What the pages of agreements share: which record, for whom, and the pages above it."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from openzone.www.access import require
from openzone.www.formpage import Crumb
from openzone.www.views.projects.common import above
from openzone.zone.agreements.models import Agreement, Clause, Fulfilment, Incentive
from openzone.zone.agreements.permissions import is_investor, may_edit, may_see, may_see_all
from openzone.zone.projects.models import Project

_PROJECT = ("enterprise", "investor", "lead_unit", "merged_into")
_OF = tuple(f"project__{name}" for name in _PROJECT)
_OF_CLAUSE = tuple(f"agreement__{name}" for name in ("project", *_OF))


def project_seen(request: HttpRequest, pk: int) -> Project:
    """Return a project whose drafts, incentives and reviews the person may read."""
    project = get_object_or_404(Project.objects.select_related(*_PROJECT), pk=pk)
    require(may_see_all(request.user, project, timezone.localdate()))
    return project


def project_kept(request: HttpRequest, pk: int) -> Project:
    """Return a project whose agreements the person drafts."""
    project = get_object_or_404(Project.objects.select_related(*_PROJECT), pk=pk)
    require(may_edit(request.user, project, timezone.localdate()))
    return project


def seen(request: HttpRequest, pk: int) -> Agreement:
    """Return an agreement the person may read."""
    found = get_object_or_404(Agreement.objects.select_related(*_OF, "amends"), pk=pk)
    require(may_see(request.user, found, timezone.localdate()))
    return found


def kept(request: HttpRequest, pk: int) -> Agreement:
    """Return an agreement the person writes into."""
    found = get_object_or_404(Agreement.objects.select_related(*_OF, "amends"), pk=pk)
    require(may_edit(request.user, found.project, timezone.localdate()))
    return found


def clause_of(pk: int) -> Clause:
    """Return a promise with its agreement and project."""
    return get_object_or_404(Clause.objects.select_related(*_OF_CLAUSE, "first"), pk=pk)


def fulfilment_of(pk: int) -> Fulfilment:
    """Return what was reported, with its promise."""
    related = ("clause", *(f"clause__{name}" for name in _OF_CLAUSE))
    return get_object_or_404(Fulfilment.objects.select_related(*related), pk=pk)


def incentive_seen(request: HttpRequest, pk: int) -> Incentive:
    """Return an incentive the person may read."""
    related = Incentive.objects.select_related(*_OF, "proposed_by", "item")
    found = get_object_or_404(related, pk=pk)
    require(may_see_all(request.user, found.project, timezone.localdate()))
    return found


def page_of(agreement: Agreement, part: str = "") -> str:
    """Return the address of an agreement."""
    return reverse("agreement", args=[agreement.pk]) + (f"#{part}" if part else "")


def above_project(project: Project) -> tuple[Crumb, ...]:
    """Return the pages above a form of a project's agreements."""
    here = reverse("project_agreements", args=[project.pk])
    return (*above(project), Crumb(here, _("Promises of both sides")))


def above_agreement(request: HttpRequest, agreement: Agreement) -> tuple[Crumb, ...]:
    """Return the pages above a form of an agreement: an investor's people have but their own."""
    here = Crumb(page_of(agreement), agreement.number)
    if is_investor(request.user, agreement.project, timezone.localdate()):
        return (Crumb(reverse("agreements_mine"), _("Our agreements")), here)
    return (*above_project(agreement.project), here)


def upload(given: dict[str, Any]) -> dict[str, Any]:
    """Return what a form gave, with its file as services take it."""
    file = given.pop("file")
    return {**given, "file_name": file.name, "data": file.read()}
