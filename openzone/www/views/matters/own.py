"""My matters, and the page of one of them."""

from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from openzone.engines.cases.model import Verb
from openzone.engines.text import Text
from openzone.www.access import require
from openzone.www.cases import words
from openzone.www.cases.acts import Offer
from openzone.www.cases.asking import WITH, Moment, moment, seen_by, sent
from openzone.www.cases.clocks import Due
from openzone.www.cases.holders import unit_names
from openzone.www.cases.view import CaseView
from openzone.www.hands import user_of
from openzone.www.pages import bounded_page_of
from openzone.www.views.cases.page import Act, buttons
from openzone.zone.cases.enums import Pending
from openzone.zone.cases.models import Attachment, Case
from openzone.zone.cases.permissions import is_requester
from openzone.zone.cases.selectors.mine import mine
from openzone.zone.cases.selectors.notifications import unread
from openzone.zone.people.permissions import deny
from openzone.zone.people.selectors import memberships_of

OPEN_SHOWN = 60
# What is asked of who asked, not only offered to them.
TURNS = frozenset({Verb.SUPPLY, Verb.CONFIRM, Verb.DISSATISFIED})
SUPPLY = Text("请补充材料", "Bring what is missing")
CONFIRM = Text("请确认结果", "Say whether it is solved")


class MatterLine(NamedTuple):
    """A matter in the list of who asked; ``act`` is what is asked of them."""

    case: Case
    type: str
    firm: str
    stage: str
    holder: str
    due: Due | None
    act: Text | None


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show what somebody asked for, what is asked of them first."""
    now, user = moment(), user_of(request)
    found = mine(user, now.day).select_related(*WITH).defer("version__definition")
    page = bounded_page_of(request, found.filter(closed=True).order_by("-closed_at", "-pk"))
    names = unit_names()
    lines = [
        _line(case, names, now) for case in found.filter(closed=False).order_by("-pk")[:OPEN_SHOWN]
    ]
    context = {
        "turns": [one for one in lines if one.act],
        "open": [one for one in lines if not one.act],
        "closed": [_line(case, names, now) for case in page],
        "page": page,
        "unread": unread(user),
    }
    return render(request, "matters/mine.html", context)


def _line(case: Case, names: dict[str, str], now: Moment) -> MatterLine:
    row = words.row(case, names, now.aware)
    stage = words.stage_word(case, public=True)
    firm = case.enterprise.name if case.enterprise else ""
    return MatterLine(case, row.type, firm, stage, row.holder, row.due, _asked(case))


def _asked(case: Case) -> Text | None:
    """Return what a case asks of who asked."""
    if case.closed or case.holder != "requester":
        return None
    return CONFIRM if Pending.WORD in case.asks_for else SUPPLY


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show everything about a matter in one page."""
    case, now, user = seen_by(request, pk), moment(), user_of(request)
    if not is_requester(user, list(memberships_of(user, now.day)), case, now.day):
        require(deny("仅限诉求人", "for the requester only"))
    view = CaseView(case, user, now, inside=False)
    own = [offer for offer in view.offers if "requester" in offer.action.who]
    asked = [offer for offer in own if offer.action.verb in TURNS]
    context = view.context() | {
        "turns": _as_buttons(case, asked),
        "offers": _as_buttons(case, [offer for offer in own if offer not in asked]),
        "asked_for": _asked_for(view),
    }
    return render(request, "matters/page.html", context)


def _as_buttons(case: Case, offers: list[Offer]) -> list[Act]:
    return [buttons(case, offer) for offer in offers]


def _asked_for(view: CaseView) -> str:
    """Return what the unit asked for, or that the result waits for a word."""
    verbs = view.type.actions
    if view.state.proposal is not None:
        return _("The unit says it is done. Say whether it is solved.")
    asked: Any = next(
        (one for one in reversed(view.events) if verbs[one.action].verb is Verb.ASK_REQUESTER), None
    )
    return str(asked.data.get("what", "")) if asked else ""


@require_GET
def file(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Give a paper of a matter out, of those its requester may see."""
    case = seen_by(request, pk)
    view = CaseView(case, user_of(request), moment(), inside=False)
    shown = {one.pk for one in view.files_shown}
    return sent(get_object_or_404(Attachment, pk=row if row in shown else 0, case=case))
