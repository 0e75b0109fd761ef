"""The register of negative answers: nobody may just say no."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.www import excel
from openzone.www.access import require
from openzone.www.formpage import Crumb, FormPage, answer, posted
from openzone.www.forms.desks import RefusalForm, RegisterForm, ReviewForm
from openzone.www.pages import page_of
from openzone.www.views.exports import send
from openzone.zone.audit.actors import Actor
from openzone.zone.cases.enums import ReviewWord
from openzone.zone.cases.models import NegativeAnswer
from openzone.zone.cases.register_permissions import (
    may_report_refusal,
    may_review_refusal,
    may_see_registers,
    speaking_for,
)
from openzone.zone.cases.selectors.registers import negative_answers, refusals_by_unit
from openzone.zone.cases.services.refusals import report_refusal, review_refusal
from openzone.zone.registry.permissions import may_export


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show the refusals, and how many each unit said."""
    today, now = timezone.localdate(), timezone.now()
    require(may_see_registers(request.user, today))
    form = RegisterForm(ReviewWord.choices, request.GET)
    valid = form.is_valid()
    found = negative_answers(form.chosen(), now) if valid else NegativeAnswer.objects.none()
    context = {
        "form": form,
        "page": page_of(request, found),
        "by_unit": refusals_by_unit(form.chosen(), now) if valid else [],
        "now": now,
        "may_export": may_export(request.user, today).allowed,
    }
    return render(request, "desks/refusals.html", context, status=200 if valid else 400)


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Download the filtered register; the log notes it."""
    require(may_export(request.user, timezone.localdate()))
    form = RegisterForm(ReviewWord.choices, request.POST)
    found = list(negative_answers(form.chosen(), timezone.now())) if form.is_valid() else []
    table = excel.Table(
        headings=[
            _("Unit"), _("What was asked for"), _("Law or document"), _("Clause"), _("Why not"),
            _("What can be done instead"), _("Said at"), _("Review"), _("Grounds of the review"),
        ],
        rows=[_cells(one) for one in found],
        notes=[],
        synthetic=excel.in_example_zone(),
    )  # fmt: skip
    return send(request, table, what="cases.refusals", name=_("Negative answers"))


def _cells(one: NegativeAnswer) -> tuple[excel.Cell, ...]:
    said = timezone.localtime(one.said_at).strftime("%Y-%m-%d %H:%M")
    return (
        str(one.unit), one.matter, one.law, one.clause, one.reason, one.alternatives, said,
        one.get_word_display() or None, one.review_note or None,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Report a no that never became a case."""
    today = timezone.localdate()
    require(may_report_refusal(request.user, today))
    form = RefusalForm(speaking_for(request.user, today), posted(request))

    def act() -> str:
        said = report_refusal(
            actor=Actor.of(request.user), now=timezone.now(), grounds=form.grounds(),
            by=request.user,  # type: ignore[arg-type] # logged in
            unit=form.cleaned_data["unit"], matter=form.cleaned_data["matter"],
        )  # fmt: skip
        return reverse("negative_answer", args=[said.pk])

    crumbs = (Crumb(reverse("negative_answers"), _("Negative answers")),)
    sub = _("Whoever says no names the law, the clause and what can be done instead.")
    words = FormPage(_("Report a no"), _("Report"), _("It stands in the register."), crumbs, sub)
    return answer(request, words, form, act)


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one refusal with its grounds and its review."""
    today, found = timezone.localdate(), _found(request, pk)
    review = may_review_refusal(request.user, found, today)
    context = {
        "refusal": found,
        "now": timezone.now(),
        "review": review,
        "may_review": review.allowed and not found.word,
    }
    return render(request, "desks/refusal.html", context)


@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Look at a no again."""
    found, form = _found(request, pk), ReviewForm(posted(request))
    require(may_review_refusal(request.user, found, timezone.localdate()))
    there = reverse("negative_answer", args=[pk])

    def act() -> str:
        review_refusal(
            actor=Actor.of(request.user), refusal=found, now=timezone.now(),
            by=request.user,  # type: ignore[arg-type] # logged in
            word=ReviewWord(form.cleaned_data["word"]), note=form.cleaned_data["note"],
        )  # fmt: skip
        return there

    crumbs = (Crumb(reverse("negative_answers"), _("Negative answers")), Crumb(there, found.matter))
    words = FormPage(_("Review a no"), _("Save"), _("The review is recorded."), crumbs)
    return answer(request, words, form, act)


def _found(request: HttpRequest, pk: int) -> NegativeAnswer:
    require(may_see_registers(request.user, timezone.localdate()))
    related = NegativeAnswer.objects.select_related("unit", "said_by", "reviewed_by", "case")
    return get_object_or_404(related, pk=pk)
