"""Projects on record as the counters read them, many at a time."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Final

from django.db.models import Q, QuerySet

from openzone.engines.projects.money import Stated
from openzone.engines.projects.record import WHOLE, Record
from openzone.engines.projects.stages import Back, Entry, Exit, LogItem
from openzone.zone.projects.enums import StageEventKind
from openzone.zone.projects.models import Amount, Project, ProjectShare, Stay
from openzone.zone.projects.packs import pipeline
from openzone.zone.registry.enums import PlaceKind
from openzone.zone.registry.models import Place

_PLAIN: Final = (
    "pk", "number", "name", "industry", "sector", "origin", "chain", "framework",
    "within_contract", "excluded", "phase_of__number", "place", "stage", "since",
)  # fmt: skip
_ABREAST: Final = frozenset({PlaceKind.PARK, PlaceKind.STREET, PlaceKind.ZONE})


def records(found: QuerySet[Project], *kinds: str) -> list[Record]:
    """Return projects with what stands of their logs, and their amounts of the kinds (or all)."""
    return _records(found, _logs(found), kinds)


def moved_within(found: QuerySet[Project], start: dt.date, end: dt.date) -> QuerySet[Project]:
    """Return those that entered a stage, or left, in a period: only they are counted in it."""
    moved = Stay.objects.filter(first=True, on__range=(start, end))
    return found.filter(pk__in=moved.values("project"))


def standing_at(found: QuerySet[Project], on: dt.date, *kinds: str) -> list[Record]:
    """Return projects as they stood at the end of a day, each with one entry: where it is.

    Who had not come or had left by then is left out.
    """
    here = Stay.objects.filter(Q(until=None) | Q(until__gt=on), on__lte=on)
    here = here.exclude(kind=StageEventKind.LEFT).exclude(stage="")
    rows = here.filter(project__in=found.order_by().values("pk"))
    logs = {
        pk: (Entry(stage, day),) for pk, stage, day in rows.values_list("project", "stage", "on")
    }
    return _records(found.filter(pk__in=here.values("project")), logs, kinds)


def kinds_for(name: str, amount: str) -> tuple[str, ...]:
    """Return the kinds of amounts that counting reads: what is added up, and what makes sizes."""
    return tuple({amount, pipeline(name).size_by})


def first_entries(found: QuerySet[Project], stages: Iterable[str]) -> dict[str, dict[str, dt.date]]:
    """Return on which day projects first entered stages, by number; mistakes are no entries."""
    entered = Stay.objects.filter(first=True, kind=StageEventKind.ENTERED, stage__in=list(stages))
    rows = entered.filter(project__in=found.order_by().values("pk"))
    days: dict[str, dict[str, dt.date]] = defaultdict(dict)
    for number, stage, on in rows.values_list("project__number", "stage", "on"):
        days[number][stage] = on
    return dict(days)


def _logs(found: QuerySet[Project]) -> dict[int, tuple[LogItem, ...]]:
    logs: dict[int, list[LogItem]] = defaultdict(list)
    rows = Stay.objects.filter(project__in=found.order_by().values("pk")).order_by("event__seq")
    for pk, *step in rows.values_list("project", "kind", "stage", "on", "event__evidence"):
        logs[pk].append(_item(*step))
    return {pk: tuple(items) for pk, items in logs.items()}


def _item(kind: str, stage: str, on: dt.date, evidence: list[str]) -> LogItem:
    match kind:
        case StageEventKind.ENTERED:
            return Entry(stage, on, tuple(evidence))
        case StageEventKind.LEFT:
            return Exit(stage, on)
    return Back(stage or None, on, "")


def _records(
    found: QuerySet[Project], logs: Mapping[int, tuple[LogItem, ...]], kinds: tuple[str, ...]
) -> list[Record]:
    amounts, shares = _amounts(found, kinds), _shares(found)
    names = _place_names()
    return [
        Record(
            id=row["number"], log=logs.get(row["pk"], ()), number=row["number"], name=row["name"],
            amounts=tuple(amounts.get(row["pk"], ())),
            shares=_by_name(shares.get(row["pk"]) or _whole(row["place"]), names),
            industry=row["industry"] or None, sector=row["sector"], origin=row["origin"] or None,
            chain=tuple(row["chain"]), framework=row["framework"],
            phase_of=row["phase_of__number"], within_contract=row["within_contract"],
            excluded=row["excluded"] or None,
        )
        for row in found.order_by("pk").values(*_PLAIN)
    ]  # fmt: skip


def _amounts(found: QuerySet[Project], kinds: tuple[str, ...]) -> dict[int, list[Stated]]:
    stated = Amount.objects.filter(project__in=found.order_by().values("pk"))
    if kinds:
        stated = stated.filter(kind__in=kinds)
    amounts: dict[int, list[Stated]] = defaultdict(list)
    rows = stated.order_by("project_id", "on", "id")
    names = ("project_id", "kind", "value", "currency", "on", "reason")
    for pk, kind, value, currency, on, reason in rows.values_list(*names):
        amounts[pk].append(Stated(kind, value, currency, on, reason))
    return amounts


def _shares(found: QuerySet[Project]) -> dict[int, dict[int, Decimal]]:
    shares: dict[int, dict[int, Decimal]] = defaultdict(dict)
    rows = ProjectShare.objects.filter(project__in=found.order_by().values("pk"))
    for pk, place, share in rows.values_list("project_id", "place_id", "share"):
        shares[pk][place] = share
    return shares


def _whole(place: int | None) -> dict[int, Decimal]:
    return {} if place is None else {place: WHOLE}


def _by_name(shares: Mapping[int, Decimal], names: Mapping[int, str]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for place, share in shares.items():
        found[names[place]] = found.get(names[place], Decimal(0)) + share
    return found


def _place_names() -> dict[int, str]:
    """What each place counts as: the park or street it lies in, so that parcels add up to parks."""
    places: dict[int, Any] = {one.pk: one for one in Place.objects.all()}
    return {pk: _counted_as(one, places) for pk, one in places.items()}


def _counted_as(place: Place, places: Mapping[int, Place]) -> str:
    here: Place | None = place
    while here is not None and here.kind not in _ABREAST:
        here = places.get(here.parent_id) if here.parent_id else None
    return (here or place).name
