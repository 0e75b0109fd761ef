"""What the pages of drafts share: which draft, who may do what with it, what was seen of it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from django import forms
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from openzone.engines.rules.problems import PackProblem
from openzone.engines.text import Text
from openzone.www.access import require
from openzone.www.cases.asking import moment
from openzone.www.formats import say
from openzone.www.formpage import Crumb
from openzone.www.forms import refusals
from openzone.www.forms.chains_versions import name_of
from openzone.www.hands import user_of
from openzone.zone.audit.actors import Actor
from openzone.zone.chains.enums import ChainDraftState
from openzone.zone.chains.models import ChainDraft
from openzone.zone.chains.permissions import may_edit, may_list, may_publish, may_return
from openzone.zone.chains.selectors import drafts as selectors
from openzone.zone.errors import Refused

ROWS = 100
ANOTHER = Text(
    "该项已被他人改动或移动，请返回重新打开",
    "this entry was changed or moved meanwhile: open it anew",
)


class Tab(NamedTuple):
    """A way to look at a draft."""

    href: str
    label: str
    here: bool


def seen(request: HttpRequest, pk: int) -> ChainDraft:
    """Return a draft to somebody who may look at the chains."""
    require(may_list(request.user, timezone.localdate()))
    return get_object_or_404(selectors.drafts(), pk=pk)


def edited(request: HttpRequest, pk: int) -> ChainDraft:
    """Return a draft to somebody who may draw chains."""
    require(may_edit(request.user, timezone.localdate()))
    return get_object_or_404(selectors.drafts(), pk=pk)


def given(request: HttpRequest) -> dict[str, Any]:
    """Return who does it, and when, as the services take it."""
    return {"actor": Actor.of(request.user), "by": user_of(request), "now": moment().aware}


def revision_of(request: HttpRequest) -> int:
    """Return the revision the page was shown with; 0 for nonsense, which fits nothing."""
    return number(request.POST.get("revision"))


def number(text: str | None) -> int:
    """Return a number of a form; 0 for nonsense."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else 0


def place_of(request: HttpRequest) -> int | None:
    """Return which entry of the file is meant; None for a new one."""
    at = request.GET.get("at", "")
    return number(at) if at else None


def page_of(request: HttpRequest, rows: Sequence[Any]) -> "Page[Any]":
    """Return the part of a long list that was asked for."""
    return Paginator(rows, ROWS).get_page(request.GET.get("page"))


def base(request: HttpRequest, draft: ChainDraft, here: str) -> dict[str, Any]:
    """Return what every page of a draft shows: state, faults, tabs, what may be done."""
    day, reading = timezone.localdate(), selectors.read(draft.text, draft.chain)
    is_open = draft.state == ChainDraftState.DRAFT
    waits = is_open or draft.state == ChainDraftState.SUBMITTED
    publishing = may_publish(request.user, draft, day)
    return {
        "draft": draft, "reading": reading, "called": called(draft),
        "problems": reading.problems if waits else (),
        "waits": waits, "is_open": is_open and may_edit(request.user, day).allowed,
        "may_edit": may_edit(request.user, day).allowed, "may_publish": publishing.allowed,
        "may_return": may_return(request.user, draft, day).allowed, "why_not": publishing.reason,
        "newer": waits and selectors.has_newer(draft, day), "tabs": tabs(draft, here),
    }  # fmt: skip


def called(draft: ChainDraft) -> str:
    """Return the name of the chain as the draft has it, its id where it has none."""
    head = selectors.read(draft.text, draft.chain).value.get("chain")
    return say(name_of(head)) if isinstance(head, Mapping) else draft.chain


def tabs(draft: ChainDraft, here: str) -> list[Tab]:
    """Return the ways to look at a draft."""
    said = {
        "chain_draft": _("Nodes"), "chain_draft_edges": _("Edges"),
        "chain_draft_parts": _("Stages and words"), "chain_draft_text": _("File"),
        "chain_draft_compare": _("Compare and publish"),
    }  # fmt: skip
    return [Tab(reverse(name, args=[draft.pk]), word, name == here) for name, word in said.items()]


def crumbs(draft: ChainDraft) -> tuple[Crumb, ...]:
    """Return the pages above a page of a draft."""
    return (
        Crumb(reverse("chain_versions"), _("Versions of chains")),
        Crumb(reverse("chain_history", args=[draft.chain]), draft.chain),
        Crumb(reverse("chain_draft", args=[draft.pk]), _("Draft %(n)s") % {"n": draft.pk}),
    )


def about(problems: Sequence[PackProblem], name: str) -> list[PackProblem]:
    """Return the problems of one node or edge."""
    return [one for one in problems if one.path == name]


def form_page(
    request: HttpRequest, draft: ChainDraft, form: forms.Form, act: Callable[[], object],
    there: str, said: Mapping[str, Any],
) -> HttpResponse:  # fmt: skip
    """Show a form of a draft, or do what it says and go back to the draft.

    After a refusal the page knows the draft as it is now, so that saving again goes over it.
    """
    status = 400 if form.is_bound else 200
    if form.is_valid():
        try:
            act()
            return redirect(there)
        except Refused as refusal:
            refusals.show(form, refusal)
            status = 409
    draft.refresh_from_db()
    shown = {"draft": draft, "form": form, "crumbs": crumbs(draft), "button": _("Save")}
    return render(request, "chains/versions_form.html", {**shown, **said}, status=status)


def ensure_same(request: HttpRequest, name: str) -> None:
    """Refuse to write over an entry that is not the one the form was opened with."""
    if request.POST.get("was", "") != name:
        raise Refused(ANOTHER)
