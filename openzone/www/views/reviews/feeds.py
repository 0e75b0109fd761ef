"""Calendar addresses: one's own, and what a calendar program reads there."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.www.access import require
from openzone.www.formpage import posted
from openzone.www.forms import refusals
from openzone.www.forms.forces import FeedForm
from openzone.www.hands import Hand, hand
from openzone.www.limits import ensure_few
from openzone.www.reviews.ical import calendar
from openzone.zone.errors import Refused
from openzone.zone.reviews.models import Feed
from openzone.zone.reviews.permissions import may_list
from openzone.zone.reviews.selectors.feeds import feed_of, meetings_of
from openzone.zone.reviews.services.feeds import Issued, make_feed, revoke_feed


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show one's own addresses."""
    require(may_list(request.user, timezone.localdate()))
    feeds = Feed.objects.filter(user=hand(request).user)
    return render(request, "reviews/feeds.html", {"feeds": feeds})


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Make an address; it is on this page and never again."""
    require(may_list(request.user, timezone.localdate()))
    form = FeedForm(posted(request))
    if form.is_valid() and (issued := _issued(hand(request), form)):
        path = reverse("review_feed", args=[issued.secret])
        context = {"feed": issued.feed, "address": request.build_absolute_uri(path)}
        return render(request, "reviews/feed_made.html", context)
    return render(
        request, "reviews/feed_new.html", {"form": form}, status=400 if form.is_bound else 200
    )


def _issued(who: Hand, form: FeedForm) -> Issued | None:
    try:
        return make_feed(**who.of("user", "now"), **form.cleaned_data)
    except Refused as refusal:
        refusals.show(form, refusal)
        return None


@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Revoke one's own address."""
    who = hand(request)
    feed = get_object_or_404(Feed, pk=pk, user=who.user)
    revoke_feed(**who.of("now"), feed=feed)
    return redirect("review_feeds")


@require_GET
def read(request: HttpRequest, secret: str) -> HttpResponse:
    """Answer a calendar program. Whoever tries addresses that open nothing is slowed down."""
    feed = feed_of(secret)
    if feed is None:
        ensure_few(request, "feed")
        raise Http404
    now = timezone.now()
    found = meetings_of(feed, timezone.localdate(now))
    said = calendar(found, _("Review meetings"), request.get_host(), now)
    response = HttpResponse(said, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, max-age=600"
    response["X-Robots-Tag"] = "noindex"
    return response
