"""What the pages of reading share."""

import datetime as dt
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from openzone.www.access import require
from openzone.www.formpage import Crumb, FormPage
from openzone.zone.readings.enums import PageState
from openzone.zone.readings.models import JudgedFact, Page
from openzone.zone.readings.permissions import may_list, may_read

TEMPLATE = "promotion_field/act.html"


def entered(request: HttpRequest) -> dt.date:
    """Return today, for whoever looks at pages at all."""
    today = timezone.localdate()
    require(may_list(request.user, today))
    return today


def reading(request: HttpRequest) -> dt.date:
    """Return today, for whoever brings pages in and judges facts."""
    today = timezone.localdate()
    require(may_read(request.user, today))
    return today


def page_at(pk: int) -> Page:
    """Return a page."""
    return get_object_or_404(Page.objects.select_related("brought_by"), pk=pk)


def read_page_at(pk: int) -> Page:
    """Return a page that was read."""
    return get_object_or_404(Page, pk=pk, state=PageState.READ)


def fact_at(pk: int) -> JudgedFact:
    """Return a fact as it stands."""
    rows = JudgedFact.objects.select_related(
        "fact", "page", "last__by", "enterprise", "project", "document"
    )
    return get_object_or_404(rows, pk=pk)


def framed(request: HttpRequest, here: str, today: dt.date) -> dict[str, Any]:
    """Return what stands on every page of the room."""
    names = {"readings": _("Pages read"), "readings_statistics": _("How good the rules are")}
    return {
        "reading_tabs": [(reverse(name), label, name == here) for name, label in names.items()],
        "may_read": may_read(request.user, today).allowed,
        "today": today,
    }


def above(page: Page | None = None) -> tuple[Crumb, ...]:
    """Return the pages above a form."""
    crumbs = (Crumb(reverse("readings"), _("Reading of pages")),)
    if page is None:
        return crumbs
    return (*crumbs, Crumb(reverse("reading", args=[page.pk]), str(page)))


def form_page(
    heading: str, button: str, crumbs: tuple[Crumb, ...], sub: str = "", done: str = ""
) -> FormPage:
    """Return what a form says."""
    return FormPage(heading, button, done or _("It is recorded."), crumbs, sub, TEMPLATE)
