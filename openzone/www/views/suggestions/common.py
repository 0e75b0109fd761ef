"""What the pages of campaigns share."""

import datetime as dt
from collections.abc import Callable
from typing import NamedTuple

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from openzone.www.access import require
from openzone.www.formpage import Crumb, FormPage, answer
from openzone.zone.audit.actors import Actor
from openzone.zone.people.models import User
from openzone.zone.people.permissions import Decision, may_see_console
from openzone.zone.suggestions.models import Campaign, Final
from openzone.zone.suggestions.permissions import Visitor, may_see

Decide = Callable[[Visitor, dt.date], Decision]


class Words(NamedTuple):
    """What a form page says: heading, button, and what is said when it is done."""

    heading: str
    button: str
    done: str
    sub: str = ""


class Hand(NamedTuple):
    """Who acts, when."""

    actor: Actor
    by: User
    now: dt.datetime


def hand(request: HttpRequest) -> Hand:
    """Return who acts and when, as most services want to know it."""
    user = request.user
    return Hand(Actor.of(user), user, timezone.now())  # type: ignore[arg-type] # logged in


def campaign_seen(request: HttpRequest, pk: int) -> Campaign:
    """Return a campaign somebody may see."""
    campaign = get_object_or_404(Campaign, pk=pk)
    require(may_see(request.user, campaign, timezone.localdate()))
    return campaign


def inside(request: HttpRequest) -> bool:
    """Whether the visitor works for the zone."""
    return may_see_console(request.user, timezone.localdate()).allowed


def campaign_for(request: HttpRequest, pk: int, decide: Decide) -> Campaign:
    """Return a campaign to somebody who may do something with it."""
    campaign = get_object_or_404(Campaign, pk=pk)
    require(decide(request.user, timezone.localdate()))
    return campaign


def final_for(request: HttpRequest, pk: int, decide: Decide) -> Final:
    """Return a final to somebody who may do something with it."""
    final = get_object_or_404(Final.objects.select_related("campaign", "case"), pk=pk)
    require(decide(request.user, timezone.localdate()))
    return final


def above(campaign: Campaign, final: Final | None = None) -> tuple[Crumb, ...]:
    """Return the pages above a page of a campaign."""
    crumbs = (
        Crumb(reverse("suggestions"), _("Suggestions")),
        Crumb(reverse("suggestion_campaign", args=[campaign.pk]), campaign.title),
    )
    if final is None:
        return crumbs
    return (*crumbs, Crumb(reverse("suggestion_final", args=[final.pk]), final.title))


def form_page(
    request: HttpRequest,
    words: Words,
    crumbs: tuple[Crumb, ...],
    form: forms.Form,
    act: Callable[[], object],
    there: str = "",
) -> HttpResponse:
    """Show a form, or do what it says and go to a page: the one above unless another is named."""

    def go() -> str:
        act()
        return there or crumbs[-1].href

    page = FormPage(words.heading, words.button, words.done, crumbs, words.sub)
    return answer(request, page, form, go)
