"""Suppliers of a leading firm: the lists, one list with its coverage, workbooks, leads."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.www import excel, uploads
from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.formpage import posted
from openzone.www.forms import promotion_terms as pages
from openzone.www.hands import hand
from openzone.www.pages import page_of
from openzone.www.views.exports import send
from openzone.www.views.promotion_field import common
from openzone.zone.promotion.enums import SupplierState
from openzone.zone.promotion.field_permissions import may_keep, may_list
from openzone.zone.promotion.models import Supplier, SupplierList, SupplierSheet
from openzone.zone.promotion.selectors import field as selectors
from openzone.zone.promotion.selectors.suppliers import coverage, state_of, suppliers
from openzone.zone.promotion.services import supplier_sheets as sheets
from openzone.zone.promotion.services import suppliers as services
from openzone.zone.registry.permissions import may_export

ROWS = SupplierList.objects.select_related("unit", "enterprise")
SHOWN = 500


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show the lists of suppliers with how far each has come."""
    today = timezone.localdate()
    require(may_list(request.user, today))
    rows = page_of(request, selectors.supplier_lists(request.user, today))
    context = common.listed(request, "supplier_lists", today) | {
        "page": rows, "lines": [(one, coverage(suppliers(one))) for one in rows],
    }  # fmt: skip
    return render(request, "promotion_field/supplier_lists.html", context)


@require_GET
def supplier_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the suppliers of a leader, counted by state; every count opens its firms."""
    found, today = common.seen(request, ROWS, pk), timezone.localdate()
    form = pages.SupplierFilter(request.GET)
    every = list(suppliers(found))
    rows = _narrowed(form, every)
    counted = coverage(every)
    context = {
        "listing": found,
        "form": form,
        "coverage": counted,
        "states": [(state, counted.states[state]) for state in SupplierState],
        "rows": [(one, state_of(one), say(services.reason_of(one))) for one in rows[:SHOWN]],
        "count": len(rows),
        "shown": SHOWN,
        "keeps": may_keep(request.user, found, today).allowed,
        "may_export": may_export(request.user, today).allowed,
    }
    status = 200 if form.is_valid() else 400
    return render(request, "promotion_field/supplier_list.html", context, status=status)


def _narrowed(form: pages.SupplierFilter, every: list[Supplier]) -> list[Supplier]:
    if not form.is_valid():
        return []
    state, gap = form.cleaned_data["state"], form.cleaned_data["gap"]
    return [one for one in every if state in ("", state_of(one)) and (not gap or one.gap)]


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin a list."""
    common.begins(request)
    who = hand(request)
    initial = common.own_unit(who) | {"as_of": who.today}
    form = pages.SupplierListForm(posted(request), initial=initial)

    def do() -> str:
        common.for_unit(who, form.cleaned_data["unit"])
        made = services.make_list(**who.of("now", "user"), **form.cleaned_data)
        return _page(made)

    crumbs = common.above("supplier_lists", _("Suppliers of leaders"))
    words = common.page(_("New list of suppliers"), _("Begin"), crumbs)
    return common.whole(request, words, form, do)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a firm into a list."""
    found, who = common.kept(request, ROWS, pk), hand(request)
    form = pages.SupplierForm(posted(request))

    def do() -> str:
        services.add_supplier(**who.of(), listing=found, **form.cleaned_data)
        return _page(found)

    words = common.page(_("Add a supplier"), _("Add"), _above(found), found.leader)
    return common.whole(request, words, form, do)


@require_http_methods(["GET", "POST"])
def mark(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how far a supplier has come."""
    supplier = _supplier(request, pk)
    who = hand(request)
    initial = {"state": supplier.state, "on": who.today, "remark": supplier.remark}
    form = pages.MarkForm(posted(request), initial=initial)

    def do() -> str:
        services.mark_supplier(**who.of("now"), supplier=supplier, **form.cleaned_data)
        return _page(supplier.listing)

    words = common.page(
        _("How far it has come"), _("Save"), _above(supplier.listing), supplier.name
    )
    return common.whole(request, words, form, do)


