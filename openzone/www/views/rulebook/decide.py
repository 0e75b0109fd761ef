"""What is done with a draft: submit, return, approve, give up; its title and its golden cases."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from openzone.www.access import require
from openzone.www.formpage import Crumb, FormPage, answer, posted
from openzone.www.forms.drafts import CaseForm, EffectForm
from openzone.www.forms.facts import ReasonForm
from openzone.www.views.rulebook.access import draft_or_404, writer
from openzone.www.views.rulebook.begin import above
from openzone.zone.rulebook.models import GoldenCase, RuleDraft
from openzone.zone.rulebook.permissions import may_publish
from openzone.zone.rulebook.services import cases, drafts, publishing


def crumbs(draft: RuleDraft) -> tuple[Crumb, ...]:
    """Return the way back to a draft."""
    return (*above(), Crumb(reverse("draft", args=[draft.pk]), draft.title))


def number_of(request: HttpRequest, name: str) -> int:
    """Return a number that a form carries; 0 for nonsense, which fits nothing."""
    given = request.POST.get(name, "")
    return int(given) if given.isdecimal() and len(given) < 10 else 0


def _submission(request: HttpRequest) -> dt.datetime | None:
    """Return when what the approver read was submitted; nonsense fits no draft."""
    given = request.POST.get("submitted", "")
    if not given:
        return None
    try:
        return dt.datetime.fromisoformat(given)
    except ValueError:
        return dt.datetime.min.replace(tzinfo=dt.UTC)


@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for approval."""
    who, draft = writer(request), draft_or_404(pk)
    revision = number_of(request, "revision")
    publishing.submit(actor=who.actor, by=who.user, draft=draft, revision=revision)
    messages.success(request, _("Submitted. Somebody who did not write it decides."))
    return redirect("draft", pk)


@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve a draft: it becomes the next release."""
    who, draft = writer(request), draft_or_404(pk)
    today = timezone.localdate()
    require(may_publish(who.user, draft, today))
    release = publishing.publish(
        actor=who.actor,
        by=who.user,
        draft=draft,
        seen_release=number_of(request, "seen"),
        submitted_at=_submission(request),
        today=today,
    )
    messages.success(request, _("Release %(n)d is in force.") % {"n": release.number})
    return redirect("release", release.number)


@require_POST
def rebase(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on from what is in force now."""
    who, draft = writer(request), draft_or_404(pk)
    revision = number_of(request, "revision")
    drafts.rebase(actor=who.actor, by=who.user, draft=draft, revision=revision)
    messages.success(request, _("The draft now starts from what is in force."))
    return redirect("draft", pk)


@require_http_methods(["GET", "POST"])
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Return a draft with a reason."""
    who, draft, form = writer(request), draft_or_404(pk), ReasonForm(posted(request))

    def act() -> RuleDraft:
        reason = form.cleaned_data["reason"]
        return publishing.send_back(actor=who.actor, by=who.user, draft=draft, reason=reason)

    return _page(request, draft, _("Return the draft"), form, act)


@require_http_methods(["GET", "POST"])
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a draft up."""
    who, draft, form = writer(request), draft_or_404(pk), ReasonForm(posted(request))

    def act() -> RuleDraft:
        reason = form.cleaned_data["reason"]
        return drafts.discard(actor=who.actor, by=who.user, draft=draft, reason=reason)

    return _page(request, draft, _("Discard the draft"), form, act)


@require_http_methods(["GET", "POST"])
def title(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a draft another title."""
    who, draft = writer(request), draft_or_404(pk)
    form = EffectForm(posted(request), initial={"title": draft.title, "effect": draft.effect})

    def act() -> RuleDraft:
        return drafts.rename(actor=who.actor, by=who.user, draft=draft, **form.cleaned_data)

    return _page(request, draft, _("Title and effect"), form, act)


@require_http_methods(["GET", "POST"])
def case(request: HttpRequest, pk: int, row: int | None = None) -> HttpResponse:
    """Add a golden case, or change one."""
    who, draft = writer(request), draft_or_404(pk)
    kept = get_object_or_404(GoldenCase, pk=row, draft=draft) if row else None
    form = CaseForm(posted(request), case=kept)

    def act() -> Any:
        data = form.cleaned_data
        return cases.set_case(actor=who.actor, by=who.user, draft=draft, case=kept, **data)

    return _page(request, draft, _("Golden case"), form, act)


@require_POST
def remove_case(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Take a case away that was never released."""
    who, draft = writer(request), draft_or_404(pk)
    kept = get_object_or_404(GoldenCase, pk=row, draft=draft)
    cases.remove_case(actor=who.actor, by=who.user, draft=draft, case=kept)
    return redirect("draft", pk)


def _page(
    request: HttpRequest,
    draft: RuleDraft,
    heading: str,
    form: forms.Form,
    act: Callable[[], Any],
) -> HttpResponse:
    def done() -> str:
        act()
        return reverse("draft", args=[draft.pk])

    page = FormPage(heading, _("Save"), _("Saved."), crumbs(draft))
    return answer(request, page, form, done)
