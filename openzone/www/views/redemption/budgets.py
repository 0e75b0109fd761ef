"""Budgets: what was appropriated, promised, paid and is left, each number down to its rows."""

import secrets
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.www import excel
from openzone.www.access import require
from openzone.www.formpage import Crumb, FormPage, posted
from openzone.www.forms.redemption import AppropriationForm
from openzone.www.pages import page_of
from openzone.www.views.redemption.lists import _user, exported
from openzone.www.views.redemption.pages import answer as answer_form
from openzone.zone.audit.actors import Actor
from openzone.zone.ledger.models import Account
from openzone.zone.ledger.permissions import may_keep_budgets, may_see_budgets
from openzone.zone.ledger.selectors import BudgetLine, budget_line, budget_lines, transfers
from openzone.zone.redemption.enums import Stage
from openzone.zone.redemption.models import Application
from openzone.zone.redemption.services import budgets as services
from openzone.zone.registry.permissions import may_export

PARTS = ("appropriated", "reserved", "paid", "left")


def _lines() -> list[BudgetLine]:
    """Return the budgets of items, and every other account money was appropriated to."""
    funded = Account.objects.filter(items_funded__isnull=False)
    filled = Account.objects.filter(incoming__source__may_be_negative=True)
    return budget_lines((funded | filled).distinct().order_by("code"))


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show every budget with its four numbers."""
    require(may_see_budgets(request.user, timezone.localdate()))
    lines = _lines()
    totals = [(part, sum(getattr(line, part) for line in lines)) for part in PARTS]
    context = {"lines": lines, "totals": totals}
    return render(request, "redemption/budgets.html", context)


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one budget and the rows behind a number."""
    today = timezone.localdate()
    require(may_see_budgets(request.user, today))
    account = get_object_or_404(Account, pk=pk)
    part = request.GET.get("part", "")
    rows = transfers(account, part)
    queue = Application.objects.filter(stage=Stage.QUEUED, item__budget=account)
    context = {
        "line": budget_line(account),
        "part": part if part in PARTS else "",
        "page": page_of(request, rows),
        "queue": queue.select_related("enterprise", "item").order_by("decided_at", "pk"),
        "may_keep": may_keep_budgets(request.user, today).allowed,
    }
    return render(request, "redemption/budget.html", context)


@require_http_methods(["GET", "POST"])
def appropriate(request: HttpRequest, pk: int) -> HttpResponse:
    """Put money into a budget by a document."""
    require(may_keep_budgets(request.user, timezone.localdate()))
    account = get_object_or_404(Account, pk=pk)
    # The key is drawn with the form: sent twice, the form moves the money once.
    key = {"key": f"appropriation:{secrets.token_hex(8)}"}
    form, user = AppropriationForm(posted(request), initial=key), _user(request)

    def act() -> str:
        services.appropriate(
            actor=Actor.of(user), budget=account, at=timezone.now(), **form.cleaned_data
        )
        return reverse("budget", args=[account.pk])

    crumb = Crumb(reverse("budget", args=[account.pk]), account.name)
    heading, done = _("Record an appropriation"), _("The appropriation is recorded.")
    page = FormPage(heading, heading, done, (crumb,), _("Whoever waits for money gets it at once."))
    return answer_form(request, page, form, act)


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Give the budgets away as a workbook."""
    require(may_export(request.user, timezone.localdate()))
    lines = _lines()
    table = excel.Table(
        [_("Budget"), _("Appropriated"), _("Reserved"), _("Paid"), _("Left"), _("Unit")],
        [
            [line.account.name, *(Decimal(line.amount(part)) for part in PARTS), line.account.unit]
            for line in lines
        ],
        [excel.as_of_note(timezone.localdate())],
        excel.in_example_zone(),
    )
    exported(request, "redemption.budgets.exported", len(lines))
    return excel.download(table, "budgets")