@require_http_methods(["GET", "POST"])
def make_lead(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a supplier a lead, with the reason the list gives."""
    supplier = _supplier(request, pk)
    who = hand(request)
    form = pages.SupplierLeadForm(posted(request))

    def do() -> str:
        services.supplier_to_lead(
            **who.of("now", "user"), supplier=supplier, on=who.today, **form.cleaned_data
        )
        return _page(supplier.listing)

    reason = say(services.reason_of(supplier))
    words = common.page(
        _("Make it a lead"), _("Make it a lead"), _above(supplier.listing),
        f"{supplier.name} · {reason}",
    )  # fmt: skip
    return common.whole(request, words, form, do)


@require_POST
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """Download the filtered suppliers; the file can be corrected and read in again."""
    found, today = common.seen(request, ROWS, pk), timezone.localdate()
    require(may_export(request.user, today))
    form = pages.SupplierFilter(request.POST)
    rows = _narrowed(form, list(suppliers(found)))[: settings.EXPORT_LIMIT + 1]
    columns = sheets.VOCABULARY.fields
    sheet = excel.Table(
        [*(say(one.label) for one in columns), _("State"), _("Since"), _("Lead"), _("Remark")],
        [_cells(one) for one in rows],
        [found.leader, excel.as_of_note(today)],
        found.synthetic or excel.in_example_zone(),
    )
    given = {name: str(request.POST[name]) for name in form.fields if request.POST.get(name)}
    what = f"supplier_list:{found.pk}"
    return send(request, sheet, what=what, name=_("Suppliers"), filters=given)


def _cells(one: Supplier) -> tuple[excel.Cell, ...]:
    said: tuple[Any, ...] = tuple(
        getattr(one, field.name) if field.name == "gap" else getattr(one, field.name) or None
        for field in sheets.VOCABULARY.fields
    )
    return (
        *said, str(state_of(one).label), one.since, one.lead.number if one.lead else None,
        one.remark or None,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def books(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a workbook and check it; nothing is entered yet."""
    found = common.kept(request, ROWS, pk)
    form = pages.BookForm(posted(request), request.FILES or None)
    if form.is_valid() and (sheet := _checked(request, found, form)):
        return redirect("supplier_book", sheet.pk)
    context = {
        "listing": found,
        "form": form,
        "columns": sheets.VOCABULARY.fields,
        "sheets": page_of(request, found.sheets.select_related("uploaded_by")),
    }
    status = 400 if form.is_bound else 200
    return render(request, "promotion_field/supplier_books.html", context, status=status)


def _checked(
    request: HttpRequest, listing: SupplierList, form: pages.BookForm
) -> SupplierSheet | None:
    who = hand(request)
    return uploads.checked(
        form,
        lambda name, data: sheets.check_suppliers(
            **who.of("now", "user"), listing=listing, file_name=name, data=data, as_of=who.today
        ),
    )


@require_GET
def book(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a workbook would enter, and what is wrong with its other rows."""
    found = _sheet(request, pk)
    context = uploads.shown(found, sheets.VOCABULARY) | {"listing": found.listing}
    return render(request, "promotion_field/supplier_book.html", context)


@require_POST
def book_act(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Enter the good rows, or drop the workbook."""
    uploads.ensure_step(step)
    found, who = _sheet(request, pk), hand(request)
    if not uploads.taken(
        request, step,
        apply=lambda: sheets.apply_suppliers(actor=who.actor, sheet=found),
        discard=lambda: sheets.discard_suppliers(actor=who.actor, sheet=found),
    ):  # fmt: skip
        return redirect("supplier_book", found.pk)
    return redirect(_page(found.listing))


def _sheet(request: HttpRequest, pk: int) -> SupplierSheet:
    rows = SupplierSheet.objects.select_related("listing__unit", "uploaded_by")
    found = get_object_or_404(rows, pk=pk)
    require(may_keep(request.user, found.listing, timezone.localdate()))
    return found


def _supplier(request: HttpRequest, pk: int) -> Supplier:
    rows = Supplier.objects.select_related("listing__unit", "lead")
    found = get_object_or_404(rows, pk=pk)
    require(may_keep(request.user, found.listing, timezone.localdate()))
    return found


def _page(listing: SupplierList) -> str:
    return reverse("supplier_list", args=[listing.pk])


def _above(listing: SupplierList) -> tuple[Any, ...]:
    return common.above("supplier_lists", _("Suppliers of leaders"), listing, _page(listing))
