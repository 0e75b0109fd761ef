"""The finance unit: what waits to be ordered, the orders, and what the bank did."""

from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.www import excel
from openzone.www.access import require
from openzone.www.formpage import Crumb, FormPage, posted
from openzone.www.forms.redemption import FailedForm, OrderForm, PaidForm
from openzone.www.pages import page_of
from openzone.www.redemption import fen
from openzone.www.views.redemption.lists import _user, exported
from openzone.www.views.redemption.pages import answer as answer_form
from openzone.zone.audit.actors import Actor
from openzone.zone.redemption.enums import PaymentState, Stage
from openzone.zone.redemption.flow import reservation_of
from openzone.zone.redemption.models import Application, FundOrder, Payment
from openzone.zone.redemption.permissions import may_finance, may_mark_payment
from openzone.zone.redemption.services import payments as services


@require_http_methods(["GET", "POST"])
def orders(request: HttpRequest) -> HttpResponse:
    """Show what waits and what was ordered; make an order of what is chosen."""
    require(may_finance(request.user, timezone.localdate()))
    form, user = OrderForm(posted(request)), _user(request)
    if request.method == "POST" and form.is_valid():
        made = services.make_order(
            actor=Actor.of(user), user=user, at=timezone.now(), **form.cleaned_data
        )
        return redirect("fund_order", made.pk)
    waiting = Application.objects.filter(stage=Stage.ORDER).select_related(
        "item__budget", "enterprise"
    )
    lines = [(one, reservation_of(one).amount) for one in waiting.order_by("item__budget", "pk")]
    context = {
        "waiting": lines,
        "form": form,
        "page": page_of(request, FundOrder.objects.select_related("budget", "made_by")),
    }
    status = 400 if form.is_bound else 200
    return render(request, "redemption/orders.html", context, status=status)


def _order(request: HttpRequest, pk: int) -> FundOrder:
    require(may_finance(request.user, timezone.localdate()))
    return get_object_or_404(FundOrder.objects.select_related("budget", "made_by"), pk=pk)


@require_GET
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an order and its lines."""
    made, today = _order(request, pk), timezone.localdate()
    lines = made.payments.select_related(
        "application__enterprise", "application__item", "marked_by"
    )
    rows = [
        (line, line.state == PaymentState.ORDERED and may_mark_payment(_user(request), line, today))
        for line in lines.order_by("pk")
    ]
    total = sum(line.amount for line, _may in rows)
    return render(request, "redemption/order.html", {"order": made, "rows": rows, "total": total})


@require_POST
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the payment list for the bank away; account numbers are in it, and the log says so."""
    made = _order(request, pk)
    lines = made.payments.filter(state=PaymentState.ORDERED).select_related(
        "application__item", "application__enterprise"
    )
    rows: list[list[excel.Cell]] = [
        [
            line.application.number, line.application.payee_name, line.application.payee_bank,
            line.application.payee_account, Decimal(line.amount) / 100, line.application.item.title,
        ]
        for line in lines.order_by("pk")
    ]  # fmt: skip
    table = excel.Table(
        [
            _("Number"), _("Account holder"), _("Bank and branch"), _("Account number"),
            _("Amount (yuan)"), _("Item"),
        ],
        rows,
        [made.number],
        excel.in_example_zone(),
    )  # fmt: skip
    exported(request, "redemption.order.exported", len(rows))
    return excel.download(table, made.number)


def _line(request: HttpRequest, pk: int) -> Payment:
    rows = Payment.objects.select_related(
        "order", "reservation", "application__enterprise", "application__item__document"
    )
    line = get_object_or_404(rows, pk=pk)
    require(may_mark_payment(_user(request), line, timezone.localdate()))
    return line


def _page(line: Payment, heading: str, done: str) -> FormPage:
    crumb = Crumb(reverse("fund_order", args=[line.order_id]), line.order.number)
    sub = f"{line.application.enterprise.name} · {fen(line.amount)}"
    return FormPage(heading, heading, done, (crumb,), sub)


@require_http_methods(["GET", "POST"])
def paid(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down that the bank paid."""
    line, user, form = _line(request, pk), _user(request), PaidForm(posted(request))

    def act() -> str:
        services.mark_paid(
            actor=Actor.of(user), user=user, payment=line, at=timezone.now(), **form.cleaned_data
        )
        return reverse("fund_order", args=[line.order_id])

    page = _page(line, _("Record the payment"), _("The payment is recorded."))
    return answer_form(request, page, form, act)


@require_http_methods(["GET", "POST"])
def failed(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down that the bank sent it back."""
    line, user, form = _line(request, pk), _user(request), FailedForm(posted(request))

    def act() -> str:
        services.mark_failed(
            actor=Actor.of(user), user=user, payment=line, at=timezone.now(), **form.cleaned_data
        )
        return reverse("fund_order", args=[line.order_id])

    page = _page(line, _("Record that it came back"), _("It waits for another order."))
    return answer_form(request, page, form, act)
