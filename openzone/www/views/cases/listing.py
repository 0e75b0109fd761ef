"""Lists of cases: filters, saved filters, export, many at once."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from openzone.www import excel
from openzone.www.access import require, require_console
from openzone.www.cases import words
from openzone.www.cases.asking import WITH, moment
from openzone.www.forms.cases import FilterForm
from openzone.www.hands import user_of
from openzone.www.pages import bounded_page_of
from openzone.www.views.cases.desk import saved_lists
from openzone.zone.audit.actors import Actor
from openzone.zone.cases.models import SavedFilter
from openzone.zone.cases.selectors.batches import BULK
from openzone.zone.cases.selectors.listing import cases
from openzone.zone.cases.services.desks import delete_filter, save_filter
from openzone.zone.registry.permissions import may_export
from openzone.zone.registry.services.access import log_export


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show the cases somebody may see, narrowed as they ask."""
    require_console(request)
    now, user, form = moment(), user_of(request), FilterForm(request.GET)
    page = bounded_page_of(request, cases(form.chosen(), user, now.aware, now.day))
    saved = saved_lists(user)
    context = {
        "form": form,
        "page": page,
        "rows": words.rows(page, now.aware),
        "saved": [(one, one.query == _query(request.GET)) for one in saved],
        "may_export": may_export(user, now.day).allowed,
        "may_bulk": True,
        "bulk_actions": [(verb, label) for verb, label in BULK.items()],
    }
    return render(request, "cases/list.html", context)


def _query(asked: QueryDict) -> str:
    chosen = FilterForm(asked).chosen().chosen()
    return urlencode(chosen)


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Give the list away as a workbook; that it was given away is in the log."""
    now, user = moment(), user_of(request)
    require(may_export(user, now.day))
    chosen = FilterForm(request.POST).chosen()
    found = cases(chosen, user, now.aware, now.day).select_related(*WITH)
    excel.ensure_exportable(found.count())
    rows = words.rows(found, now.aware)
    table = excel.Table(
        [
            _("Number"), _("Title"), _("Case type"), _("Requester"), _("Stage"), _("Outcome"),
            _("Held by"), _("Lead unit"), _("Handler"), _("Opened on"), _("Due"), _("Closed"),
            _("Satisfaction"), _("Times redone"),
        ],
        [_cells(row) for row in rows],
        [excel.as_of_note(now.day)],
        excel.in_example_zone(),
    )  # fmt: skip
    log_export(
        actor=Actor.of(user), what="cases", count=len(rows),
        filters={k: str(v) for k, v in chosen.chosen().items()},
    )  # fmt: skip
    return excel.download(table, "cases")


def _cells(row: words.Row) -> list[Any]:
    case = row.case
    return [
        case.number, case.title, row.type, row.requester, row.stage, row.outcome, row.holder,
        str(case.lead or ""), str(case.handler or ""), _day(case.opened_at), _day(case.due_at),
        _day(case.closed_at), case.satisfaction, case.redo,
    ]  # fmt: skip


def _day(at: Any) -> Any:
    return timezone.localdate(at) if at else None


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep the filters under a name."""
    require_console(request)
    asked = QueryDict(request.POST.get("query", "")[:2000])
    chosen = FilterForm(asked).chosen()
    save_filter(
        actor=Actor.of(request.user), user=user_of(request),
        name=request.POST.get("name", ""), chosen=chosen, now=timezone.now(),
        shared="shared" in request.POST,
    )  # fmt: skip
    messages.success(request, _("The list is saved; it stands on your desk."))
    return redirect(f"{reverse('cases')}?{urlencode(chosen.chosen())}")


@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a saved list."""
    require_console(request)
    kept = get_object_or_404(SavedFilter, pk=pk, user=user_of(request))
    delete_filter(actor=Actor.of(request.user), saved=kept)
    messages.success(request, _("The saved list is gone."))
    return redirect("cases")
