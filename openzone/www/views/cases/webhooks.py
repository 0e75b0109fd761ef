"""The systems that are told what happens to cases."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from openzone.www.access import require
from openzone.www.cases.asking import moment
from openzone.www.forms import refusals
from openzone.www.forms.cases import WebhookForm
from openzone.zone.audit.actors import Actor
from openzone.zone.cases.models import WebhookTarget
from openzone.zone.cases.permissions import may_publish
from openzone.zone.cases.services.webhooks import add_webhook, switch_webhook
from openzone.zone.errors import Refused


@require_http_methods(["GET", "POST"])
def webhooks(request: HttpRequest) -> HttpResponse:
    """Show the systems that are told of cases, and add one; its secret is shown once."""
    now = moment()
    require(may_publish(request.user, now.day))
    form = WebhookForm(*((request.POST,) if request.method == "POST" else ()))
    secret = ""
    if form.is_valid():
        try:
            secret = add_webhook(
                actor=Actor.of(request.user), now=now.aware, **form.cleaned_data
            ).secret
        except Refused as refusal:
            refusals.show(form, refusal)
        else:
            form = WebhookForm()
    sent = Count("messages", filter=Q(messages__sent_at__isnull=False))
    waiting = Count("messages", filter=Q(messages__next_at__isnull=False))
    failed = Count("messages", filter=Q(messages__given_up_at__isnull=False))
    targets = WebhookTarget.objects.annotate(sent=sent, waiting=waiting, failed=failed)
    context = {"targets": targets.order_by("pk"), "form": form, "secret": secret}
    status = 400 if form.errors else 200
    return render(request, "cases/webhooks.html", context, status=status)


@require_POST
def switch(request: HttpRequest, pk: int) -> HttpResponse:
    """Switch a webhook off or on."""
    require(may_publish(request.user, moment().day))
    target = get_object_or_404(WebhookTarget, pk=pk)
    active = request.POST.get("active") == "1"
    switch_webhook(actor=Actor.of(request.user), target=target, active=active)
    messages.success(request, _("Switched on.") if active else _("Switched off."))
    return redirect("webhooks")
