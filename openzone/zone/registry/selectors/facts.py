"""What is known about one subject, and how it came to be known."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from openzone.engines.facts.catalogue import Fact as FactName
from openzone.engines.facts.catalogue import Period
from openzone.engines.text import Text
from openzone.zone.registry.models import Enterprise, Fact, Source, Subject
from openzone.zone.registry.packs import IDENTITY, catalogue
from openzone.zone.registry.resolution import Wanted, strongest
from openzone.zone.registry.selectors.identity import cluster, identity_of
from openzone.zone.registry.values import Value, typed


@dataclass(frozen=True, slots=True)
class KnownFact:
    """A fact as it is known on a day: its value and everything that makes it checkable.

    ``row`` and ``source`` are ``None`` for what stands on the enterprise itself (name, code).
    """

    fact: FactName
    value: Value
    period: Period
    known_on: dt.date | None
    original: str
    approx: str = ""
    locator: str = ""
    source: Source | None = None
    row: int | None = None

    @property
    def name(self) -> str:
        """The name rules use."""
        return self.fact.name

    @property
    def unit(self) -> Text:
        """The unit of the value, empty where there is none."""
        return self.fact.unit

    def age_days(self, as_of: dt.date) -> int | None:
        """Return how old the statement is: since its period ended, else since it became known."""
        since = self.period.last or self.known_on
        return None if since is None else (as_of - since).days


def statements(subject: Subject | Enterprise, knowledge_date: dt.date) -> QuerySet[Fact]:
    """Return every row about a subject that was known by a day, in the order it came in."""
    return Fact.objects.filter(
        subject__in=_subjects(subject), known_on__lte=knowledge_date
    ).order_by("id")


def _subjects(subject: Subject | Enterprise) -> list[int]:
    return list(cluster(subject)) or [subject.pk]


def facts_of(
    subject: Subject | Enterprise, as_of: dt.date, knowledge_date: dt.date | None = None
) -> dict[str, KnownFact]:
    """Return what was known about a subject, by fact name, in the order of the catalogue.

    ``as_of`` decides which periods the names mean (``revenue_y1`` is the year before it);
    ``knowledge_date`` hides what became known later, and is ``as_of`` unless given. What is unknown
    or withdrawn is absent.
    """
    by_series: dict[str, list[Fact]] = defaultdict(list)
    for row in statements(subject, knowledge_date or as_of).select_related("source"):
        by_series[row.series].append(row)
    known = {}
    identity = _identity(subject, as_of)
    for fact in catalogue():
        if fact.name in IDENTITY:
            found = identity.get(fact.name)
        else:
            found = _known(fact, by_series.get(fact.series.name, ()), as_of)
        if found is not None:
            known[fact.name] = found
    return known


def _known(fact: FactName, rows: Iterable[Fact], as_of: dt.date) -> KnownFact | None:
    row = strongest(rows, Wanted.of(fact, as_of))
    if row is None or row.value is None:
        return None
    return KnownFact(
        fact=fact,
        value=typed(fact.type, row.value),
        period=Period(row.period_first, row.period_last),
        known_on=row.known_on,
        original=row.original or row.value,
        approx=row.approx,
        locator=row.locator,
        source=row.source,
        row=row.id,
    )


StatementKey = tuple[str, dt.date | None, dt.date | None]


def stated(
    subject: Subject | Enterprise, knowledge_date: dt.date
) -> dict[StatementKey, str | None]:
    """Return the value that stands for each series and exact period, ``None`` when withdrawn."""
    rows = statements(subject, knowledge_date).order_by("known_on", "id")
    fields = rows.values_list("series", "period_first", "period_last", "value")
    return {(series, first, last): value for series, first, last, value in fields}


def history(
    subject: Subject | Enterprise, series: str, knowledge_date: dt.date | None = None
) -> QuerySet[Fact]:
    """Return every statement ever made about one series, the newest first, withdrawals included."""
    until = knowledge_date or dt.date.max
    return statements(subject, until).filter(series=series).select_related("source").order_by("-id")


def _identity(subject: Subject | Enterprise, as_of: dt.date) -> dict[str, KnownFact]:
    """Return the names and codes that stand on the enterprise itself."""
    enterprise = Enterprise.objects.filter(pk=subject.pk).first()
    if enterprise is None:
        return {}
    names = catalogue()
    return {
        name: KnownFact(names[name], value, Period(), None, value)
        for name, value in identity_of(enterprise, as_of).items()
    }
