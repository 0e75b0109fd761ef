"""Lists of applications: the enterprise's own, the desk, everything; and how one begins."""

from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.www import asof, excel
from openzone.www.access import require, require_console
from openzone.www.formats import say
from openzone.www.pages import page_of
from openzone.www.redemption import fact_lines
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.people.models import User
from openzone.zone.people.permissions import may_see_console
from openzone.zone.policies.enums import DeliveryMode
from openzone.zone.policies.models import Item
from openzone.zone.policies.permissions import may_see_item
from openzone.zone.policies.selectors.items import open_for_application
from openzone.zone.redemption import packs
from openzone.zone.redemption.enums import Stage
from openzone.zone.redemption.flow import STAGES
from openzone.zone.redemption.models import Application
from openzone.zone.redemption.permissions import may_apply
from openzone.zone.redemption.selectors.desk import (
    applications_of,
    desk,
    enterprises_of,
    holder,
    routed,
    waits_for_enterprise,
)
from openzone.zone.redemption.selectors.findings import find, rules_to_keep
from openzone.zone.redemption.selectors.received import open_of
from openzone.zone.redemption.selectors.relations import obstacles
from openzone.zone.redemption.services.applications import begun, open_application
from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.permissions import may_export


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 - a login is needed to come here
    return request.user


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show the zone's people every application, an enterprise's people their own."""
    today = timezone.localdate()
    inside = may_see_console(request.user, today).allowed
    found = _found(request)
    context = {
        "page": page_of(request, found),
        "inside": inside,
        "stages": Stage.choices,
        "chosen": request.GET.get("stage", ""),
        "text": request.GET.get("q", ""),
        "asked": waits_for_enterprise,
        "holder": holder,
        "firms": [] if inside else enterprises_of(_user(request), today),
        "may_export": may_export(request.user, today).allowed,
    }
    return render(request, "redemption/list.html", context)


def _found(request: HttpRequest) -> Any:
    today = timezone.localdate()
    if may_see_console(request.user, today).allowed:
        found = routed(Application.objects.order_by("-id"))
    else:
        found = applications_of(_user(request), today)
    stage, item, text = (request.GET.get(name, "") for name in ("stage", "item", "q"))
    if stage in Stage.values:
        found = found.filter(stage=stage)
    if item.isdecimal() and len(item) < 10:
        found = found.filter(item=int(item))
    text = text.strip()[:100]
    if text:
        found = found.filter(enterprise__name__icontains=text) | found.filter(number=text)
    return found


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Give the list away as a workbook; that it was given away is in the log."""
    require(may_export(request.user, timezone.localdate()))
    request.GET = request.POST
    rows = list(_found(request))
    excel.ensure_exportable(len(rows))
    table = excel.Table(
        [
            _("Number"), _("Enterprise"), _("Item"), _("Delivery"), _("Stage"), _("Handed in"),
            _("Computed amount (yuan)"), _("Approved amount (yuan)"), _("Paid"),
        ],
        [
            [
                one.number, one.enterprise.name, one.item.title, one.get_mode_display(),
                one.get_stage_display(), _date(one.submitted_at), _yuan(one.computed),
                _yuan(one.approved), _date(one.paid_at),
            ]
            for one in rows
        ],
        [excel.as_of_note(timezone.localdate())],
        excel.in_example_zone(),
    )  # fmt: skip
    exported(request, "redemption.exported", len(rows))
    return excel.download(table, "applications")


def exported(request: HttpRequest, action: str, rows: int) -> None:
    """Write down that a list was given away."""
    from django.db import transaction

    with transaction.atomic():
        record(action, actor=Actor.of(_user(request)), payload={"rows": rows})


def _yuan(amount: int | None) -> Decimal | None:
    return None if amount is None else Decimal(amount) / 100


def _date(at: Any) -> Any:
    return timezone.localdate(at) if at else None


@require_GET
def my_desk(request: HttpRequest) -> HttpResponse:
    """Show somebody of the zone what waits for them."""
    require_console(request)
    now = timezone.now()
    tasks = desk(_user(request), timezone.localdate())
    context = {"tasks": [(task, task.urgency(now)) for task in tasks], "labels": STAGES}
    return render(request, "redemption/desk.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, item: int) -> HttpResponse:
    """Show what an application would rest on and what stands in its way, then open it."""
    chosen = get_object_or_404(Item.objects.select_related("document", "owner", "budget"), pk=item)
    user, today = _user(request), timezone.localdate()
    firms = list(enterprises_of(user, today))
    firm = _wanted(request, firms)
    require(may_apply(user, firm, today))
    require(may_see_item(user, chosen, today))
    if request.method == "POST":
        made = open_application(
            actor=Actor.of(user), user=user, item=chosen, enterprise=firm, at=timezone.now()
        )
        return redirect("application", made.pk)
    return render(request, "redemption/new.html", _preview(request, chosen, firm, firms))


def _wanted(request: HttpRequest, firms: list[Enterprise]) -> Enterprise:
    """Return the enterprise that is named, else the first one somebody speaks for."""
    named = request.POST.get("enterprise") or request.GET.get("enterprise") or ""
    if not named:
        if not firms:
            raise Http404
        return firms[0]
    number = int(named) if named.isdecimal() and len(named) < 18 else 0
    return get_object_or_404(Enterprise, pk=number)


def _preview(
    request: HttpRequest, item: Item, firm: Enterprise, firms: list[Enterprise]
) -> dict[str, Any]:
    today, now = timezone.localdate(), timezone.now()
    finding = find(firm.root, item.rule_id, rules_to_keep(item.rule_id), today, today)
    application = begun(item, firm.root, now, None)
    return {
        "item": item,
        "firm": firm,
        "firms": firms,
        "taken": open_for_application(item, today),
        "by_itself": item.mode == DeliveryMode.NO_APPLICATION,
        "finding": finding,
        "facts": fact_lines(finding.facts, request.user, firm, today),
        "materials": item.materials.all(),
        "obstacles": [say(one) for one in obstacles(application, finding, today)],
        "open": open_of(firm),
        "procedure": packs.procedure_on(DeliveryMode(item.mode), today),
        "as_of": asof.as_of(request),
    }
