"""How cultivation pages write titles and shares."""

from django.template import Library

from openzone.www.formats import number, say
from openzone.zone.cultivation.packs import title_named

register = Library()


@register.filter
def title_word(name: str) -> str:
    """Write a title by its id; one that left the pack keeps its id."""
    title = title_named(name)
    return say(title.title.text) if title else name


@register.filter
def percent(share: float) -> str:
    """Write a share with one decimal: 0.9349 → 93.5%."""
    return f"{number(share * 100, 1)}%"


@register.filter
def yuan(amount: float) -> str:
    """Write an amount without decimals, its thousands apart."""
    return number(round(amount))
