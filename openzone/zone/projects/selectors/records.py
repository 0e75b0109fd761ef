"""Projects on record as the counters read them, many at a time."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Final

from django.db.models import Q, QuerySet

from openzone.engines.projects.money import Stated
from openzone.engines.projects.record import WHOLE, Record
from openzone.engines.projects.stages import Entry, LogItem, standing
from openzone.zone.projects.models import Amount, Project, ProjectShare, StageEvent
from openzone.zone.projects.packs import pipeline
from openzone.zone.projects.selectors.standing import log_items
from openzone.zone.registry.enums import PlaceKind
from openzone.zone.registry.models import Place

_PLAIN: Final = (
    "pk", "number", "name", "industry", "sector", "origin", "chain", "framework",
    "within_contract", "excluded", "phase_of__number", "place", "stage", "since",
)  # fmt: skip
_ABREAST: Final = frozenset({PlaceKind.PARK, PlaceKind.STREET, PlaceKind.ZONE})


def records(found: QuerySet[Project], *kinds: str) -> list[Record]:
    """Return projects with their whole log, and their amounts of the named kinds (or all)."""
    logs = _logs(found)
    return _records(found, {pk: log_items(log) for pk, log in logs.items()}, kinds)


def moved_within(found: QuerySet[Project], start: dt.date, end: dt.date) -> QuerySet[Project]:
    """Return those of which any step is dated in a period: only they can have entered a stage."""
    return found.filter(pk__in=StageEvent.objects.filter(on__range=(start, end)).values("project"))


def standing_at(found: QuerySet[Project], on: dt.date, *kinds: str) -> list[Record]:
    """Return projects as they stood at the end of a day, to be counted where they are.

    Whose last step is not after the day stands where the list says, so their log is not read: they
    come with one entry, into the stage they are at.
    """
    later = StageEvent.objects.filter(on__gt=on).values("project")
    now = found.filter(left="").exclude(Q(stage="") | Q(pk__in=later))
    logs: dict[int, tuple[LogItem, ...]] = {
        pk: (Entry(stage, since),)
        for pk, stage, since in now.values_list("pk", "stage", "since")
        if since is not None
    }
    return [
        *_records(now, logs, kinds),
        *records(found.filter(pk__in=later), *kinds),
    ]


def kinds_for(name: str, amount: str) -> tuple[str, ...]:
    """Return the kinds of amounts that counting reads: what is added up, and what makes sizes."""
    return tuple({amount, pipeline(name).size_by})


def first_entries(found: QuerySet[Project], stages: Iterable[str]) -> dict[str, dict[str, dt.date]]:
    """Return on which day projects first entered stages, by number; mistakes taken back are none.

    Only the logs in which a mistake was taken back are read whole.
    """
    voided = StageEvent.objects.filter(kind="voided").values("project")
    entered = StageEvent.objects.filter(
        kind="entered", stage__in=list(stages), project__in=found.exclude(pk__in=voided)
    )
    days: dict[str, dict[str, dt.date]] = defaultdict(dict)
    rows = entered.order_by("-seq").values_list("project__number", "stage", "on")
    for number, stage, on in rows:
        days[number][stage] = on
    for record in records(found.filter(pk__in=voided)):
        days[record.id] = _first(record, frozenset(stages))
    return dict(days)


def _first(record: Record, stages: frozenset[str]) -> dict[str, dt.date]:
    first = standing(record.log).first
    return {stage: entry.on for stage, entry in first.items() if stage in stages}


def _logs(found: QuerySet[Project]) -> dict[int, list[StageEvent]]:
    logs: dict[int, list[StageEvent]] = defaultdict(list)
    events = StageEvent.objects.filter(project__in=found.order_by().values("pk"))
    names = ("project_id", "seq", "kind", "stage", "on", "reason", "evidence", "by_id")
    for event in events.order_by("project_id", "seq").only(*names):
        logs[event.project_id].append(event)
    return logs


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
