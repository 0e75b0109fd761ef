"""Promises, reforms and suggestions in the summary."""

from typing import NamedTuple

from openzone.engines.text import Text
from openzone.www.cases.asking import Moment
from openzone.www.overview.numbers import Cell, address
from openzone.zone.commitments.models import Commitment
from openzone.zone.commitments.selectors.desk import Watch, kept_by_kind, watch
from openzone.zone.reforms.models import Programme
from openzone.zone.reforms.selectors.lights import COLOURS
from openzone.zone.reforms.selectors.statistics import overall

PROMISES = {
    "papers_late": Text("补交材料已超期", "Papers overdue"),
    "papers": Text("补交材料临近到期", "Papers due"),
    "checks_late": Text("核查已超期", "Checks overdue"),
    "checks": Text("核查临近到期", "Checks due"),
    "revocations": Text("违诺待撤销", "Broken, to be revoked"),
}


def promises(now: Moment) -> dict[str, list[Commitment]]:
    """Return what comes due in commitments, each commitment in one list of ``PROMISES``."""
    found: Watch = watch(now.aware, now.day)
    papers, checks = found.papers, found.checks
    late = [one for one in papers if one.supply_by is not None and one.supply_by < now.aware]
    over = [one for one in checks if one.check_by is not None and one.check_by < now.day]
    return {
        "papers_late": late,
        "papers": [one for one in papers if one not in late],
        "checks_late": over,
        "checks": [one for one in checks if one not in over],
        "revocations": found.revocations,
    }


def promise_cells(now: Moment) -> list[tuple[Text, Cell]]:
    """Return the numbers of promises that come due."""
    return [
        (PROMISES[what], Cell(len(rows), address("overview_promises", what=what)))
        for what, rows in promises(now).items()
    ]


class Kept(NamedTuple):
    """How promises of a kind ended: kept, of those whose end is known."""

    label: Text
    kept: Cell
    open: Cell


def kept() -> list[Kept]:
    """Return how promises were kept, by kind; kinds without a promise are left out."""
    return [
        Kept(
            one.kind.label.text,
            Cell(
                one.kept,
                address("commitments", kind=one.kind.id, state="fulfilled"),
                one.kept + one.broken,
                "–" if one.rate is None else f"{100 * one.rate:.0f}%",
            ),
            Cell(one.open, address("commitments", kind=one.kind.id, state="open")),
        )
        for one in kept_by_kind()
        if one.total
    ]


class Reform(NamedTuple):
    """A programme with its tasks by light; ``progress`` is over the tasks that were reported on."""

    title: str
    href: str
    lights: list[Cell]
    total: Cell
    progress: str
    reported: Cell


def reforms(now: Moment) -> list[Reform]:
    """Return the running programmes."""
    return [_reform(one, now) for one in Programme.objects.filter(state="running").order_by("pk")]


def _reform(programme: Programme, now: Moment) -> Reform:
    score, pk = overall(programme, now.day), programme.pk
    return Reform(
        programme.title,
        address("reform_programme", pk),
        [Cell(score.by_light[one], address("reform_tasks", pk, light=one)) for one in COLOURS],
        Cell(score.total, address("reform_tasks", pk)),
        "–" if score.progress is None else f"{100 * score.progress:.0f}%",
        Cell(score.reported, address("reform_tasks", pk, reported="yes"), score.total),
    )
