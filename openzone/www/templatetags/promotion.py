"""How the pages of promotion say who has a lead, and why an investor may be the same."""

from django.template import Library

from openzone.engines.text import Text
from openzone.www.promotion import reasons
from openzone.zone.promotion.models import Lead
from openzone.zone.promotion.selectors.alike import Found
from openzone.zone.promotion.selectors.alike import who_has as has

register = Library()


@register.filter
def who_has(lead: Lead) -> Text:
    """Return who follows a lead."""
    return has(lead)


@register.filter
def alike_reasons(found: Found) -> str:
    """Return why an investor may be the same, in words."""
    return reasons(found)
