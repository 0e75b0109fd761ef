"""Commitments for everybody to see, and an enterprise's own with what is on its record."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from openzone.www.formats import say
from openzone.www.pages import page_of
from openzone.zone.commitments.models import Commitment
from openzone.zone.commitments.packs import pack
from openzone.zone.commitments.selectors.publication import published, records_of, shown
from openzone.zone.commitments.selectors.standing import standing
from openzone.zone.registry.selectors.enterprises import spoken_for


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show the published commitments; a kind that is none of the pack narrows nothing."""
    rules = pack().publication
    kinds = [(one.id, say(one.label.text)) for one in pack().kinds if one.id in rules.kinds]
    asked, text = request.GET.get("kind", ""), request.GET.get("q", "")[:60]
    kind = asked if asked in dict(kinds) else ""
    page = page_of(request, published(timezone.localdate(), kind=kind, text=text))
    inside = request.user.is_authenticated
    context = {
        "page": page,
        "rows": [shown(one) for one in page],
        "rules": rules,
        "kinds": kinds,
        "kind": kind,
        "q": text,
        "frame_of": "console.html" if inside else "portal.html",
    }
    return render(request, "service/published.html", context)


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """Show the enterprises somebody speaks for: promises, records, how a record is repaired."""
    found = [
        {
            "enterprise": one,
            "standing": standing(one, ""),
            "records": list(records_of(one)),
            "commitments": list(
                Commitment.objects.filter(enterprise__root=one.root_id).select_related("item")[:50]
            ),
        }
        for one in spoken_for(request.user, timezone.localdate())
    ]
    kinds = {one.id: say(one.label.text) for one in pack().kinds}
    context = {"found": found, "repair": pack().repair, "kinds": kinds}
    return render(request, "service/mine.html", context)
