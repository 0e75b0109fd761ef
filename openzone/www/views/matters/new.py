"""A new matter in three steps: what, details, check; then a number and a receipt code."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from openzone.engines.cases.model import CaseType
from openzone.www.cases import words
from openzone.www.cases.alike import Alike, alike_for
from openzone.www.cases.asking import Moment, moment
from openzone.www.cases.opening import kind_for, kinds_for, sources, type_for
from openzone.www.formpage import posted
from openzone.www.forms import refusals
from openzone.www.forms.casefields import PREFIX, CaseFieldsForm, uploads
from openzone.www.forms.matters import MatterForm, OwnMatterForm, PublicMatterForm
from openzone.www.limits import ensure_few
from openzone.zone.audit.actors import Actor
from openzone.zone.cases.enums import Channel
from openzone.zone.cases.services.intake import Opened, open_case
from openzone.zone.errors import Refused
from openzone.zone.registry.selectors.enterprises import spoken_for


@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    """Show what can be asked for."""
    kinds = kinds_for(request.user, moment().day)
    firm = request.GET.get("enterprise", "")
    query = f"?enterprise={int(firm)}" if firm.isdecimal() and len(firm) < 10 else ""
    return render(request, "matters/choose.html", {"kinds": kinds, "query": query})


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, kind: str) -> HttpResponse:
    """Ask in three steps, and open the case."""
    now = moment()
    chosen, type_ = kind_for(request.user, kind, now.day), type_for(kind)
    form, details = _form(request, now), _details(request, type_, now)
    if "phone" in form.fields and PREFIX + "phone" in details.fields:
        del form.fields["phone"]  # the type asks for it itself
    alike: list[Alike] = []
    if request.method == "POST" and form.is_valid() and details.is_valid():
        answers = details.settle()
        alike = [] if "seen_alike" in request.POST else _alike(request, kind, form, details, now)
        if answers is not None and not alike:
            opened = _opened(request, kind, form, details, answers, now)
            if opened is not None:
                return _received(request, opened, now)
    context = {"kind": chosen, "form": form, "details": details, "alike": alike}
    status = 400 if form.errors or details.errors else 200
    return render(request, "matters/form.html", context, status=status)


def _form(request: HttpRequest, now: Moment) -> MatterForm:
    sent: Any = (request.POST, request.FILES) if request.method == "POST" else ()
    if isinstance(request.user, AnonymousUser):
        return PublicMatterForm(*sent)
    firms = spoken_for(request.user, now.day)
    form = OwnMatterForm(firms, request.user, *sent)
    wanted = request.GET.get("enterprise", "")
    if wanted.isdecimal() and "enterprise" in form.fields:
        form.fields["enterprise"].initial = wanted
    return form


def _details(request: HttpRequest, type_: CaseType, now: Moment) -> CaseFieldsForm:
    files = request.FILES if request.method == "POST" else None
    return CaseFieldsForm(type_.form, posted(request), files, sources=sources(type_, now.day))


def _alike(
    request: HttpRequest, kind: str, form: MatterForm, details: CaseFieldsForm, now: Moment
) -> list[Alike]:
    text = f"{form.cleaned_data['title']}\n{form.cleaned_data['text']}"
    return alike_for(request.user, kind, text, str(details.answers().get("topic", "")), now)


def _opened(
    request: HttpRequest, kind: str, form: Any, details: CaseFieldsForm,
    answers: dict[str, Any], now: Moment,
) -> Opened | None:  # fmt: skip
    """Open it; ``None`` where it was refused, with the reason in the form."""
    try:
        if isinstance(request.user, AnonymousUser):
            ensure_few(request, "matter")
        return open_case(
            actor=Actor.of(request.user) if request.user.is_authenticated else PUBLIC,
            kind=kind, now=now.aware, channel=Channel.PORTAL,
            requester=form.requester(str(answers.get("phone", ""))), fields=answers,
            files=[*uploads(form.cleaned_data["papers"] or []), *details.uploads()],
            **form.given,
        )  # fmt: skip
    except Refused as refusal:
        refusals.show(details if PREFIX + refusal.field in details.fields else form, refusal)
        return None


PUBLIC = Actor.system("public")


def _received(request: HttpRequest, opened: Opened, now: Moment) -> HttpResponse:
    """Show the number; to a visitor with the code, which is shown only once."""
    if request.user.is_authenticated:
        said = _("Received under the number %(number)s.") % {"number": opened.case.number}
        messages.success(request, said)
        return redirect(reverse("matter", args=[opened.case.pk]))
    due = words.due(opened.case, now.aware)
    context = {"case": opened.case, "receipt": opened.receipt, "due": due}
    response = render(request, "matters/receipt.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


@require_GET
def alike(request: HttpRequest, kind: str) -> HttpResponse:
    """Show open matters that are similar to what was written so far."""
    now = moment()
    kind_for(request.user, kind, now.day)
    asked = request.GET
    text = f"{asked.get('title', '')}\n{asked.get('text', '')}".strip()[:4000]
    found = alike_for(request.user, kind, text, asked.get(PREFIX + "topic", "")[:64], now)
    return render(request, "matters/alike.html", {"alike": found})
