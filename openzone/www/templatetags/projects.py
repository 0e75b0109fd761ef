"""How the pages of projects write shares, quantities and lights."""

from decimal import Decimal

from django.template import Library

from openzone.engines.projects.light_model import Colour
from openzone.www import formats

register = Library()


@register.filter
def share(value: Decimal | None) -> str:
    """Write a part of the whole as a percentage, to one decimal; unknown is a dash."""
    return formats.DASH if value is None else f"{formats.number(value * 100, 1)}%"


@register.filter
def plain(value: Decimal | None) -> str:
    """Write a number as attributes of a page want it."""
    return f"{value or 0:.4f}"


@register.filter
def rounded(value: Decimal) -> str:
    """Write a computed quantity: no more than a hundredth of its unit can be meant."""
    return formats.number(value, 2)


@register.filter
def away(days: int) -> int:
    """Return how far something is, in whichever direction."""
    return abs(days)


@register.filter
def colour_word(colour: str) -> str:
    """Write a light in words."""
    return formats.say(Colour(colour).label)
