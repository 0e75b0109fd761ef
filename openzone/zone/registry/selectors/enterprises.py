"""Lists of enterprises, and how much is known about one."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from openzone.engines.facts.catalogue import Fact as FactName
from openzone.engines.facts.catalogue import PeriodKind
from openzone.zone.people.models import User
from openzone.zone.people.selectors import on_day
from openzone.zone.registry.models import Enterprise, EnterpriseStaff, Fact, Place
from openzone.zone.registry.packs import IDENTITY, catalogue
from openzone.zone.registry.selectors.facts import KnownFact
from openzone.zone.registry.selectors.identity import live
from openzone.zone.registry.selectors.search import search


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list shows. Everything left at its default does not narrow it."""

    text: str = ""
    place: Place | None = None
    industries: tuple[str, ...] = ()
    has_code: bool | None = None
    missing: tuple[str, ...] = ()
    synthetic: bool | None = None


def enterprises(chosen: Filter, as_of: dt.date) -> QuerySet[Enterprise]:
    """Return the enterprises of a list, those merged into another one left out.

    ``missing`` keeps those of which at least one of these facts is unknown on ``as_of``.
    ``industries`` are prefixes of GB/T 4754 codes and speak of the industry known now.
    """
    found = live()
    if chosen.place is not None:
        found = found.filter(place__in=place_and_below(chosen.place))
    if chosen.industries:
        found = found.filter(_any(Q(industry__startswith=code) for code in chosen.industries))
    if chosen.has_code is not None:
        found = found.filter(uscc__isnull=not chosen.has_code)
    if chosen.synthetic is not None:
        found = found.filter(synthetic=chosen.synthetic)
    if chosen.missing:
        found = _missing(found, [catalogue()[name] for name in chosen.missing], as_of)
    return search(chosen.text, found).select_related("place")


def spoken_for(user: User | AnonymousUser, on: dt.date) -> QuerySet[Enterprise]:
    """Return the enterprises a user speaks for on a day; of merged ones, the one that stayed."""
    posts = EnterpriseStaff.objects.filter(on_day(on), user=user.pk)
    found = Enterprise.objects.filter(cluster__staff__in=posts)
    return found.distinct().order_by("name", "pk")


def place_and_below(place: Place) -> list[int]:
    """Return the ids of a place and of everything that is part of it."""
    ids = level = [place.pk]
    while level:
        inside = Place.objects.filter(parent__in=level).order_by("pk")
        level = list(inside.values_list("pk", flat=True))
        ids = ids + level
    return ids


def _any(conditions: Iterable[Q]) -> Q:
    return reduce(or_, conditions)


def _missing(
    found: QuerySet[Enterprise], facts: Sequence[FactName], as_of: dt.date
) -> QuerySet[Enterprise]:
    stated = [fact for fact in facts if fact.name not in IDENTITY]
    unknown = [Q(**{f"_{fact.name}__isnull": True}) for fact in stated]
    own = {"uscc": Q(uscc__isnull=True), "short_name": Q(short_name="")}
    unknown += [own[fact.name] for fact in facts if fact.name in own]
    if not unknown:
        return found.none()
    latest = {f"_{fact.name}": _latest_value(fact, as_of) for fact in stated}
    return found.alias(**latest).filter(_any(unknown))


def _latest_value(fact: FactName, as_of: dt.date) -> Subquery:
    """Return the value that counts on a day, by the same rule as ``resolution``."""
    rows = Fact.objects.filter(
        subject__enterprise__root=OuterRef("pk"), series=fact.series.name, known_on__lte=as_of
    )
    if fact.series.period is PeriodKind.MOMENT:
        rows = rows.filter(Q(period_last__isnull=True) | Q(period_last__lte=as_of))
    elif fact.series.period is not PeriodKind.NONE:
        period = fact.period(as_of)
        rows = rows.filter(period_first=period.first, period_last=period.last)
    strongest = rows.order_by(F("period_last").desc(nulls_last=True), "-known_on", "-id")
    return Subquery(strongest.values("value")[:1])


@dataclass(frozen=True, slots=True)
class Completeness:
    """How many of the facts one would like to know are known."""

    known: int
    wanted: int
    missing: tuple[FactName, ...]

    @property
    def share(self) -> float:
        """The known share; 1 when nothing is wanted."""
        return self.known / self.wanted if self.wanted else 1.0


def completeness(known: dict[str, KnownFact], wanted: Sequence[str] | None = None) -> Completeness:
    """Compare what is known (see ``facts_of``) with what is wanted, by default the catalogue.

    Optional names (own number, short and former name) are never wanted by themselves.
    """
    names = catalogue()
    facts = (
        [fact for fact in names if fact.name not in _OPTIONAL]
        if wanted is None
        else [names[name] for name in wanted]
    )
    missing = tuple(fact for fact in facts if fact.name not in known)
    return Completeness(len(facts) - len(missing), len(facts), missing)


_OPTIONAL = frozenset({"id", "short_name", "former_name"})
