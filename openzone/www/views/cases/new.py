"""Taking a request in for somebody: at the counter, on the telephone, on a visit."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from openzone.www.access import require_console
from openzone.www.cases.alike import Alike, alike_for
from openzone.www.cases.asking import Moment, moment
from openzone.www.cases.opening import kind_for, kinds_for, sources, type_for
from openzone.www.formpage import posted
from openzone.www.forms import refusals
from openzone.www.forms.casefields import PREFIX, CaseFieldsForm, uploads
from openzone.www.forms.cases import IntakeForm
from openzone.www.hands import user_of
from openzone.zone.audit.actors import Actor
from openzone.zone.cases.services.intake import Opened, open_case
from openzone.zone.errors import Refused

BEGUN = {"title": 100, "text": 2000}
"""What the page that led here says already of the case."""


@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    """Show which types of cases can be opened."""
    require_console(request)
    kinds = kinds_for(request.user, moment().day)
    return render(request, "cases/new_choose.html", {"kinds": kinds})


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, kind: str) -> HttpResponse:
    """Take a request down, and open its case under the recorder's name."""
    require_console(request)
    now = moment()
    chosen, type_ = kind_for(request.user, kind, now.day), type_for(kind)
    sent: Any = (request.POST, request.FILES) if request.method == "POST" else ()
    begun = {name: request.GET.get(name, "")[:most] for name, most in BEGUN.items()}
    form = IntakeForm(*sent)
    form.initial = begun
    files = request.FILES if sent else None
    details = CaseFieldsForm(type_.form, posted(request), files, sources=sources(type_, now.day))
    alike: list[Alike] = []
    if sent and form.is_valid() and details.is_valid() and (said := details.settle()) is not None:
        if "seen_alike" not in request.POST:
            alike = _alike(request, kind, form, details, now)
        if not alike and (opened := _opened(request, kind, form, details, said, now)):
            number = opened.case.number
            messages.success(
                request,
                _("Opened as %(number)s. Receipt code for the requester: %(code)s")
                % {"number": number, "code": opened.receipt},
            )
            return redirect("case", opened.case.pk)
    context = {"kind": chosen, "form": form, "details": details, "alike": alike}
    return render(
        request, "cases/new.html", context, status=400 if form.errors or details.errors else 200
    )


def _alike(
    request: HttpRequest, kind: str, form: IntakeForm, details: CaseFieldsForm, now: Moment
) -> list[Alike]:
    text = f"{form.cleaned_data['title']}\n{form.cleaned_data['text']}"
    return alike_for(request.user, kind, text, str(details.answers().get("topic", "")), now)


def _opened(
    request: HttpRequest, kind: str, form: IntakeForm, details: CaseFieldsForm,
    answers: dict[str, Any], now: Moment,
) -> Opened | None:  # fmt: skip
    """Open it; ``None`` where it was refused, with the reason in the form."""
    try:
        return open_case(
            actor=Actor.of(request.user), kind=kind, now=now.aware, requester=form.requester(),
            fields=answers, recorded_by=user_of(request),
            files=[*uploads(form.cleaned_data["papers"] or []), *details.uploads()],
            **form.given,
        )  # fmt: skip
    except Refused as refusal:
        refusals.show(details if PREFIX + refusal.field in details.fields else form, refusal)
        return None
