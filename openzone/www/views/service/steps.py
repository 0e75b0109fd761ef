"""What can be done with a commitment, one form each; and credit records."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from openzone.www.access import require
from openzone.www.formpage import Crumb, FormPage, answer, posted
from openzone.www.forms.records import RecordChoices
from openzone.www.forms.service import (
    CheckForm,
    DecideForm,
    DocumentForm,
    RecordForm,
    RepairForm,
    SignForm,
    WhyForm,
)
from openzone.www.pages import page_of
from openzone.zone.audit.actors import Actor
from openzone.zone.commitments.models import Commitment, CreditRecord, OwedPaper
from openzone.zone.commitments.permissions import (
    may_keep_records,
    may_offer,
    may_see_commitments,
)
from openzone.zone.commitments.services import steps as services
from openzone.zone.commitments.services.records import enter_record, repair


class OwedForm(forms.Form):
    """The papers that came."""

    papers: Any = RecordChoices(
        OwedPaper.objects.none(),
        label=gettext_lazy("Papers that came"),
        widget=forms.CheckboxSelectMultiple,
    )


class Doing(NamedTuple):
    """A step: its form, its words, and the service that takes what was filled in."""

    form: type[forms.Form]
    heading: Promise
    done: Promise
    service: Callable[..., Commitment]
    by: bool = False


STEPS = {
    "sign": Doing(
        SignForm, gettext_lazy("Take down the signature"), gettext_lazy("Signed."), services.sign
    ),
    "decline": Doing(
        WhyForm,
        gettext_lazy("No commitment wished"),
        gettext_lazy("It goes the ordinary way."),
        services.decline,
    ),
    "withdraw": Doing(
        WhyForm,
        gettext_lazy("Application taken back"),
        gettext_lazy("The application is taken back."),
        services.withdraw,
    ),
    "supply": Doing(
        OwedForm,
        gettext_lazy("Take in papers"),
        gettext_lazy("The papers are taken in."),
        services.supply,
    ),
    "check": Doing(
        CheckForm,
        gettext_lazy("Check whether it was kept"),
        gettext_lazy("The check is recorded."),
        services.check,
        by=True,
    ),
    "decide": Doing(
        DecideForm,
        gettext_lazy("Decide"),
        gettext_lazy("The decision is recorded."),
        services.decide,
        by=True,
    ),
    "revoke": Doing(
        DocumentForm,
        gettext_lazy("Revoke the decision"),
        gettext_lazy("The decision is revoked."),
        services.revoke,
        by=True,
    ),
}


@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Do one step; who may is the service's word where it is more than the desk's."""
    require(may_offer(request.user, timezone.localdate()))
    rows = Commitment.objects.select_related("item", "enterprise", "case")
    found = get_object_or_404(rows, pk=pk)
    doing = STEPS.get(name)
    if doing is None:
        raise Http404
    form = doing.form(posted(request))
    if isinstance(form, OwedForm):
        papers: Any = form.fields["papers"]
        papers.queryset = found.owed.filter(supplied_at__isnull=True)

    def act() -> str:
        given = {**form.cleaned_data}
        if name == "revoke":
            given = {"document": given["number"]}
        if doing.by:
            given["by"] = request.user
        doing.service(actor=Actor.of(request.user), commitment=found, now=timezone.now(), **given)
        return reverse("commitment", args=[pk])

    above = (
        Crumb(reverse("commitments"), _("Commitments")),
        Crumb(reverse("commitment", args=[pk]), found.case.number),
    )
    page = FormPage(str(doing.heading), _("Record"), str(doing.done), above, str(found))
    return answer(request, page, form, act)


@require_GET
def records(request: HttpRequest) -> HttpResponse:
    """Show the credit records, unrepaired ones first."""
    today = timezone.localdate()
    require(may_see_commitments(request.user, today))
    rows = CreditRecord.objects.select_related("enterprise", "commitment__case").order_by(
        "repaired_on", "-happened_on", "-pk"
    )
    context = {
        "page": page_of(request, rows),
        "may_keep": may_keep_records(request.user, today).allowed,
    }
    return render(request, "service/records.html", context)


@require_http_methods(["GET", "POST"])
def record_new(request: HttpRequest) -> HttpResponse:
    """Enter a record of another authority."""
    today = timezone.localdate()
    require(may_keep_records(request.user, today))
    form = RecordForm(posted(request))

    def act() -> str:
        enter_record(actor=Actor.of(request.user), on=today, **form.cleaned_data)
        return reverse("credit_records")

    done = _("The record is entered; until it is repaired no commitment is accepted.")
    page = FormPage(_("Enter a credit record"), _("Record"), done, (_records(),))
    return answer(request, page, form, act)


@require_http_methods(["GET", "POST"])
def record_repair(request: HttpRequest, pk: int) -> HttpResponse:
    """Note a repair."""
    require(may_keep_records(request.user, timezone.localdate()))
    row = get_object_or_404(CreditRecord, pk=pk)
    form = RepairForm(posted(request))

    def act() -> str:
        given = form.cleaned_data
        repair(
            actor=Actor.of(request.user),
            row=row,
            document=given["document"],
            on=given["repaired_on"],
        )
        return reverse("credit_records")

    page = FormPage(
        _("Note a repair"), _("Record"), _("The breach is repaired."), (_records(),), str(row)
    )
    return answer(request, page, form, act)


def _records() -> Crumb:
    return Crumb(reverse("credit_records"), _("Credit records"))
