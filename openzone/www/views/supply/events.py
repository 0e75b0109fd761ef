"""Matchmaking events with the pairs proposed for them, and workbooks of needs and offers."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.www import uploads
from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.formpage import answer, posted
from openzone.www.forms.supply import EventForm, SupplyBookForm
from openzone.www.hands import hand
from openzone.www.pages import page_of
from openzone.www.views.supply import common
from openzone.zone.errors import Refused
from openzone.zone.people.permissions import may_see_console
from openzone.zone.people.selectors import memberships_of
from openzone.zone.supply.models import MatchEvent, SupplySheet
from openzone.zone.supply.permissions import may_handle
from openzone.zone.supply.selectors.matching import Pair, proposal
from openzone.zone.supply.services import sheets
from openzone.zone.supply.services.events import invite_pairs, plan_event


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show the events, the latest first."""
    today = common.entered(request)
    require(may_see_console(request.user, today))
    rows = page_of(request, MatchEvent.objects.select_related("unit"))
    context = common.framed(request, "supply_events", today) | {"page": rows}
    return render(request, "supply/events.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Plan an event."""
    today = common.entered(request)
    require(may_handle(request.user, today))
    who = hand(request)
    post = next(iter(memberships_of(who.user, today)), None)
    form = EventForm(posted(request), initial={"unit": post.unit.code if post else None})

    def do() -> str:
        made = plan_event(**who.of("now", "user"), **form.cleaned_data)
        return reverse("supply_event", args=[made.pk])

    words = common.page(_("New matchmaking event"), _("Plan"), common.above())
    return answer(request, words, form, do)


@require_http_methods(["GET", "POST"])
def event(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an event with its invitations and who should meet; invite the pairs chosen."""
    today = common.entered(request)
    require(may_see_console(request.user, today))
    found = get_object_or_404(MatchEvent.objects.select_related("unit"), pk=pk)
    pairs = proposal(found.kind)
    if request.method == "POST":
        return _invited(request, found, pairs)
    context = common.framed(request, "supply_events", today) | {
        "event": found,
        "pairs": [(_key(one), one, [say(text) for text in one.reasons]) for one in pairs],
        "invitations": found.invitations.select_related("need__enterprise", "offer__enterprise"),
    }
    return render(request, "supply/event.html", context)


def _invited(request: HttpRequest, found: MatchEvent, pairs: list[Pair]) -> HttpResponse:
    who = hand(request)
    require(may_handle(request.user, who.today))
    wanted = set(request.POST.getlist("pair"))
    try:
        sent = invite_pairs(
            **who.of("now"), event=found, pairs=[one for one in pairs if _key(one) in wanted]
        )
        messages.success(request, _("Invitations sent: %(n)s") % {"n": len(sent)})
    except Refused as refusal:
        messages.error(request, say(refusal.reason))
    return redirect("supply_event", found.pk)


def _key(pair: Pair) -> str:
    return f"{pair.need.pk}-{pair.offer.pk}"


@require_http_methods(["GET", "POST"])
def books(request: HttpRequest) -> HttpResponse:
    """Take a workbook and check it; nothing is entered yet."""
    today = common.entered(request)
    require(may_handle(request.user, today))
    form = SupplyBookForm(posted(request), request.FILES or None)
    if form.is_valid() and (sheet := _checked(request, form)):
        return redirect("supply_book", sheet.pk)
    context = common.framed(request, "supply", today) | {
        "form": form, "columns": sheets.vocabulary().fields,
        "sheets": page_of(request, SupplySheet.objects.select_related("uploaded_by")),
    }  # fmt: skip
    return render(request, "supply/books.html", context, status=400 if form.is_bound else 200)


def _checked(request: HttpRequest, form: SupplyBookForm) -> SupplySheet | None:
    who = hand(request).of("now", "user")
    return uploads.checked(
        form, lambda name, data: sheets.check_sheet(**who, file_name=name, data=data)
    )


@require_GET
def book(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a workbook would enter, and what is wrong with its other rows."""
    today = common.entered(request)
    require(may_handle(request.user, today))
    found = get_object_or_404(SupplySheet.objects.select_related("uploaded_by"), pk=pk)
    context = common.framed(request, "supply", today) | uploads.shown(found, sheets.vocabulary())
    return render(request, "supply/book.html", context)


@require_POST
def book_act(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Enter the good rows, or put the workbook aside."""
    today = common.entered(request)
    require(may_handle(request.user, today))
    found, who = get_object_or_404(SupplySheet, pk=pk), hand(request)
    uploads.taken(
        request, step,
        apply=lambda: sheets.apply_sheet(**who.of("now", "user"), sheet=found),
        discard=lambda: sheets.discard_sheet(**who.of(), sheet=found),
    )  # fmt: skip
    return redirect("supply_book", found.pk)
