"""Drafts of case types: written by one person, published by another."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.www.access import require, require_console
from openzone.www.cases.asking import moment
from openzone.www.formats import say
from openzone.www.formpage import Crumb, FormPage, answer, posted
from openzone.www.forms.facts import ReasonForm
from openzone.www.hands import user_of
from openzone.zone.audit.actors import Actor
from openzone.zone.cases.enums import OPEN_DRAFTS, TypeDraftState
from openzone.zone.cases.models import TypeDraft
from openzone.zone.cases.permissions import may_draft_types, may_publish_type
from openzone.zone.cases.selectors import type_drafts as selectors
from openzone.zone.cases.services import type_drafts as services
from openzone.zone.errors import Refused
from openzone.zone.rulebook.selectors.texts import text_differences

WAITING = (*OPEN_DRAFTS, TypeDraftState.SUBMITTED)


@require_POST
def begin(request: HttpRequest, kind: str) -> HttpResponse:
    """Begin a draft with what is published, or with what the pack says."""
    require(may_draft_types(request.user, moment().day))
    draft = services.begin(
        actor=Actor.of(request.user), by=user_of(request), kind=kind, now=moment().aware,
        from_pack=request.POST.get("source") == "pack",
    )  # fmt: skip
    return redirect("type_draft_text", draft.pk)


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a draft changes, what is wrong with it, and what can be done."""
    require_console(request)
    draft, day = _draft(pk), moment().day
    decision, reading = may_publish_type(request.user, draft, day), _reading(draft)
    context = _found(draft, reading) | {
        "draft": draft,
        "is_open": draft.state in OPEN_DRAFTS,
        "may_draft": may_draft_types(request.user, day).allowed,
        "may_publish": decision.allowed,
        "why_not": decision.reason,
        "waits": draft.state in WAITING,
        "newer": draft.state in WAITING and selectors.has_newer(draft),
        "lines": text_differences(selectors.published_text(draft.kind), draft.text)
        if draft.state in WAITING
        else [],
    }
    return render(request, "cases/type_draft.html", context)


@require_http_methods(["GET", "POST"])
def text(request: HttpRequest, pk: int) -> HttpResponse:
    """Edit a draft as the text of its file; what is wrong with it is shown, and it is kept."""
    require(may_draft_types(request.user, moment().day))
    draft = _draft(pk)
    if draft.state not in OPEN_DRAFTS:
        return redirect("type_draft", pk)
    if request.method != "POST":
        return _editor(request, draft, draft.text, draft.why)
    typed, why = _typed(request), request.POST.get("why", "")
    try:
        services.edit(
            actor=Actor.of(request.user), by=user_of(request), draft=draft, text=typed, why=why,
            revision=_number(request), now=moment().aware,
        )  # fmt: skip
    except Refused as refusal:
        return _editor(request, draft, typed, why, refused=say(refusal.reason), status=409)
    messages.success(request, _("Saved."))
    return redirect("type_draft_text", pk)


@require_POST
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Check a text while it is typed. Nothing is written."""
    require(may_draft_types(request.user, moment().day))
    draft = _draft(pk)
    return render(request, "cases/type_found.html", _said(draft, _typed(request)))


@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask somebody else to publish a draft."""
    require(may_draft_types(request.user, moment().day))
    services.submit(
        actor=Actor.of(request.user), by=user_of(request), draft=_draft(pk),
        revision=_number(request),
    )  # fmt: skip
    messages.success(request, _("Submitted. Somebody who did not write it decides."))
    return redirect("type_draft", pk)


@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a draft in force; cases that are open keep their version."""
    draft = _draft(pk)
    require(may_publish_type(request.user, draft, moment().day))
    services.publish_draft(
        actor=Actor.of(request.user), by=user_of(request), draft=draft,
        revision=_number(request), now=moment().aware,
    )  # fmt: skip
    messages.success(request, _("Published. Cases that are open keep their version."))
    return redirect("type_of_cases", draft.kind)


@require_POST
def rebase(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on from the version published meanwhile."""
    require(may_draft_types(request.user, moment().day))
    services.rebase(
        actor=Actor.of(request.user), by=user_of(request), draft=_draft(pk), now=moment().aware
    )
    messages.success(request, _("The draft now starts from what is in force."))
    return redirect("type_draft", pk)


@require_http_methods(["GET", "POST"])
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Return a draft with a reason, or take one's own back."""
    draft, day = _draft(pk), moment().day
    if not may_publish_type(request.user, draft, day).allowed:
        require(may_draft_types(request.user, day))
    return _page(request, draft, _("Return the draft"), services.send_back)


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a draft up."""
    require(may_draft_types(request.user, moment().day))
    return _page(request, _draft(pk), _("Withdraw the draft"), services.withdraw)


def _draft(pk: int) -> TypeDraft:
    return get_object_or_404(selectors.drafts(), pk=pk)


def _number(request: HttpRequest) -> int:
    """Return the revision the page was shown with; 0 for nonsense, which fits nothing."""
    given = request.POST.get("revision", "")
    return int(given) if given.isdecimal() and len(given) < 10 else 0


def _typed(request: HttpRequest) -> str:
    return request.POST.get("text", "").replace("\r\n", "\n")


def _reading(draft: TypeDraft) -> selectors.Reading:
    return selectors.read(draft.text, draft.kind)


def _found(draft: TypeDraft, reading: selectors.Reading) -> dict[str, Any]:
    """Return what a text would change, what is wrong with it, and which cases stay as they are."""
    waits = draft.state in WAITING
    return {
        "problems": reading.problems if waits else (),
        "changes": selectors.changes(draft, reading) if waits and reading.mapping else [],
        "kept": selectors.keeping(draft.kind),
    }


def _said(draft: TypeDraft, typed: str) -> dict[str, Any]:
    return _found(draft, selectors.read(typed, draft.kind))


def _editor(
    request: HttpRequest, draft: TypeDraft, typed: str, why: str, *, refused: str = "",
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    context = _said(draft, typed) | {
        "draft": draft, "typed": typed, "why": why, "refused": refused
    }  # fmt: skip
    return render(request, "cases/type_text.html", context, status=status)


def _page(
    request: HttpRequest, draft: TypeDraft, heading: str, service: Callable[..., TypeDraft]
) -> HttpResponse:
    form, there = ReasonForm(posted(request)), reverse("type_draft", args=[draft.pk])

    def act() -> str:
        reason = form.cleaned_data["reason"]
        service(actor=Actor.of(request.user), draft=draft, reason=reason)
        return there

    crumbs = (
        Crumb(reverse("types_of_cases"), _("Case types")),
        Crumb(there, draft.kind),
    )
    return answer(request, FormPage(heading, _("Save"), _("Saved."), crumbs), form, act)
