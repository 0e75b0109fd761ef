"""What pages of waters share."""

import datetime as dt
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from openzone.www.access import require
from openzone.www.chain_pictures.picture import Source
from openzone.www.excel import in_example_zone
from openzone.www.formpage import Crumb, FormPage
from openzone.zone.people.permissions import may_see_console
from openzone.zone.registry.permissions import may_export
from openzone.zone.waters.enums import Kind
from openzone.zone.waters.models import Campaign, LogEntry, Planned, Section
from openzone.zone.waters.permissions import may_act, may_keep, may_list, may_see, units_of
from openzone.zone.waters.selectors.register import sections

TEMPLATE = "promotion_field/act.html"


def entered(request: HttpRequest) -> dt.date:
    """Return today, for whoever looks at waters at all."""
    today = timezone.localdate()
    require(may_list(request.user, today))
    return today


def section_of(request: HttpRequest, pk: int) -> Section:
    """Return a section the person may see."""
    today = entered(request)
    rows = Section.objects.select_related("water", "one", "other")
    found = get_object_or_404(rows.prefetch_related("targets", "chiefs__side"), pk=pk)
    require(may_see(request.user, found.sides, today))
    return found


def campaign_of(request: HttpRequest, pk: int) -> Campaign:
    """Return a campaign the person may see."""
    today = entered(request)
    found = get_object_or_404(Campaign.objects.select_related("one", "other"), pk=pk)
    require(may_see(request.user, found.sides, today))
    return found


def planned_of(request: HttpRequest, pk: int) -> Planned:
    """Return a section of a campaign the person may see."""
    today = entered(request)
    related = ("campaign__one", "campaign__other", "section__water", "case")
    found = get_object_or_404(Planned.objects.select_related(*related), pk=pk)
    require(may_see(request.user, found.campaign.sides, today))
    return found


def entry_of(request: HttpRequest, kind: str, pk: int) -> LogEntry:
    """Return an entry of the common log the person may see."""
    today = entered(request)
    related = ("one", "other", "water", "section", "case", "reported_side")
    found = get_object_or_404(LogEntry.objects.select_related(*related), pk=pk, kind=kind)
    require(may_see(request.user, found.sides, today))
    return found


def framed(request: HttpRequest, here: str, today: dt.date) -> dict[str, Any]:
    """Return what stands on every page."""
    user = request.user
    return {
        "water_tabs": tabs(here),
        "acts": any(
            may_act(user, one.sides, today).allowed for one in sections(user, today)
        ) if units_of(user, today) else False,
        "keeps": may_keep(user, today).allowed,
        "inside": may_see_console(user, today).allowed,
        "may_export": carries(request, today),
        "today": today,
    }  # fmt: skip


def carries(request: HttpRequest, today: dt.date) -> bool:
    """Whether somebody takes lists away: as elsewhere, and a partner what it shares."""
    return may_export(request.user, today).allowed or (
        may_list(request.user, today).allowed and bool(units_of(request.user, today))
    )


def tabs(here: str) -> list[tuple[str, str, bool]]:
    """Return the pages, with the one that is open."""
    pages = [
        (reverse("waters"), _("How waters stand"), "waters"),
        (reverse("water_sections"), _("Sections"), "water_sections"),
        (reverse("water_campaigns"), _("Sampling campaigns"), "water_campaigns"),
        *((reverse("water_log", args=[kind]), str(kind.label), kind.value) for kind in Kind),
        (reverse("water_map"), _("Map of sections"), "water_map"),
        (reverse("water_limits"), _("Limits of the classes"), "water_limits"),
    ]
    return [(page, label, name == here) for page, label, name in pages]


def above(label: str = "", page: str = "") -> tuple[Crumb, ...]:
    """Return the pages above a form."""
    crumbs = (Crumb(reverse("waters"), _("Joint water monitoring")),)
    return (*crumbs, Crumb(page, label)) if page else crumbs


def page(heading: str, button: str, crumbs: tuple[Crumb, ...], sub: str = "") -> FormPage:
    """Return what a form says."""
    return FormPage(heading, button, _("It is recorded."), crumbs, sub, TEMPLATE)


def source(today: dt.date, *, synthetic: bool) -> Source:
    """Return what a picture says of where its values come from."""
    return Source(today, _("Figures of both sides"), synthetic or in_example_zone())
