"""Checks of what was paid: the draw, the notice, the answer, the finding, what comes back."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from openzone.www.access import require
from openzone.www.formpage import Crumb, FormPage, posted
from openzone.www.forms.redemption import (
    CheckAnswerForm,
    CheckDecisionForm,
    CheckOutcomeForm,
    DrawForm,
    RecoveryForm,
)
from openzone.www.pages import page_of
from openzone.www.views.redemption.lists import _user
from openzone.www.views.redemption.pages import answer as answer_form
from openzone.zone.audit.actors import Actor
from openzone.zone.people.permissions import Decision
from openzone.zone.redemption.enums import CheckState
from openzone.zone.redemption.models import CheckCase, CheckDraw
from openzone.zone.redemption.permissions import (
    may_apply,
    may_check,
    may_see_application,
    not_for_oneself,
)
from openzone.zone.redemption.selectors.checks import paid_of, replay
from openzone.zone.redemption.services import checks as services


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show the draws and what became of the checks."""
    require(may_check(request.user, timezone.localdate()))
    cases = CheckCase.objects.select_related("draw", "application__enterprise", "application__item")
    context = {"page": page_of(request, cases), "draws": CheckDraw.objects.all()[:20]}
    return render(request, "redemption/checks.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Draw a sample."""
    require(may_check(request.user, timezone.localdate()))
    form, user = DrawForm(posted(request)), _user(request)

    def act() -> str:
        made = services.draw_sample(
            actor=Actor.of(user), user=user, at=timezone.now(), **form.cleaned_data
        )
        return reverse("check_draw", args=[made.pk])

    page = FormPage(
        _("Draw a sample"), _("Draw"), _("The sample is drawn; the enterprises have notice."),
        (Crumb(reverse("checks"), _("Post-checks")),),
        _("Everything paid in the time can be drawn, by item. Seed and frame are kept with it."),
    )  # fmt: skip
    return answer_form(request, page, form, act)


@require_GET
def draw(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a draw: seed, frame and the numbers it gives, drawn again now."""
    require(may_check(request.user, timezone.localdate()))
    made = get_object_or_404(CheckDraw.objects.select_related("drawn_by"), pk=pk)
    cases = {one.application.number: one for one in made.cases.select_related("application__item")}
    drawn = [(one, cases.get(one.member)) for one in replay(made)]
    return render(request, "redemption/draw.html", {"draw": made, "drawn": drawn})


@require_GET
def frame(request: HttpRequest, pk: int) -> JsonResponse:
    """Give out all that is needed to draw again elsewhere."""
    require(may_check(request.user, timezone.localdate()))
    made = get_object_or_404(CheckDraw, pk=pk)
    data = {
        "title": made.title,
        "seed": made.seed,
        "seed_source": made.seed_source,
        "percent": made.percent,
        "frame_sha256": made.frame_hash,
        "frame": made.frame,
        "drawn": [one.member for one in replay(made)],
    }
    response = JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = f'attachment; filename="draw-{made.pk}.json"'
    return response


def _case(request: HttpRequest, pk: int) -> CheckCase:
    rows = CheckCase.objects.select_related(
        "draw", "application__enterprise", "application__item", "proposed_by", "decided_by"
    )
    case = get_object_or_404(rows, pk=pk)
    require(may_see_application(request.user, case.application, timezone.localdate()))
    return case


def _may_handle(request: HttpRequest, case: CheckCase) -> Decision:
    today = timezone.localdate()
    decision = may_check(request.user, today)
    return (
        not_for_oneself(_user(request), case.application, today) if decision.allowed else decision
    )


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one check to the checkers and to the enterprise."""
    case, user = _case(request, pk), _user(request)
    checker = _may_handle(request, case).allowed
    own = may_apply(user, case.application.enterprise, timezone.localdate()).allowed
    fits = {
        "check_answer": own and case.state == CheckState.NOTICED,
        "check_outcome": checker and case.state in (CheckState.NOTICED, CheckState.ANSWERED),
        "check_decision": checker
        and case.state == CheckState.PROPOSED
        and case.proposed_by_id != user.pk,
        "check_recovery": checker
        and case.state == CheckState.DECIDED
        and (case.amount or 0) > case.recovered,
    }
    context = {
        "case": case,
        "paid": paid_of(case.application),
        "checker": checker,
        # What one person proposes is not the finding before another has decided it.
        "found": case.state == CheckState.DECIDED or not own,
        "actions": [(name, _WORDS[name]) for name, yes in fits.items() if yes],
    }
    return render(request, "redemption/check.html", context)


_WORDS: dict[str, Any] = {
    "check_answer": gettext_lazy("Answer"),
    "check_outcome": gettext_lazy("Record the finding"),
    "check_decision": gettext_lazy("Decide"),
    "check_recovery": gettext_lazy("Record what came back"),
}


def _form_page(
    request: HttpRequest, case: CheckCase, form: forms.Form, service: Any, heading: str
) -> HttpResponse:
    user = _user(request)

    def act() -> str:
        service(actor=Actor.of(user), user=user, case=case, at=timezone.now(), **form.cleaned_data)
        return reverse("check", args=[case.pk])

    crumb = Crumb(reverse("check", args=[case.pk]), case.application.number)
    sub = f"{case.application.enterprise.name} · {case.draw.title}"
    page = FormPage(heading, heading, _("Recorded."), (crumb,), sub)
    return answer_form(request, page, form, act)


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the enterprise answer."""
    case = _case(request, pk)
    require(may_apply(request.user, case.application.enterprise, timezone.localdate()))
    form = CheckAnswerForm(posted(request))
    return _form_page(request, case, form, services.answer_check, _("Answer"))


@require_http_methods(["GET", "POST"])
def outcome(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what was found and what should follow."""
    case = _case(request, pk)
    require(_may_handle(request, case))
    form = CheckOutcomeForm(posted(request))
    return _form_page(request, case, form, services.propose_outcome, _("Record the finding"))


@require_http_methods(["GET", "POST"])
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide what another person proposed."""
    case = _case(request, pk)
    require(_may_handle(request, case))
    form = CheckDecisionForm(posted(request))
    return _form_page(request, case, form, services.decide_outcome, _("Decide"))


@require_http_methods(["GET", "POST"])
def recovery(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what came back."""
    case = _case(request, pk)
    require(_may_handle(request, case))
    form = RecoveryForm(posted(request))
    return _form_page(request, case, form, services.record_recovery, _("Record what came back"))
