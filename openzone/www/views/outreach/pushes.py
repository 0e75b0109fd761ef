"""Telling enterprises of an item, and what became of it."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.www import excel
from openzone.www.access import require, require_console
from openzone.www.formpage import posted
from openzone.www.forms.outreach import PushForm
from openzone.www.forms.refusals import show
from openzone.www.pages import page_of
from openzone.www.views.exports import send
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused
from openzone.zone.jobs.backend import enqueue_once
from openzone.zone.outreach.enums import PushState
from openzone.zone.outreach.jobs import send_push
from openzone.zone.outreach.models import Delivery, Push
from openzone.zone.outreach.permissions import may_push
from openzone.zone.outreach.selectors.preferences import wants
from openzone.zone.outreach.selectors.pushes import (
    PUSHED,
    STAGES,
    deliveries_at,
    found,
    funnel,
    funnels,
    pushes,
    told,
    version_of,
)
from openzone.zone.outreach.services.pushes import begin_push
from openzone.zone.policies.selectors.items import published
from openzone.zone.registry.permissions import may_export
from openzone.zone.rulebook.selectors.entitlements import Standing


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show every push with its funnel."""
    require_console(request)
    page = page_of(request, pushes())
    counted = funnels(list(page))
    rows = [(one, counted[one.pk]) for one in page]
    context = {"page": page, "rows": rows, "total": funnel(Delivery.objects.all())}
    return render(request, "outreach/pushes.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Choose an item and whom to tell; show how many that would be before it is sent."""
    require_console(request)
    on = timezone.localdate()
    items = published(on).exclude(rule_id="").order_by("title")
    form = PushForm(items, posted(request), request.GET.get("item", ""))
    if form.is_valid():
        require(may_push(request.user, form.cleaned_data["item"], on))
        if "send" in request.POST and (sent := _send(request, form)):
            return redirect("push", sent.pk)
    context = {"form": form, "preview": _preview(form)}
    status = 400 if form.is_bound and form.errors else 200
    return render(request, "outreach/push_new.html", context, status=status)


def _send(request: HttpRequest, form: forms.Form) -> Push | None:
    actor, data = Actor.of(request.user), form.cleaned_data
    try:
        begun = begin_push(
            actor=actor,
            item=data["item"],
            standings=[Standing(one) for one in data["standings"]],
            channel=data["channel"],
            message=data["message"],
            as_of=timezone.localdate(),
            now=timezone.now(),
        )
    except Refused as refusal:
        show(form, refusal)
        return None
    who = [actor.kind, actor.id, actor.label]
    enqueue_once(send_push, f"push:{begun.pk}", push=begun.pk, actor=who)
    return begun


def _preview(form: forms.Form) -> list[tuple[Standing, int, int, int]]:
    """Return, for each standing, how many are found, told before, and do not want it."""
    if not form.is_bound or "item" not in form.cleaned_data:
        return []
    item, on = form.cleaned_data["item"], timezone.localdate()
    channel = form.cleaned_data.get("channel") or "site"
    before, rows = told(item, version_of(item, on), channel), []
    for standing in PUSHED:
        numbers = {hit.enterprise for hit in found(item, [standing], on)}
        unwilling = [n for n, wanted in wants(channel, item.kind, numbers).items() if not wanted]
        rows.append((standing, len(numbers), len(numbers & before), len(set(unwilling) - before)))
    return rows


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a push: its funnel, and the enterprises at a stage of it."""
    require_console(request)
    push = get_object_or_404(Push.objects.select_related("item__document"), pk=pk)
    deliveries = push.deliveries.select_related("enterprise").order_by("pk")
    stage = request.GET.get("stage", "found")
    stage = stage if stage in STAGES else "found"
    context = {
        "push": push,
        "waiting": push.state == PushState.SENDING,
        "funnel": funnel(deliveries),
        "stage": stage,
        "page": page_of(request, deliveries_at(stage, deliveries)),
        "may_export": may_export(request.user, timezone.localdate()).allowed,
    }
    template = (
        "outreach/push_state.html" if request.headers.get("HX-Request") else "outreach/push.html"
    )
    return render(request, template, context)


@require_POST
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """Take away the enterprises of a push, as a list to telephone."""
    require(may_export(request.user, timezone.localdate()))
    push = get_object_or_404(Push, pk=pk)
    stage = request.POST.get("stage", "found")
    rows = deliveries_at(stage if stage in STAGES else "found", push.deliveries.all())
    chosen = list(rows.select_related("enterprise").order_by("pk"))
    table = excel.Table(
        headings=[_("Enterprise"), _("Code"), _("Standing"), _("Amount"), _("Not told"), _("Read")],
        rows=[_row(one) for one in chosen],
        notes=[str(push.item), push.version, excel.as_of_note(push.as_of)],
        synthetic=excel.in_example_zone(),
    )
    return send(request, table, what=f"push:{push.pk}", name=f"push-{push.pk}")


def _row(one: Delivery) -> tuple[excel.Cell, ...]:
    amount = None if one.amount is None else int(one.amount)
    read = timezone.localdate(one.read_at) if one.read_at else None
    skipped = one.get_skipped_display() if one.skipped else None
    return one.enterprise.name, one.enterprise.uscc, one.standing, amount, skipped, read
