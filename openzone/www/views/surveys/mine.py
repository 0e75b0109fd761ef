"""Surveys as who is asked sees them: what waits for an answer, and answering once."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from openzone.www.access import require
from openzone.www.formpage import Crumb, FormPage, answer, posted
from openzone.www.forms.surveys import AnswerForm
from openzone.www.pages import page_of
from openzone.zone.audit.actors import Actor
from openzone.zone.people.models import User
from openzone.zone.surveys.models import SurveyInvitation
from openzone.zone.surveys.packs import pack
from openzone.zone.surveys.permissions import may_answer
from openzone.zone.surveys.selectors.figures import answered, to_answer
from openzone.zone.surveys.services import answering


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Show what I am asked and what I answered."""
    user, today = cast(User, request.user), timezone.localdate()
    context = {
        "waiting": to_answer(user, today),
        "page": page_of(request, answered(user, today)),
        "least": pack().least,
        "today": today,
    }
    return render(request, "surveys/mine.html", context)


@require_http_methods(["GET", "POST"])
def fill_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a survey, once and for good."""
    rows = SurveyInvitation.objects.select_related(
        "survey", "enterprise", "case", "about_user", "about_unit"
    )
    invitation = get_object_or_404(rows, pk=pk)
    require(may_answer(request.user, invitation, timezone.localdate()))
    form = AnswerForm(invitation.survey, posted(request))

    def act() -> str:
        answering.answer(
            actor=Actor.of(request.user),
            user=cast(User, request.user),
            invitation=invitation,
            answers=form.answers,
            remark=form.cleaned_data["remark"],
            now=timezone.now(),
        )
        return reverse("surveys_mine")

    form_page = FormPage(
        invitation.survey.title,
        _("Send the assessment"),
        _("Thank you. Your answer is kept as you gave it."),
        (Crumb(reverse("surveys_mine"), _("Surveys")),),
        _about(invitation),
        "surveys/answer.html",
    )
    return answer(request, form_page, form, act)


def _about(invitation: SurveyInvitation) -> str:
    what = invitation.case or invitation.about_user or invitation.about_unit
    parts = (invitation.enterprise or invitation.person, what)
    return " · ".join(str(part) for part in parts if part)
