"""A fact judged: by the buttons of its card, by keys, or on its own page without scripts."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.www import readings as shown
from openzone.www.formats import say
from openzone.www.formpage import answer, posted
from openzone.www.forms import readings as given
from openzone.www.forms import refusals
from openzone.www.hands import Hand, hand
from openzone.www.views.readings import common
from openzone.zone.errors import Refused
from openzone.zone.projects.selectors.listing import visible
from openzone.zone.readings.models import JudgedFact
from openzone.zone.readings.services import judging

PART = "X-Part"
"""Sent by the script of the page, which wants a card or a form and no whole page."""


class Act(NamedTuple):
    """What may be said of a fact: its form, its word, its key."""

    form: type[forms.Form]
    label: Promise
    key: str


ACTS: Mapping[str, Act] = {
    "accept": Act(given.SeenForm, gettext_lazy("Take as fact"), "Enter"),
    "reject": Act(given.RejectForm, gettext_lazy("Turn down"), "X"),
    "subject": Act(given.SubjectForm, gettext_lazy("Of whom"), "S"),
    "value": Act(given.ValueForm, gettext_lazy("Value"), "V"),
    "unit": Act(given.AfterForm, gettext_lazy("Unit"), "U"),
    "attribute": Act(given.AttributeForm, gettext_lazy("Attribute"), "A"),
    "period": Act(given.AfterForm, gettext_lazy("Period"), "P"),
    "note": Act(given.NoteForm, gettext_lazy("Note"), "N"),
}


@require_GET
def fact(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a fact by itself: what the machine read, what was said of it by whom, where it went."""
    today = common.entered(request)
    found = common.fact_at(pk)
    context = common.framed(request, "readings", today) | {
        "card": shown.one_card(found),
        "page": found.page,
        "acts": ACTS.items(),
        "history": found.fact.judgements.select_related("by", "undoes"),
        "entry": getattr(found.fact, "entry", None),
    }
    return render(request, "readings/fact_page.html", context)


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Ask for what is to be said of a fact, and say it."""
    common.reading(request)
    found, who = common.fact_at(pk), hand(request)
    if what not in ACTS:
        raise Http404
    form = _form(request, found, what)

    def do() -> str:
        _DO[what](who, found, form.cleaned_data)
        return reverse("reading", args=[found.page_id]) + f"#fact-{found.pk}"

    if PART in request.headers:
        return _part(request, found, what, form, do)
    label = str(ACTS[what].label)
    words = common.form_page(label, label, common.above(found.page), found.fact.quote)
    return answer(request, words, form, do)


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back one's own latest judgement on a page."""
    common.reading(request)
    page, who = common.read_page_at(pk), hand(request)
    try:
        found = judging.undo_last(**who.of("user", "now"), page=page)
    except Refused as refusal:
        if PART in request.headers:
            return HttpResponse(say(refusal.reason), status=409, content_type="text/plain")
        messages.error(request, say(refusal.reason))
        return redirect("reading", page.pk)
    if PART in request.headers:
        return _card(request, found.pk)
    messages.success(request, _("The last judgement was taken back."))
    return redirect(reverse("reading", args=[page.pk]) + f"#fact-{found.pk}")


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a fact the machine missed, from a selection on the page or a quote that was typed."""
    common.reading(request)
    page, who = common.read_page_at(pk), hand(request)
    form = given.AddForm(posted(request), initial=_selected(request, page.text))

    def do() -> str:
        made = judging.add_fact(**who.of("user", "now"), page=page, **form.cleaned_data)
        return reverse("reading", args=[page.pk]) + f"#fact-{made.pk}"

    words = common.form_page(
        _("Add a fact"), _("Add"), common.above(page),
        _("Its quote has to be on the page, and its number has to be read from the quote."),
    )  # fmt: skip
    return answer(request, words, form, do)


def _selected(request: HttpRequest, text: str) -> dict[str, Any]:
    """Return what was selected: its place, and the page there."""
    start, end = request.GET.get("start", ""), request.GET.get("end", "")
    if not (start.isdecimal() and end.isdecimal() and len(start + end) < 16):
        return {}
    low, high = int(start), min(int(end), int(start) + 500)
    return {"start": low, "quote": text[low:high]} if low < high <= len(text) else {}


def _form(request: HttpRequest, found: JudgedFact, what: str) -> forms.Form:
    now: dict[str, Any] = {"seen": found.last_id or 0, "text": found.note}
    if what in ("value", "unit", "attribute", "period"):
        now["after"] = found.value if what == "value" else getattr(found, what)
    form = ACTS[what].form(posted(request), initial=now)
    if isinstance(form, given.SubjectForm):
        words = str(request.POST.get("q") or request.GET.get("q") or "")
        names, projects = given.names_near(found), visible(request.user, timezone.localdate())
        form.offer(found, names, words, projects)
    return form


def _part(
    request: HttpRequest, found: JudgedFact, what: str, form: forms.Form, do: Callable[[], str]
) -> HttpResponse:
    """Answer the script: the card as it stands now, or the form with what is wrong."""
    if form.is_valid():
        try:
            do()
        except Refused as refusal:
            refusals.show(form, refusal)
        else:
            return _card(request, found.pk)
    context = {"card": shown.one_card(found), "form": form, "what": what, "act": ACTS[what]}
    status = 400 if form.is_bound else 200
    return render(request, "readings/act_part.html", context, status=status)


def _card(request: HttpRequest, pk: int) -> HttpResponse:
    card = shown.one_card(common.fact_at(pk))
    return render(request, "readings/card.html", {"card": card, "may_read": True})


def _accept(who: Hand, found: JudgedFact, said: dict[str, Any]) -> object:
    return judging.accept_fact(**who.of("user", "now"), judged=found, **said)


def _reject(who: Hand, found: JudgedFact, said: dict[str, Any]) -> object:
    return judging.reject_fact(**who.of("user", "now"), judged=found, **said)


def _note(who: Hand, found: JudgedFact, said: dict[str, Any]) -> object:
    return judging.note_fact(**who.of("user", "now"), judged=found, **said)


def _correct(what: str) -> Callable[[Hand, JudgedFact, dict[str, Any]], object]:
    def do(who: Hand, found: JudgedFact, said: dict[str, Any]) -> object:
        return judging.correct(**who.of("user", "now"), judged=found, what=what, **said)

    return do


def _subject(who: Hand, found: JudgedFact, said: dict[str, Any]) -> object:
    """Take the name that was typed, else what was chosen: a name, or a record."""
    kind, _colon, chosen = said["pick"].partition(":")
    common_ = {**who.of("user", "now"), "judged": found, "seen": said["seen"]}
    if said["other"].strip() or kind == "name":
        after = said["other"].strip() or chosen
        return judging.correct(**common_, what="subject", after=after)
    if not kind:
        raise Refused(judging.WHOSE, field="pick")
    return judging.link_fact(**common_, what=kind, record=int(chosen))


_DO: Mapping[str, Callable[[Hand, JudgedFact, dict[str, Any]], object]] = {
    "accept": _accept, "reject": _reject, "note": _note, "subject": _subject,
    **{what: _correct(what) for what in ("value", "unit", "attribute", "period")},
}  # fmt: skip
