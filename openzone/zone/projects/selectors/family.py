"""The projects of one investor: phases of a contract, and whatever else they build here."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from openzone.engines.projects.money import YUAN
from openzone.zone.people.models import User
from openzone.zone.projects.enums import AmountKind, StageEventKind
from openzone.zone.projects.models import Amount, Project, ProjectShare, Stay
from openzone.zone.projects.packs import pipeline_of
from openzone.zone.projects.selectors.listing import visible

BEGUN, PRODUCING = "started", "in_production"
SHOWN: Final = (AmountKind.TOTAL, AmountKind.FIXED, AmountKind.OUTPUT)


@dataclass(frozen=True, slots=True)
class Plant:
    """A project of the family: amounts in yuan by kind as last stated, places with their parts.

    ``begun`` and ``producing`` are the days on which it first stood at the stages that mean so.
    """

    project: Project
    amounts: dict[str, Decimal]
    shares: list[ProjectShare]
    begun: dt.date | None
    producing: dt.date | None

    @property
    def stated(self) -> list[Decimal | None]:
        """The amounts in the order of ``SHOWN``; None where nobody stated one in yuan."""
        return [self.amounts.get(kind) for kind in SHOWN]

    @property
    def counts(self) -> bool:
        """Whether it is a contract of its own; amounts of later phases lie inside their first."""
        return not (self.project.phase_of_id and self.project.within_contract)


class Year(NamedTuple):
    """What was begun and what went into production in a year."""

    year: int
    begun: list[Project]
    producing: list[Project]


@dataclass(frozen=True, slots=True)
class Family:
    """What an investor builds: the phases of one project, then the others, oldest first.

    ``sums``: yuan by kind of contracts of their own, None where nobody stated one; of ``unstated``
    no total is stated in yuan.
    """

    investor: str
    phases: list[Plant]
    others: list[Plant]
    sums: dict[str, Decimal | None]
    contracts: int
    unstated: int
    years: list[Year]

    @property
    def plants(self) -> list[Plant]:
        """All of them."""
        return [*self.phases, *self.others]


def family(project: Project, user: User | AnonymousUser, on: dt.date) -> Family:
    """Return what the investor of a project builds, as far as somebody may see it."""
    first = project.phase_of_id or project.pk
    same = Q(pk=first) | Q(phase_of=first)
    if project.investor_id is not None:
        same |= Q(investor=project.investor_id)
    elif project.investor_name:
        same |= Q(investor_name=project.investor_name)
    found = visible(user, on).filter(same).select_related("place", "lead_unit", "investor")
    plants = _plants(sorted(found, key=lambda one: (one.created_at, one.pk)))
    return _summed(project, first, plants)


def _summed(project: Project, first: int, plants: list[Plant]) -> Family:
    phases = [one for one in plants if first in (one.project.pk, one.project.phase_of_id)]
    phases.sort(key=lambda one: one.project.phase or 1)
    counted = [one for one in plants if one.counts]
    sums = {kind.value: _sum(one.amounts.get(kind) for one in counted) for kind in SHOWN}
    unstated = sum(AmountKind.TOTAL not in one.amounts for one in counted)
    investor = str(project.investor or "") or project.investor_name
    others = [one for one in plants if one not in phases]
    return Family(investor, phases, others, sums, len(counted), unstated, _years(plants))


def _sum(values: Iterable[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if known else None


def _plants(projects: list[Project]) -> list[Plant]:
    amounts, shares, days = _amounts(projects), _shares(projects), _days(projects)
    return [
        Plant(
            one, amounts[one.pk], shares[one.pk],
            days[one.pk].get(pipeline_of(one).counting_as(BEGUN) or ""),
            days[one.pk].get(pipeline_of(one).counting_as(PRODUCING) or ""),
        )
        for one in projects
    ]  # fmt: skip


def _amounts(projects: Iterable[Project]) -> dict[int, dict[str, Decimal]]:
    found: dict[int, dict[str, Decimal]] = defaultdict(dict)
    rows = Amount.objects.filter(project__in=list(projects), kind__in=SHOWN, currency=YUAN)
    for one in rows.order_by("on", "pk"):
        found[one.project_id][one.kind] = one.value
    return found


def _shares(projects: Iterable[Project]) -> dict[int, list[ProjectShare]]:
    found: dict[int, list[ProjectShare]] = defaultdict(list)
    rows = ProjectShare.objects.filter(project__in=list(projects)).select_related("place")
    for one in rows.order_by("-share", "place"):
        found[one.project_id].append(one)
    return found


def _days(projects: Iterable[Project]) -> dict[int, dict[str, dt.date]]:
    found: dict[int, dict[str, dt.date]] = defaultdict(dict)
    rows = Stay.objects.filter(project__in=list(projects), first=True, kind=StageEventKind.ENTERED)
    for project, stage, on in rows.values_list("project", "stage", "on"):
        found[project][stage] = on
    return found


def _years(plants: Iterable[Plant]) -> list[Year]:
    begun: dict[int, list[Project]] = defaultdict(list)
    producing: dict[int, list[Project]] = defaultdict(list)
    for one in plants:
        if one.begun is not None:
            begun[one.begun.year].append(one.project)
        if one.producing is not None:
            producing[one.producing.year].append(one.project)
    return [Year(year, begun[year], producing[year]) for year in sorted({*begun, *producing})]
