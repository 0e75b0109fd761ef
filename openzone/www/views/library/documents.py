"""The list of documents, and the page of one."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from openzone.www import asof, excel
from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.forms.library import LibraryFilter
from openzone.www.pages import page_of
from openzone.www.views.exports import send
from openzone.www.views.library.common import document_seen
from openzone.zone.people.permissions import may_see_console
from openzone.zone.policies.enums import Force, ItemStatus
from openzone.zone.policies.models import Document, Interpretation, Item
from openzone.zone.policies.permissions import (
    documents_seen_by,
    items_seen_by,
    may_edit_document,
    may_export_library,
    may_keep_library,
)
from openzone.zone.policies.selectors import library, meaning
from openzone.zone.policies.selectors.force import chain, force, last_day, starts_on

HISTORY = 8


class Line(NamedTuple):
    """A document in the list, as it stands on the page's day."""

    document: Document
    force: Force
    first: dt.date | None
    last: dt.date | None


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show the documents the reader may see, narrowed by the filters."""
    today, as_of = timezone.localdate(), asof.as_of(request)
    form = _filter(request, request.GET)
    page = page_of(request, _found(request, form, as_of))
    context = {
        "form": form,
        "page": page,
        "lines": list(_lines(page, as_of)),
        "may_keep": may_keep_library(request.user, today).allowed,
        "may_export": may_export_library(request.user, today).allowed,
    }
    return render(request, "library/list.html", context, status=200 if form.is_valid() else 400)


def _filter(request: HttpRequest, data: object) -> LibraryFilter:
    inside = may_see_console(request.user, timezone.localdate()).allowed
    return LibraryFilter(data, inside=inside)


def _found(request: HttpRequest, form: LibraryFilter, as_of: dt.date) -> "QuerySet[Document]":
    seen = documents_seen_by(request.user, timezone.localdate())
    if not form.is_valid():
        return seen.none()
    found = library.documents(seen, form.chosen(), as_of)
    return library.with_item_counts(found).order_by("-issued_on", "code")


def _lines(found: Iterable[Document], as_of: dt.date) -> Iterator[Line]:
    for one in found:
        yield Line(one, force(one, as_of), starts_on(one), last_day(one))


class Explained(NamedTuple):
    """What a document or item means: the version published, one in work, and what has changed."""

    published: Interpretation | None
    draft: Interpretation | None
    earlier: tuple[str, ...]


def explained(document: Document, item: Item | None, as_of: dt.date, *, inside: bool) -> Explained:
    """Return the explanation as a reader may see it: drafts only to people of the zone."""
    published = meaning.current_interpretation(document, item)
    latest = meaning.interpretations(document, item).filter(status="draft").first()
    changed = meaning.earlier_version(published, as_of) if published else ()
    return Explained(published, latest if inside else None, tuple(say(one) for one in changed))


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a document: when it holds, what it gives, what it means, what has become of it."""
    document, as_of, today = document_seen(request, pk), asof.as_of(request), timezone.localdate()
    inside = may_see_console(request.user, today).allowed
    items = items_seen_by(request.user, today).filter(document=document)
    context: dict[str, object] = {
        "document": document,
        "issuers": document.issuers.select_related("unit"),
        "force": force(document, as_of),
        "first": starts_on(document),
        "last": last_day(document),
        "chain": _seen(request, chain(document)),
        "items": _in_order(items),
        "responsible": meaning.responsible(document),
        "explained": explained(document, None, as_of, inside=inside),
        "answers": answered(document, None, as_of),
        "media": library.media(document),
        "inside": inside,
        "may_edit": may_edit_document(request.user, document, today).allowed,
    }
    if inside:
        context |= _for_the_zone(document, today)
    return render(request, "library/document.html", context)


def _for_the_zone(document: Document, today: dt.date) -> dict[str, object]:
    return {
        "tasks": library.tasks(document),
        "deadlines": [(one, one.overdue(today)) for one in library.deadlines(document)],
        "changes": library.history(document)[:HISTORY],
        "drafted_answers": document.answers.filter(status="draft").select_related("item"),
        "today": today,
    }


def _in_order(items: "QuerySet[Item]") -> "QuerySet[Item]":
    return items.exclude(status=ItemStatus.WITHDRAWN).select_related("owner").order_by("pk")


def _seen(request: HttpRequest, generations: list[list[Document]]) -> list[Document]:
    """Return the chain in order, without what the reader may not see."""
    every = [one for generation in generations for one in generation]
    seen = documents_seen_by(request.user, timezone.localdate())
    allowed = set(seen.filter(pk__in=[one.pk for one in every]).values_list("pk", flat=True))
    return [one for one in every if one.pk in allowed] if len(every) > 1 else []


def answered(
    document: Document, item: Item | None, as_of: dt.date
) -> list[tuple[object, tuple[str, ...]]]:
    """Return the published answers with what has changed since each was given."""
    found = [one for one in meaning.answers(document, item) if _is_out(one.item)]
    return [
        (one, tuple(say(reason) for reason in meaning.earlier_version(one, as_of))) for one in found
    ]


def _is_out(item: Item | None) -> bool:
    return item is None or item.status == ItemStatus.PUBLISHED


@require_GET
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """Show every change of a document and its items, the latest first; for people of the zone."""
    require(may_see_console(request.user, timezone.localdate()))
    document = document_seen(request, pk)
    context = {"document": document, "page": page_of(request, library.history(document))}
    return render(request, "library/history.html", context)


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Download the ledger of documents that the filters leave; the log notes it."""
    require(may_export_library(request.user, timezone.localdate()))
    as_of, form = asof.as_of(request), _filter(request, request.POST)
    found = list(_lines(_found(request, form, as_of)[: settings.EXPORT_LIMIT + 1], as_of))
    table = excel.Table(
        headings=[
            _("Code"),
            _("Title"),
            _("Document number"),
            _("Level"),
            _("Category"),
            _("Issuers"),
            _("Adopted on"),
            _("Issued on"),
            _("In force from"),
            _("Last day in force"),
            _("Validity on the day"),
            _("Status"),
            _("Published items"),
            _("Address"),
        ],
        rows=[_cells(line) for line in found],
        notes=[_("Policy library"), excel.as_of_note(as_of)],
        synthetic=any(line.document.synthetic for line in found)
        if found
        else excel.in_example_zone(),
    )
    given = {name: str(request.POST[name]) for name in form.fields if request.POST.get(name)}
    filters = given | {"as_of": as_of.isoformat()}
    return send(request, table, what="library", name=_("Policy library"), filters=filters)


def _cells(line: Line) -> list[excel.Cell]:
    document = line.document
    return [
        document.code,
        document.title,
        document.number or None,
        document.get_level_display(),
        say(library.category_text(document.category)) or None,
        "、".join(one.name for one in document.issuers.all()) or None,
        document.adopted_on,
        document.issued_on,
        line.first,
        line.last,
        str(line.force.label),
        document.get_status_display(),
        document.published_items,  # type: ignore[attr-defined] # annotated
        document.url or None,
    ]
