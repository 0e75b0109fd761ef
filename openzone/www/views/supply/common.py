"""What pages of supply matching share."""

import datetime as dt
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.formpage import Crumb, FormPage
from openzone.zone.people.permissions import may_see_console
from openzone.zone.registry.permissions import may_export
from openzone.zone.registry.selectors.enterprises import spoken_for
from openzone.zone.supply.enums import Side
from openzone.zone.supply.models import Invitation, SupplyEntry
from openzone.zone.supply.packs import kind_label
from openzone.zone.supply.permissions import may_handle, may_list, may_see

TEMPLATE = "promotion_field/act.html"


def entered(request: HttpRequest) -> dt.date:
    """Return today, for whoever looks at needs and offers at all."""
    today = timezone.localdate()
    require(may_list(request.user, today))
    return today


def entry_of(request: HttpRequest, pk: int) -> SupplyEntry:
    """Return an entry."""
    entered(request)
    return get_object_or_404(SupplyEntry.objects.select_related("enterprise__place"), pk=pk)


def invitation_of(request: HttpRequest, pk: int) -> Invitation:
    """Return an invitation the person may read."""
    today = entered(request)
    rows = Invitation.objects.select_related("need__enterprise", "offer__enterprise", "event")
    found = get_object_or_404(rows, pk=pk)
    require(may_see(request.user, found, today))
    return found


def framed(request: HttpRequest, here: str, today: dt.date) -> dict[str, Any]:
    """Return what stands on every page."""
    user = request.user
    return {
        "supply_tabs": tabs(request, here, today),
        "handles": may_handle(user, today).allowed,
        "speaks": spoken_for(user, today).exists(),
        "may_export": may_export(user, today).allowed,
        "sides": Side,
        "today": today,
    }


def tabs(request: HttpRequest, here: str, today: dt.date) -> list[tuple[str, str, bool]]:
    """Return the pages somebody may open."""
    names = {"supply": _("Needs and offers"), "supply_invitations": _("Invitations to deal")}
    if spoken_for(request.user, today).exists():
        names = {"supply_mine": _("Our needs and offers"), **names}
    if may_see_console(request.user, today).allowed:
        names |= {"supply_events": _("Matchmaking events"), "supply_statistics": _("Statistics")}
    return [(reverse(name), label, name == here) for name, label in names.items()]


def lines_of(entries: Any) -> list[tuple[SupplyEntry, str]]:
    """Return entries with what their kind is called."""
    return [(one, say(kind_label(one.kind))) for one in entries]


def above(entry: SupplyEntry | None = None) -> tuple[Crumb, ...]:
    """Return the pages above a form."""
    crumbs = (Crumb(reverse("supply"), _("Needs and offers")),)
    if entry is None:
        return crumbs
    return (*crumbs, Crumb(reverse("supply_entry", args=[entry.pk]), entry.title))


def page(heading: str, button: str, crumbs: tuple[Crumb, ...], sub: str = "") -> FormPage:
    """Return what a form says."""
    return FormPage(heading, button, _("It is recorded."), crumbs, sub, TEMPLATE)
