"""Task forces: the list with the load per person, one of them, and what changes it."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from openzone.www.access import require
from openzone.www.formpage import Crumb, FormPage, answer, posted
from openzone.www.forms.forces import (
    EndForm,
    ForceForm,
    GroupForm,
    HoldProjectForm,
    JoinForceForm,
    OfForce,
)
from openzone.www.hands import hand
from openzone.www.reviews.words import title_of
from openzone.www.views.reviews.common import managed, of_force
from openzone.zone.people.selectors import on_day
from openzone.zone.reviews.models import ForceMember, ForceProject, TaskForce
from openzone.zone.reviews.permissions import may_list, may_manage, may_see_force, may_set_up
from openzone.zone.reviews.selectors import forces as selectors
from openzone.zone.reviews.selectors.meetings import visible
from openzone.zone.reviews.services import forces as services


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show the task forces, and what each person carries in all of them."""
    today = timezone.localdate()
    require(may_list(request.user, today))
    context = {
        "forces": selectors.listed(today), "loads": selectors.loads(today),
        "may_set_up": may_set_up(request.user, today).allowed,
    }  # fmt: skip
    return render(request, "reviews/forces.html", context)


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a task force: groups with their lines of service, people, projects, meetings."""
    force, today = (
        get_object_or_404(TaskForce.objects.select_related("lead_unit"), pk=pk),
        (timezone.localdate()),
    )
    require(may_see_force(request.user, force, today))
    meetings = visible(request.user, today).filter(force=force, on__gte=today).distinct()
    working = force.ended_on is None
    context = {
        "force": force, "teams": selectors.teams(force, today),
        "projects": force.projects.filter(on_day(today)).select_related("project"),
        "loads": selectors.loads(today, force),
        "meetings": [(one, title_of(one)) for one in meetings.order_by("on")[:5]],
        "may_manage": working and may_manage(request.user, force, today).allowed,
    }  # fmt: skip
    return render(request, "reviews/force.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Set up a task force."""
    require(may_set_up(request.user, timezone.localdate()))
    form, who = ForceForm(posted(request)), hand(request)

    def act() -> str:
        made = services.set_up_force(**who.of(), **form.cleaned_data)
        return reverse("force", args=[made.pk])

    crumbs = (Crumb(reverse("forces"), _("Task forces")),)
    words = FormPage(
        _("New task force"), _("Set up"), _("It is set up; give it groups and people."), crumbs
    )
    return answer(request, words, form, act)


class _Adding(NamedTuple):
    form: type[OfForce]
    heading: Promise
    button: Promise
    service: Callable[..., object]


_ADD: Mapping[str, _Adding] = {
    "group": _Adding(
        GroupForm, gettext_lazy("Add a working group"), gettext_lazy("Add"), services.add_group
    ),
    "member": _Adding(
        JoinForceForm, gettext_lazy("Somebody joins"), gettext_lazy("Add"), services.add_member
    ),
    "project": _Adding(
        HoldProjectForm, gettext_lazy("Give it a project"), gettext_lazy("Give"),
        services.give_project,
    ),
}  # fmt: skip


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Add a group, a member or a project."""
    force, who = managed(request, pk), hand(request)
    adding = _ADD.get(what)
    if adding is None:
        raise Http404
    form = adding.form(force, posted(request))

    def act() -> object:
        return adding.service(**who.of(), force=force, **form.cleaned_data)

    words = (str(adding.heading), str(adding.button), _("It is recorded."))
    return of_force(request, force, words, form, act)


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a task force."""
    force, who = managed(request, pk), hand(request)

    def act(given: dict[str, Any]) -> object:
        return services.end_force(**who.of("user", "now"), force=force, **given)

    sub = _("Its people and projects end with it, and meetings planned for later are cancelled.")
    return _ending(request, force, _("End the task force"), act, sub)


@require_http_methods(["GET", "POST"])
def member_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Let somebody leave."""
    post = get_object_or_404(ForceMember.objects.select_related("force", "user"), pk=pk)
    force, who = managed(request, post.force_id), hand(request)

    def act(given: dict[str, Any]) -> object:
        return services.end_member(**who.of(), member=post, **given)

    return _ending(request, force, _("Somebody leaves the task force"), act, str(post.user))


@require_http_methods(["GET", "POST"])
def project_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a project out of its hands."""
    held = get_object_or_404(ForceProject.objects.select_related("force", "project"), pk=pk)
    force, who = managed(request, held.force_id), hand(request)

    def act(given: dict[str, Any]) -> object:
        return services.take_project(**who.of(), held=held, **given)

    return _ending(request, force, _("Take a project back"), act, str(held.project))


def _ending(
    request: HttpRequest, force: TaskForce, heading: str,
    act: Callable[[dict[str, Any]], object], sub: str,
) -> HttpResponse:  # fmt: skip
    form = EndForm(posted(request), initial={"on": timezone.localdate()})
    words = (heading, _("Record"), _("It is recorded."))
    return of_force(request, force, words, form, lambda: act(form.cleaned_data), sub)
