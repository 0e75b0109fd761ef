"""Where a case came from, as a link to the page people act on."""

from collections.abc import Mapping

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from openzone.www.converters import is_record_number
from openzone.zone.cases.models import Case
from openzone.zone.cases.permissions import may_coordinate
from openzone.zone.cases.register_permissions import may_dispatch
from openzone.zone.cases.services.window import WINDOW

register = template.Library()
# What an origin names, the page it is shown on, and what the link says.
PAGES: Mapping[str, tuple[str, Promise]] = {
    "consultation": ("consultation", _("The question of this case")),
    "case": ("case", _("Another case")),
}


@register.inclusion_tag("desks/origin.html")
def origin_link(origin: str) -> dict[str, object]:
    """Write an origin such as ``consultation:12`` as a link, any other as it stands."""
    kind, _colon, number = origin.partition(":")
    known = PAGES.get(kind)
    if known is None or not is_record_number(number):
        return {"origin": origin, "href": ""}
    page, label = known
    return {"origin": label, "href": reverse(page, args=[int(number)])}


@register.inclusion_tag("desks/case_links.html", takes_context=True)
def desk_links(context: template.Context, case: Case) -> dict[str, object]:
    """Write what a desk does with a case beside its actions: getting hold of things, referring."""
    user, today = context["request"].user, timezone.localdate()
    supplies = case.fields.get("element") and not case.closed
    failing = case.kind == WINDOW and case.stage == "triage"
    return {
        "case": case,
        "may_dispatch": bool(supplies) and may_dispatch(user, case, today).allowed,
        "may_refer": failing and may_coordinate(user, today).allowed,
    }
