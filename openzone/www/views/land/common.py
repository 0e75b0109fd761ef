"""What the pages of land share: which record, for whom, and the pages above it."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from openzone.www.access import require
from openzone.www.formpage import Crumb
from openzone.zone.land.models import Delivery, DeliveryPart, LandCheck, Parcel, StandardLand
from openzone.zone.land.permissions import (
    may_keep,
    may_keep_delivery,
    may_see,
    may_see_delivery,
)
from openzone.zone.land.selectors.standards import loaded


def tabs(here: str) -> list[tuple[str, str, bool]]:
    """Return the ways to look at land."""
    names = {
        "land": _("Parcels"), "land_map": _("Map"), "deliveries": _("Net land"),
        "standard_land": _("Standard land"),
    }  # fmt: skip
    return [(reverse(name), label, name == here) for name, label in names.items()]


def seen(request: HttpRequest, pk: int) -> Parcel:
    """Return a parcel the person may read."""
    found = get_object_or_404(Parcel.objects.select_related("place", "unit"), pk=pk)
    require(may_see(request.user, found, timezone.localdate()))
    return found


def kept(request: HttpRequest, pk: int) -> Parcel:
    """Return a parcel the person writes into."""
    found = get_object_or_404(Parcel.objects.select_related("place", "unit"), pk=pk)
    require(may_keep(request.user, found, timezone.localdate()))
    return found


def delivery_seen(request: HttpRequest, pk: int) -> Delivery:
    """Return a delivery the person may read."""
    found = get_object_or_404(Delivery.objects.select_related("project", "unit"), pk=pk)
    require(may_see_delivery(request.user, found, timezone.localdate()))
    return found


def delivery_kept(request: HttpRequest, pk: int) -> Delivery:
    """Return a delivery the person writes into."""
    found = get_object_or_404(Delivery.objects.select_related("project", "unit"), pk=pk)
    require(may_keep_delivery(request.user, found, timezone.localdate()))
    return found


def part_kept(request: HttpRequest, pk: int) -> DeliveryPart:
    """Return a parcel of a delivery the person writes into."""
    related = ("delivery__project", "delivery__unit", "parcel__place")
    found = get_object_or_404(DeliveryPart.objects.select_related(*related), pk=pk)
    require(may_keep_delivery(request.user, found.delivery, timezone.localdate()))
    return found


def standard_seen(request: HttpRequest, pk: int) -> StandardLand:
    """Return an agreement of a parcel the person may read."""
    found = get_object_or_404(loaded(StandardLand.objects.all()), pk=pk)
    require(may_see(request.user, found.parcel, timezone.localdate()))
    return found


def check_seen(request: HttpRequest, pk: int) -> LandCheck:
    """Return a check of a parcel the person may read."""
    found = get_object_or_404(LandCheck.objects.select_related("standard__parcel"), pk=pk)
    require(may_see(request.user, found.standard.parcel, timezone.localdate()))
    return found


def page_of(parcel: Parcel, part: str = "") -> str:
    """Return the address of a parcel, at one of its parts."""
    return reverse("parcel", args=[parcel.pk]) + (f"#{part}" if part else "")


def above_land() -> tuple[Crumb, ...]:
    """Return the page above everything about parcels."""
    return (Crumb(reverse("land"), _("Land")),)


def above(parcel: Parcel) -> tuple[Crumb, ...]:
    """Return the pages above a form of a parcel."""
    return (*above_land(), Crumb(page_of(parcel), parcel.number))


def above_delivery(delivery: Delivery) -> tuple[Crumb, ...]:
    """Return the pages above a form of a delivery."""
    here = reverse("delivery", args=[delivery.pk])
    return (Crumb(reverse("deliveries"), _("Net land")), Crumb(here, delivery.title))


def above_standard(standard: StandardLand) -> tuple[Crumb, ...]:
    """Return the pages above a form of an agreement of standard land."""
    here = reverse("standard_agreement", args=[standard.pk])
    return (Crumb(reverse("standard_land"), _("Standard land")), Crumb(here, standard.number))


def upload(given: dict[str, Any]) -> dict[str, Any]:
    """Return what a form gave, with its file as services take it."""
    file = given.pop("file")
    return {**given, "file_name": file.name, "data": file.read()}
