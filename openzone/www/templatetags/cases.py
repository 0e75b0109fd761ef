"""Filters of the pages about cases."""

import datetime as dt

from django import template
from django.utils import timezone

register = template.Library()


@register.filter
def minute(at: dt.datetime | None) -> str:
    """Write a moment of the zone to the minute."""
    return _local(at).strftime("%Y-%m-%d %H:%M") if at else "—"


@register.filter
def day_of(at: dt.datetime | None) -> str:
    """Write the day of a moment."""
    return _local(at).strftime("%Y-%m-%d") if at else "—"


@register.filter
def iso(at: dt.datetime | None) -> str:
    """Write a moment for machines."""
    return timezone.localtime(at).isoformat() if at and timezone.is_aware(at) else _iso(at)


def _local(at: dt.datetime) -> dt.datetime:
    """Return a moment on the zone's clocks; those of the engines are on it already."""
    return timezone.localtime(at) if timezone.is_aware(at) else at


def _iso(at: dt.datetime | None) -> str:
    return timezone.make_aware(at).isoformat() if at else ""
