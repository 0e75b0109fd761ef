"""How the pages of land write areas."""

from collections.abc import Mapping
from decimal import Decimal

from django.template import Library
from django.utils.translation import gettext as _

from openzone.engines.projects import landarea
from openzone.www import formats
from openzone.zone.projects.models import Project

register = Library()


@register.filter
def mu(area_m2: Decimal | None) -> str:
    """Write an area in mu, two places at most; none is a dash."""
    if area_m2 is None:
        return formats.DASH
    value = formats.number(landarea.mu(area_m2).normalize(), None)
    return _("%(area)s mu") % {"area": value}


@register.filter
def figure(value: Decimal | None) -> str:
    """Write a figure of an indicator as it was given; unknown is a dash."""
    return formats.DASH if value is None else formats.number(value.normalize(), None)


@register.filter
def of(words: Mapping[str, str], name: str) -> str:
    """Return the words of an id; an id without any is told as it is."""
    return words.get(name, name)


@register.simple_tag
def land_of(project: Project) -> dict[str, object]:
    """Return the parcels a project stands on and the land to be handed over for it."""
    return {
        "links": list(project.parcels.select_related("parcel")),
        "deliveries": list(project.deliveries.filter(ended_on=None)),
    }
