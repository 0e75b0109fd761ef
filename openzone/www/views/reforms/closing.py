"""Finishing a programme: asking, confirming, the closing report, reopening."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.www import excel
from openzone.www.access import require
from openzone.www.cases.brief import DOCX, PDF
from openzone.www.formpage import Crumb, FormPage, answer, posted
from openzone.www.forms.closings import ClosingForm, ReopenForm
from openzone.www.forms.reforms import VerdictForm
from openzone.www.hands import user_of
from openzone.www.papers.content import Paper
from openzone.www.papers.pdf import pdf
from openzone.www.papers.word import word
from openzone.www.views.reforms.report import paper_of
from openzone.zone.audit.actors import Actor
from openzone.zone.reforms.models import Closing, Programme
from openzone.zone.reforms.permissions import (
    may_manage,
    may_reopen,
    may_rule_closing,
    may_see,
)
from openzone.zone.reforms.selectors.closings import Closed, latest, left
from openzone.zone.reforms.services import closings as services
from openzone.zone.registry.permissions import may_export
from openzone.zone.registry.services.access import log_export


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the closing report as it will be printed, and what can be done with it."""
    found, today = _found(request, pk), timezone.localdate()
    ruling = getattr(found.closing, "ruling", None)
    context = {
        "programme": found.programme,
        "closing": found.closing,
        "paper": paper_of(found, synthetic=found.programme.synthetic),
        "may_rule": ruling is None and may_rule_closing(request.user, found.closing, today).allowed,
        "may_reopen": found.programme.state == "finished"
        and may_reopen(request.user, today).allowed,
        "may_export": may_export(request.user, today).allowed,
    }
    return render(request, "reforms/closing.html", context)


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a programme is finished."""
    programme = get_object_or_404(Programme, pk=pk)
    require(may_manage(request.user, timezone.localdate()))
    form = ClosingForm(programme, left(programme), posted(request))

    def act() -> str:
        services.ask_closing(
            **_hand(request), programme=programme, summary=form.cleaned_data["summary"],
            carries=form.carries(),
        )  # fmt: skip
        return reverse("reform_closing", args=[pk])

    sub = _("Somebody else confirms it. What is not done goes on with its number and its reason.")
    words = FormPage(_("Finish the programme"), _("Ask for the closing"),
                     _("It waits for its confirmation."), _above(programme), sub)  # fmt: skip
    return answer(request, words, form, act)


@require_http_methods(["GET", "POST"])
def rule(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm a closing, or return it."""
    closing = get_object_or_404(Closing.objects.select_related("programme"), pk=pk)
    require(may_rule_closing(request.user, closing, timezone.localdate()))
    form = VerdictForm(_("Confirm"), _("Return"), posted(request))

    def act() -> str:
        given = form.cleaned_data
        services.rule_closing(
            **_hand(request), closing=closing, confirmed=given["yes"], remark=given["remark"]
        )
        return reverse("reform_closing", args=[closing.programme_id])

    words = FormPage(_("Decide on the closing"), _("Record"), _("It is decided."),
                     _above(closing.programme), closing.summary[:300])  # fmt: skip
    return answer(request, words, form, act)


@require_http_methods(["GET", "POST"])
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a finished programme go on."""
    programme = get_object_or_404(Programme, pk=pk)
    require(may_reopen(request.user, timezone.localdate()))
    form = ReopenForm(posted(request))

    def act() -> str:
        services.reopen_programme(
            **_hand(request), programme=programme, reason=form.cleaned_data["reason"]
        )
        return reverse("reform_programme", args=[pk])

    sub = _("Tasks that went on into another programme stay there.")
    words = FormPage(
        _("Reopen the programme"), _("Reopen"), _("The programme goes on."), _above(programme), sub
    )
    return answer(request, words, form, act)


@require_POST
def file(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Give the closing report away as Word, PDF or Excel; the log notes it."""
    found = _found(request, pk)
    require(may_export(request.user, timezone.localdate()))
    if kind not in ("word", "pdf", "excel"):
        raise Http404
    synthetic = excel.in_example_zone()
    paper = paper_of(found, synthetic=synthetic)
    log_export(
        actor=Actor.of(request.user), what=f"closing:{found.closing.pk}",
        count=found.whole.total, filters={"kind": kind},
    )  # fmt: skip
    if kind == "excel":
        return excel.answer(_book(paper, synthetic), paper.title, synthetic=synthetic)
    make, media, ending = (word, DOCX, "docx") if kind == "word" else (pdf, PDF, "pdf")
    name = f"{paper.title}.{ending}"
    response = HttpResponse(make(paper), content_type=media)
    response["Content-Disposition"] = content_disposition_header(
        True, f"{excel.SAMPLE}_{name}" if synthetic else name
    )
    return response


def _book(paper: Paper, synthetic: bool) -> bytes:
    """Return the report as one sheet: each section under its heading."""
    width = max(len(one.grid.headings) for one in paper.sections if one.grid)
    rows: list[tuple[str | None, ...]] = []
    for section in paper.sections:
        rows += [_wide([section.heading], width)]
        rows += [_wide([line], width) for line in section.lines]
        if section.grid:
            rows += [_wide(section.grid.headings, width)]
            rows += [_wide(row, width) for row in section.grid.rows]
    headings = [paper.title, *(f"{n}" for n in range(2, width + 1))]
    return excel.workbook(excel.Table(headings, rows, paper.notes, synthetic))


def _wide(cells: Any, width: int) -> tuple[str | None, ...]:
    return (*cells, *[None] * (width - len(cells)))


def _found(request: HttpRequest, pk: int) -> Closed:
    programme, today = get_object_or_404(Programme, pk=pk), timezone.localdate()
    require(may_see(request.user, today))
    found = latest(programme, today)
    if found is None:
        raise Http404
    return found


def _hand(request: HttpRequest) -> dict[str, Any]:
    user = user_of(request)
    return {"actor": Actor.of(user), "by": user, "now": timezone.now()}


def _above(programme: Programme) -> tuple[Crumb, ...]:
    page_ = reverse("reform_programme", args=[programme.pk])
    return (Crumb(reverse("reforms"), _("Reform tasks")), Crumb(page_, programme.title))
