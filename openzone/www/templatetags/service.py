"""Filters of the service pages: numbers and addresses masked, words of packs, shares."""

from collections.abc import Mapping

from django.template import Library
from django.utils.translation import gettext

from openzone.engines.facts.catalogue import Bilingual
from openzone.engines.service.masking import masked_address, masked_number
from openzone.engines.service.walking import Reach
from openzone.engines.worktime.durations import Duration
from openzone.www import formats
from openzone.zone.catalogue.enums import Receiving

register = Library()
register.filter("masked", masked_number)
register.filter("masked_address", masked_address)


@register.filter
def limit(duration: Duration | None) -> str:
    """Write a limit; an unknown one is a dash."""
    return formats.say(duration.text) if duration else formats.DASH


@register.filter
def term(labels: Mapping[str, Bilingual], name: str) -> str:
    """Write a word of a pack; one the pack does not know any more stays as it is."""
    return formats.say(labels[name].text) if name in labels else name


@register.filter
def way(name: str) -> str:
    """Write a way to apply."""
    return str(Receiving(name).label) if name in Receiving.values else name


@register.filter
def share(value: float | None) -> str:
    """Write a share with one decimal; without a denominator it is a dash."""
    return formats.DASH if value is None else f"{formats.number(value * 100, 1)}%"


@register.filter
def reached(found: Reach) -> str:
    """Write the share within the limit: an interval where some ways are unknown."""
    if found.least is None or found.most is None:
        return formats.DASH
    if found.unknown == 0:
        return share(found.least)
    return f"{share(found.least)} – {share(found.most)}"


@register.filter
def days_left(days: int | None) -> str:
    """Write how many days are left, or for how many it is overdue."""
    if days is None:
        return formats.DASH
    if days < 0:
        return gettext("%(n)d days overdue") % {"n": -days}
    return gettext("today") if days == 0 else gettext("%(n)d days left") % {"n": days}
