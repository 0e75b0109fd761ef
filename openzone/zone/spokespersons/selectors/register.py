"""Who speaks for a unit on a day, and which units should have somebody and have not."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from openzone.zone.people.models import Membership, Unit, User
from openzone.zone.people.selectors import on_day, unit_and_below
from openzone.zone.policies.enums import DocumentStatus, Force
from openzone.zone.policies.models import Document, DocumentIssuer, Item
from openzone.zone.policies.selectors.force import with_force
from openzone.zone.policies.selectors.items import published
from openzone.zone.spokespersons.models import Absence, Spokesperson


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who answers for a unit on a day.

    ``user`` is the spokesperson, or the substitute while the spokesperson is away. It is ``None``
    where ``departed`` (the account is closed or the person left the unit), or where the substitute
    is gone too.
    """

    term: Spokesperson
    user: User | None
    absence: Absence | None = None
    departed: bool = False


def terms_on(on: dt.date) -> QuerySet[Spokesperson]:
    """Return the terms that cover a day, with their people, units and the absences of that day."""
    away = Absence.objects.filter(first__lte=on, last__gte=on).select_related("substitute")
    return (
        Spokesperson.objects.filter(on_day(on))
        .select_related("unit", "user")
        .prefetch_related(Prefetch("absences", away.order_by("id"), to_attr="away"))
        .order_by("unit__code")
    )


def speakers_on(on: dt.date, units: Iterable[Unit] | None = None) -> dict[int, Speaker]:
    """Return who answers for each unit that has a term on a day, by the unit's number."""
    terms = terms_on(on) if units is None else terms_on(on).filter(unit__in=list(units))
    found = list(terms)
    places = places_of({user for term in found for user in _people(term)}, on)
    return {term.unit_id: _speaker(term, places) for term in found}


def speaker_of(unit: Unit, on: dt.date) -> Speaker | None:
    """Return who answers for a unit on a day; ``None`` where it has no term."""
    return speakers_on(on, [unit]).get(unit.pk)


def speaks_for(user: User, on: dt.date) -> frozenset[int]:
    """Return the units somebody answers for on a day, as spokesperson or substitute."""
    return frozenset(
        unit
        for unit, speaker in speakers_on(on).items()
        if speaker.user is not None and speaker.user.pk == user.pk
    )


def places_of(people: Iterable[User], on: dt.date) -> Mapping[int, set[int]]:
    """Return the units in which people hold a role on a day; closed accounts hold none."""
    ids = [user.pk for user in people if user.is_active]
    held = Membership.objects.filter(on_day(on), user__in=ids).order_by("id")
    places: dict[int, set[int]] = defaultdict(set)
    for user, unit in held.values_list("user_id", "unit_id"):
        places[user].add(unit)
    return places


def belongs(user: User, unit: Unit, on: dt.date) -> bool:
    """Whether somebody holds a role in a unit, or in a part of it, on a day."""
    return bool(places_of([user], on).get(user.pk, set()) & set(unit_and_below(unit)))


def _people(term: Spokesperson) -> list[User]:
    return [term.user, *(absence.substitute for absence in _away(term))]


def _away(term: Spokesperson) -> list[Absence]:
    away: list[Absence] = term.away  # type: ignore[attr-defined] # by terms_on
    return away


def _speaker(term: Spokesperson, places: Mapping[int, set[int]]) -> Speaker:
    if not _is_there(term.user, term.unit, places):
        return Speaker(term, None, departed=True)
    absence = next(iter(_away(term)), None)
    if absence is None:
        return Speaker(term, term.user)
    stands_in = absence.substitute.pk in places
    return Speaker(term, absence.substitute if stands_in else None, absence)


def _is_there(user: User, unit: Unit, places: Mapping[int, set[int]]) -> bool:
    held = places.get(user.pk, set())
    return unit.pk in held or bool(held & set(unit_and_below(unit)))


@dataclass(frozen=True, slots=True)
class Duty:
    """Why a unit should have a spokesperson: what it made, and what it redeems."""

    unit: Unit
    documents: tuple[Document, ...]
    items: tuple[Item, ...]


def in_force(on: dt.date) -> QuerySet[Document]:
    """Return the published documents in force on a day."""
    published = Document.objects.filter(status=DocumentStatus.PUBLISHED)
    return with_force(published, Force.IN_FORCE, on)


def duties_on(on: dt.date) -> list[Duty]:
    """Return the units that make or redeem a policy in force, by code."""
    documents, items = _issued(on), _owned(on)
    units = Unit.objects.filter(pk__in=documents.keys() | items.keys()).order_by("code")
    return [
        Duty(unit, tuple(documents.get(unit.pk, ())), tuple(items.get(unit.pk, ())))
        for unit in units
    ]


def without_speaker(on: dt.date) -> list[Duty]:
    """Return the units that should have a spokesperson and have nobody who answers today."""
    answering = {unit for unit, speaker in speakers_on(on).items() if speaker.user}
    return [duty for duty in duties_on(on) if duty.unit.pk not in answering]


def _issued(on: dt.date) -> dict[int, list[Document]]:
    issuers = DocumentIssuer.objects.filter(unit__isnull=False, document__in=in_force(on))
    found: dict[int, list[Document]] = defaultdict(list)
    for issuer in issuers.select_related("document").order_by("document__code", "id"):
        if issuer.unit_id is not None:
            found[issuer.unit_id].append(issuer.document)
    return found


def _owned(on: dt.date) -> dict[int, list[Item]]:
    found: dict[int, list[Item]] = defaultdict(list)
    for item in published(on).filter(owner__isnull=False).order_by("code"):
        if item.owner_id is not None:
            found[item.owner_id].append(item)
    return found


@dataclass(frozen=True, slots=True)
class Gap:
    """Days on which a unit had no spokesperson, both included; ``last`` is open if it has none."""

    first: dt.date
    last: dt.date | None


def gaps(terms: Iterable[Spokesperson], on: dt.date) -> list[Gap]:
    """Return the days without anybody between the terms of one unit, and since the last ended."""
    ordered = sorted(terms, key=lambda term: term.valid_from)
    found, free_from = [], None
    for term in ordered:
        if free_from is not None and free_from < term.valid_from:
            found.append(Gap(free_from, term.valid_from - _DAY))
        free_from = term.valid_to + _DAY if term.valid_to else None
    if free_from is not None and free_from <= on:
        found.append(Gap(free_from, None))
    return found


_DAY = dt.timedelta(days=1)
