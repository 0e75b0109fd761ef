"""Filters of the pages about applications and money."""

import datetime as dt

from django import template
from django.utils import timezone

from openzone.www import redemption
from openzone.www.formats import number
from openzone.zone.redemption.enums import Stage
from openzone.zone.redemption.models import Application
from openzone.zone.redemption.selectors.desk import holder, waits_for_enterprise

register = template.Library()

register.filter("fen", redemption.fen)
register.filter("kept_value", redemption.fact_value)
register.filter("asks_enterprise", waits_for_enterprise)


@register.filter
def held_by(application: Application) -> object:
    """Return who holds an application now."""
    return holder(application, Stage(application.stage))


@register.filter
def due_chip(due: dt.datetime | None) -> str:
    """Return the look of a due date: late, soon or neither; a word says the same."""
    if due is None:
        return ""
    now = timezone.now()
    if due < now:
        return "chip-old"
    return "chip-warn" if due - now < dt.timedelta(days=2) else ""


@register.filter
def minute(at: dt.datetime) -> str:
    """Write a moment to the minute."""
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M")


@register.filter
def days(value: float | None) -> str:
    """Write working days with one decimal."""
    return number(value, 1)


@register.filter
def masked(account: str) -> str:
    """Write an account number so that its owner knows it and nobody else does."""
    return f"…{account[-4:]}" if account else "—"


@register.filter
def yuan(amount: int) -> str:
    """Write fen as plain yuan for a chart."""
    return f"{amount / 100:.2f}"


@register.filter
def percent(share: float | None) -> str:
    """Write a share as a percentage with one decimal."""
    return "—" if share is None else f"{number(share * 100, 1)}%"


@register.filter
def application_of(about: str) -> int:
    """Return the application a row of the ledger is about; 0 for none."""
    kind, _colon, pk = about.partition(":")
    return int(pk) if kind == "application" and pk.isdecimal() else 0
