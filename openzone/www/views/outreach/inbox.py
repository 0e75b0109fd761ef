"""What an enterprise was told, and what it wants to be told."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.www.access import require
from openzone.www.formpage import posted
from openzone.www.forms.outreach import PreferencesForm
from openzone.www.pages import page_of
from openzone.zone.audit.actors import Actor
from openzone.zone.outreach.models import Delivery
from openzone.zone.outreach.permissions import may_speak_for
from openzone.zone.outreach.selectors.preferences import choices
from openzone.zone.outreach.selectors.pushes import inbox
from openzone.zone.outreach.services.preferences import say_preferences
from openzone.zone.outreach.services.pushes import mark_read
from openzone.zone.policies.selectors.items import open_for_application
from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.permissions import may_see_enterprise
from openzone.zone.registry.selectors.enterprises import spoken_for


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show what the enterprises somebody speaks for were told, unread first in weight."""
    own = list(spoken_for(request.user, timezone.localdate()))
    page = page_of(request, inbox(own))
    return render(request, "outreach/inbox.html", {"page": page, "enterprises": own})


@require_POST
def open_(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that a message was opened, and show it: a GET could not note anything."""
    delivery = _delivery(pk)
    require(may_speak_for(request.user, delivery.enterprise, timezone.localdate()))
    mark_read(actor=Actor.of(request.user), delivery=delivery, now=timezone.now())
    return redirect("message", pk)


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one message with why it was sent."""
    delivery, today = _delivery(pk), timezone.localdate()
    require(may_see_enterprise(request.user, delivery.enterprise, today))
    context = {
        "delivery": delivery,
        "taken": open_for_application(delivery.item, today),
        "may_apply": may_speak_for(request.user, delivery.enterprise, today).allowed,
    }
    return render(request, "outreach/message.html", context)


def _delivery(pk: int) -> Delivery:
    told = Delivery.objects.filter(skipped="").select_related(
        "push", "item__document", "item__owner", "enterprise"
    )
    return get_object_or_404(told, pk=pk)


@require_http_methods(["GET", "POST"])
def preferences(request: HttpRequest, pk: int) -> HttpResponse:
    """Let an enterprise say what it wants to be told, and how."""
    enterprise = get_object_or_404(Enterprise, pk=pk)
    require(may_speak_for(request.user, enterprise, timezone.localdate()))
    form = PreferencesForm(choices(enterprise), posted(request))
    if form.is_valid():
        say_preferences(
            actor=Actor.of(request.user),
            enterprise=enterprise,
            wanted=form.wanted,
            now=timezone.now(),
        )
        messages.success(request, _("Your choice was kept."))
        return redirect("preferences", pk)
    context = {"form": form, "enterprise": enterprise}
    return render(request, "outreach/preferences.html", context)
