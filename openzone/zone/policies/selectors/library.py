"""The list of documents, and everything one page of the library shows."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count, F, Q, QuerySet

from openzone.engines.text import Text
from openzone.engines.worktime.due import DueResult
from openzone.packs.library import Term
from openzone.zone.people.models import Unit
from openzone.zone.people.selectors import unit_and_below
from openzone.zone.policies.enums import DocumentStatus, Force, ItemStatus, TaskState
from openzone.zone.policies.models import Change, Document, DocumentTask, Item, Media
from openzone.zone.policies.packs import due_since, library
from openzone.zone.policies.selectors.force import starts_on, with_force


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list shows. Everything left at its default does not narrow it."""

    text: str = ""
    level: str = ""
    category: str = ""
    force: Force | None = None
    status: DocumentStatus | None = None
    unit: Unit | None = None


def documents(among: QuerySet[Document], chosen: Filter, on: dt.date) -> QuerySet[Document]:
    """Narrow documents; ``among`` are those the reader may see. ``unit`` issued or owns an item."""
    found = among
    if chosen.level:
        found = found.filter(level=chosen.level)
    if chosen.category:
        found = found.filter(category=chosen.category)
    if chosen.status is not None:
        found = found.filter(status=chosen.status)
    if chosen.force is not None:
        found = with_force(found, chosen.force, on)
    if chosen.unit is not None:
        units = unit_and_below(chosen.unit)
        of_unit = Q(issuers__unit__in=units) | Q(items__owner__in=units)
        found = found.filter(pk__in=Document.objects.filter(of_unit).values("pk"))
    return _searched(found, chosen.text).prefetch_related("issuers", "superseded_by")


def _searched(found: QuerySet[Document], text: str) -> QuerySet[Document]:
    """Keep the documents in which every word is found: title, number, text, or a public item.

    Items that are not published are not searched: a draft must not show through its document.
    """
    items = Item.objects.filter(status=ItemStatus.PUBLISHED)
    for word in text.replace("\x00", " ").split()[:_MOST_WORDS]:
        inside = items.filter(Q(title__icontains=word) | Q(title_en__icontains=word))
        own = Q(title__icontains=word) | Q(title_en__icontains=word) | Q(number__icontains=word)
        found = found.filter(
            own
            | Q(code__iexact=word)
            | Q(text__icontains=word)
            | Q(pk__in=inside.values("document"))
        )
    return found


_MOST_WORDS = 8


def items(among: QuerySet[Item], text: str = "") -> QuerySet[Item]:
    """Narrow items by words of their title, clause, or their document's title and number."""
    found = among
    for word in text.replace("\x00", " ").split()[:_MOST_WORDS]:
        found = found.filter(
            Q(title__icontains=word)
            | Q(title_en__icontains=word)
            | Q(clause__icontains=word)
            | Q(document__title__icontains=word)
            | Q(document__number__icontains=word)
        )
    found = found.select_related("document", "owner", "budget")
    return found.prefetch_related("document__superseded_by")


def with_item_counts(found: QuerySet[Document]) -> QuerySet[Document]:
    """Add ``published_items`` and ``draft_items`` to documents."""
    return found.annotate(
        published_items=Count("items", filter=Q(items__status=ItemStatus.PUBLISHED), distinct=True),
        draft_items=Count("items", filter=Q(items__status=ItemStatus.DRAFT), distinct=True),
    )


def categories() -> list[str]:
    """Return the categories in the order of the pack, then those only the library knows."""
    named = [one.zh for one in library().categories.list]
    used = Document.objects.exclude(category="").order_by("category")
    others = used.values_list("category", flat=True).distinct()
    return [*named, *(one for one in others if one not in named)]


def category_text(category: str) -> Text:
    """Return a category in both languages, where the pack knows the English."""
    known = {one.zh: one.text for one in library().categories.list}
    return known.get(category, Text(category, category))


class Deadline(NamedTuple):
    """What a term asks of a document: until when, and whether it was done."""

    term: Term
    result: DueResult
    done_on: dt.date | None

    def overdue(self, on: dt.date) -> bool:
        """Whether it was done late, or is not done and late by now."""
        return (self.done_on or on) > self.result.due.date()


def deadlines(document: Document) -> list[Deadline]:
    """Return the terms that run from the day a document was issued, items list and guide.

    The list is done on the day its last item was published, the guide on the day the last of its
    items got its published interpretation; both wait while the document has no items.
    """
    since = document.issued_on or starts_on(document)
    if since is None:
        return []
    kept = document.items.exclude(status=ItemStatus.WITHDRAWN).order_by("pk")
    items_in_use = list(kept.prefetch_related("interpretations"))
    done = {
        "item_list": _latest(
            [one.published_on for one in items_in_use if _is_out(one)], items_in_use
        ),
        "guide": _latest([_explained_on(one) for one in items_in_use], items_in_use),
    }
    return [
        Deadline(term, due_since(term, since), done.get(name))
        for name, term in library().terms.items()
        if term.starts == "issued_on"
    ]


def _is_out(item: Item) -> bool:
    return item.status == ItemStatus.PUBLISHED


def _explained_on(item: Item) -> dt.date | None:
    days = [one.published_on for one in item.interpretations.all() if one.published_on]
    return min(days, default=None)


def _latest(days: Sequence[dt.date | None], of: Sequence[Item]) -> dt.date | None:
    """Return the last of the days once every item has one."""
    known = [day for day in days if day]
    return max(known) if known and len(known) == len(of) else None


def media(document: Document, item: Item | None = None) -> QuerySet[Media]:
    """Return what is shown beside a document (``item`` empty) or one of its items."""
    return Media.objects.filter(document=document, item=item, removed=False)


def history(document: Document, item: Item | None = None) -> QuerySet[Change]:
    """Return the changes of a document with all its items, or of one item; the latest first."""
    found = Change.objects.filter(document=document)
    return (found if item is None else found.filter(item=item)).select_related("item")


def tasks(document: Document) -> QuerySet[DocumentTask]:
    """Return the tasks of a document, those still to do first, the earliest due first."""
    still = Q(state__in=(TaskState.OPEN, TaskState.DOING))
    rows = document.tasks.select_related("unit").annotate(waits=Count("pk", filter=still))
    return rows.order_by("-waits", F("due_on").asc(nulls_last=True), "pk")
