"""Deciding, checking answers, telling proposers, hearing their word."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.www.access import require, require_console
from openzone.www.formats import say
from openzone.www.formpage import posted
from openzone.www.forms.suggestions import (
    DecideForm,
    ExplainForm,
    RejectForm,
    RespondForm,
    ReturnForm,
    ToldForm,
)
from openzone.www.views.suggestions.common import (
    Words,
    above,
    campaign_for,
    campaign_seen,
    final_for,
    form_page,
    hand,
)
from openzone.zone.errors import Refused
from openzone.zone.suggestions.models import Campaign, Feedback, Verdict
from openzone.zone.suggestions.permissions import (
    may_check,
    may_organise,
    may_record,
    may_respond,
    may_review,
)
from openzone.zone.suggestions.selectors.listing import waiting_for_check
from openzone.zone.suggestions.services import reviewing as services
from openzone.zone.suggestions.services import telling


@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide on a final, with the official answer."""
    final = final_for(request, pk, may_review)
    form = DecideForm(posted(request))
    actor, by, now = hand(request)

    def act() -> object:
        return services.decide(actor=actor, by=by, now=now, final=final, **form.cleaned_data)

    words = Words(
        _("Decide"),
        _("Decide"),
        _("Now somebody else checks that the answer answers."),
        final.title,
    )
    return form_page(request, words, above(final.campaign, final), form, act)


@require_http_methods(["GET", "POST"])
def reject(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide not to accept suggestions that nobody merged."""
    campaign = campaign_for(request, pk, may_review)
    initial = {"originals": request.GET.get("originals", "")[:4000]}
    form = RejectForm(campaign, posted(request), initial=initial)
    actor, by, now = hand(request)

    def act() -> object:
        return services.reject_originals(actor=actor, by=by, now=now, **form.cleaned_data)

    words = Words(
        _("Not accepted"),
        _("Do not accept"),
        _("Now somebody else checks that the answer answers."),
        _("Each of these suggestions gets this reason and this explanation."),
    )
    return form_page(request, words, above(campaign), form, act)


@require_GET
def checks(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the answers that wait for somebody else's check."""
    require_console(request)
    campaign, today = campaign_seen(request, pk), timezone.localdate()
    found = waiting_for_check(campaign)
    context = {
        "campaign": campaign,
        "rows": [(one, may_check(request.user, one, today)) for one in found[:200]],
    }
    return render(request, "suggestions/checks.html", context)


@require_POST
def pass_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Find that an answer answers."""
    verdict, campaign = _verdict(request, pk)
    actor, by, now = hand(request)
    try:
        services.pass_answer(actor=actor, by=by, now=now, verdict=verdict)
        messages.success(request, _("The decision stands; its proposers are told."))
    except Refused as refusal:
        messages.error(request, say(refusal.reason))
    return redirect("suggestion_checks", campaign.pk)


@require_http_methods(["GET", "POST"])
def return_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Find that an answer does not answer."""
    verdict, campaign = _verdict(request, pk)
    form = ReturnForm(posted(request))
    actor, by, now = hand(request)

    def act() -> object:
        return services.return_answer(
            actor=actor, by=by, now=now, verdict=verdict, **form.cleaned_data
        )

    words = Words(
        _("The answer does not answer"),
        _("Return"),
        _("It goes back to be answered again."),
        verdict.answer[:200],
    )
    there = reverse("suggestion_checks", args=[campaign.pk])
    return form_page(request, words, above(campaign), form, act, there)


def _verdict(request: HttpRequest, pk: int) -> tuple[Verdict, Campaign]:
    related = Verdict.objects.select_related("final__campaign", "original__campaign")
    found = get_object_or_404(related, pk=pk)
    require(may_check(request.user, found, timezone.localdate()))
    subject = found.final or found.original
    assert subject is not None  # noqa: S101 - the database holds one of the two
    return found, subject.campaign


@require_POST
def told(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that proposers without a login were told."""
    campaign = campaign_for(request, pk, may_record)
    form = ToldForm(request.POST)
    numbers = [int(n) for n in request.POST.getlist("notice") if n.isdecimal() and len(n) < 10]
    chosen = list(
        Feedback.objects.filter(pk__in=numbers, original__campaign=campaign).select_related(
            "original"
        )
    )
    actor, _by, now = hand(request)
    try:
        if form.is_valid():
            channel = form.cleaned_data["channel"]
            count = telling.note_told(actor=actor, notices=chosen, channel=channel, now=now)
            done = ngettext("%d person was told.", "%d persons were told.", count)
            messages.success(request, done % count)
    except Refused as refusal:
        messages.error(request, say(refusal.reason))
    return redirect(reverse("suggestion_notices", args=[campaign.pk]) + "?told=no")


@require_http_methods(["GET", "POST"])
def respond(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a proposer's word on an answer."""
    notice = _notice(pk)
    require(may_respond(request.user, notice, timezone.localdate()))
    form = RespondForm(posted(request))
    actor, _by, now = hand(request)

    def act() -> object:
        return telling.respond(actor=actor, now=now, notice=notice, **form.cleaned_data)

    words = Words(
        _("The proposer's word"), _("Record"), _("The word is recorded."), notice.text[:300]
    )
    there = reverse("suggestion_original", args=[notice.original_id])
    return form_page(request, words, above(notice.original.campaign), form, act, there)


@require_http_methods(["GET", "POST"])
def explain(request: HttpRequest, pk: int) -> HttpResponse:
    """Explain once more to a proposer who was not satisfied."""
    notice = _notice(pk)
    require(may_organise(request.user, timezone.localdate()))
    form = ExplainForm(posted(request))
    actor, _by, now = hand(request)

    def act() -> object:
        return telling.explain_again(actor=actor, now=now, notice=notice, **form.cleaned_data)

    words = Words(
        _("Explain once more"), _("Explain"), _("The proposer is told again."), notice.remark
    )
    there = reverse("suggestion_original", args=[notice.original_id])
    return form_page(request, words, above(notice.original.campaign), form, act, there)


def _notice(pk: int) -> Feedback:
    related = Feedback.objects.select_related("original__campaign", "original__member", "verdict")
    return get_object_or_404(related, pk=pk)
