"""What the pages of approvals share: which record, for whom, and the pages above it."""

from collections.abc import Callable

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from openzone.www.access import require
from openzone.www.formpage import Crumb
from openzone.www.forms.approvals import say_item
from openzone.zone.agreements.permissions import is_investor
from openzone.zone.approvals.models import Track, TrackItem
from openzone.zone.approvals.permissions import may_see
from openzone.zone.people.permissions import Decision

RELATED = ("project__enterprise", "project__investor", "project__lead_unit", "parcel")
Rule = Callable[..., Decision]


def seen(request: HttpRequest, pk: int) -> Track:
    """Return a track the person may read."""
    found = get_object_or_404(Track.objects.select_related(*RELATED), pk=pk)
    require(may_see(request.user, found, timezone.localdate()))
    return found


def allowed(request: HttpRequest, pk: int, rule: Rule) -> Track:
    """Return a track with which the person may do something."""
    found = get_object_or_404(Track.objects.select_related(*RELATED), pk=pk)
    require(rule(request.user, found, timezone.localdate()))
    return found


def item_of(pk: int) -> TrackItem:
    """Return an item with its track, project and unit."""
    related = ("unit", "track", *(f"track__{name}" for name in RELATED))
    return get_object_or_404(TrackItem.objects.select_related(*related), pk=pk)


def outside(request: HttpRequest, track: Track) -> bool:
    """Whether the reader is of the enterprise."""
    return is_investor(request.user, track.project, timezone.localdate())


def page_of(track: Track, part: str = "") -> str:
    """Return the address of a track."""
    return reverse("approval", args=[track.pk]) + (f"#{part}" if part else "")


def above(request: HttpRequest, track: Track | None = None) -> tuple[Crumb, ...]:
    """Return the pages above: an enterprise's people have but their own."""
    if track is not None and outside(request, track):
        first = Crumb(reverse("approvals_mine"), _("Our approvals"))
    else:
        first = Crumb(reverse("approvals"), _("Approvals"))
    return (first, Crumb(page_of(track), track.number)) if track else (first,)


def above_mine() -> tuple[Crumb, ...]:
    """Return the page above what an enterprise's people ask for."""
    return (Crumb(reverse("approvals_mine"), _("Our approvals")),)


def above_item(request: HttpRequest, item: TrackItem) -> tuple[Crumb, ...]:
    """Return the pages above a form of an item."""
    here = Crumb(reverse("approval_item", args=[item.pk]), say_item(item))
    return (*above(request, item.track), here)
