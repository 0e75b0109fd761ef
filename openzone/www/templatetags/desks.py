"""Where a case came from, as a link to the page people act on."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

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
from openzone.zone.community.permissions import may_see_filing, may_see_order
from openzone.zone.people.models import User
from openzone.zone.people.permissions import Decision

register = template.Library()
# What an origin names, the page it is shown on, and what the link says.
PAGES: Mapping[str, tuple[str, Promise]] = {
    "consultation": ("consultation", _("The question of this case")),
    "case": ("case", _("Another case")),
    "visit": ("visit", _("The visit it was found on")),
    "site_session": ("site_session", _("The session on site it was raised at")),
    "reform_task": ("reform_task", _("The reform task")),
    "meeting": ("review", _("The review meeting that decided it")),
    "project": ("project", _("The project")),
    "parcel": ("parcel", _("The parcel")),
    "suggestion_final": ("suggestion_final", _("The suggestion it carries out")),
}
WORDS: Mapping[str, Promise] = {"assignee": _("A complaint about who looks after the enterprise")}
# The record a desk keeps beside a case, by its reverse name: its page, and what the link says.
DESKS: Mapping[str, tuple[str, Promise]] = {
    "assisted_order": ("order", _("Open the order")),
    "filing": ("filing", _("Open the filing")),
    "commitment": ("commitment", _("Open the commitment")),
    "consultation": ("consultation", _("Open the question")),
    "reform_task": ("reform_task", _("Open the reform task")),
    "suggestion": ("suggestion_final", _("Open the suggestion")),
}
SEEN: Mapping[str, Callable[[User, Any, date], Decision]] = {
    "assisted_order": may_see_order,
    "filing": may_see_filing,
}


@register.inclusion_tag("desks/origin.html")
def origin_link(origin: str) -> dict[str, object]:
    """Write an origin such as ``consultation:12`` as a link, any other as it stands."""
    kind, _colon, number = origin.partition(":")
    known = PAGES.get(kind)
    if known is None or not is_record_number(number):
        return {"origin": WORDS.get(kind, origin), "href": ""}
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


@register.simple_tag(takes_context=True)
def desk_records(context: template.Context, case: Case) -> list[tuple[str, Promise]]:
    """Return the pages of a desk on which people act on this case, where the reader sees them."""
    return list(_records(case, context["request"].user, timezone.localdate()))


def _records(case: Case, user: User, on: date) -> Iterator[tuple[str, Promise]]:
    for name, (page, label) in DESKS.items():
        record = getattr(case, name, None)
        if record is not None and (name not in SEEN or SEEN[name](user, record, on).allowed):
            yield reverse(page, args=[record.pk]), label
