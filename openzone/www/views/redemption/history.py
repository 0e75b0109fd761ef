"""Earlier payments: upload, the dry run with its problems, take in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.www.access import require
from openzone.www.formpage import posted
from openzone.www.forms import refusals
from openzone.www.forms.redemption import FileForm
from openzone.www.pages import page_of
from openzone.www.views.redemption.lists import _user
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused
from openzone.zone.redemption.models import EarlierGrant, GrantBatch
from openzone.zone.redemption.selectors.earlier import COLUMNS
from openzone.zone.redemption.services import history as services
from openzone.zone.registry.permissions import may_import


@require_http_methods(["GET", "POST"])
def listing(request: HttpRequest) -> HttpResponse:
    """Show the lists and take another one."""
    require(may_import(request.user, timezone.localdate()))
    form = FileForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid() and (batch := _checked(request, form)):
        return redirect("earlier_batch", batch.pk)
    context = {
        "form": form,
        "columns": COLUMNS,
        "batches": GrantBatch.objects.select_related("uploaded_by")[:20],
        "page": page_of(request, EarlierGrant.objects.select_related("enterprise")),
    }
    status = 400 if request.method == "POST" else 200
    return render(request, "redemption/earlier.html", context, status=status)


def _checked(request: HttpRequest, form: FileForm) -> GrantBatch | None:
    file, user = form.cleaned_data["file"], _user(request)
    try:
        return services.check_earlier_grants(
            actor=Actor.of(user), user=user, file_name=file.name, data=file.read(),
            at=timezone.now(),
        )  # fmt: skip
    except Refused as refusal:
        refusals.show(form, refusal)
        return None


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the dry run of a list."""
    require(may_import(request.user, timezone.localdate()))
    batch = get_object_or_404(GrantBatch.objects.select_related("uploaded_by"), pk=pk)
    return render(request, "redemption/earlier_batch.html", {"batch": batch})


@require_POST
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a list in."""
    require(may_import(request.user, timezone.localdate()))
    batch, user = get_object_or_404(GrantBatch, pk=pk), _user(request)
    services.apply_earlier_grants(actor=Actor.of(user), user=user, batch=batch, at=timezone.now())
    messages.success(request, _("The list is taken in."))
    return redirect("earlier")
