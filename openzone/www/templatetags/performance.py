"""How the pages of targets and evaluations write figures and points."""

from decimal import Decimal

from django.template import Library

from openzone.packs.measures import UnitPack
from openzone.www import formats
from openzone.www.views.performance import drawing
from openzone.zone.performance.selectors.scores import Worked

register = Library()


@register.filter
def in_unit(value: Decimal | None, unit: UnitPack) -> str:
    """Write a stored figure in its unit."""
    return drawing.in_unit(value, unit)


@register.filter
def points_of(worked: Worked, indicator: str) -> str:
    """Write the points of an indicator; a dash without a target of it, or without a figure."""
    line = next((one for one in worked.lines if one.indicator == indicator), None)
    if line is None or line.points is None:
        return formats.DASH
    return formats.number(line.points, 2)
