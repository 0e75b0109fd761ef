"""What the pages of targets and evaluations share: which record, for whom, the pages above it."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from openzone.www.access import require
from openzone.www.formpage import Crumb
from openzone.www.overview.numbers import address
from openzone.www.views.performance.drawing import label_of
from openzone.zone.performance.models import Completion, Objection, Participant, Round, Target
from openzone.zone.performance.permissions import (
    may_list,
    may_manage,
    may_see_round,
    may_see_score,
    may_see_target,
)
from openzone.zone.performance.selectors.targets import history

FORM = "projects/act.html"


def tabs(here: str) -> list[tuple[str, str, bool]]:
    """Return the pages of this area."""
    names = {
        "targets": _("Targets"), "over_half": _("Over half"), "rounds": _("Evaluations"),
        "performance_report": _("Report of projects"), "one_page": _("One page for leaders"),
    }  # fmt: skip
    return [(address(name), label, name == here) for name, label in names.items()]


def target_seen(request: HttpRequest, pk: int) -> Target:
    """Return a target the person may see."""
    related = Target.objects.select_related("unit", "person", "lead_unit", "first", "set_by")
    found = get_object_or_404(related, pk=pk)
    require(may_see_target(request.user, found, timezone.localdate()))
    return found


def target_kept(request: HttpRequest, pk: int) -> Target:
    """Return a target to who sets them."""
    found = target_seen(request, pk)
    require(may_manage(request.user, timezone.localdate()))
    return found


def newest(target: Target) -> Target:
    """Return the last row of a target's line: the one that stands, or was withdrawn."""
    return history(target).first() or target


def completion_of(request: HttpRequest, pk: int) -> Completion:
    """Return a report for a target the person may see."""
    related = Completion.objects.select_related("target__unit", "target__person", "reported_by")
    found = get_object_or_404(related, pk=pk)
    require(may_see_target(request.user, found.target, timezone.localdate()))
    return found


def round_seen(request: HttpRequest, pk: int) -> Round:
    """Return an evaluation the person may open."""
    found = get_object_or_404(Round, pk=pk)
    require(may_list(request.user, timezone.localdate()))
    require(may_see_round(request.user, found, timezone.localdate()))
    return found


def participant_seen(request: HttpRequest, pk: int) -> Participant:
    """Return somebody in an evaluation whose score the person may see."""
    related = Participant.objects.select_related("round", "unit", "person")
    found = get_object_or_404(related, pk=pk)
    require(may_list(request.user, timezone.localdate()))
    require(may_see_score(request.user, found, timezone.localdate()))
    return found


def objection_seen(request: HttpRequest, pk: int) -> Objection:
    """Return an objection to a score the person may see."""
    related = "score__participant__round", "score__participant__person", "score__participant__unit"
    found = get_object_or_404(Objection.objects.select_related(*related), pk=pk)
    require(may_see_score(request.user, found.score.participant, timezone.localdate()))
    return found


def above_target(target: Target | None = None) -> tuple[Crumb, ...]:
    """Return the pages above a form of a target."""
    crumbs = (Crumb(reverse("targets"), _("Targets")),)
    if target is None:
        return crumbs
    return (*crumbs, Crumb(reverse("target", args=[target.pk]), label_of(target.indicator)))


def above_round(found: Round | None = None) -> tuple[Crumb, ...]:
    """Return the pages above a form of an evaluation."""
    crumbs = (Crumb(reverse("rounds"), _("Evaluations")),)
    return (*crumbs, Crumb(reverse("round", args=[found.pk]), found.title)) if found else crumbs
