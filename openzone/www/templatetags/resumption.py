"""Words and shares of resumption of work."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.template import Library

from openzone.www.formats import number
from openzone.zone.resumption.enums import Resumed

register = Library()
TENTH = Decimal("0.1")


@register.filter
def at(rows: Sequence[Any], place: int) -> Any:
    """Return one of several by its place."""
    return rows[place]


@register.filter
def resumed_word(value: str) -> str:
    """Return what an answer is called."""
    return str(Resumed(value).label)


@register.filter
def part_percent(share: Decimal) -> str:
    """Return a share in per cent with one decimal, halves up."""
    return f"{(share * 100).quantize(TENTH, ROUND_HALF_UP)}%"


@register.filter
def whole_number(value: Decimal) -> str:
    """Write a count or a sum without decimals."""
    return number(value.quantize(Decimal(1), ROUND_HALF_UP))


@register.filter
def as_number(text: str) -> str:
    """Return a number that was kept as text."""
    return number(Decimal(text).quantize(TENTH, ROUND_HALF_UP))
