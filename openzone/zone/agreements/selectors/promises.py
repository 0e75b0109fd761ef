"""How the promises of signed agreements stand on a day: of a project, of many, of the zone."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import QuerySet

from openzone.engines.projects import clauses as engine
from openzone.engines.projects.clauses import Balance, ClauseStanding, ClauseState
from openzone.zone.agreements.enums import AgreementState
from openzone.zone.agreements.models import Clause, Fulfilment
from openzone.zone.agreements.packs import watch
from openzone.zone.projects.models import Project

WARNED = (
    ClauseState.MISSED, ClauseState.PARTLY, ClauseState.UNKNOWN, ClauseState.BEHIND,
    ClauseState.DUE_SOON,
)  # fmt: skip
"""States that somebody has to know of."""


class Promise(NamedTuple):
    """A clause, and how it stands."""

    clause: Clause
    standing: ClauseStanding

    @property
    def state(self) -> ClauseState:
        """How it stands, in a word."""
        return self.standing.state


def in_force() -> QuerySet[Clause]:
    """Return the promises of agreements that are signed and have not ended."""
    found = Clause.objects.filter(agreement__state=AgreementState.SIGNED)
    return found.select_related("agreement__project").order_by("due", "pk")


def promises(clauses: Iterable[Clause], on: dt.date) -> list[Promise]:
    """Return how clauses stand; what was fulfilled before an amendment counts on."""
    rows = list(clauses)
    done = _fulfilments({_line(clause) for clause in rows})
    rule = watch()
    return [
        Promise(clause, engine.standing(_clause(clause), done[_line(clause)], rule, on))
        for clause in rows
    ]


def of_project(project: Project, on: dt.date) -> list[Promise]:
    """Return the promises of a project's agreements in force."""
    return promises(in_force().filter(agreement__project=project), on)


def promises_due(
    projects: Iterable[Project] | QuerySet[Project], on: dt.date, within: int | None = None
) -> list[Promise]:
    """Return the promises of projects that are missed, behind, or due soon, worst and first first.

    ``within``: also what is due in so many days and still open, whatever the pack calls soon.
    """
    last = on + dt.timedelta(days=within) if within is not None else on
    found = promises(in_force().filter(agreement__project__in=projects), on)
    due = [one for one in found if _is_due(one, last)]
    return sorted(due, key=lambda one: (one.clause.due, one.clause.pk))


def _is_due(one: Promise, last: dt.date) -> bool:
    return one.state in WARNED or (one.state is ClauseState.NOT_DUE and one.clause.due <= last)


def balances(found: Iterable[Promise], on: dt.date) -> list[Balance]:
    """Return the investor's and the zone's side, each counted for itself."""
    standings = [one.standing for one in found]
    return [engine.balance(standings, side, on) for side in engine.Side]


def fulfilments_of(clauses: Iterable[Clause]) -> dict[int, list[Fulfilment]]:
    """Return what was reported for clauses, by the clause a line began with, the last first."""
    lines = {_line(clause) for clause in clauses}
    found: dict[int, list[Fulfilment]] = defaultdict(list)
    for one in _rows(lines).order_by("-on", "-pk"):
        found[_line(one.clause)].append(one)
    return found


def line_of(clause: Clause) -> int:
    """Return the number of the clause a promise began with, before any amendment."""
    return _line(clause)


def _line(clause: Clause) -> int:
    return clause.first_id or clause.pk


def _rows(lines: set[int]) -> QuerySet[Fulfilment]:
    every = Fulfilment.objects.select_related("clause", "answer", "reported_by")
    return every.filter(clause__in=lines) | every.filter(clause__first__in=lines)


def _fulfilments(lines: set[int]) -> dict[int, list[engine.Fulfilment]]:
    found: dict[int, list[engine.Fulfilment]] = defaultdict(list)
    for one in _rows(lines):
        answer = getattr(one, "answer", None)
        if answer is None or answer.confirmed:
            entry = engine.Fulfilment(one.on, one.quantity, confirmed=answer is not None)
            found[_line(one.clause)].append(entry)
    return found


def _clause(row: Clause) -> engine.Clause:
    side = engine.Side(row.side)
    return engine.Clause(str(row.pk), side, row.due, row.quantity, row.begins)
