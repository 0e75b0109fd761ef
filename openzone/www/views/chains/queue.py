"""The queue of proposals: one firm at a time, by keys or buttons; the clear ones at once."""

from typing import Any, Final
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.engines.text import Text
from openzone.www.access import require
from openzone.www.chains.choosing import Choice, choice_of, marked, parts_of
from openzone.www.converters import is_record_number
from openzone.www.formats import say
from openzone.www.forms.chains_placing import ClearForm, QueueForm, RejectForm
from openzone.www.hands import hand
from openzone.www.pages import page_of
from openzone.www.views.chains.placing_common import Names, asked, reviewing
from openzone.zone.chains.models import PlacementProposal
from openzone.zone.chains.permissions import may_review
from openzone.zone.chains.selectors.placements import standing_of
from openzone.zone.chains.selectors.proposals import (
    QueueFilter,
    after,
    clear_ones,
    last_decided,
    progress,
)
from openzone.zone.chains.selectors.texts import READ
from openzone.zone.chains.services.reviewing import confirm, confirm_clear, reject, reopen
from openzone.zone.chains.services.writing import last_change
from openzone.zone.errors import Refused
from openzone.zone.registry.packs import catalogue
from openzone.zone.registry.selectors.facts import facts_of

UNREADABLE = Text("原因最多300字，且不能含控制字符", "the reason: at most 300 plain characters")
FILTERS: Final = ("chain", "band", "least")


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Show the next proposal; ``at`` is one asked for, ``after`` the one that was passed over."""
    today, context = asked(request, "chain_queue")
    require(may_review(request.user, today))
    form = QueueForm(today, request.GET)
    if not form.is_valid():
        context |= {"form": form}
        return render(request, "chains/placing_queue.html", context, status=400)
    found = _asked_for(request, "at") or after(form.chosen(), _asked_for(request, "after"))
    return _shown(request, context, form, found)


def _asked_for(request: HttpRequest, name: str) -> PlacementProposal | None:
    number = request.GET.get(name, "")
    if not is_record_number(number):
        return None
    rows = PlacementProposal.objects.select_related("enterprise__root", "decided_by")
    return rows.filter(pk=number).first()


def _shown(
    request: HttpRequest, context: dict[str, Any], form: QueueForm, found: PlacementProposal | None,
    status: int = 200, problem: str = "",
) -> HttpResponse:  # fmt: skip
    who = hand(request)
    last = last_decided(who.user.pk)
    chosen = form.chosen() if form.is_valid() else QueueFilter()
    context |= {
        "form": form, "one": found, "progress": progress(chosen), "problem": problem,
        "last": last, "kept": urlencode(_kept(request)), "kept_pairs": list(_kept(request).items()),
        "everything": PlacementProposal.objects.exists(),
    }  # fmt: skip
    if found is not None:
        context |= _about(found, who.today)
        context["sent"] = request.POST
    return render(request, "chains/placing_queue.html", context, status=status)


def _about(found: PlacementProposal, today: Any) -> dict[str, Any]:
    firm = found.enterprise.root
    choice = choice_of(found, standing_of(firm, today))
    known, names = facts_of(firm, today), catalogue()
    texts = [(_("Name"), marked(firm.name, choice.options))]
    texts += [
        (say(names[name].label), marked(str(known[name].value), choice.options))
        for name in READ
        if name in known
    ]
    change = last_change(firm)
    return {"firm": firm, "choice": choice, "texts": texts, "seen": change.pk if change else 0}


def _kept(request: HttpRequest) -> dict[str, str]:
    """Return the filters as they go on from page to page."""
    sent = request.POST if request.method == "POST" else request.GET
    return {name: str(sent[name]) for name in FILTERS if sent.get(name)}


@require_POST
def act(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Confirm, reject, or take the last decision back."""
    if what not in ("confirm", "reject", "undo"):
        raise Http404
    reviewing(request)
    rows = PlacementProposal.objects.select_related("enterprise__root", "decided_by")
    found = get_object_or_404(rows, pk=pk)
    try:
        _DO[what](request, found)
    except Refused as refusal:
        if refusal.field in ("way", "pick", "share"):
            today, context = asked(request, "chain_queue")
            form = QueueForm(today, request.POST)
            return _shown(request, context, form, found, 400, say(refusal.reason))
        messages.error(request, say(refusal.reason))
    there = "at" if what == "undo" else "after"
    return redirect(f"{reverse('chain_queue')}?{urlencode({**_kept(request), there: found.pk})}")


def _confirm(request: HttpRequest, found: PlacementProposal) -> None:
    who = hand(request)
    choice: Choice = choice_of(found, standing_of(found.enterprise.root, who.today))
    parts, seen = parts_of(choice, request.POST), request.POST.get("seen", "")
    confirm(
        **who.of("user", "now"), proposal=found, parts=parts,
        seen=int(seen) if is_record_number(seen) or seen == "0" else None,
    )  # fmt: skip
    names = Names(who.today)
    nodes = "、".join(names.node(*key) for key in parts)
    told = {"firm": found.enterprise.name, "nodes": nodes}
    messages.success(request, _("%(firm)s stands at: %(nodes)s") % told)


def _reject(request: HttpRequest, found: PlacementProposal) -> None:
    form = RejectForm(request.POST)
    if not form.is_valid():
        raise Refused(UNREADABLE, field="reason")
    reject(**hand(request).of("user", "now"), proposal=found, **form.cleaned_data)
    told = {"firm": found.enterprise.name}
    messages.success(request, _("%(firm)s stands nowhere in this chain") % told)


def _undo(request: HttpRequest, found: PlacementProposal) -> None:
    reopen(**hand(request).of("user", "now"), proposal=found)
    messages.success(request, _("The decision was undone; it waits again."))


_DO = {"confirm": _confirm, "reject": _reject, "undo": _undo}


@require_http_methods(["GET", "POST"])
def clear(request: HttpRequest) -> HttpResponse:
    """Show which clear proposals would be confirmed at once; then confirm them."""
    today, context = asked(request, "chain_queue")
    require(may_review(request.user, today))
    sent = request.POST if request.method == "POST" else request.GET
    form = ClearForm(today, sent or None)
    if request.method == "POST" and form.is_valid() and (done := _confirmed(request, form)):
        messages.success(request, _("Confirmed: %(n)s firms.") % {"n": done})
        return redirect("chain_queue")
    context |= {"form": form}
    if form.is_valid():
        found = clear_ones(form.cleaned_data["chain"], form.cleaned_data["least"])
        rows = found.select_related("enterprise__root")
        newest = PlacementProposal.objects.order_by("-pk").first()
        context |= {
            "page": page_of(request, rows), "count": found.count(),
            "upto": newest.pk if newest else 0,
        }  # fmt: skip
    bad = form.is_bound and not form.is_valid()
    return render(
        request, "chains/placing_clear.html", context, status=400 if bad or form.errors else 200
    )


def _confirmed(request: HttpRequest, form: ClearForm) -> int:
    upto, shown = request.POST.get("upto", ""), request.POST.get("shown", "")
    numbers = [int(one) if is_record_number(one) else 0 for one in (upto, shown)]
    try:
        return confirm_clear(
            **hand(request).of("user", "now"), chain=form.cleaned_data["chain"],
            least=form.cleaned_data["least"], upto=numbers[0], shown=numbers[1],
        )  # fmt: skip
    except Refused as refusal:
        form.add_error(None, say(refusal.reason))
        return 0
