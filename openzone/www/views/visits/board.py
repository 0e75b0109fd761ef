"""The challenge board: posted problems, who took them up, what came of it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from openzone.www.access import require
from openzone.www.formpage import Crumb, FormPage, answer, posted
from openzone.www.forms.facts import ReasonForm
from openzone.www.forms.sites import ChallengeForm, ClaimForm, DeliverForm, JudgeForm
from openzone.www.pages import page_of
from openzone.www.views.visits.common import person, visitor
from openzone.zone.audit.actors import Actor
from openzone.zone.registry.selectors.enterprises import spoken_for
from openzone.zone.visits.enums import ChallengeState
from openzone.zone.visits.models import Challenge
from openzone.zone.visits.permissions import may_judge, may_see_challenges, may_visit
from openzone.zone.visits.selectors.visits import units_of
from openzone.zone.visits.services import board as services


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show the board: what waits for somebody first."""
    require(may_see_challenges(request.user, timezone.localdate()))
    found = Challenge.objects.select_related("unit", "enterprise", "posted_by")
    state = request.GET.get("state", "")
    if state in ChallengeState.values:
        found = found.filter(state=state)
    context = {
        "page": page_of(request, found.prefetch_related("claims__unit")),
        "states": ChallengeState.choices,
        "state": state,
        "today": timezone.localdate(),
    }
    return render(request, "visits/challenges.html", context)


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one challenge with everything that was done about it."""
    require(may_see_challenges(request.user, timezone.localdate()))
    challenge, user = _challenge(pk), person(request)
    claims = list(challenge.claims.select_related("unit", "user"))
    running = claims[-1] if claims and claims[-1].accepted is None else None
    poster = may_judge(user, challenge, timezone.localdate()).allowed
    context = {
        "challenge": challenge,
        "claims": claims,
        "may_claim": may_visit(user, timezone.localdate()).allowed and not poster,
        "may_deliver": running is not None and running.user_id == user.pk,
        "poster": poster,
        "today": timezone.localdate(),
    }
    return render(request, "visits/challenge.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Post a problem."""
    require(may_see_challenges(request.user, timezone.localdate()))
    user, today = person(request), timezone.localdate()
    form = ChallengeForm(units_of(user, today), spoken_for(user, today), posted(request))

    def act() -> str:
        made = services.post_challenge(
            actor=Actor.of(user), user=user, now=timezone.now(), today=today, **form.cleaned_data
        )
        return reverse("challenge", args=[made.pk])

    form_page = FormPage(_("Post a problem"), _("Post it"), _("It is on the board."), _above())
    return answer(request, form_page, form, act)


@require_http_methods(["GET", "POST"])
def claim(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a challenge up for a unit."""
    user, challenge = visitor(request), _challenge(pk)
    form = ClaimForm(units_of(user, timezone.localdate()), posted(request))
    return _act(request, challenge, form, services.claim_challenge, _("Take it up"))


@require_http_methods(["GET", "POST"])
def deliver(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand in what came of it."""
    visitor(request)
    form = DeliverForm(posted(request))
    return _act(request, _challenge(pk), form, services.deliver_result, _("Hand in the result"))


@require_http_methods(["GET", "POST"])
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm a result, or open the challenge again."""
    challenge = _challenge(pk)
    require(may_judge(request.user, challenge, timezone.localdate()))
    form = JudgeForm(posted(request))
    return _act(request, challenge, form, services.judge_result, _("Judge the result"))


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a problem off the board."""
    challenge, form = _challenge(pk), ReasonForm(posted(request))
    require(may_judge(request.user, challenge, timezone.localdate()))

    def act() -> str:
        services.withdraw_challenge(
            actor=Actor.of(request.user),
            user=person(request),
            challenge=challenge,
            reason=form.cleaned_data["reason"],
        )
        return reverse("challenge", args=[pk])

    done = _("It is off the board.")
    form_page = FormPage(_("Withdraw it"), _("Withdraw"), done, _crumbs(challenge), challenge.title)
    return answer(request, form_page, form, act)


def _act(
    request: HttpRequest, challenge: Challenge, form: Any, service: Any, heading: str
) -> HttpResponse:
    def act() -> str:
        service(
            actor=Actor.of(request.user),
            user=person(request),
            challenge=challenge,
            now=timezone.now(),
            **form.cleaned_data,
        )
        return reverse("challenge", args=[challenge.pk])

    form_page = FormPage(heading, _("Record"), _("Saved."), _crumbs(challenge), challenge.title)
    return answer(request, form_page, form, act)


def _challenge(pk: int) -> Challenge:
    rows = Challenge.objects.select_related("unit", "enterprise", "posted_by")
    return get_object_or_404(rows, pk=pk)


def _above() -> tuple[Crumb, ...]:
    return (Crumb(reverse("challenges"), _("Challenge board")),)


def _crumbs(challenge: Challenge) -> tuple[Crumb, ...]:
    return (*_above(), Crumb(reverse("challenge", args=[challenge.pk]), challenge.title))
