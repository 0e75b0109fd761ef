"""Suggested rule changes: what cases show, which unit owes an answer, and what it said."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from openzone.www.access import require
from openzone.www.formpage import Crumb, FormPage, answer, posted
from openzone.www.forms.desks import ChangeAnswerForm, ChangeForm, RegisterForm
from openzone.www.pages import page_of
from openzone.zone.audit.actors import Actor
from openzone.zone.cases.enums import ChangeAnswer
from openzone.zone.cases.models import RuleChange
from openzone.zone.cases.register_permissions import (
    may_answer_change,
    may_see_registers,
    may_suggest_change,
)
from openzone.zone.cases.selectors.registers import rule_changes
from openzone.zone.cases.selectors.visible import visible
from openzone.zone.cases.services.rule_changes import answer_change, suggest_change

_GIVEN = ("rule", "clause", "cases")


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show the suggestions, those that wait longest first."""
    today, now = timezone.localdate(), timezone.now()
    require(may_see_registers(request.user, today))
    form = RegisterForm(ChangeAnswer.choices, request.GET)
    valid = form.is_valid()
    found = rule_changes(form.chosen(), now) if valid else RuleChange.objects.none()
    context = {
        "form": form,
        "page": page_of(request, found),
        "now": now,
        "may_suggest": may_suggest_change(request.user, today).allowed,
    }
    return render(request, "desks/changes.html", context, status=200 if valid else 400)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Suggest a change."""
    require(may_suggest_change(request.user, timezone.localdate()))
    given = {name: request.GET.get(name, "")[:4000] for name in _GIVEN}
    form = ChangeForm(posted(request), initial=given)

    def act() -> str:
        made = suggest_change(
            actor=Actor.of(request.user), now=timezone.now(),
            by=request.user,  # type: ignore[arg-type] # logged in
            **form.cleaned_data,
        )  # fmt: skip
        return reverse("rule_change", args=[made.pk])

    crumbs = (Crumb(reverse("rule_changes"), _("Suggested rule changes")),)
    words = FormPage(_("Suggest a rule change"), _("Suggest"), _("The unit is asked."), crumbs)
    return answer(request, words, form, act)


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a suggestion, the cases behind it, and the answer."""
    today, found = timezone.localdate(), _found(request, pk)
    seen = visible(request.user, today).filter(rule_changes=found)
    context = {
        "change": found,
        "now": timezone.now(),
        "cases": seen.order_by("number"),
        "hidden": found.cases.count() - seen.count(),
        "may_answer": not found.answer and may_answer_change(request.user, found, today).allowed,
    }
    return render(request, "desks/change.html", context)


@require_http_methods(["GET", "POST"])
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a suggestion."""
    found, form = _found(request, pk), ChangeAnswerForm(posted(request))
    require(may_answer_change(request.user, found, timezone.localdate()))
    there = reverse("rule_change", args=[pk])

    def act() -> str:
        answer_change(
            actor=Actor.of(request.user), change=found, now=timezone.now(),
            by=request.user,  # type: ignore[arg-type] # logged in
            **form.cleaned_data,
        )  # fmt: skip
        return there

    crumbs = (Crumb(reverse("rule_changes"), _("Suggested rule changes")), Crumb(there, found.rule))
    words = FormPage(_("Answer the suggestion"), _("Answer"), _("The answer is given."), crumbs)
    return answer(request, words, form, act)


def _found(request: HttpRequest, pk: int) -> RuleChange:
    require(may_see_registers(request.user, timezone.localdate()))
    related = RuleChange.objects.select_related("unit", "suggested_by", "answered_by")
    return get_object_or_404(related, pk=pk)
