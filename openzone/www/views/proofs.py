"""Why a rule answers as it does for one enterprise."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from openzone.www import asof, proofs
from openzone.www.access import require
from openzone.www.known import Sight
from openzone.www.views.rules import rule_or_404
from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.permissions import may_see_enterprise
from openzone.zone.rulebook.selectors.entitlements import entitlements, proof


@require_GET
def page(request: HttpRequest, pk: int, rule_id: str) -> HttpResponse:
    """Show the whole proof: every condition, the value used, its source and its age."""
    enterprise = get_object_or_404(Enterprise, pk=pk)
    today, as_of = timezone.localdate(), asof.as_of(request)
    require(may_see_enterprise(request.user, enterprise, today))
    if enterprise.root_id != enterprise.pk:
        return redirect("proof", enterprise.root_id, rule_id)
    rule = rule_or_404(rule_id)
    version = rule.version_on(as_of)
    if version is None:
        raise Http404
    answers = {one.rule.rule: one for one in entitlements(enterprise, as_of)}
    whole = proof(enterprise, rule_id, as_of)
    context = {
        "enterprise": enterprise,
        "rule": rule,
        "version": version,
        "answer": answers[rule_id],
        "proof": whole,
        "tally": proofs.tally(whole),
        "marks": proofs.marks_of(version),
        "hidden": proofs.hidden(Sight(request.user, enterprise, today)),
    }
    return render(request, "rules/proof.html", context)
