"""How the pages of promotion say who has a lead, and why an investor may be the same."""

from django.forms import BoundField, Form
from django.template import Library

from openzone.engines.text import Text
from openzone.www.forms.promotion import FIRST
from openzone.www.promotion import reasons
from openzone.zone.projects.models import Project
from openzone.zone.promotion.models import Interaction, Lead
from openzone.zone.promotion.packs import called, pack
from openzone.zone.promotion.selectors.alike import Found
from openzone.zone.promotion.selectors.alike import who_has as has
from openzone.zone.promotion.selectors.timeline import talks

register = Library()
TALKS = 5


@register.filter
def who_has(lead: Lead) -> Text:
    """Return who follows a lead."""
    return has(lead)


@register.filter
def alike_reasons(found: Found) -> str:
    """Return why an investor may be the same, in words."""
    return reasons(found)


@register.simple_tag
def origin_of(project: Project) -> tuple[Lead, list[Interaction]] | None:
    """Return the lead a project came of, with what was said last; None where it came of none."""
    lead = Lead.objects.filter(project=project).select_related("adviser", "investor").first()
    return (lead, talks(lead)[:TALKS]) if lead is not None else None


@register.filter
def talk_kind(name: str) -> Text:
    """Return what a kind of interaction is called."""
    return called(pack().interactions, name)


@register.filter
def asked_first(form: Form) -> list[BoundField]:
    """Return the fields a form asks first."""
    return [field for field in form.visible_fields() if field.name in FIRST]


@register.filter
def asked_later(form: Form) -> list[BoundField]:
    """Return the fields that are folded."""
    return [field for field in form.visible_fields() if field.name not in FIRST]
