"""How a matter stands, for who has its number and its receipt code; without a login."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from openzone.www.cases.asking import moment
from openzone.www.formpage import posted
from openzone.www.forms import refusals
from openzone.www.forms.matters import StatusForm
from openzone.zone.audit.actors import Actor
from openzone.zone.cases.models import Case
from openzone.zone.cases.selectors.public_status import Status
from openzone.zone.cases.selectors.public_status import status as status_of
from openzone.zone.cases.services.receipts import look_up
from openzone.zone.errors import Refused


@require_http_methods(["GET", "POST"])
def status(request: HttpRequest) -> HttpResponse:
    """Ask for number and code, and show what everybody may know of the case."""
    form = StatusForm(posted(request), initial={"number": request.GET.get("number", "")[:48]})
    found = _found(request, form) if form.is_valid() else None
    code = 400 if form.errors else 200
    response = render(request, "matters/status.html", {"form": form, "found": found}, status=code)
    response["Cache-Control"] = "private, no-store"
    return response


def _found(request: HttpRequest, form: StatusForm) -> Status | None:
    case = _looked_up(request, form)
    if case is None and not form.errors:
        form.add_error(None, _("There is no matter with this number and this code."))
    return status_of(case) if case is not None else None


def _looked_up(request: HttpRequest, form: StatusForm) -> Case | None:
    try:
        return look_up(
            actor=Actor.system("public"), number=form.cleaned_data["number"],
            code=form.cleaned_data["code"], address=str(request.META.get("REMOTE_ADDR", "")),
            now=moment().aware,
        )  # fmt: skip
    except Refused as refusal:
        refusals.show(form, refusal)
        return None
