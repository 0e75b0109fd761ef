"""The list of enterprises: search, filter, export."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from openzone.www import asof, excel
from openzone.www.access import require, require_console
from openzone.www.forms.enterprises import SORTS, EnterpriseFilter
from openzone.www.pages import page_of
from openzone.zone.audit.actors import Actor
from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.permissions import may_export
from openzone.zone.registry.selectors.columns import columns
from openzone.zone.registry.selectors.enterprises import enterprises
from openzone.zone.registry.selectors.search import search
from openzone.zone.registry.services.access import log_export
from openzone.zone.registry.values import Value

SHOWN = ("employees", "revenue_y1")
SUGGESTIONS = 8


class Row(NamedTuple):
    """One line of the list."""

    enterprise: Enterprise
    employees: Value | None
    revenue: Value | None


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show the enterprises that the filters leave, a page at a time."""
    require_console(request)
    form = EnterpriseFilter(request.GET)
    page = page_of(request, _found(form, asof.as_of(request)))
    context = {
        "form": form,
        "page": page,
        "rows": _rows(list(page), asof.as_of(request)),
        "sorts": SORTS,
        "may_export": may_export(request.user, timezone.localdate()).allowed,
    }
    return render(request, "enterprises/list.html", context, status=200 if form.is_valid() else 400)


def _found(form: EnterpriseFilter, as_of: dt.date) -> QuerySet[Enterprise]:
    if not form.is_valid():
        return Enterprise.objects.none()
    found = enterprises(form.chosen(), as_of)
    order = form.order()
    return found.order_by(order, "pk") if order else found


def _rows(shown: Sequence[Enterprise], as_of: dt.date) -> list[Row]:
    known = columns(as_of, SHOWN, [enterprise.pk for enterprise in shown]).values
    return [Row(*cells) for cells in zip(shown, *(known[name] for name in SHOWN), strict=True)]


@require_GET
def suggest(request: HttpRequest) -> HttpResponse:
    """Answer a few letters with the enterprises they may mean."""
    require_console(request)
    text = request.GET.get("q", "").strip()[:100]
    found = list(search(text)[:SUGGESTIONS]) if text else []
    context = {"text": text, "found": found}
    return render(request, "enterprises/suggestions.html", context)


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Download the filtered list with every fact that is not sensitive; the log notes it."""
    require(may_export(request.user, timezone.localdate()))
    form = EnterpriseFilter(request.POST)
    as_of = asof.as_of(request)
    table = excel.record_table(_found(form, as_of), as_of)
    log_export(
        actor=Actor.of(request.user),
        what="enterprises",
        count=len(table.rows),
        filters=_given(request.POST) | {"as_of": as_of.isoformat()},
    )
    return excel.download(table, _("Enterprises"))


def _given(data: QueryDict) -> dict[str, str]:
    return {name: str(data[name]) for name in EnterpriseFilter.base_fields if data.get(name)}
