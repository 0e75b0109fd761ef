"""What a member said, what became of it, and where suggestions are collected now."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from openzone.www.access import require
from openzone.zone.suggestions.enums import CampaignState, OriginalState
from openzone.zone.suggestions.models import Feedback, Member, Original
from openzone.zone.suggestions.permissions import takes_part
from openzone.zone.suggestions.selectors.states import with_state


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Show a member's own suggestions and the answers that wait for a word."""
    require(takes_part(request.user, timezone.localdate()))
    own = Original.objects.filter(member__user=request.user.pk)
    told = Feedback.objects.filter(original__in=own, told_at__isnull=False, response="none")
    places = Member.objects.filter(user=request.user.pk).select_related("campaign", "group")
    context = {
        "places": places.order_by("-campaign__opens_on", "-pk"),
        "collecting": CampaignState.COLLECTING,
        "originals": with_state(own).select_related("campaign", "topic", "round").order_by("-pk"),
        "labels": dict(OriginalState.choices),
        "waiting": told.select_related("original", "verdict"),
    }
    return render(request, "suggestions/mine.html", context)
