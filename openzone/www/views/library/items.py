"""The list of items, and the page of one."""

import datetime as dt

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from openzone.www import asof, excel, proofs
from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.forms.library import ItemFilter
from openzone.www.pages import page_of
from openzone.www.views.exports import send
from openzone.www.views.library.common import item_seen
from openzone.www.views.library.documents import answered, explained
from openzone.zone.people.permissions import may_see_console
from openzone.zone.policies.models import Item
from openzone.zone.policies.packs import due_since, library, rule_named
from openzone.zone.policies.permissions import (
    items_seen_by,
    may_edit_item,
    may_export_library,
)
from openzone.zone.policies.selectors import library as selectors
from openzone.zone.policies.selectors.force import force
from openzone.zone.policies.selectors.items import open_for_application, published
from openzone.zone.registry.packs import catalogue

HISTORY = 8


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show the items: published and of documents in force, or every one to people of the zone."""
    today, as_of = timezone.localdate(), asof.as_of(request)
    form = ItemFilter(request.GET)
    page = page_of(request, _found(request, form, as_of))
    context = {
        "form": form,
        "page": page,
        "lines": [(item, open_for_application(item, as_of)) for item in page],
        "every": _every(request, request.GET),
        "inside": may_see_console(request.user, today).allowed,
        "may_export": may_export_library(request.user, today).allowed,
    }
    return render(request, "library/items.html", context, status=200 if form.is_valid() else 400)


def _every(request: HttpRequest, given: "object") -> bool:
    asked = getattr(given, "get", lambda _name: None)("every")
    return bool(asked) and may_see_console(request.user, timezone.localdate()).allowed


def _found(request: HttpRequest, form: ItemFilter, as_of: dt.date) -> "QuerySet[Item]":
    if not form.is_valid():
        return Item.objects.none()
    seen = items_seen_by(request.user, timezone.localdate())
    every = _every(request, form.data)
    among = seen if every else seen.filter(pk__in=published(as_of).values("pk"))
    found = selectors.items(among, form.cleaned_data["q"])
    data = form.cleaned_data
    found = found.filter(kind=data["kind"]) if data["kind"] else found
    found = found.filter(mode=data["mode"]) if data["mode"] else found
    found = found.filter(owner=data["unit"]) if data["unit"] else found
    return found.order_by("document__code", "code")


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an item: what, who, until when, with which papers, by which rule."""
    item, as_of, today = item_seen(request, pk), asof.as_of(request), timezone.localdate()
    inside = may_see_console(request.user, today).allowed
    context: dict[str, object] = {
        "item": item,
        "document": item.document,
        "force": force(item.document, as_of),
        "open": open_for_application(item, as_of),
        "papers": [(one, _fact(one.series)) for one in item.materials.all()],
        "explained": explained(item.document, item, as_of, inside=inside),
        "answers": answered(item.document, item, as_of),
        "media": selectors.media(item.document, item),
        "term": _term(item, today),
        "inside": inside,
        "may_edit": may_edit_item(request.user, item, today).allowed,
        **_rule(item, as_of),
    }
    if inside:
        context["changes"] = selectors.history(item.document, item)[:HISTORY]
    return render(request, "library/item.html", context)


def _fact(name: str) -> str:
    return say(catalogue()[name].label) if name in catalogue() else ""


def _rule(item: Item, as_of: dt.date) -> dict[str, object]:
    """Return the rule read as sentences: the version of the day, else the latest one."""
    rule = rule_named(item.rule_id)
    if rule is None:
        return {"rule": None, "version": None, "one": None}
    version = rule.version_on(as_of)
    texts = proofs.version_texts(rule)
    shown = [one for one in texts if version and one.version.version == version.version]
    return {"rule": rule, "version": version, "one": (shown or texts)[0]}


def _term(item: Item, today: dt.date) -> tuple[object, object] | None:
    """Return the term of redemption for this way of delivery, counted from today as an example."""
    for term in library().terms.values():
        if term.starts == "received" and item.mode in term.modes:
            return term, due_since(term, today)
    return None


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Download the items that the filters leave; the log notes it."""
    require(may_export_library(request.user, timezone.localdate()))
    as_of, form = asof.as_of(request), ItemFilter(request.POST)
    found = list(_found(request, form, as_of)[: settings.EXPORT_LIMIT + 1])
    table = excel.Table(
        headings=[
            _("Code"),
            _("Policy item"),
            _("Document"),
            _("Document number"),
            _("Clause"),
            _("Kind"),
            _("Way of delivery"),
            _("Responsible unit"),
            _("Applications from"),
            _("Applications until"),
            _("On the day"),
            _("Rule"),
            _("Budget"),
            _("Status"),
        ],
        rows=[_cells(item, as_of) for item in found],
        notes=[_("Policy items"), excel.as_of_note(as_of)],
        synthetic=any(item.document.synthetic for item in found)
        if found
        else excel.in_example_zone(),
    )
    given = {name: str(request.POST[name]) for name in form.fields if request.POST.get(name)}
    filters = given | {"as_of": as_of.isoformat()}
    return send(request, table, what="library_items", name=_("Policy items"), filters=filters)


def _cells(item: Item, as_of: dt.date) -> list[excel.Cell]:
    return [
        item.code,
        item.title,
        item.document.title,
        item.document.number or None,
        item.clause or None,
        item.get_kind_display(),
        item.get_mode_display(),
        str(item.owner) if item.owner else None,
        item.window_from,
        item.window_to,
        say(open_for_application(item, as_of).reason),
        item.rule_id or None,
        str(item.budget) if item.budget else None,
        item.get_status_display(),
    ]
