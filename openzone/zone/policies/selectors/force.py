"""Whether a document is in force on a day: its dates, what replaced it, and its withdrawal.

A document starts on the day it says, else on the day it was issued. It ends after its own last
day, or the day before a document that replaces it starts, whichever comes first. What was never
published replaces nothing. Withdrawing the successor does not bring the old document back:
clearing what the successor replaces does.
"""

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from openzone.zone.policies.enums import Force
from openzone.zone.policies.models import Document

STARTS = Coalesce("effective_from", "issued_on")


def starts_on(document: Document) -> dt.date | None:
    """Return the first day in force, where it is known."""
    return document.effective_from or document.issued_on


def successors(document: Document) -> list[Document]:
    """Return the documents that replace this one and were published, the earliest first."""
    found = [one for one in document.superseded_by.all() if one.published_on]
    return sorted(found, key=lambda one: (starts_on(one) or dt.date.max, one.pk))


def replaced_on(document: Document) -> dt.date | None:
    """Return the first day on which another document holds in place of this one."""
    days = [day for one in successors(document) if (day := starts_on(one))]
    return min(days, default=None)


def last_day(document: Document) -> dt.date | None:
    """Return the last day in force, ``None`` while none is set."""
    replaced = replaced_on(document)
    ends = [document.effective_to, replaced - dt.timedelta(days=1) if replaced else None]
    return min((day for day in ends if day), default=None)


def force(document: Document, on: dt.date) -> Force:
    """Return how a document stands on a day, whether it is published or not."""
    starts, replaced = starts_on(document), replaced_on(document)
    if document.withdrawn_on and document.withdrawn_on <= on:
        return Force.WITHDRAWN
    if starts is None:
        return Force.UNDATED
    if on < starts:
        return Force.NOT_YET
    if replaced and replaced <= on:
        return Force.REPLACED
    if document.effective_to and document.effective_to < on:
        return Force.ENDED
    return Force.IN_FORCE


def with_force(found: QuerySet[Document], wanted: Force, on: dt.date) -> QuerySet[Document]:
    """Keep the documents that stand so on a day, by the same rules as ``force``."""
    found = found.alias(starts=STARTS, replaced=Exists(_replacing(on)))
    gone = Q(withdrawn_on__isnull=False, withdrawn_on__lte=on)
    if wanted is Force.WITHDRAWN:
        return found.filter(gone)
    dated = found.exclude(gone)
    if wanted is Force.UNDATED:
        return dated.filter(starts__isnull=True)
    if wanted is Force.NOT_YET:
        return dated.filter(starts__gt=on)
    begun = dated.filter(starts__lte=on)
    if wanted is Force.REPLACED:
        return begun.filter(replaced=True)
    over = Q(effective_to__isnull=False, effective_to__lt=on)
    here = begun.filter(replaced=False)
    return here.filter(over) if wanted is Force.ENDED else here.exclude(over)


def _replacing(on: dt.date) -> QuerySet[Document]:
    later = Document.objects.filter(supersedes=OuterRef("pk")).alias(starts=STARTS)
    return later.filter(published_on__isnull=False, starts__lte=on)


def chain(document: Document) -> list[list[Document]]:
    """Return what replaced what around a document, oldest generation first, this one included.

    A document replaces at most one; several may replace it. Drafts are part of the chain.
    """
    before: list[list[Document]] = []
    current = document.supersedes
    while current is not None:
        before.append([current])
        current = current.supersedes
    after: list[list[Document]] = []
    level = list(document.superseded_by.order_by("pk"))
    while level:
        after.append(level)
        level = list(Document.objects.filter(supersedes__in=level).order_by("pk"))
    return [*reversed(before), [document], *after]
