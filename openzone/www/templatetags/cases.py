"""Filters of the pages about cases."""

import datetime as dt
from typing import Any

from django import template
from django.utils import timezone

from openzone.www.cases.words import event_word as word_of
from openzone.zone.audit.models import Event

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


@register.simple_tag(takes_context=True)
def event_word(context: template.Context, event: Event) -> str:
    """Write what an event of the log was; the types of its cases are read once a page."""
    page: Any = context.render_context
    return word_of(event, page.setdefault("case_types", {}))


def _local(at: dt.datetime) -> dt.datetime:
    """Return a moment on the zone's clocks; those of the engines are on it already."""
    return timezone.localtime(at) if timezone.is_aware(at) else at


def _iso(at: dt.datetime | None) -> str:
    return timezone.make_aware(at).isoformat() if at else ""
