"""What the pages of projects share: whose hand it is, which project, where one came from."""

import datetime as dt
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from openzone.www.access import require
from openzone.www.cases.asking import user_of
from openzone.www.formpage import Crumb
from openzone.zone.audit.actors import Actor
from openzone.zone.people.models import User
from openzone.zone.projects.models import Project
from openzone.zone.projects.permissions import may_edit, may_rule, may_see

WITH = (
    "place", "lead_unit", "chief", "investor", "enterprise", "phase_of", "merged_into",
)  # fmt: skip


class Hand(NamedTuple):
    """Who does something, and when."""

    user: User
    now: dt.datetime
    today: dt.date

    @property
    def actor(self) -> Actor:
        """The person as the log knows them."""
        return Actor.of(self.user)

    def of(self, *names: str) -> dict[str, Any]:
        """Return the actor and what else a service asks for, by its name."""
        return {"actor": self.actor, **{name: getattr(self, name) for name in names}}


def hand(request: HttpRequest) -> Hand:
    """Return whose hand a request is."""
    return Hand(user_of(request), timezone.now(), timezone.localdate())


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
