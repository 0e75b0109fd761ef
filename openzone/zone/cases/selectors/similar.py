"""Cases like one that is about to be opened, and many alike that are one systemic issue."""

import datetime as dt
from typing import NamedTuple

from django.db.models import Q

from openzone.engines.cases.definition import case_type
from openzone.engines.cases.model import SimilarRule
from openzone.engines.cases.similar import Cluster, Likeness, Matter, clusters, nearest
from openzone.engines.worktime.localtime import to_local
from openzone.zone.cases.enums import LinkKind
from openzone.zone.cases.models import Case, Link
from openzone.zone.cases.selectors.types import definition
from openzone.zone.registry.models import Enterprise, Place

# The latest so many open cases are compared: more would keep who is writing waiting.
MOST_COMPARED = 1_000


class Alike(NamedTuple):
    """A case and how alike it is, with the passages both have."""

    case: Case
    likeness: Likeness


def similar(
    kind: str,
    text: str,
    *,
    topic: str = "",
    place: Place | None = None,
    enterprise: Enterprise | None = None,
    besides: Case | None = None,
    most: int = 5,
) -> list[Alike]:
    """Return open cases of a type like a text (its title and words), the most alike first.

    With an enterprise only its own are compared, which is what its people may be shown.
    """
    rule = rule_of(kind)
    if rule is None or len(text.strip()) < 4:
        return []
    found = Case.objects.filter(kind=kind, closed=False)
    if topic:
        found = found.filter(Q(topic=topic) | Q(topic=""))
    if place is not None:
        found = found.filter(Q(place=place) | Q(place__isnull=True))
    if enterprise is not None:
        found = found.filter(enterprise__root=enterprise.root_id)
    if besides is not None:
        found = found.exclude(pk=besides.pk)
    rows = found.order_by("-pk").select_related("lead", "enterprise")[:MOST_COMPARED]
    by_number = {case.number: case for case in rows}
    # A short text is like a title and not like a page: the better of the two counts.
    titles = {number: case.title for number, case in by_number.items()}
    texts = {number: words_of(case) for number, case in by_number.items()}
    near = [*nearest(text, titles, rule.warn, most), *nearest(text, texts, rule.warn, most)]
    near.sort(key=lambda one: one.likeness.score)
    best = {one.number: one for one in near}.values()
    alike = [Alike(by_number[one.number], one.likeness) for one in best]
    return sorted(alike, key=lambda one: (-one.likeness.score, one.case.pk))[:most]


def suspects(kind: str, now: dt.datetime) -> list[tuple[Cluster, list[Case]]]:
    """Return groups of cases so alike and so many that they look like one systemic issue.

    Cases that stand behind an issue already are left out.
    """
    rule = rule_of(kind)
    if rule is None or rule.systemic is None:
        return []
    since = now - dt.timedelta(days=max(rule.systemic.days, 1))
    behind = Link.objects.filter(kind=LinkKind.SYSTEMIC, undone_at=None).values("source")
    rows = Case.objects.filter(kind=kind, opened_at__gte=since, merged_into=None)
    latest = rows.exclude(pk__in=behind).select_related("lead", "enterprise").order_by("-pk")
    by_number = {case.number: case for case in latest[: MOST_COMPARED * 5]}
    matters = [
        Matter(case.number, words_of(case), to_local(case.opened_at), case.topic)
        for case in by_number.values()
    ]
    groups = clusters(matters, rule.warn, rule.systemic.count, rule.systemic.days)
    return [(group, [by_number[number] for number in group.numbers]) for group in groups]


def behind(issue: Case) -> list[Case]:
    """Return the cases behind a systemic issue."""
    links = Link.objects.filter(kind=LinkKind.SYSTEMIC, target=issue, undone_at=None)
    return [link.source for link in links.select_related("source__lead", "source__enterprise")]


def rule_of(kind: str) -> SimilarRule | None:
    """Return from when on cases of a type count as alike."""
    mapping = definition(kind)
    return case_type(mapping).similar if mapping else None


def words_of(case: Case) -> str:
    """Return what a case is compared by."""
    return f"{case.title} {case.text}"
