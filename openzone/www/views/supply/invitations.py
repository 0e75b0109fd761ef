"""Invitations: the list, one with its steps, answering, meeting, what came of it; statistics."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from openzone.www.access import require
from openzone.www.formpage import answer, posted
from openzone.www.forms.supply import (
    DealForm,
    InvitationFilter,
    MetForm,
    NoDealForm,
    SpanForm,
    WhySupplyForm,
)
from openzone.www.hands import Hand, hand
from openzone.www.pages import page_of
from openzone.www.views.supply import common
from openzone.zone.people.permissions import may_see_console
from openzone.zone.supply.enums import InvitationState
from openzone.zone.supply.models import Invitation
from openzone.zone.supply.permissions import may_answer, may_follow, may_reach
from openzone.zone.supply.selectors.listing import invitations, statistics
from openzone.zone.supply.services import inviting


class Act(NamedTuple):
    """A step: its form, what it is called, what it does, who may take it, from where."""

    form: type[forms.Form]
    label: Promise
    do: Callable[[Hand, Invitation, dict[str, Any]], object]
    may: Callable[..., Any]
    states: tuple[str, ...]


def _accept(who: Hand, one: Invitation, given: dict[str, Any]) -> object:
    return inviting.accept(**who.of("now"), invitation=one)


def _decline(who: Hand, one: Invitation, given: dict[str, Any]) -> object:
    return inviting.decline(**who.of("now"), invitation=one, **given)


def _met(who: Hand, one: Invitation, given: dict[str, Any]) -> object:
    return inviting.record_meeting(**who.of("now"), invitation=one, **given)


def _deal(who: Hand, one: Invitation, given: dict[str, Any]) -> object:
    return inviting.record_deal(**who.of("now"), invitation=one, **given)


def _no_deal(who: Hand, one: Invitation, given: dict[str, Any]) -> object:
    return inviting.record_no_deal(**who.of("now"), invitation=one, **given)


ACTS: Mapping[str, Act] = {
    "accept": Act(forms.Form, gettext_lazy("Accept the invitation"), _accept, may_answer,
                  ("sent",)),
    "decline": Act(WhySupplyForm, gettext_lazy("Decline the invitation"), _decline, may_answer,
                   ("sent",)),
    "met": Act(MetForm, gettext_lazy("Record that both met"), _met, may_follow, ("accepted",)),
    "deal": Act(DealForm, gettext_lazy("Record a deal"), _deal, may_follow, ("accepted", "met")),
    "none": Act(NoDealForm, gettext_lazy("Record that there is no deal"), _no_deal, may_follow,
                ("accepted", "met")),
}  # fmt: skip


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show the invitations somebody may see."""
    today = common.entered(request)
    form = InvitationFilter(request.GET)
    state = form.cleaned_data["state"] if form.is_valid() else ""
    rows = page_of(request, invitations(request.user, today, state))
    context = common.framed(request, "supply_invitations", today) | {"form": form, "page": rows}
    status = 200 if form.is_valid() else 400
    return render(request, "supply/invitations.html", context, status=status)


@require_GET
def invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an invitation: both sides, why they fit, its steps, what can be done."""
    found, today = common.invitation_of(request, pk), timezone.localdate()
    context = common.framed(request, "supply_invitations", today) | {
        "invitation": found,
        "parts": [
            (entry, may_reach(request.user, entry, today)) for entry in (found.need, found.offer)
        ],
        "steps": found.steps.all(),
        "acts": [
            (name, act.label) for name, act in ACTS.items()
            if found.state in act.states and act.may(request.user, found, today).allowed
        ],
        "late": found.state == InvitationState.SENT and found.answer_by < today,
    }  # fmt: skip
    return render(request, "supply/invitation.html", context)


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Take the next step of an invitation."""
    found, who = common.invitation_of(request, pk), hand(request)
    if what not in ACTS:
        raise Http404
    chosen = ACTS[what]
    require(chosen.may(request.user, found, who.today))
    form = chosen.form(posted(request), initial={"on": who.today})

    def do() -> str:
        chosen.do(who, found, form.cleaned_data)
        return reverse("supply_invitation", args=[found.pk])

    words = common.page(str(chosen.label), str(chosen.label), common.above(), str(found))
    return answer(request, words, form, do)


@require_GET
def numbers(request: HttpRequest) -> HttpResponse:
    """Show how many needs were met, each number with its list."""
    today = common.entered(request)
    require(may_see_console(request.user, today))
    first = today.replace(month=1, day=1)
    form = SpanForm(request.GET or {"first": first, "last": today})
    valid = form.is_valid() and form.cleaned_data["first"] <= form.cleaned_data["last"]
    if valid:
        first, last = form.cleaned_data["first"], form.cleaned_data["last"]
    else:
        last = today
    found = statistics(first, last)
    context = common.framed(request, "supply_statistics", today) | {
        "form": form, "found": found, "first": first, "last": last,
        "states": [(state, found.states[state]) for state in InvitationState],
    }  # fmt: skip
    return render(request, "supply/statistics.html", context, status=200 if valid else 400)
