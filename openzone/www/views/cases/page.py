"""One case: its page, its papers, the contact of who asked."""

from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from openzone.engines.cases.model import Verb
from openzone.www.access import require, require_console
from openzone.www.cases.acts import MORE, Group, Offer
from openzone.www.cases.asking import Moment, moment, seen_by, sent
from openzone.www.cases.view import CaseView
from openzone.www.cases.words import requester_word
from openzone.www.hands import user_of
from openzone.zone.audit.actors import Actor
from openzone.zone.cases.enums import LinkKind
from openzone.zone.cases.models import Attachment, Case, Link
from openzone.zone.cases.permissions import masked, may_coordinate, may_see, may_see_contact
from openzone.zone.cases.services.contacts import note_contact_seen

LINK_WORDS = {
    (LinkKind.MERGED, True): gettext_lazy("merged into"),
    (LinkKind.MERGED, False): gettext_lazy("took in"),
    (LinkKind.SPLIT, True): gettext_lazy("split from"),
    (LinkKind.SPLIT, False): gettext_lazy("part"),
    (LinkKind.SYSTEMIC, True): gettext_lazy("behind the systemic issue"),
    (LinkKind.SYSTEMIC, False): gettext_lazy("case behind it"),
    (LinkKind.RELATED, True): gettext_lazy("related"),
    (LinkKind.RELATED, False): gettext_lazy("related"),
}


class Act(NamedTuple):
    """A button."""

    label: Any
    href: str
    primary: bool


class Acts(NamedTuple):
    """Buttons that belong together; ``folded`` where few people look for them."""

    id: str
    heading: Promise
    acts: list[Act]
    folded: bool


class Linked(NamedTuple):
    """Another case, and what it is to this one."""

    word: Promise
    case: Case


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show where a case is, who has it, how long, and what can be done."""
    require_console(request)
    case, now = seen_by(request, pk), moment()
    view = CaseView(case, user_of(request), now, inside=True)
    context = view.context() | {
        "groups": [_group(case, group) for group in view.groups],
        "refused": view.refused,
        "parts": _parts(view),
        "meetings": _meetings(view),
        "tasks": case.tasks.select_related("owner"),
        "requester": _requester(request, view),
        "merged_into": case.merged_into,
        "links": _links(case, request.user, now),
        "may_link": _joining(request, view, now),
        "origin": case.origin,
    }
    return render(request, "cases/page.html", context)


def buttons(case: Case, offer: Offer) -> Act:
    """Return an action as a button that leads to its form."""
    if offer.action.verb is Verb.HOLD_MEETING:
        return Act(offer.label, reverse("case_minutes", args=[case.pk]), offer.primary)
    return Act(offer.label, reverse("case_act", args=[case.pk, offer.action.id]), offer.primary)


def _group(case: Case, group: Group) -> Acts:
    acts = [buttons(case, offer) for offer in group.offers]
    return Acts(group.id, group.heading, acts, group.id == MORE)


def _parts(view: CaseView) -> list[dict[str, Any]]:
    return [
        {
            "unit": view.names.get(code, code),
            "asks": part.asks,
            "answer": part.answer,
            "answered_at": part.answered_at,
        }
        for code, part in view.state.parts.items()
    ]


def _meetings(view: CaseView) -> list[dict[str, Any]]:
    def units(codes: tuple[str, ...]) -> str:
        return "、".join(view.names.get(code, code) for code in codes)

    return [
        {
            "at": one.at,
            "units": units(one.units),
            "held_at": one.held_at,
            "attended": units(one.attended),
            "minutes": one.minutes,
        }
        for one in view.state.meetings
    ]


REVEALED = "revealed_case"


def _requester(request: HttpRequest, view: CaseView) -> dict[str, Any]:
    """Return who asked; telephone and e-mail masked until somebody asks to see them."""
    case = view.case
    shown = request.session.get(REVEALED) == case.pk and view.sees_contact
    phone, email = case.requester_phone, case.requester_email
    return {
        "name": requester_word(case),
        "contact": case.requester_name if case.enterprise_id else "",
        "phone": phone if shown else masked(phone) if phone else "",
        "email": email if shown else masked(email) if email else "",
        "may_reveal": bool(phone or email) and view.sees_contact and not shown,
    }


CAME_OF_IT = gettext_lazy("came of it")


def _links(case: Case, user: Any, now: Moment) -> list[Linked]:
    """Return the cases beside this one that its reader may see."""
    known = _linked(case)
    beside = {link.case.pk for link in known}
    later = Case.objects.filter(origin=case.subject).exclude(pk__in=beside).order_by("pk")
    found = known + [Linked(CAME_OF_IT, one) for one in later]
    return [link for link in found if may_see(user, link.case, now.day).allowed]


def _linked(case: Case) -> list[Linked]:
    rows = Link.objects.filter(undone_at=None).select_related("source", "target")
    out = [
        Linked(LINK_WORDS[LinkKind(one.kind), True], one.target) for one in rows.filter(source=case)
    ]
    into = [
        Linked(LINK_WORDS[LinkKind(one.kind), False], one.source)
        for one in rows.filter(target=case)
    ]
    return out + into


def _joining(request: HttpRequest, view: CaseView, now: Moment) -> list[tuple[str, str]]:
    """Return the pages where a case is merged, split, or made part of something larger."""
    if not may_coordinate(request.user, now.day).allowed:
        return []
    pages = {
        Verb.MERGE: ("case_merge", _("Merge into another")),
        Verb.SPLIT: ("case_split", _("Split")),
    }
    found = [
        (reverse(name, args=[view.case.pk]), label)
        for verb, (name, label) in pages.items()
        if verb in view.may
    ]
    if Verb.UNMERGE in view.may and view.case.merged_into_id:
        found.append((reverse("case_unmerge", args=[view.case.pk]), _("Undo the merge")))
    return found


@require_POST
def reveal(request: HttpRequest, pk: int) -> HttpResponse:
    """Show telephone and e-mail of who asked, and note in the log that they were looked at."""
    case, now = seen_by(request, pk), moment()
    require(may_see_contact(request.user, case, now.day))
    note_contact_seen(actor=Actor.of(request.user), case=case)
    request.session[REVEALED] = case.pk
    messages.info(request, _("The contact is shown until you open another one. The log notes it."))
    return redirect("case", pk)


@require_GET
def file(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Give a paper of a case out."""
    require_console(request)
    case = seen_by(request, pk)
    return sent(get_object_or_404(Attachment, pk=row, case=case))
