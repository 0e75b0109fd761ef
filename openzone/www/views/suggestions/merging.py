"""Finals: merging originals into them, their page, undoing."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from openzone.www.formats import say
from openzone.www.formpage import posted
from openzone.www.forms import refusals
from openzone.www.forms.suggestions import (
    AddForm,
    BecauseForm,
    DecideForm,
    EffectForm,
    FinalForm,
    MergeForm,
)
from openzone.www.views.suggestions.common import (
    Words,
    above,
    campaign_for,
    campaign_seen,
    final_for,
    form_page,
    hand,
    inside,
)
from openzone.zone.errors import Refused
from openzone.zone.suggestions.enums import Check, Outcome
from openzone.zone.suggestions.models import Campaign, Final, Flow, Original, Verdict
from openzone.zone.suggestions.packs import reason_named
from openzone.zone.suggestions.permissions import (
    may_check,
    may_organise,
    may_review,
    member_of,
)
from openzone.zone.suggestions.selectors.alike import clusters
from openzone.zone.suggestions.selectors.provenance import live_flows
from openzone.zone.suggestions.selectors.states import standing_verdict
from openzone.zone.suggestions.services import merging as services
from openzone.zone.suggestions.services.effects import record_effect
from openzone.zone.suggestions.services.merging import Part

SHOWN_CLUSTERS = 20


@require_http_methods(["GET", "POST"])
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose open suggestions, those alike side by side, and draft a final of them."""
    campaign = campaign_for(request, pk, may_organise)
    form = MergeForm(
        campaign, posted(request), initial={"originals": request.GET.get("originals", "")[:4000]}
    )
    if form.is_valid() and (made := _merged(request, campaign, form)):
        return redirect("suggestion_final", made.pk)
    topic = _number(request.GET.get("topic", ""))
    context = {
        "campaign": campaign,
        "form": form,
        "topics": campaign.topics.all(),
        "topic": topic,
        "clusters": clusters(campaign, topic)[:SHOWN_CLUSTERS],
    }
    status = 400 if form.is_bound else 200
    return render(request, "suggestions/merge.html", context, status=status)


def _merged(request: HttpRequest, campaign: Campaign, form: MergeForm) -> Final | None:
    given, (actor, by, now) = form.cleaned_data, hand(request)
    try:
        return services.merge(
            actor=actor,
            by=by,
            now=now,
            campaign=campaign,
            title=given["title"],
            text=given["text"],
            parts=_parts(given["originals"], given["part"]),
        )
    except Refused as refusal:
        refusals.show(form, refusal)
        return None


def _parts(originals: Sequence[Original], part: str) -> list[Part]:
    return [Part(one, part) for one in originals]


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a final: its text, where it came from, what was decided, how it is carried out."""
    final = get_object_or_404(Final.objects.select_related("campaign", "case", "submission"), pk=pk)
    campaign_seen(request, final.campaign_id)
    user, today = request.user, timezone.localdate()
    verdicts = list(final.verdicts.select_related("decided_by", "checked_by"))
    standing = standing_verdict(final)
    undecided = not any(one.check_state != Check.RETURNED for one in verdicts)
    adopted = standing is not None and standing.outcome != Outcome.REJECT
    context = {
        "final": final,
        "campaign": final.campaign,
        "inside": inside(request),
        "own": member_of(user, final.campaign),
        "flows": live_flows().filter(final=final),
        "undone": final.flows.filter(undone_at__isnull=False).select_related("original"),
        "verdicts": [(one, may_check(user, one, today).allowed) for one in verdicts],
        "standing": standing,
        "reason": _reason(standing),
        "effects": final.effects.all(),
        "decide_form": DecideForm(),
        "may_change": undecided and not final.dissolved_at and may_organise(user, today).allowed,
        "may_decide": _is_decidable(final, verdicts, standing) and may_review(user, today).allowed,
        "may_assign": adopted and final.case is None and may_review(user, today).allowed,
        "may_measure": adopted and may_organise(user, today).allowed,
    }
    return render(request, "suggestions/final.html", context)


def _is_decidable(final: Final, verdicts: Sequence[Verdict], standing: Verdict | None) -> bool:
    waits = any(one.check_state == Check.WAITING for one in verdicts)
    pilot = standing is not None and standing.outcome == Outcome.PILOT
    return not final.dissolved_at and not waits and (standing is None or pilot)


def _reason(verdict: Verdict | None) -> str:
    found = reason_named(verdict.reason) if verdict else None
    return say(found.label.text) if found else ""


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Let more originals flow into a final."""
    final = final_for(request, pk, may_organise)
    form = AddForm(final.campaign, posted(request))
    actor, by, now = hand(request)

    def act() -> object:
        given = form.cleaned_data
        parts = _parts(given["originals"], given["part"])
        return services.add(actor=actor, by=by, now=now, final=final, parts=parts)

    words = Words(_("Add suggestions"), _("Add"), _("They are added."))
    return form_page(request, words, above(final.campaign, final), form, act)


@require_http_methods(["GET", "POST"])
def revise(request: HttpRequest, pk: int) -> HttpResponse:
    """Reword a final."""
    final = final_for(request, pk, may_organise)
    form = FinalForm(posted(request), initial={"title": final.title, "text": final.text})

    def act() -> object:
        return services.revise(actor=hand(request).actor, final=final, **form.cleaned_data)

    words = Words(_("Reword"), _("Save"), _("It is reworded; the log keeps what it was."))
    return form_page(request, words, above(final.campaign, final), form, act)


@require_http_methods(["GET", "POST"])
def dissolve(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo a whole merge."""
    final = final_for(request, pk, may_organise)
    form = BecauseForm(posted(request))
    actor, by, now = hand(request)

    def act() -> object:
        return services.dissolve(actor=actor, by=by, now=now, final=final, **form.cleaned_data)

    words = Words(
        _("Undo the merge"),
        _("Undo"),
        _("The merge is undone."),
        _("Every suggestion is where it was before; nothing is lost."),
    )
    return form_page(request, words, above(final.campaign, final), form, act)


@require_http_methods(["GET", "POST"])
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one original out of a final."""
    flow = get_object_or_404(Flow.objects.select_related("final", "original"), pk=pk)
    final = final_for(request, flow.final_id, may_organise)
    form = BecauseForm(posted(request))
    actor, by, now = hand(request)

    def act() -> object:
        return services.undo_flow(actor=actor, by=by, now=now, flow=flow, **form.cleaned_data)

    words = Words(_("Take out"), _("Take out"), _("It is taken out."), flow.original.text[:200])
    return form_page(request, words, above(final.campaign, final), form, act)


@require_http_methods(["GET", "POST"])
def effect(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what carrying out a suggestion changed."""
    final = final_for(request, pk, may_organise)
    form = EffectForm(posted(request))

    def act() -> object:
        return record_effect(
            actor=hand(request).actor,
            final=final,
            today=timezone.localdate(),
            **form.cleaned_data,
        )

    words = Words(_("Record an effect"), _("Record"), _("The effect is recorded."))
    there = reverse("suggestion_final", args=[final.pk]) + "#effects"
    return form_page(request, words, above(final.campaign, final), form, act, there)
