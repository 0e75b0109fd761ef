"""What somebody does with a lead or a referral: one small form for each."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from openzone.www.access import require
from openzone.www.formpage import FormPage, answer, posted
from openzone.www.forms import promotion_acts as forms
from openzone.www.hands import Hand, hand
from openzone.www.views.projects.common import page_of as project_page
from openzone.www.views.promotion import common
from openzone.zone.projects.permissions import may_see as may_see_project
from openzone.zone.promotion.enums import LeadState
from openzone.zone.promotion.models import Lead, Referral
from openzone.zone.promotion.permissions import may_answer, may_credit
from openzone.zone.promotion.services import following, interactions, landing, referrals

Given = dict[str, Any]
Doing = Callable[[Hand, Lead, Any, Given], object]
ENDS = (LeadState.REJECTED.value, LeadState.SHELVED.value)


class Act(NamedTuple):
    """A form of a lead, what it is called, what it does, and where it leads back to."""

    form: type[forms.OfLead]
    heading: Promise
    button: Promise
    do: Doing
    part: str = ""
    sub: Promise | str = ""


def _assign(who: Hand, lead: Lead, form: Any, given: Given) -> object:
    return following.assign(**who.of("now", "user"), lead=lead, **given)


def _move(who: Hand, lead: Lead, form: Any, given: Given) -> object:
    hands = {**who.of("now", "user"), "lead": lead}
    if given["to"] == "reopen":
        return following.reopen(**hands, **{k: v for k, v in given.items() if k != "to"})
    service = following.end if given["to"] in ENDS else following.move
    return service(**hands, **given)


def _talk(who: Hand, lead: Lead, form: Any, given: Given) -> object:
    return interactions.record_interaction(**who.of("now", "user"), lead=lead, **given)


def _correct(who: Hand, lead: Lead, form: Any, given: Given) -> object:
    return interactions.correct_interaction(**who.of("now", "user"), **given)


def _grade(who: Hand, lead: Lead, form: Any, given: Given) -> object:
    return interactions.grade_lead(
        **who.of("now", "user"), lead=lead, on=given["on"], answers=form.answers()
    )


def _refer(who: Hand, lead: Lead, form: Any, given: Given) -> object:
    return referrals.refer(**who.of("now", "user"), lead=lead, **given)


def _credit(who: Hand, lead: Lead, form: Any, given: Given) -> object:
    return following.set_credit(**who.of(), lead=lead, shares=form.shares())


def _let_in(who: Hand, lead: Lead, form: Any, given: Given) -> object:
    return following.let_in(**who.of(), lead=lead, on=who.today, **given)


def _let_out(who: Hand, lead: Lead, form: Any, given: Given) -> object:
    return following.let_out(**who.of(), **given)


def _land(who: Hand, lead: Lead, form: Any, given: Given) -> str:
    made = landing.become_project(**who.of("now", "user"), lead=lead, **given)
    seen = may_see_project(who.user, made, who.today).allowed
    return project_page(made) if seen else common.page_of(lead)


ACTS: Mapping[str, Act] = {
    "assign": Act(forms.AssignForm, _("Assign the lead"), _("Assign to an adviser"), _assign),
    "move": Act(forms.MoveForm, _("Move the lead"), _("Move"), _move),
    "talk": Act(
        forms.TalkForm, _("Record an interaction"), _("Record"), _talk, "timeline",
        _("The first one puts the lead in contact."),
    ),
    "correct": Act(
        forms.CorrectForm, _("Correct an interaction"), _("Correct"), _correct, "timeline",
        _("What was written before stays readable and counts nowhere."),
    ),
    "grade": Act(
        forms.GradeForm, _("Grade the lead"), _("Save"), _grade, "maturity",
        _("The grade follows from the answers; “not known” is not “no”."),
    ),
    "refer": Act(
        forms.ReferForm, _("Pass the lead on"), _("Refer"), _refer, "referral",
        _("It comes back as a talk, or with the reason why not."),
    ),
    "credit": Act(
        forms.CreditForm, _("Divide the credit"), _("Save"), _credit, "credit",
        _("The parts add up to 100 per cent."),
    ),
    "let-in": Act(
        forms.LetInForm, _("Let somebody in"), _("Let in"), _let_in, "who",
        _("They see the lead and how its people are reached, and work on it."),
    ),
    "let-out": Act(forms.LetOutForm, _("Let somebody out"), _("Let out"), _let_out, "who"),
    "project": Act(
        forms.LandForm, _("Make it a project"), _("Make it a project"), _land, "",
        _("What is known goes along; the conversation stays readable from the project."),
    ),
}  # fmt: skip


class Reply(NamedTuple):
    """A way to answer a referral."""

    form: type[forms.OfLead]
    heading: Promise
    button: Promise
    do: Callable[[Hand, Referral, Given], object]
    sub: Promise | str = ""


def _talked(who: Hand, referral: Referral, given: Given) -> object:
    return referrals.answer_with_talk(**who.of("now", "user"), referral=referral, **given)


def _refused(who: Hand, referral: Referral, given: Given) -> object:
    return referrals.refuse_referral(**who.of("now", "user"), referral=referral, **given)


REPLIES: Mapping[str, Reply] = {
    "talk": Reply(
        forms.TalkForm, _("Answer the referral: they were talked to"), _("Record"), _talked
    ),
    "refuse": Reply(
        forms.RefuseForm, _("Answer the referral: refuse it"), _("Send back"), _refused,
        _("The reason goes back to who passed it on."),
    ),
}  # fmt: skip


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Show one form of a lead, or do what it says."""
    if what not in ACTS:
        raise Http404
    doing, who = ACTS[what], hand(request)
    lead = common.seen(request, pk) if what == "credit" else common.kept(request, pk)
    if what == "credit":
        require(may_credit(request.user, lead, who.today))
    form = doing.form(lead, who.today, posted(request), initial=_asked(request))

    def do() -> str:
        made = doing.do(who, lead, form, dict(form.cleaned_data))
        return made if isinstance(made, str) else common.page_of(lead, doing.part)

    return answer(request, _page(doing, lead), form, do)


@require_http_methods(["GET", "POST"])
def answer_referral(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Answer a referral with a talk, or with the reason why not."""
    if what not in REPLIES:
        raise Http404
    doing, who = REPLIES[what], hand(request)
    rows = Referral.objects.select_related("lead__investor__root", "to_unit", "answered_by")
    referral = get_object_or_404(rows, pk=pk)
    require(may_answer(request.user, referral, who.today))
    form = doing.form(referral.lead, who.today, posted(request))

    def do() -> str:
        doing.do(who, referral, dict(form.cleaned_data))
        refused = what == "refuse"
        return reverse("referrals") if refused else common.page_of(referral.lead, "timeline")

    return answer(request, _page(doing, referral.lead), form, do)


def _page(doing: Act | Reply, lead: Lead) -> FormPage:
    sub = str(doing.sub) or str(lead)
    return FormPage(
        str(doing.heading), str(doing.button), _t("It is recorded."), common.above(lead), sub,
        common.TEMPLATE,
    )  # fmt: skip


def _asked(request: HttpRequest) -> dict[str, str]:
    """Return what a link has filled in: which talk, which helper, what the board had shown."""
    names = ("interaction", "helper", "seen", "to")
    return {name: request.GET[name] for name in names if name in request.GET}
