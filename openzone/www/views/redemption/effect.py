"""What the policies brought, every figure down to its rows."""

import datetime as dt
from collections.abc import Callable, Iterable
from decimal import Decimal
from statistics import median
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from openzone.packs.tables import load_industries
from openzone.www import asof, excel, formats
from openzone.www.access import require, require_console
from openzone.www.views.redemption.lists import exported
from openzone.zone.ledger.models import Account
from openzone.zone.ledger.selectors import budget_lines
from openzone.zone.redemption.enums import PaymentState
from openzone.zone.redemption.models import Payment
from openzone.zone.redemption.selectors import effect
from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.permissions import may_export
from openzone.zone.rulebook.packs import rules

BY = ("industry", "size", "place")


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Show the year up to the day the page speaks of."""
    require_console(request)
    on = asof.as_of(request)
    since, times = _since(on), effect.time_to_money(on, dt.date(on.year, 1, 1))
    context = {
        "since": since,
        "take_up": effect.take_up(on, since),
        "times": times,
        "middle": median(days for _one, days in times) if times else None,
        "stage_times": effect.stage_times(on, since),
        "groups": [(by, _groups(by, on, since)) for by in BY],
        "budgets": budget_lines(Account.objects.filter(items_funded__isnull=False).distinct()),
        "changes": effect.changes(on, since),
        "rows": _rows(request, on, since),
        "fewest": effect.FEWEST,
        "may_export": may_export(request.user, timezone.localdate()).allowed,
    }
    return render(request, "redemption/effect.html", context)


def _since(on: dt.date) -> dt.date:
    return dt.date(on.year, 1, 1)


def _groups(by: str, on: dt.date, since: dt.date) -> list[tuple[effect.Group, str]]:
    found = effect.paid_by(_key(by, on), on, since)
    return [(group, _label(by, group.label)) for group in found]


def _key(by: str, on: dt.date) -> Callable[[Enterprise], str]:
    if by == "size":
        return effect.size_classes(on)
    return effect.by_industry if by == "industry" else effect.by_place


def _label(by: str, label: str) -> str:
    if not label:
        return _("Not known")
    if by == "industry":
        return load_industries().parse(label).name
    if by == "size":
        for rule in rules():
            if rule.rule == "cn.size_class" and rule.versions[-1].classify:
                return formats.say(rule.versions[-1].classify.labels[label].text)
    return label


def _rows(request: HttpRequest, on: dt.date, since: dt.date) -> list[Payment] | None:
    """Return the payments behind a figure that was clicked on; nothing of a small group."""
    by, _colon, label = request.GET.get("rows", "").partition(":")
    if by not in BY:
        return None
    groups = effect.paid_by(_key(by, on), on, since)
    chosen = next((group for group in groups if group.label == label and not group.hidden), None)
    return list(_payments(chosen.enterprises, on, since)) if chosen else []


def _payments(enterprises: Iterable[int], on: dt.date, since: dt.date) -> Any:
    rows = Payment.objects.filter(
        state=PaymentState.PAID,
        paid_on__gte=since,
        paid_on__lte=on,
        application__enterprise__root__in=list(enterprises),
    )
    related = rows.select_related("application__item", "application__enterprise")
    return related.order_by("paid_on", "pk")


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Give the take-up away as a workbook."""
    require(may_export(request.user, timezone.localdate()))
    on = asof.as_of(request)
    lines = effect.take_up(on, _since(on))
    table = excel.Table(
        [_("Item"), _("Entitled"), _("Applied for"), _("Paid"), _("Amount (yuan)")],
        [
            [
                line.item.title,
                None if line.entitled is None else len(line.entitled),
                len(line.applied),
                len(line.paid),
                Decimal(line.amount) / 100,
            ]
            for line in lines
        ],
        [excel.as_of_note(on)],
        excel.in_example_zone(),
    )
    exported(request, "redemption.effect.exported", len(lines))
    return excel.download(table, "effect")
