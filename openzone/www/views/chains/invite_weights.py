"""By which weights candidates are ranked: those in force, and what the zone's own leads propose."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.engines.chains.candidates import Fit
from openzone.www.access import require
from openzone.www.chains.asking import asked
from openzone.www.formats import say
from openzone.www.formpage import FormPage, answer, posted
from openzone.www.forms.chains_invite import AdoptFitForm, WeightsForm
from openzone.www.hands import hand
from openzone.www.views.chains.invite import crumbs, framed, ranked
from openzone.zone.chains.models import InviteWeights
from openzone.zone.chains.packs import invite as pack
from openzone.zone.chains.permissions import may_adopt
from openzone.zone.chains.selectors.invite_weights import fitted, funnel
from openzone.zone.chains.services.invite_weights import adopt_fit, adopt_weights, mark_of
from openzone.zone.errors import Refused


@require_GET
def page(request: HttpRequest, chain: str) -> HttpResponse:
    """Show each term with its weight and how it is measured, and the fit beside its baseline."""
    ask = asked(request, chain)
    found, known = ranked(ask), funnel(ask.on)
    fit = fitted(known)
    context = framed(ask, found, "chain_invite_weights") | {
        "terms": _terms(found.weights.weights, fit),
        "adopted": found.weights.adopted,
        "known": known,
        "fit": fit,
        "baseline": _label(fit.baseline_term) if fit else "",
        "seen": mark_of(fit) if fit else "",
        "outcomes": [one for one in known.outcomes if one.came is not None][-50:],
        "history": InviteWeights.objects.order_by("-valid_from", "-pk")[:20],
        "may_adopt": may_adopt(request.user, ask.today).allowed,
    }
    return render(request, "chains/invite_weights.html", context)


def _terms(weights: Any, fit: Fit | None) -> list[dict[str, Any]]:
    return [
        {
            "label": say(term.label.text), "says": say(term.says.text), "pack": term.weight,
            "weight": weights.get(term.id), "fit": fit.weights.get(term.id) if fit else None,
        }
        for term in pack().terms
    ]  # fmt: skip


def _label(name: str) -> str:
    return next((say(term.label.text) for term in pack().terms if term.id == name), name)


@require_POST
def adopt(request: HttpRequest, chain: str) -> HttpResponse:
    """Adopt the weights that were proposed."""
    ask, who = asked(request, chain), hand(request)
    require(may_adopt(request.user, ask.today))
    form = AdoptFitForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give a reason."))
        return redirect("chain_invite_weights", chain)
    try:
        adopt_fit(**who.of("now"), on=who.today, **form.cleaned_data)
        messages.success(request, _("The weights are in force from today."))
    except Refused as refusal:
        messages.error(request, say(refusal.reason))
    return redirect("chain_invite_weights", chain)


@require_http_methods(["GET", "POST"])
def by_hand(request: HttpRequest, chain: str) -> HttpResponse:
    """Set weights by hand."""
    ask, who = asked(request, chain), hand(request)
    require(may_adopt(request.user, ask.today))
    found = ranked(ask)
    initial = {f"w_{name}": value for name, value in found.weights.weights.items()}
    form = WeightsForm(posted(request), initial=initial)

    def do() -> str:
        adopt_weights(
            **who.of("now"), on=who.today, weights=form.weights(),
            reason=form.cleaned_data["reason"],
        )  # fmt: skip
        return reverse("chain_invite_weights", args=[chain])

    words = FormPage(
        _("Set the weights"), _("Adopt"), _("The weights are in force from today."),
        crumbs(found), _("They hold for every chain of the zone."), "promotion_field/act.html",
    )  # fmt: skip
    return answer(request, words, form, do)
