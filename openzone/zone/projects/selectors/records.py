"""Projects on record as the counters read them, many at a time."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final, NamedTuple

from django.db.models import Case, Q, QuerySet, When

from openzone.engines.projects.money import Stated
from openzone.engines.projects.record import WHOLE, Record
from openzone.engines.projects.stages import Back, Entry, Exit, LogItem
from openzone.engines.projects.tally import DIMENSIONS
from openzone.zone.projects.enums import StageEventKind
from openzone.zone.projects.models import Amount, Project, ProjectShare, Stay
from openzone.zone.projects.packs import pipeline
from openzone.zone.registry.enums import PlaceKind
from openzone.zone.registry.models import Place

_PLAIN: Final = (
    "pk", "number", "name", "industry", "sector", "origin", "framework", "within_contract",
    "excluded", "phase_of__number",
)  # fmt: skip
_NOWHERE: Final[Mapping[str, Decimal]] = {}
_ABREAST: Final = frozenset({PlaceKind.PARK, PlaceKind.STREET, PlaceKind.ZONE})


class Period(NamedTuple):
    """Projects of a period: who was counted as moving in it, and who stands where at its end."""

    moved: list[Record]
    standing: list[Record]


def records(
    found: QuerySet[Project], *kinds: str, by: Collection[str] = DIMENSIONS
) -> list[Record]:
    """Return projects with what stands of their logs, and their amounts of the kinds (or all).

    ``by``: the dimensions that will be asked for; what none of them needs is not read.
    """
    return list(_records(found, _logs(found), kinds, by).values())


def moved_within(found: QuerySet[Project], start: dt.date, end: dt.date) -> QuerySet[Project]:
    """Return those that entered a stage, or left, in a period: only they are counted in it."""
    moved = Stay.objects.filter(first=True, on__range=(start, end))
    return found.filter(pk__in=moved.values("project"))


def period(
    found: QuerySet[Project],
    start: dt.date,
    end: dt.date,
    *kinds: str,
    by: Collection[str] = DIMENSIONS,
) -> Period:
    """Return what counting a period needs: each project is read once, and logs only as needed.

    Who moved comes with what stands of its log, who stands somewhere with one entry: where it is.
    """
    here = _entries(found, end)
    every = _records(found, here, kinds, by)
    moved = _logs(moved_within(found, start, end), start, end)
    return Period(
        [replace(every[pk], log=log) for pk, log in moved.items()], [every[pk] for pk in here]
    )


def standing_at(
    found: QuerySet[Project], on: dt.date, *kinds: str, by: Collection[str] = DIMENSIONS
) -> list[Record]:
    """Return projects as they stood at the end of a day, each with one entry: where it is.

    Who had not come or had left by then is left out.
    """
    here = _entries(found, on)
    every = _records(found, here, kinds, by)
    return [every[pk] for pk in here]


def _entries(found: QuerySet[Project], on: dt.date) -> dict[int, tuple[LogItem, ...]]:
    """The stay of every project that is at a stage at the end of a day."""
    here = Stay.objects.filter(Q(until=None) | Q(until__gt=on), on__lte=on)
    here = here.exclude(kind=StageEventKind.LEFT).exclude(stage="")
    rows = here.filter(project__in=found.order_by().values("pk")).order_by("project")
    return {pk: (Entry(stage, on),) for pk, stage, on in rows.values_list("project", "stage", "on")}


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


def _logs(
    found: QuerySet[Project], start: dt.date | None = None, end: dt.date | None = None
) -> dict[int, tuple[LogItem, ...]]:
    """What stands of logs; with the evidence of entries of a period only, where one is named."""
    logs: dict[int, list[LogItem]] = defaultdict(list)
    rows = Stay.objects.filter(project__in=found.order_by().values("pk"))
    rows = rows.order_by("project", "event__seq")
    counted = Q(on__range=(start, end)) if start and end else Q()
    shown = Case(When(counted & Q(first=True), then="event__evidence"))
    for pk, *step in rows.annotate(shown=shown).values_list(
        "project", "kind", "stage", "on", "shown"
    ):
        logs[pk].append(_item(*step))
    return {pk: tuple(items) for pk, items in logs.items()}


def _item(kind: str, stage: str, on: dt.date, evidence: list[str] | None) -> LogItem:
    match kind:
        case StageEventKind.ENTERED:
            return Entry(stage, on, tuple(evidence or ()))
        case StageEventKind.LEFT:
            return Exit(stage, on)
    return Back(stage or None, on, "")


def _records(
    found: QuerySet[Project], logs: Mapping[int, tuple[LogItem, ...]], kinds: tuple[str, ...],
    by: Collection[str],
) -> dict[int, Record]:  # fmt: skip
    amounts = _amounts(found, kinds)
    shares = _shares(found) if "place" in by else {}
    chains = dict(found.order_by().values_list("pk", "chain")) if "chain" in by else {}
    return {
        pk: Record(
            id=number, log=logs.get(pk, ()), number=number, name=name,
            amounts=amounts.get(pk, ()), shares=shares.get(pk, _NOWHERE),
            industry=industry or None, sector=sector, origin=origin or None,
            chain=tuple(chains.get(pk, ())), framework=framework, phase_of=phase_of,
            within_contract=within_contract, excluded=excluded or None,
        )
        for (
            pk, number, name, industry, sector, origin, framework, within_contract, excluded,
            phase_of,
        ) in found.order_by("pk").values_list(*_PLAIN)
    }  # fmt: skip


def _amounts(found: QuerySet[Project], kinds: tuple[str, ...]) -> dict[int, tuple[Stated, ...]]:
    stated = Amount.objects.filter(project__in=found.order_by().values("pk"))
    if kinds:
        stated = stated.filter(kind__in=kinds)
    amounts: dict[int, tuple[Stated, ...]] = {}
    names = ("project_id", "kind", "value", "currency", "on", "reason")
    for pk, *said in stated.order_by("project_id", "on", "id").values_list(*names):
        amounts[pk] = (*amounts.get(pk, ()), Stated(*said))
    return amounts


def _shares(found: QuerySet[Project]) -> dict[int, dict[str, Decimal]]:
    """Who shares a project, by the names places are counted under."""
    names = _place_names()
    shares: dict[int, dict[str, Decimal]] = defaultdict(dict)
    rows = ProjectShare.objects.filter(project__in=found.order_by().values("pk"))
    for pk, place, share in rows.values_list("project_id", "place_id", "share"):
        shares[pk][names[place]] = shares[pk].get(names[place], Decimal(0)) + share
    alone = found.exclude(place=None).order_by().values_list("pk", "place")
    return {**{pk: {names[place]: WHOLE} for pk, place in alone if place}, **shares}


def _place_names() -> dict[int, str]:
    """What each place counts as: the park or street it lies in, so that parcels add up to parks."""
    places: dict[int, Any] = {one.pk: one for one in Place.objects.all()}
    return {pk: _counted_as(one, places) for pk, one in places.items()}


def _counted_as(place: Place, places: Mapping[int, Place]) -> str:
    here: Place | None = place
    while here is not None and here.kind not in _ABREAST:
        here = places.get(here.parent_id) if here.parent_id else None
    return (here or place).name
