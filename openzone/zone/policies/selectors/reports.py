"""What is not right with the library: doubles, what ran out, what is missing, dead addresses."""

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet
from rapidfuzz import fuzz, process, utils

from openzone.engines.text import Text
from openzone.zone.policies.enums import (
    DocumentStatus,
    Force,
    ItemKind,
    ItemStatus,
    LinkState,
    TextStatus,
)
from openzone.zone.policies.models import Document, Interpretation, Item, LinkCheck, Media
from openzone.zone.policies.packs import library
from openzone.zone.policies.selectors.force import force, last_day, starts_on
from openzone.zone.policies.selectors.library import Deadline, deadlines
from openzone.zone.policies.selectors.meaning import Stale, stale_answers


class Pair(NamedTuple):
    """Two documents that may be one, and why."""

    one: Document
    other: Document
    reason: Text


class Ending(NamedTuple):
    """A document or an item that ends soon: on which day, in how many days."""

    of: Document | Item
    day: dt.date
    days: int


class Late(NamedTuple):
    """A term of a document that is over."""

    document: Document
    deadline: Deadline


def in_use() -> QuerySet[Document]:
    """Return the documents that were not withdrawn."""
    return Document.objects.exclude(status=DocumentStatus.WITHDRAWN).order_by("pk")


def duplicates() -> list[Pair]:
    """Return documents of the same number, and of nearly the same title.

    A document and the one it replaces may share a title: that is no double.
    """
    found = list(in_use())
    return [*_same_number(found), *_similar_titles(found)]


def _same_number(found: Sequence[Document]) -> Iterator[Pair]:
    by_number: dict[str, list[Document]] = {}
    for one in found:
        if number := _plain(one.number):
            by_number.setdefault(number, []).append(one)
    for same in by_number.values():
        for one, other in combinations(same, 2):
            reason = Text("文号相同：{number}", "the same number: {number}")
            yield Pair(one, other, reason.format(number=one.number))


def _plain(number: str) -> str:
    """Return a number without the brackets and blanks that people write in many ways."""
    return "".join(one for one in number if one.isalnum())


def _similar_titles(found: Sequence[Document]) -> Iterator[Pair]:
    titles = [utils.default_process(one.title) for one in found]
    least = library().similar_title
    scores = process.cdist(titles, titles, scorer=fuzz.ratio, score_cutoff=least)
    for first, second in combinations(range(len(found)), 2):
        one, other = found[first], found[second]
        if scores[first][second] and not _succeeds(one, other) and not _share_number(one, other):
            reason = Text("标题相近（{score}%）", "titles alike ({score} %)")
            yield Pair(one, other, reason.format(score=round(float(scores[first][second]))))


def _succeeds(one: Document, other: Document) -> bool:
    return other.pk == one.supersedes_id or one.pk == other.supersedes_id


def _share_number(one: Document, other: Document) -> bool:
    return bool(one.number) and _plain(one.number) == _plain(other.number)


def expired(on: dt.date) -> list[Ending]:
    """Return the published documents that are in force no more, the longest over first."""
    over = []
    for one in _published():
        last = last_day(one)
        if last and force(one, on) in (Force.ENDED, Force.REPLACED):
            over.append(Ending(one, last, (last - on).days))
    return sorted(over, key=lambda each: each.day)


def expiring(on: dt.date) -> list[Ending]:
    """Return documents, and windows of items, that end within the days of the pack."""
    until = on + dt.timedelta(days=library().expiring_within_days)
    found: list[Ending] = []
    for one in _published():
        last, starts = last_day(one), starts_on(one)
        if last and starts and starts <= on <= last <= until:
            found.append(Ending(one, last, (last - on).days))
    windows = published_items().filter(window_to__gte=on, window_to__lte=until)
    found += [
        Ending(one, one.window_to, (one.window_to - on).days) for one in windows if one.window_to
    ]
    return sorted(found, key=lambda each: (each.day, each.of.pk))


def _published() -> QuerySet[Document]:
    found = Document.objects.filter(status=DocumentStatus.PUBLISHED).order_by("pk")
    return found.prefetch_related("superseded_by")


def published_items() -> QuerySet[Item]:
    """Return the items that are published, under whatever document."""
    found = Item.objects.filter(status=ItemStatus.PUBLISHED)
    return found.select_related("document", "owner").order_by("document_id", "pk")


def without_rule() -> QuerySet[Item]:
    """Return the items in use that no rule decides: a person has to."""
    return _kept().filter(rule_id="")


def without_owner() -> QuerySet[Item]:
    """Return the items in use without a responsible unit."""
    return _kept().filter(owner__isnull=True)


def without_interpretation() -> QuerySet[Item]:
    """Return the items in use that nobody has explained, neither themselves nor their document."""
    own = Interpretation.objects.filter(item=OuterRef("pk"), status=TextStatus.PUBLISHED)
    return _kept().filter(~Exists(own))


def without_budget() -> QuerySet[Item]:
    """Return the subsidies in use that no account pays."""
    return _kept().filter(kind=ItemKind.SUBSIDISE, budget__isnull=True)


def _kept() -> QuerySet[Item]:
    found = Item.objects.exclude(status=ItemStatus.WITHDRAWN)
    return found.select_related("document", "owner").order_by("document_id", "pk")


def unconfirmed() -> QuerySet[Item]:
    """Return the suggested items that wait for a person."""
    return _kept().filter(suggested=True)


def late(on: dt.date) -> list[Late]:
    """Return the terms of published documents that are over and not done."""
    return [
        Late(document, one)
        for document in _published()
        for one in deadlines(document)
        if one.done_on is None and one.overdue(on)
    ]


def addresses() -> list[str]:
    """Return every address the library shows, each once."""
    of_documents = in_use().exclude(url="").values_list("url", flat=True)
    of_media = Media.objects.filter(removed=False).exclude(url="").order_by("pk")
    return sorted({*of_documents, *of_media.values_list("url", flat=True)})


def dead_links() -> QuerySet[LinkCheck]:
    """Return the addresses still in use that did not answer, or were not asked, at the last try."""
    not_alive = ~Q(state=LinkState.ALIVE)
    return LinkCheck.objects.filter(not_alive, url__in=addresses()).order_by("state", "url")


def stale(on: dt.date) -> list[Stale]:
    """Return the answers given under an earlier version."""
    return stale_answers(on)
