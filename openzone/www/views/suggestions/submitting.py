"""Submitting upwards as a paper, and giving suggestions to who carries them out."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from openzone.www import excel
from openzone.www.access import require_console
from openzone.www.formpage import posted
from openzone.www.forms import refusals
from openzone.www.forms.suggestions import AssignForm, SubmitForm
from openzone.www.papers.content import Grid, Paper, Section
from openzone.www.papers.pdf import pdf
from openzone.www.papers.word import word
from openzone.www.views.suggestions.common import (
    Words,
    above,
    campaign_for,
    final_for,
    form_page,
    hand,
)
from openzone.zone.errors import Refused
from openzone.zone.suggestions.models import Campaign, Submission
from openzone.zone.suggestions.permissions import may_review, may_submit
from openzone.zone.suggestions.services.carrying import assign as give
from openzone.zone.suggestions.services.submitting import submit as send_up

KINDS = {
    "docx": (
        word,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "pdf": (pdf, "application/pdf"),
}


@require_http_methods(["GET", "POST"])
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose what is submitted, and to whom."""
    campaign = campaign_for(request, pk, may_submit)
    form = SubmitForm(campaign, posted(request), initial={"title": campaign.title})
    if form.is_valid() and (made := _made(request, campaign, form)):
        return redirect("suggestion_submission", made.pk)
    context = {"campaign": campaign, "form": form}
    status = 400 if form.is_bound else 200
    return render(request, "suggestions/submit.html", context, status=status)


def _made(request: HttpRequest, campaign: Campaign, form: SubmitForm) -> Submission | None:
    given, (actor, by, now) = form.cleaned_data, hand(request)
    try:
        return send_up(
            actor=actor,
            by=by,
            now=now,
            campaign=campaign,
            chosen=list(given["chosen"]),
            title=given["title"],
            recipient=given["recipient"],
        )
    except Refused as refusal:
        refusals.show(form, refusal)
        return None


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was submitted, as it was that day."""
    found = _submission(request, pk)
    context = {"submission": found, "campaign": found.campaign, "paper": paper(found)}
    return render(request, "suggestions/submission.html", context)


@require_GET
def file(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Download it as Word or PDF."""
    found = _submission(request, pk)
    if kind not in KINDS:
        raise Http404
    make, content_type = KINDS[kind]
    answer = HttpResponse(make(paper(found)), content_type=content_type)
    name = f"{found.title}.{kind}"
    if found.campaign.synthetic:
        name = f"{excel.SAMPLE}_{name}"
    answer["Content-Disposition"] = content_disposition_header(True, name)
    return answer


def _submission(request: HttpRequest, pk: int) -> Submission:
    require_console(request)
    return get_object_or_404(Submission.objects.select_related("campaign", "submitted_by"), pk=pk)


def paper(submission: Submission) -> Paper:
    """Return a submission as it is set: the suggestions, then each one's originals."""
    content: Mapping[str, Any] = submission.content
    day = timezone.localtime(submission.submitted_at).date().isoformat()
    notes = [f"报送：{submission.recipient}", f"日期：{day}", *content["notes"]]
    body = [Section(one["heading"], one["lines"]) for one in content["finals"]]
    annex = [
        Section(one["heading"], (), Grid(content["headings"], one["rows"]))
        for one in content["annex"]
    ]
    return Paper(submission.title, notes, [*body, *annex])


@require_http_methods(["GET", "POST"])
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an accepted suggestion to the unit that carries it out."""
    final = final_for(request, pk, may_review)
    form = AssignForm(posted(request))
    actor, _by, now = hand(request)

    def act() -> object:
        return give(actor=actor, final=final, unit=form.cleaned_data["unit"], now=now)

    words = Words(_("Assign"), _("Assign"), _("It is assigned under a number of its own."))
    return form_page(request, words, above(final.campaign, final), form, act)
