"""Classes over the years, of one and of all: only final lists count."""

import itertools
from collections import Counter
from typing import NamedTuple

from django.db.models import F

from openzone.zone.evaluations.enums import CycleKind, CycleState
from openzone.zone.evaluations.models import Cycle, Entrant, Outcome
from openzone.zone.evaluations.selectors.items import pack_of


class Year(NamedTuple):
    """A result of a final list, and where the class moved since the one before."""

    outcome: Outcome
    before: str
    move: int | None


def years_of(entrant: Entrant) -> list[Year]:
    """Return the final results of an enterprise under one kind of evaluation, the latest first."""
    if entrant.enterprise is None:
        return []
    rows = Outcome.objects.filter(
        entrant__enterprise__root=entrant.enterprise.root_id, run=F("run__cycle__final_run"),
        run__cycle__state=CycleState.FINAL, run__cycle__kind=entrant.cycle.kind,
    ).select_related("run__cycle", "entrant").order_by("run__cycle__year", "pk")  # fmt: skip
    found: list[Year] = []
    for one in rows:
        before = found[-1].outcome if found else None
        found.append(Year(one, before.grade if before else "", _move(before, one)))
    return found[::-1]


def _move(before: Outcome | None, now: Outcome) -> int | None:
    """Return by how many classes somebody rose; unknown where the classes are not the same ones."""
    if before is None:
        return None
    order = [cut.id for cut in pack_of(now.run.cycle).cuts]
    earlier = [cut.id for cut in pack_of(before.run.cycle).cuts]
    if order != earlier or before.grade not in order or now.grade not in order:
        return None
    return order.index(before.grade) - order.index(now.grade)


class Moves(NamedTuple):
    """Two final lists, one after the other: how many went from which class to which."""

    before: Cycle
    after: Cycle
    classes: list[str]
    counts: dict[tuple[str, str], int]
    came: int
    left: int


def moves() -> list[Moves]:
    """Return the moves between neighbouring final lists of output per mu, the latest first."""
    finals = list(
        Cycle.objects.filter(state=CycleState.FINAL, kind=CycleKind.LAND)
        .select_related("final_run").order_by("year", "pk")
    )  # fmt: skip
    grades = {one.pk: _grades(one) for one in finals}
    return [
        _between(one, other, grades[one.pk], grades[other.pk])
        for one, other in itertools.pairwise(finals)
    ][::-1]


def _grades(cycle: Cycle) -> dict[int, str]:
    rows = Outcome.objects.filter(run=cycle.final_run_id, entrant__enterprise__isnull=False)
    return dict(rows.values_list("entrant__enterprise__root", "grade"))


def _between(before: Cycle, after: Cycle, was: dict[int, str], now: dict[int, str]) -> Moves:
    both = was.keys() & now.keys()
    counts = Counter((was[one], now[one]) for one in both)
    names: dict[str, None] = {}
    for cycle in (before, after):
        names.update(dict.fromkeys(cut.id for cut in pack_of(cycle).cuts))
    names.update(dict.fromkeys(sorted({*was.values(), *now.values()} - {""})))
    if "" in {*was.values(), *now.values()}:
        names[""] = None
    return Moves(
        before, after, list(names), dict(counts), len(now.keys() - both), len(was.keys() - both)
    )
