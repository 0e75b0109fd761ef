"""What somebody does with agreements, incentives and promises: one form for each."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from openzone.www.access import require
from openzone.www.formpage import FormPage, answer, posted
from openzone.www.forms import agreements as forms
from openzone.www.hands import Hand, hand
from openzone.www.views.agreements import common
from openzone.zone.agreements.models import Agreement
from openzone.zone.agreements.permissions import may_answer, may_report, may_review, side_of
from openzone.zone.agreements.services import drafting, fulfilments, incentives, signing

TEMPLATE = "projects/act.html"
Given = dict[str, Any]


class Act(NamedTuple):
    """A form of an agreement, what it is called, and what it does."""

    form: type[forms.OfAgreement]
    heading: Promise
    button: Promise
    do: Callable[[Hand, Agreement, Given], Any]
    sub: Promise | str = ""


def _promise(who: Hand, found: Agreement, given: Given) -> object:
    return drafting.promise(**who.of(), agreement=found, **given)


def _grant(who: Hand, found: Agreement, given: Given) -> object:
    return drafting.grant(**who.of(), agreement=found, **given)


def _drop(who: Hand, found: Agreement, given: Given) -> None:
    drafting.drop_clause(**who.of(), clause=given["clause"])


def _sign(who: Hand, found: Agreement, given: Given) -> object:
    return signing.sign(**who.of("today"), agreement=found, **common.upload(given))


def _end(who: Hand, found: Agreement, given: Given) -> object:
    return signing.end(**who.of("today"), agreement=found, **given)


def _amend(who: Hand, found: Agreement, given: Given) -> object:
    return drafting.amend(**who.of("now", "user"), agreement=found, **given)


def _discard(who: Hand, found: Agreement, given: Given) -> str:
    drafting.discard(**who.of(), agreement=found)
    return reverse("project_agreements", args=[found.project_id])


ACTS: Mapping[str, Act] = {
    "promise": Act(forms.PromiseForm, gettext_lazy("Add a promise"), gettext_lazy("Add"), _promise),
    "grant": Act(
        forms.GrantForm, gettext_lazy("Add an incentive"), gettext_lazy("Add"), _grant,
        gettext_lazy("Only with a fair-competition review that allows it."),
    ),
    "drop": Act(
        forms.DropForm, gettext_lazy("Take a promise out"), gettext_lazy("Take out"), _drop
    ),
    "sign": Act(
        forms.SignForm, gettext_lazy("Sign the agreement"), gettext_lazy("Sign"), _sign,
        gettext_lazy("From then on its terms do not change."),
    ),
    "end": Act(forms.EndForm, gettext_lazy("End the agreement"), gettext_lazy("End"), _end),
    "amend": Act(
        forms.AmendForm, gettext_lazy("Draft an amendment"), gettext_lazy("Draft"), _amend,
        gettext_lazy("It begins with the same promises, and takes their place once signed."),
    ),
    "discard": Act(
        forms.DiscardForm, gettext_lazy("Discard the draft"), gettext_lazy("Discard"), _discard
    ),
}  # fmt: skip


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Show one form of an agreement, or do what it says."""
    if what not in ACTS:
        raise Http404
    doing, found, who = ACTS[what], common.kept(request, pk), hand(request)
    form = doing.form(found, who.today, posted(request), request.FILES or None, initial=_asked(
        request, doing))  # fmt: skip

    def do() -> str:
        made = doing.do(who, found, dict(form.cleaned_data))
        if isinstance(made, str):
            return made
        return common.page_of(made if isinstance(made, Agreement) else found)

    crumbs = common.above_agreement(request, found)
    page = FormPage(
        str(doing.heading), str(doing.button), _("It is recorded."), crumbs,
        str(doing.sub) or str(found), TEMPLATE,
    )  # fmt: skip
    return answer(request, page, form, do)


def _asked(request: HttpRequest, doing: Act) -> dict[str, str]:
    return {
        name: value
        for name, value in request.GET.items()
        if name in doing.form.base_fields and isinstance(value, str)
    }


@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a draft."""
    project, who = common.project_kept(request, pk), hand(request)
    form = forms.DraftForm(posted(request))

    def do() -> str:
        made = drafting.draft_agreement(
            **who.of("now", "user"), project=project, **form.cleaned_data
        )
        return common.page_of(made)

    page = FormPage(
        _("New agreement"), _("Draft"), _("It is recorded."), common.above_project(project),
        project.name, TEMPLATE,
    )  # fmt: skip
    return answer(request, page, form, do)


@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose an incentive."""
    project, who = common.project_kept(request, pk), hand(request)
    form = forms.IncentiveForm(posted(request))

    def do() -> str:
        made = incentives.propose(**who.of("now", "user"), project=project, **form.cleaned_data)
        return reverse("incentive", args=[made.pk])

    page = FormPage(
        _("Propose an incentive"), _("Propose"),
        _("It waits for its fair-competition review, by somebody else."),
        common.above_project(project), project.name, TEMPLATE,
    )  # fmt: skip
    return answer(request, page, form, do)


@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Record the fair-competition review of an incentive."""
    found, who = common.incentive_seen(request, pk), hand(request)
    require(may_review(request.user, found, who.today))
    form = forms.ReviewForm(posted(request), request.FILES or None)

    def do() -> str:
        incentives.review(
            **who.of("now", "user", "today"), incentive=found,
            **common.upload(dict(form.cleaned_data)),
        )  # fmt: skip
        return reverse("incentive", args=[found.pk])

    page = FormPage(
        _("Fair-competition review"), _("Record"), _("It is recorded."),
        common.above_project(found.project), found.text, TEMPLATE,
    )  # fmt: skip
    return answer(request, page, form, do)


@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Report what was done for a promise."""
    clause, who = common.clause_of(pk), hand(request)
    require(may_report(request.user, clause, who.today))
    side = side_of(request.user, clause.agreement.project, who.today)
    form = forms.ReportForm(clause, posted(request), request.FILES or None)

    def do() -> str:
        fulfilments.report(
            **who.of("now", "user", "today"), clause=clause, side=str(side),
            **common.upload(dict(form.cleaned_data)),
        )  # fmt: skip
        return common.page_of(clause.agreement, f"promise-{clause.pk}")

    page = FormPage(
        _("Report what was done"), _("Report"), _("It counts once the other side confirms it."),
        common.above_agreement(request, clause.agreement), clause.text, TEMPLATE,
    )  # fmt: skip
    return answer(request, page, form, do)


@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm what the other side reported, or say why not."""
    found, who, today = common.fulfilment_of(pk), hand(request), timezone.localdate()
    require(may_answer(request.user, found, today))
    agreement = found.clause.agreement
    side = side_of(request.user, agreement.project, today)
    form = forms.AnswerForm(posted(request))

    def do() -> str:
        fulfilments.answer(
            **who.of("now", "user"), fulfilment=found, side=str(side), **form.cleaned_data
        )
        return common.page_of(agreement)

    page = FormPage(
        _("Answer what was reported"), _("Answer the report"), _("It is recorded."),
        common.above_agreement(request, agreement), f"{found.clause.text} · {found.text}", TEMPLATE,
    )  # fmt: skip
    return answer(request, page, form, do)
