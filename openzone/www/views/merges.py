"""Merging two records of one enterprise, after a look at what it would do, and undoing it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from openzone.www import asof
from openzone.www.access import require
from openzone.www.converters import is_record_number
from openzone.www.forms import refusals
from openzone.www.forms.facts import ReasonForm
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused
from openzone.zone.registry.models import Enterprise, Merge
from openzone.zone.registry.permissions import may_merge
from openzone.zone.registry.selectors.merges import merge_preview
from openzone.zone.registry.selectors.search import search
from openzone.zone.registry.services.merges import merge as do_merge
from openzone.zone.registry.services.merges import unmerge as undo_merge

CANDIDATES = 10
LIVE = Enterprise.objects.filter(merged_into__isnull=True).select_related("place")


@require_http_methods(["GET", "POST"])
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Find the duplicate, preview, then merge it into the enterprise whose page this is."""
    require(may_merge(request.user, timezone.localdate()))
    survivor = get_object_or_404(LIVE, pk=pk)
    chosen = request.GET.get("other") or request.POST.get("other")
    if not chosen:
        return _choose(request, survivor)
    absorbed = get_object_or_404(LIVE, pk=chosen if is_record_number(chosen) else 0)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _merged(request, survivor, absorbed, form):
        return redirect("enterprise", survivor.pk)
    preview = merge_preview(survivor, absorbed, asof.as_of(request))
    context = {"preview": preview, "form": form}
    return render(request, "enterprises/merge.html", context, status=400 if form.is_bound else 200)


def _choose(request: HttpRequest, survivor: Enterprise) -> HttpResponse:
    """Offer enterprises that match a search; to begin with, ones of a similar name."""
    text = request.GET.get("q", survivor.short_name or survivor.name[:4])[:100]
    found = search(text, LIVE.exclude(pk=survivor.pk))[:CANDIDATES]
    context = {"survivor": survivor, "text": text, "found": found}
    return render(request, "enterprises/merge_choose.html", context)


def _merged(
    request: HttpRequest, survivor: Enterprise, absorbed: Enterprise, form: ReasonForm
) -> bool:
    reason = form.cleaned_data["reason"]
    try:
        do_merge(actor=Actor.of(request.user), survivor=survivor, absorbed=absorbed, reason=reason)
    except Refused as refusal:
        refusals.show(form, refusal)
        return False
    messages.success(
        request, _("Merged. Nothing was moved: undoing restores both records exactly.")
    )
    return True


@require_POST
def unmerge(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo a merge; a refusal is shown as a page with its reason."""
    require(may_merge(request.user, timezone.localdate()))
    merge = get_object_or_404(Merge, pk=pk)
    undo_merge(
        actor=Actor.of(request.user), merge=merge, reason=request.POST.get("reason", "")[:300]
    )
    messages.success(request, _("The merge is undone. Both enterprises stand on their own again."))
    return redirect("enterprise", merge.survivor_id)
