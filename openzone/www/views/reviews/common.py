"""What the pages of reviews share: which meeting, which task force, what a form stands under."""

from collections.abc import Callable

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from openzone.www.access import require
from openzone.www.formpage import Crumb, FormPage, answer
from openzone.www.reviews.words import Line, line_ahead, line_of, title_of
from openzone.zone.reviews.models import Meeting, TaskForce
from openzone.zone.reviews.permissions import may_manage, may_run, may_see
from openzone.zone.reviews.selectors.agenda import deserved
from openzone.zone.reviews.selectors.meetings import WITH

FORM = "reviews/form.html"


def seen(request: HttpRequest, pk: int) -> Meeting:
    """Return a meeting the person may open."""
    meeting = get_object_or_404(Meeting.objects.select_related(*WITH), pk=pk)
    require(may_see(request.user, meeting, timezone.localdate()))
    return meeting


def ran(request: HttpRequest, pk: int) -> Meeting:
    """Return a meeting the person runs."""
    meeting = get_object_or_404(Meeting.objects.select_related(*WITH), pk=pk)
    require(may_run(request.user, meeting, timezone.localdate()))
    return meeting


def managed(request: HttpRequest, pk: int) -> TaskForce:
    """Return a task force the person may change."""
    force = get_object_or_404(TaskForce.objects.select_related("lead_unit"), pk=pk)
    require(may_manage(request.user, force, timezone.localdate()))
    return force


def lines_of(meeting: Meeting) -> list[Line]:
    """Return the matters of a meeting: as frozen, else as the agenda would be today."""
    if meeting.prepared_at is None:
        return [line_ahead(one) for one in deserved(meeting)]
    items = meeting.items.select_related("project")
    return [line_of(one) for one in items]


def of_meeting(
    request: HttpRequest, meeting: Meeting, words: tuple[str, str, str], form: forms.Form,
    act: Callable[[], object], sub: str = "",
) -> HttpResponse:  # fmt: skip
    """Show a form about a meeting, or do what it says and lead back to the meeting."""
    there = reverse("review", args=[meeting.pk])

    def go() -> str:
        act()
        return there

    crumbs = (
        Crumb(reverse("reviews"), _("Review meetings")),
        Crumb(there, f"{title_of(meeting)} {meeting.on}"),
    )
    return answer(request, FormPage(*words, crumbs, sub, FORM), form, go)


def of_force(
    request: HttpRequest, force: TaskForce, words: tuple[str, str, str], form: forms.Form,
    act: Callable[[], object], sub: str = "",
) -> HttpResponse:  # fmt: skip
    """Show a form about a task force, or do what it says and lead back to it."""
    there = reverse("force", args=[force.pk])

    def go() -> str:
        act()
        return there

    crumbs = (Crumb(reverse("forces"), _("Task forces")), Crumb(there, force.name))
    return answer(request, FormPage(*words, crumbs, sub, FORM), form, go)
