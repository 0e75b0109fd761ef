"""The register of recognitions: lists, counts, and where it differs from the record."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from openzone.engines.facts.catalogue import NEVER
from openzone.zone.cultivation.models import Recognition
from openzone.zone.cultivation.packs import pack
from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.selectors.columns import columns
from openzone.zone.registry.selectors.search import search


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list shows; everything left at its default does not narrow it."""

    title: str = ""
    year: int | None = None
    level: str = ""
    text: str = ""
    enterprise: Enterprise | None = None


def recognitions(chosen: Filter) -> QuerySet[Recognition]:
    """Return the recognitions of a list that were not withdrawn, the latest first."""
    found = Recognition.objects.filter(withdrawn_on__isnull=True)
    if chosen.title:
        found = found.filter(title=chosen.title)
    if chosen.year is not None:
        found = found.filter(year=chosen.year)
    if chosen.level:
        found = found.filter(level=chosen.level)
    if chosen.enterprise is not None:
        found = found.filter(enterprise__root=chosen.enterprise.root_id)
    if chosen.text:
        found = found.filter(enterprise__root__in=search(chosen.text).values("pk"))
    return found.select_related("enterprise").order_by("-year", "title", "enterprise_id", "id")


def by_title_and_year(found: QuerySet[Recognition]) -> Mapping[str, Mapping[int, int]]:
    """Count recognitions by title and year."""
    counts: dict[str, dict[int, int]] = {}
    rows = found.order_by().values("title", "year").annotate(n=Count("pk"))
    for title, year, n in rows.order_by("title", "-year").values_list("title", "year", "n"):
        counts.setdefault(title, {})[year] = n
    return counts


def holding(titles: Iterable[str], on: dt.date) -> QuerySet[Recognition]:
    """Return the recognitions with one of these titles that are in force on a day.

    One without a first day holds from the start of its year, one without a last day on and on.
    """
    begun = Q(valid_from__lte=on) | Q(valid_from__isnull=True, year__lte=on.year)
    running = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    found = Recognition.objects.filter(begun, running, title__in=list(titles))
    return found.filter(Q(withdrawn_on__isnull=True))


def holders(titles: Iterable[str], on: dt.date) -> set[int]:
    """Return the enterprises that hold one of these titles on a day.

    The register says so, or the certificate facts of the record do.
    """
    wanted = list(titles)
    held = set(holding(wanted, on).order_by("pk").values_list("enterprise__root", flat=True))
    facts = [title.fact for title in pack().titles if title.id in wanted and title.fact]
    if facts:
        read = columns(on, facts)
        for name in facts:
            pairs = zip(read.enterprises, read.values[name], strict=True)
            held |= {pk for pk, value in pairs if isinstance(value, dt.date) and value >= on}
    return held


@dataclass(frozen=True, slots=True)
class Difference:
    """A title whose last day the register and the record give differently."""

    enterprise: Enterprise
    title: str
    registered: dt.date | None
    stated: object
    recognition: Recognition


def differences(on: dt.date, found: QuerySet[Recognition] | None = None) -> list[Difference]:
    """Return where the register and the certificate facts disagree; neither overwrites the other.

    Compared are the latest recognition of each enterprise and title, and only what both state.
    """
    facts = {title.id: title.fact for title in pack().titles if title.fact}
    known = recognitions(Filter()) if found is None else found
    latest: dict[tuple[int, str], Recognition] = {}
    for one in known.filter(title__in=facts, valid_to__isnull=False).order_by("valid_to", "id"):
        latest[one.enterprise.root_id, one.title] = one
    stated = _stated(on, sorted(set(facts.values())), {key[0] for key in latest})
    rows = []
    for (root, title), one in sorted(latest.items()):
        value = stated.get((root, facts[title]))
        if value is not None and value != one.valid_to:
            rows.append(Difference(one.enterprise, title, one.valid_to, value, one))
    return rows


def _stated(
    on: dt.date, names: list[str], enterprises: set[int]
) -> Mapping[tuple[int, str], object]:
    if not (names and enterprises):
        return {}
    read = columns(on, names, sorted(enterprises))
    return {
        (pk, name): "" if value == NEVER else value
        for name in names
        for pk, value in zip(read.enterprises, read.values[name], strict=True)
        if value is not None
    }


def by_title_and_level(found: QuerySet[Recognition]) -> Mapping[str, Mapping[str, int]]:
    """Count recognitions by title and level; the empty level is one that was not stated."""
    counts: dict[str, dict[str, int]] = {}
    rows = found.order_by().values("title", "level").annotate(n=Count("pk"))
    for title, level, n in rows.order_by("title", "level").values_list("title", "level", "n"):
        counts.setdefault(title, {})[level] = n
    return counts
