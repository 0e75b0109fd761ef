"""What was got hold of for firms that could not wait."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.formpage import Crumb, FormPage, answer, posted
from openzone.www.forms.desks import DaysForm, DispatchForm, ReturnForm
from openzone.www.pages import page_of
from openzone.zone.audit.actors import Actor
from openzone.zone.cases.models import Case, Dispatch
from openzone.zone.cases.permissions import may_see
from openzone.zone.cases.register_permissions import (
    may_dispatch,
    may_follow_dispatch,
    may_see_registers,
)
from openzone.zone.cases.selectors.registers import dispatches
from openzone.zone.cases.services.dispatches import dispatch, note_arrival, note_return
from openzone.zone.errors import Refused


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show the dispatches, those not given back yet with what can be noted."""
    today = timezone.localdate()
    require(may_see_registers(request.user, today))
    form = DaysForm.of(request.GET, today)
    valid = form.is_valid()
    days = (form.cleaned_data["first"], form.cleaned_data["last"]) if valid else (None, None)
    found = dispatches(*days) if valid else Dispatch.objects.none()
    page = page_of(request, found)
    rows = [(one, may_follow_dispatch(request.user, one, today).allowed) for one in page]
    context = {"form": form, "page": page, "rows": rows}
    return render(request, "desks/dispatches.html", context, status=200 if valid else 400)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Order something for a case."""
    today = timezone.localdate()
    case = get_object_or_404(Case.objects.select_related("version", "lead"), pk=pk)
    require(may_see(request.user, case, today))
    require(may_dispatch(request.user, case, today))
    form = DispatchForm(posted(request))

    def act() -> str:
        dispatch(
            actor=Actor.of(request.user), case=case, now=timezone.now(),
            by=request.user,  # type: ignore[arg-type] # logged in
            **form.cleaned_data,
        )  # fmt: skip
        return reverse("dispatches")

    crumbs = (Crumb(reverse("case", args=[pk]), case.number),)
    words = FormPage(_("Dispatch"), _("Order it"), _("It is ordered."), crumbs, case.title)
    return answer(request, words, form, act)


@require_POST
def arrived(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that it stands where it is needed."""
    found = _followed(request, pk)
    try:
        note_arrival(actor=Actor.of(request.user), dispatch=found, at=timezone.now())
        messages.success(request, _("Its arrival is recorded."))
    except Refused as refusal:
        messages.error(request, say(refusal.reason))
    return redirect("dispatches")


@require_http_methods(["GET", "POST"])
def returned(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that it was given back, and what it cost."""
    found, form = _followed(request, pk), ReturnForm(posted(request))

    def act() -> str:
        note_return(
            actor=Actor.of(request.user), dispatch=found, at=timezone.now(),
            cost=form.cost_in_fen(), paid_by=form.cleaned_data["paid_by"],
        )  # fmt: skip
        return reverse("dispatches")

    crumbs = (Crumb(reverse("dispatches"), _("Dispatches")),)
    words = FormPage(_("Given back"), _("Save"), _("The return is recorded."), crumbs, str(found))
    return answer(request, words, form, act)


def _followed(request: HttpRequest, pk: int) -> Dispatch:
    related = Dispatch.objects.select_related("case", "case__lead")
    found = get_object_or_404(related, pk=pk)
    require(may_follow_dispatch(request.user, found, timezone.localdate()))
    return found
