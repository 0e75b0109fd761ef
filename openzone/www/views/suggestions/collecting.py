"""Suggestions come in: by their proposers, typed in from paper, from spreadsheets."""

import secrets

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.formpage import posted
from openzone.www.forms import refusals
from openzone.www.forms.suggestions import BecauseForm, ProposeForm, SheetForm
from openzone.www.pages import page_of
from openzone.www.views.suggestions.common import (
    Words,
    above,
    campaign_for,
    campaign_seen,
    form_page,
    hand,
)
from openzone.zone.errors import Refused
from openzone.zone.registry.imports.problems import from_json
from openzone.zone.suggestions.enums import CampaignState, SheetKind, Source
from openzone.zone.suggestions.models import Campaign, Member, Original, Sheet
from openzone.zone.suggestions.permissions import (
    may_organise,
    may_propose,
    may_record,
    may_withdraw,
    member_of,
)
from openzone.zone.suggestions.selectors.alike import alike as found_alike
from openzone.zone.suggestions.services import sheets as services
from openzone.zone.suggestions.services.collecting import propose, withdraw


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand in a suggestion of one's own, or type in one from paper."""
    campaign = campaign_seen(request, pk)
    own = _writer(request, campaign)
    form = ProposeForm(
        campaign, own, posted(request), initial={"request_id": secrets.token_hex(16)}
    )
    if form.is_valid() and (made := _taken(request, form, own)):
        done = _("The suggestion is recorded under number %d.") % made.number
        messages.success(request, done)
        return (
            redirect("suggestion_new", campaign.pk)
            if own is None
            else redirect("suggestion_original", made.pk)
        )
    context = {"campaign": campaign, "form": form, "own": own, "alike": _like(request, campaign)}
    status = 400 if form.is_bound else 200
    return render(request, "suggestions/new.html", context, status=status)


def _writer(request: HttpRequest, campaign: Campaign) -> Member | None:
    """Return the member who writes, nobody for a recorder; refuse everybody else."""
    user, today = request.user, timezone.localdate()
    own = member_of(user, campaign)
    if own is not None:
        require(may_propose(user, campaign))
        return own
    require(may_record(user, today))
    if campaign.state != CampaignState.COLLECTING:
        raise PermissionDenied(say(may_propose(user, campaign).reason))
    return None


def _taken(request: HttpRequest, form: ProposeForm, own: Member | None) -> Original | None:
    source = Source.ONLINE if own is not None else Source.PAPER
    actor, _by, now = hand(request)
    try:
        return propose(
            actor=actor,
            entry=form.entry(),
            now=now,
            source=source,
            request_id=form.cleaned_data["request_id"],
        )
    except Refused as refusal:
        refusals.show(form, refusal)
        return None


@require_GET
def alike(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer what is being written with suggestions like it."""
    campaign = campaign_seen(request, pk)
    return render(request, "suggestions/alike.html", {"alike": _like(request, campaign)})


def _like(request: HttpRequest, campaign: Campaign) -> object:
    text = (request.POST or request.GET).get("text", "")[:2000]
    return found_alike(campaign, text)


@require_http_methods(["GET", "POST"])
def withdraw_original(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a suggestion back."""
    found = get_object_or_404(Original.objects.select_related("campaign", "member"), pk=pk)
    require(may_withdraw(request.user, found, timezone.localdate()))
    form = BecauseForm(posted(request))
    actor, _by, now = hand(request)

    def act() -> object:
        return withdraw(actor=actor, original=found, now=now, **form.cleaned_data)

    words = Words(
        _("Take a suggestion back"), _("Take back"), _("It is taken back."), found.text[:200]
    )
    there = redirect("suggestion_original", found.pk).url
    return form_page(request, words, above(found.campaign), form, act, there)


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a spreadsheet or pasted text and check it; nothing is entered yet."""
    campaign = campaign_for(request, pk, may_record)
    form = SheetForm(posted(request), request.FILES or None)
    if form.is_valid() and (sheet := _checked(request, campaign, form)):
        return redirect("suggestion_sheet", sheet.pk)
    context = {
        "campaign": campaign,
        "form": form,
        "kinds": [(label, services.vocabulary(kind).fields) for kind, label in SheetKind.choices],
        "sheets": page_of(request, campaign.sheets.order_by("-pk")),
    }
    status = 400 if form.is_bound else 200
    return render(request, "suggestions/sheets.html", context, status=status)


def _checked(request: HttpRequest, campaign: Campaign, form: SheetForm) -> Sheet | None:
    given, file = form.cleaned_data, form.cleaned_data["file"]
    actor, _by, now = hand(request)
    try:
        if given["kind"] == SheetKind.MEMBERS:
            require(may_organise(request.user, timezone.localdate()))
        return services.check_sheet(
            actor=actor,
            campaign=campaign,
            kind=given["kind"],
            file_name=file.name or "" if file else _("Pasted text") + ".csv",
            data=file.read() if file else given["pasted"].encode(),
            now=now,
            as_of=timezone.localdate(),
            source=Source.IMPORT if file else Source.PASTE,
        )
    except Refused as refusal:
        refusals.show(form, refusal)
        return None


@require_GET
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a file would enter, and what is wrong with its other rows."""
    found = _sheet(request, pk)
    context = {
        "sheet": found,
        "campaign": found.campaign,
        "columns": services.vocabulary(found.kind).fields,
        "problems": [from_json(one) for one in found.problems],
    }
    return render(request, "suggestions/sheet.html", context)


@require_POST
def sheet_apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter the good rows."""
    found, (actor, _by, now) = _sheet(request, pk), hand(request)
    try:
        services.apply_sheet(actor=actor, sheet=found, now=now)
    except Refused as refusal:
        messages.error(request, say(refusal.reason))
    return redirect("suggestion_sheet", found.pk)


@require_POST
def sheet_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Drop the file."""
    found = _sheet(request, pk)
    try:
        services.discard_sheet(actor=hand(request).actor, sheet=found)
    except Refused as refusal:
        messages.error(request, say(refusal.reason))
    return redirect("suggestion_sheets", found.campaign_id)


def _sheet(request: HttpRequest, pk: int) -> Sheet:
    require(may_record(request.user, timezone.localdate()))
    found = get_object_or_404(Sheet.objects.select_related("campaign"), pk=pk)
    if found.kind == SheetKind.MEMBERS:
        require(may_organise(request.user, timezone.localdate()))
    return found
