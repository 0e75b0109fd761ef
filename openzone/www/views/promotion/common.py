"""What the pages of promotion share: which lead, for whom, and the pages above it."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from openzone.engines.text import Text
from openzone.packs.promotion import UNGRADED
from openzone.www.access import require
from openzone.www.formpage import Crumb
from openzone.www.overview.numbers import address
from openzone.zone.promotion.models import Contact, Investor, Lead
from openzone.zone.promotion.packs import called, pack
from openzone.zone.promotion.permissions import may_edit, may_list, may_see
from openzone.zone.promotion.selectors.listing import with_names

TEMPLATE = "projects/act.html"
NOT_GRADED = Text("未评级", "Not graded")


def seen(request: HttpRequest, pk: int) -> Lead:
    """Return a lead the person may read."""
    lead = get_object_or_404(_whole(), pk=pk)
    require(may_see(request.user, lead, timezone.localdate()))
    return lead


def kept(request: HttpRequest, pk: int) -> Lead:
    """Return a lead the person may write into."""
    lead = get_object_or_404(_whole(), pk=pk)
    require(may_edit(request.user, lead, timezone.localdate()))
    return lead


def investor_of(request: HttpRequest, pk: int) -> Investor:
    """Return an investor, for whoever works in promotion at all."""
    require(may_list(request.user, timezone.localdate()))
    return get_object_or_404(Investor.objects.select_related("enterprise", "merged_into"), pk=pk)


def contact_of(request: HttpRequest, pk: int) -> Contact:
    """Return a person of an investor; whoever asks decides what may be done with it."""
    require(may_list(request.user, timezone.localdate()))
    return get_object_or_404(Contact.objects.select_related("investor__root"), pk=pk)


def page_of(lead: Lead, part: str = "") -> str:
    """Return the address of a lead's page, at one of its parts."""
    return reverse("lead", args=[lead.pk]) + (f"#{part}" if part else "")


def investor_page(investor: Investor, part: str = "") -> str:
    """Return the address of an investor's page."""
    return reverse("investor", args=[investor.pk]) + (f"#{part}" if part else "")


def above(lead: Lead | None = None) -> tuple[Crumb, ...]:
    """Return the pages above a form about a lead."""
    crumbs = (Crumb(reverse("leads"), _("Promotion")),)
    return (*crumbs, Crumb(page_of(lead), lead.title)) if lead else crumbs


def above_investor(investor: Investor | None = None) -> tuple[Crumb, ...]:
    """Return the pages above a form about an investor."""
    crumbs = (Crumb(reverse("leads"), _("Promotion")), Crumb(reverse("investors"), _("Investors")))
    return (*crumbs, Crumb(investor_page(investor), investor.name)) if investor else crumbs


def tabs(here: str) -> list[tuple[str, str, bool]]:
    """Return the ways to look at promotion."""
    names = {
        "leads": _("Board"), "lead_list": _("Table"), "leads_quiet": _("Nobody called"),
        "referrals": _("Referrals"), "investors": _("Investors"), "advisers": _("Advisers"),
    }  # fmt: skip
    return [(address(name), label, name == here) for name, label in names.items()]


def source_label(lead: Lead) -> Text:
    """Return what the source of a lead is called."""
    return called(pack().sources, lead.source)


def channel_label(name: str) -> Text | None:
    """Return what a channel is called, where one is stated."""
    return called(pack().channels, name) if name else None


def kind_label(name: str) -> Text:
    """Return what a kind of interaction is called."""
    return called(pack().interactions, name)


def grade_label(name: str) -> Text:
    """Return what a grade is called."""
    return called(pack().grades, name) if name != UNGRADED else NOT_GRADED


def _whole() -> QuerySet[Lead]:
    return with_names(Lead.objects.select_related("project", "recorded_by", "investor__root"))
