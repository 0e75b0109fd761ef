"""Handing in: one form for a bundle, or for one item; made for a telephone."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from openzone.packs.permits import Bundle
from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.formpage import FormPage, answer, posted
from openzone.www.forms.approvals import say_item
from openzone.www.forms.approvals_intake import IntakeForm
from openzone.www.hands import Hand, hand
from openzone.www.views.approvals import common
from openzone.zone.approvals.models import Track
from openzone.zone.approvals.packs import pack
from openzone.zone.approvals.permissions import may_hand_in
from openzone.zone.approvals.selectors.standing import board
from openzone.zone.approvals.services import intake

TEMPLATE = "approvals/hand_in.html"


@require_http_methods(["GET", "POST"])
def bundle(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Show the form of a bundle, or hand all its items in."""
    found = common.allowed(request, pk, may_hand_in)
    path = pack().path(found.path)
    chosen = path.bundle(name) if path else None
    if chosen is None:
        raise Http404
    form = _form(request, found, chosen.items, chosen)

    def do(who: Hand) -> None:
        intake.hand_in_bundle(
            **who.of("user", "now", "today"), track=found, bundle=name, answers=form.answers,
            files=form.uploads, promises=form.promises,
        )  # fmt: skip

    once, all_ = pack().papers_once(chosen.items), 0
    for code in chosen.items:
        one = pack().item(code)
        all_ += len(one.papers) if one else 0
    sub = _("%(items)s items in one form, %(once)s papers instead of %(all)s.") % {
        "items": len(chosen.items), "once": len(once), "all": all_,
    }  # fmt: skip
    return _page(request, found, form, say(chosen.label.text), sub, do)


@require_http_methods(["GET", "POST"])
def single(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the form of one item, or hand it in."""
    row = common.item_of(pk)
    require(may_hand_in(request.user, row.track, timezone.localdate()))
    form = _form(request, row.track, (row.code,), None)

    def do(who: Hand) -> None:
        intake.hand_in(
            **who.of("user", "now", "today"), track=row.track, item=row.code,
            files=form.uploads, promises=form.promises,
        )  # fmt: skip

    return _page(request, row.track, form, say_item(row), row.track.project.name, do)


def _form(
    request: HttpRequest, found: Track, codes: tuple[str, ...], chosen: Bundle | None
) -> IntakeForm:
    known = board(found, timezone.now())
    return IntakeForm(known, codes, chosen, posted(request), request.FILES or None)


def _page(
    request: HttpRequest, found: Track, form: IntakeForm, heading: str, sub: str,
    do: Callable[[Hand], None],
) -> HttpResponse:  # fmt: skip
    def handed_in() -> str:
        do(hand(request))
        return reverse("approval", args=[found.pk])

    page = FormPage(
        heading, _("Hand in"), _("It is handed in; the clocks run."),
        common.above(request, found), sub, TEMPLATE,
    )  # fmt: skip
    return answer(request, page, form, handed_in)
