"""What pages of field work share: which record, what forms may choose among, the firm named."""

import datetime as dt
from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from openzone.www.access import require
from openzone.www.formpage import Crumb, FormPage, answer
from openzone.www.forms.promotion_field import offered
from openzone.www.hands import Hand
from openzone.www.overview.numbers import address
from openzone.zone.people.models import Unit
from openzone.zone.people.selectors import memberships_of
from openzone.zone.projects.models import Project
from openzone.zone.projects.selectors.listing import visible as visible_projects
from openzone.zone.promotion.enums import OPEN, EventState, TripState
from openzone.zone.promotion.field_permissions import may_begin, may_keep, may_see, may_work_for
from openzone.zone.promotion.models import Investor, Lead
from openzone.zone.promotion.permissions import visible as visible_leads
from openzone.zone.promotion.selectors import field as selectors
from openzone.zone.promotion.services.field_links import firm_named
from openzone.zone.registry.permissions import may_export

TEMPLATE = "promotion_field/act.html"
M = TypeVar("M", bound=Model)


def seen(request: HttpRequest, rows: "QuerySet[M]", pk: int) -> M:
    """Return a record the person may read."""
    found = get_object_or_404(rows, pk=pk)
    require(may_see(request.user, found, timezone.localdate()))  # type: ignore[arg-type]
    return found


def kept(request: HttpRequest, rows: "QuerySet[M]", pk: int) -> M:
    """Return a record the person writes into."""
    found = get_object_or_404(rows, pk=pk)
    require(may_keep(request.user, found, timezone.localdate()))  # type: ignore[arg-type]
    return found


def begins(request: HttpRequest) -> None:
    """Go on if the person begins field work."""
    require(may_begin(request.user, timezone.localdate()))


def for_unit(who: Hand, unit: Unit | None) -> None:
    """Go on if the person begins field work of a unit."""
    require(may_work_for(who.user, unit, who.today))


def offer_work(form: forms.Form, who: Hand) -> None:
    """Offer the leads, projects, trips and events that the person sees."""
    user, today = who.user, who.today
    offered(
        form,
        lead=visible_leads(user, today).filter(state__in=OPEN).order_by("-pk"),
        project=visible_projects(user, today).order_by("-pk"),
        trip=selectors.trips(user, today).exclude(state=TripState.CANCELLED),
        event=selectors.events(user, today).exclude(state=EventState.CANCELLED),
    )


def own_unit(who: Hand) -> dict[str, Any]:
    """Return what forms begin with: the person and the unit they work for."""
    post = next(iter(memberships_of(who.user, who.today)), None)
    name = who.user.get_username()
    unit = post.unit.code if post is not None else None
    return {"unit": unit, "owner": name, "leader": name, "host": name, "on": who.today}


def firm_of(who: Hand, given: dict[str, Any], *, synthetic: bool = False) -> Investor:
    """Return the firm a form names: that of the lead, else the one of the name."""
    name, sure = given.pop("firm", ""), given.pop("sure", False)
    lead: Lead | None = given.get("lead")
    if lead is not None and not name:
        return lead.investor
    return firm_named(**who.of("now", "user"), name=name, sure=sure, synthetic=synthetic)


def page(heading: str, button: str, crumbs: tuple[Crumb, ...], sub: str = "") -> FormPage:
    """Return what a form of field work says."""
    return FormPage(heading, button, _("It is recorded."), crumbs, sub, TEMPLATE)


def whole(
    request: HttpRequest, words: FormPage, form: forms.Form, do: Callable[[], str]
) -> HttpResponse:
    """Show a form, or do everything it says in one transaction."""

    def act() -> str:
        with transaction.atomic():
            return do()

    return answer(request, words, form, act)


def above(name: str, label: str, row: Any = None, href: str = "") -> tuple[Crumb, ...]:
    """Return the pages above a form."""
    crumbs = (Crumb(reverse(name), label),)
    return (*crumbs, Crumb(href, str(row))) if row is not None else crumbs


def tabs(here: str) -> list[tuple[str, str, bool]]:
    """Return the pages of field work."""
    names = {
        "promotion_funnel": _("Funnel"), "trips": _("Promotion trips"),
        "promo_events": _("Promotion events"), "return_visits": _("Return visits"),
        "supplier_lists": _("Suppliers of leaders"), "term_sheets": _("Term sheets"),
        "negotiations": _("Negotiations"),
    }  # fmt: skip
    return [(address(name), label, name == here) for name, label in names.items()]


def listed(request: HttpRequest, here: str, today: dt.date) -> dict[str, Any]:
    """Return what every list of field work draws."""
    return {
        "tabs": tabs(here),
        "begins": may_begin(request.user, today).allowed,
        "may_export": may_export(request.user, today).allowed,
        "today": today,
    }


def projects_of(who: Hand) -> "QuerySet[Project]":
    """Return the projects a person sees."""
    return visible_projects(who.user, who.today)
