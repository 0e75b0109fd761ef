"""Filters of the pages of reporting."""

from django import template

from openzone.zone.indicators.selectors.rollups import RollCell

register = template.Library()


@register.filter
def place_slug(cell: RollCell) -> str:
    """Return what a column is called in an address: ``whole``, ``economic-12``, ``economic``."""
    return cell.place.slug
