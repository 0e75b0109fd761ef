"""What an enterprise can have from the published policies; and for everybody, the calculator."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from openzone.engines.facts.catalogue import Fact
from openzone.engines.rules.bundle_items import Bundle
from openzone.packs.calculator import Questions, load_questions
from openzone.packs.loading import zone_folder
from openzone.www import asof
from openzone.www.access import require
from openzone.www.formpage import posted
from openzone.www.forms.calculator import CalculatorForm
from openzone.zone.policies.selectors.mine import Offers, offers_for, offers_to, settling
from openzone.zone.redemption.permissions import may_apply
from openzone.zone.redemption.selectors.bundles import bundle_for, bundle_of
from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.packs import catalogue
from openzone.zone.registry.permissions import may_see_enterprise
from openzone.zone.registry.selectors.enterprises import spoken_for
from openzone.zone.registry.selectors.facts import facts_of

MOST_SETTLING = 5


@require_GET
def policies(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an enterprise its policies: entitled now, one thing missing, unknown."""
    enterprise = get_object_or_404(Enterprise, pk=pk)
    today, as_of = timezone.localdate(), asof.as_of(request)
    require(may_see_enterprise(request.user, enterprise, today))
    if enterprise.root_id != enterprise.pk:
        return redirect("enterprise_policies", enterprise.root_id)
    known = facts_of(enterprise, as_of)
    offers = offers_to(enterprise, as_of, known)
    context = {
        "enterprise": enterprise,
        "offers": offers,
        "settling": _facts(settling(offers, (), MOST_SETTLING)),
        "may_apply": may_apply(request.user, enterprise, today).allowed,
        **_bundle(bundle_of(enterprise, as_of, known)),
    }
    return render(request, "mine/policies.html", context)


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """Lead somebody to the policies of the enterprise they speak for."""
    found = list(spoken_for(request.user, timezone.localdate()))
    if len(found) == 1:
        return redirect("enterprise_policies", found[0].pk)
    context = {"enterprises": found, "page": "enterprise_policies"}
    return render(request, "enterprises/mine.html", context)


@require_http_methods(["GET", "POST"])
def calculator(request: HttpRequest) -> HttpResponse:
    """Ask a few questions and show what they lead to. Nothing that is answered is kept."""
    on, questions = timezone.localdate(), load_questions(zone_folder(), catalogue())
    form = CalculatorForm(_asked(request, questions), posted(request))
    if not form.is_valid():
        status = 400 if form.is_bound else 200
        return render(request, "mine/calculator.html", {"form": form}, status=status)
    offers = offers_for(form.known, on)
    return render(request, "mine/calculator.html", _result(form, offers, questions))


def _asked(request: HttpRequest, questions: Questions) -> list[str]:
    """Return the first questions and those of the page that was sent."""
    sent = [name for name in request.POST if name in catalogue()]
    return list(dict.fromkeys([*questions.first, *sent]))


def _result(form: CalculatorForm, offers: Offers, questions: Questions) -> dict[str, object]:
    further = settling(offers, form.fields, questions.further)
    context = {"form": form, "offers": offers, "further": CalculatorForm(further)}
    return context | _bundle(bundle_for(form.known, timezone.localdate()))


def _bundle(bundle: Bundle) -> dict[str, object]:
    """Return what the panel of the best bundle shows; nothing where nothing is paid."""
    kept = ("taken", "reduced")
    return {
        "bundle": bundle if bundle.total else None,
        "titles": {one.rule: one.title for one in bundle.items},
        "other_choices": len(bundle.ties) - 1,
        "not_taken": [
            one for one in bundle.items if one.status not in kept and one.status != "not_met"
        ],
    }


def _facts(names: list[str]) -> list[Fact]:
    return [catalogue()[name] for name in names]
