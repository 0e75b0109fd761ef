"""What became of adopted suggestions: carried out, under way, stuck, not assigned yet."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from openzone.zone.people.models import Unit
from openzone.zone.suggestions.enums import Outcome
from openzone.zone.suggestions.models import Campaign, Final, Flow

_SOLVED = "solved"


class Standing(StrEnum):
    """Where an adopted suggestion stands: always exactly one of these."""

    DONE = "done"
    UNDER_WAY = "under_way"
    STUCK = "stuck"
    UNASSIGNED = "unassigned"


class Progress(NamedTuple):
    """An adopted suggestion, where it stands, who carries it out, which rounds it came from."""

    final: Final
    standing: Standing
    unit: Unit | None
    rounds: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """How many of a group stand where; ``key`` finds them again."""

    key: str
    name: str
    by: Mapping[Standing, int]

    @property
    def total(self) -> int:
        """How many were adopted."""
        return sum(self.by.values())

    @property
    def done(self) -> float | None:
        """The share carried out; unknown where nothing was adopted."""
        return self.by[Standing.DONE] / self.total if self.total else None


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which of them to list; empty values list all. ``unit`` is a code, ``-`` for no unit."""

    unit: str = ""
    round: int | None = None
    standing: str = ""


def standing(final: Final, now: dt.datetime) -> Standing:
    """Return where one stands: carried out is closed as solved; late or given up is stuck."""
    case = final.case
    if case is None:
        return Standing.UNASSIGNED
    if case.closed:
        return Standing.DONE if case.outcome == _SOLVED else Standing.STUCK
    late = case.due_at is not None and case.due_at < now
    return Standing.STUCK if late else Standing.UNDER_WAY


def progress(now: dt.datetime, campaign: Campaign | None = None) -> list[Progress]:
    """Return every adopted suggestion, of one campaign or all."""
    adopted = Q(verdicts__standing=True, verdicts__outcome__in=(Outcome.ACCEPT, Outcome.PILOT))
    found: QuerySet[Final] = Final.objects.filter(adopted, dissolved_at__isnull=True)
    if campaign is not None:
        found = found.filter(campaign=campaign)
    rounds = _rounds(found)
    rows = found.select_related("campaign", "case__lead").order_by("-campaign", "number")
    return [
        Progress(
            one, standing(one, now), one.case.lead if one.case else None, rounds.get(one.pk, ())
        )
        for one in rows
    ]


def narrowed(found: Iterable[Progress], chosen: Chosen) -> list[Progress]:
    """Return those that fit."""
    return [
        one
        for one in found
        if (not chosen.unit or chosen.unit == unit_key(one))
        and (chosen.round is None or chosen.round in one.rounds)
        and (not chosen.standing or chosen.standing == one.standing)
    ]


def overall(found: Iterable[Progress]) -> Score:
    """Return all of them."""
    return _score("", "", found)


def by_unit(found: Iterable[Progress]) -> list[Score]:
    """Return each unit that carries some out, the most stuck first; last those of no unit."""
    names: dict[str, str] = {}
    for one in found:
        names[unit_key(one)] = one.unit.name if one.unit else ""
    made = _grouped(found, lambda one: [unit_key(one)], names)
    return sorted(made, key=lambda one: (not one.name, -one.by[Standing.STUCK], one.key))


def by_round(found: Iterable[Progress], rounds: Mapping[int, str]) -> list[Score]:
    """Return each of these rounds, by id; a suggestion from two rounds counts in both."""
    names = {str(pk): name for pk, name in rounds.items()}
    return _grouped(found, lambda one: [str(pk) for pk in one.rounds], names)


def unit_key(one: Progress) -> str:
    """Return the code of the unit that carries a suggestion out, ``-`` where there is none."""
    return one.unit.code if one.unit else "-"


def _grouped(
    found: Iterable[Progress], keys: Callable[[Progress], list[str]], names: Mapping[str, str]
) -> list[Score]:
    groups: dict[Hashable, list[Progress]] = defaultdict(list)
    for one in found:
        for key in keys(one):
            groups[key].append(one)
    return [_score(key, name, groups[key]) for key, name in names.items() if groups[key]]


def _score(key: str, name: str, found: Iterable[Progress]) -> Score:
    stands = [one.standing for one in found]
    return Score(key, name, {each: stands.count(each) for each in Standing})


def _rounds(found: "QuerySet[Final]") -> dict[int, tuple[int, ...]]:
    flows: QuerySet[Any] = Flow.objects.filter(final__in=found, undone_at__isnull=True)
    pairs = set(flows.order_by().values_list("final", "original__round"))
    made: dict[int, tuple[int, ...]] = {}
    for final, number in sorted(pairs):
        made[final] = (*made.get(final, ()), number)
    return made
