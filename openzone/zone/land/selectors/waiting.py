"""Whose land it is to look after: that of the units somebody handles for."""

import datetime as dt

from django.db.models import QuerySet

from openzone.zone.land.models import Delivery, Parcel
from openzone.zone.people.models import User
from openzone.zone.people.selectors import memberships_of
from openzone.zone.projects.permissions import HANDS


def parcels_of(user: User, on: dt.date) -> QuerySet[Parcel]:
    """Return the parcels of somebody's own units."""
    return Parcel.objects.filter(unit__in=_units(user, on))


def deliveries_of(user: User, on: dt.date) -> QuerySet[Delivery]:
    """Return the deliveries of somebody's own units."""
    return Delivery.objects.filter(unit__in=_units(user, on))


def _units(user: User, on: dt.date) -> list[int]:
    return [post.unit_id for post in memberships_of(user, on) if post.role in HANDS]
