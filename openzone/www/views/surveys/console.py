"""Surveys as the zone sees them: opened, their figures, the quarterly assessment of service."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.engines.surveys.scoring import FORMULA
from openzone.packs.surveys import Form, Scale
from openzone.www import asof, excel
from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.formpage import Crumb, FormPage, answer, posted
from openzone.www.forms.surveys import CallForm, OpenSurveyForm
from openzone.www.pages import page_of
from openzone.www.views.exports import send
from openzone.zone.audit.actors import Actor
from openzone.zone.people.models import User
from openzone.zone.registry.permissions import may_export
from openzone.zone.registry.selectors.identity import live
from openzone.zone.surveys.models import Survey, SurveyInvitation
from openzone.zone.surveys.packs import form_named, pack
from openzone.zone.surveys.permissions import may_call_back, may_see_figures, may_survey
from openzone.zone.surveys.selectors import figures as selectors
from openzone.zone.surveys.selectors.assessment import Line, assessment
from openzone.zone.surveys.selectors.forms import form_of, least_of, scale_of
from openzone.zone.surveys.services.answering import call_back
from openzone.zone.surveys.services.asking import open_survey


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show the surveys, of one form period by period, with what may be shown."""
    today = timezone.localdate()
    require(may_see_figures(request.user, today))
    forms = {form.id: say(form.title.text) for form in pack().forms}
    shown = request.GET.get("form", "")
    wanted = {"form": shown} if shown in forms else {}
    page = page_of(request, Survey.objects.filter(**wanted).order_by("-first", "-pk"))
    context = {
        "forms": forms,
        "shown": wanted.get("form", ""),
        "page": page,
        "lines": [(survey, selectors.figures(survey, today)) for survey in page],
        "may_survey": may_survey(request.user, today).allowed,
        "least": pack().least,
    }
    return render(request, "surveys/listing.html", context)


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a survey says: score with formula and n, distribution, calls apart."""
    today = timezone.localdate()
    require(may_see_figures(request.user, today))
    survey = get_object_or_404(Survey, pk=pk)
    form, scale = form_of(survey), scale_of(survey)
    found = selectors.figures(survey, today)
    keeper = may_survey(request.user, today).allowed
    waiting = survey.invitations.filter(response__isnull=True, call_back__isnull=True)
    context = {
        "survey": survey,
        "form": form,
        "scale": scale,
        "figures": found,
        "questions": _questions(found, form, scale),
        "by_assignee": selectors.by_assignee(survey, today) if form.about == "assignee" else {},
        "calls": selectors.calls(survey),
        "call_source": pack().call_back_source,
        "remarks": selectors.remarks(survey, today),
        "least": least_of(survey),
        "formula": FORMULA,
        "waiting": page_of(request, waiting.select_related("enterprise", "person"))
        if keeper
        else None,
    }
    return render(request, "surveys/survey.html", context)


def _questions(found: selectors.Figures, form: Form, scale: Scale) -> list[dict[str, object]]:
    """Return the questions with their mean and how often each grade was chosen."""
    if found.opinion is None:
        return []
    means = {one.question: one for one in found.opinion.score.means} if found.opinion.score else {}
    return [
        {
            "question": question,
            "mean": means.get(question.id),
            "counts": [
                (grade, found.opinion.by_question[question.id][grade.id]) for grade in scale.grades
            ],
        }
        for question in form.questions
    ]


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Open a quarter's survey and ask everybody it concerns."""
    today = timezone.localdate()
    require(may_survey(request.user, today))
    form = OpenSurveyForm(posted(request))

    def act() -> str:
        name = form.cleaned_data["form"]
        chosen = form_named(name)
        everybody = live().values_list("pk", flat=True)
        made = open_survey(
            actor=Actor.of(request.user),
            form=name,
            day=form.cleaned_data["day"],
            today=today,
            enterprises=everybody if chosen and chosen.about == "zone" else None,
        )
        return reverse("survey", args=[made.pk])

    sub = _("Only the enterprises' own people answer. Nobody in the zone can answer for them.")
    form_page = FormPage(_("Open a survey"), _("Open it"), _("It is open."), _above(), sub)
    return answer(request, form_page, form, act)


@require_http_methods(["GET", "POST"])
def call(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down a telephone call; it is counted apart from what enterprises answered."""
    rows = SurveyInvitation.objects.select_related("survey", "enterprise", "person")
    invitation = get_object_or_404(rows, pk=pk)
    require(may_call_back(request.user, invitation, timezone.localdate()))
    form = CallForm(invitation.survey, posted(request))

    def act() -> str:
        call_back(
            actor=Actor.of(request.user),
            user=cast(User, request.user),
            invitation=invitation,
            reached=form.cleaned_data["reached"],
            answers=form.answers,
            remark=form.cleaned_data["remark"],
            now=timezone.now(),
        )
        return reverse("survey", args=[invitation.survey_id])

    who = invitation.enterprise or invitation.person
    crumbs = (
        *_above(),
        Crumb(reverse("survey", args=[invitation.survey_id]), invitation.survey.title),
    )
    form_page = FormPage(
        _("Write down a call"),
        _("Record"),
        _("The call is recorded."),
        crumbs,
        f"{who} · {say(pack().call_back_source.text)}",
        "surveys/answer.html",
    )
    return answer(request, form_page, form, act)


@require_GET
def quarterly(request: HttpRequest) -> HttpResponse:
    """Show the assessment of service of a quarter, by person."""
    today = timezone.localdate()
    require(may_see_figures(request.user, today))
    day = asof.as_of(request)
    found = assessment(day, today)
    context = {
        "found": found,
        "whole": selectors.figures(found.survey, today) if found.survey else None,
        "least": pack().least,
        "may_export": may_export(request.user, today).allowed,
    }
    return render(request, "surveys/assessment.html", context)


@require_POST
def quarterly_export(request: HttpRequest) -> HttpResponse:
    """Download the assessment; what is not shown on the page is not in the file."""
    today = timezone.localdate()
    require(may_export(request.user, today))
    found = assessment(asof.as_of(request), today)
    headings = [
        _("Person"),
        _("Invited"),
        _("Responded"),
        _("Very satisfied"),
        _("Satisfied"),
        _("Bad reviews"),
        _("Score"),
        _("Complaints"),
    ]
    notes = [
        f"{found.quarter.first}–{found.quarter.last}",
        _("Empty cells are not shown: fewer than %(n)d answered, or the survey is not over.")
        % {"n": pack().least},
    ]
    cells = [_cells(line) for line in found.lines]
    table = excel.Table(headings, cells, notes, excel.in_example_zone())
    return send(request, table, what="service_assessment", name=_("Assessment of service"))


def _cells(line: Line) -> tuple[excel.Cell, ...]:
    opinion, response = line.figures.opinion, line.figures.response
    shown: tuple[excel.Cell, ...] = (
        (
            opinion.top.part,
            opinion.satisfied.part,
            opinion.bad.part,
            opinion.score.value if opinion.score else None,
        )
        if opinion
        else (None, None, None, None)
    )
    return (str(line.user), response.whole, response.part, *shown, line.complaints)


def _above() -> tuple[Crumb, ...]:
    return (Crumb(reverse("surveys"), _("Satisfaction")),)
