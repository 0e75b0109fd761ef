"""Referrals: those to answer, and what became of those one made."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from openzone.www.access import require
from openzone.www.hands import user_of
from openzone.www.views.promotion.common import tabs
from openzone.zone.promotion.enums import ReferralState
from openzone.zone.promotion.models import Referral
from openzone.zone.promotion.permissions import may_list, visible
from openzone.zone.promotion.selectors.waiting import referred_by, to_answer

SHOWN = 100


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Show what waits for an answer of one's unit, what one passed on, and all that is open."""
    user, today = user_of(request), timezone.localdate()
    require(may_list(user, today))
    waiting = Referral.objects.filter(state=ReferralState.OPEN, lead__in=visible(user, today))
    context = {
        "tabs": tabs("referrals"),
        "today": today,
        "to_answer": to_answer(user, today),
        "made": referred_by(user)[:SHOWN],
        "open": waiting.select_related("lead", "to_unit", "referrer").order_by("due", "pk")[:SHOWN],
    }
    return render(request, "promotion/referrals.html", context)
