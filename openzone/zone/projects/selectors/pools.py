"""The three pools: the rolling reserve, upward funding, and the investment pipeline itself."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, QuerySet, Sum

from openzone.engines.projects.maturity import Maturity
from openzone.engines.projects.maturity import assess as grade
from openzone.engines.projects.stages import standing
from openzone.engines.rules.explain import explain
from openzone.engines.rules.proof import ClauseProof, Proof
from openzone.engines.rules.single import Known
from openzone.engines.text import Text
from openzone.packs.funding import PREFIX
from openzone.zone.people.models import User
from openzone.zone.projects.enums import PoolKind
from openzone.zone.projects.models import (
    Assessment,
    FundingApplication,
    PoolEntry,
    Project,
    StageEvent,
)
from openzone.zone.projects.packs import (
    channel_plan,
    grades,
    pipeline_of,
    questions,
)
from openzone.zone.projects.selectors.listing import visible
from openzone.zone.projects.selectors.standing import log_items

COMPLETED = "completed"


@dataclass(frozen=True, slots=True)
class PoolSum:
    """How many projects, worth how much in yuan; of ``unstated`` no total is stated in yuan."""

    count: int
    amount: Decimal
    unstated: int


class Reserved(NamedTuple):
    """A project of the reserve and how mature it is; ``assessed`` None: nobody has looked yet."""

    project: Project
    category: str
    since: dt.date
    assessed: Assessment | None
    maturity: Maturity


class Match(NamedTuple):
    """One channel for one project: ``outcome`` is ``met``, ``not_met`` or ``unknown``.

    ``failed`` are the conditions known not to hold, ``missing`` what nobody knows yet, each with
    the paper that would settle it.
    """

    channel: str
    title: Text
    outcome: str
    failed: tuple[Text, ...]
    missing: tuple[Text, ...]
    proof: Proof


class Upward(NamedTuple):
    """A project of the upward pool, its channels, and what was asked of them."""

    project: Project
    category: str
    since: dt.date
    matches: list[Match]
    applications: list[FundingApplication]


def reserve(user: User | AnonymousUser, on: dt.date) -> list[Reserved]:
    """Return the rolling reserve somebody may see, the ripest first."""
    entries = _entries(PoolKind.RESERVE, user, on)
    assessed = _assessed([one.project for one in entries], on)
    found = [
        Reserved(
            one.project, one.category, one.entered_on, last := assessed.get(one.project_id),
            grade(grades(), last.answers if last is not None else {}),
        )
        for one in entries
    ]  # fmt: skip
    return sorted(found, key=lambda one: -_rank(one.maturity))


def by_grade(found: Iterable[Reserved]) -> dict[str, PoolSum]:
    """Add the reserve up by grade, the highest first; "" is below the lowest or not assessed."""
    names = [*(one.id for one in reversed(grades())), ""]
    rows: dict[str, list[Project]] = {name: [] for name in names}
    for one in found:
        rows[one.maturity.grade.id if one.maturity.grade else ""].append(one.project)
    return {name: _sum(rows[name]) for name in rows}


def upward(user: User | AnonymousUser, on: dt.date) -> list[Upward]:
    """Return the upward-funding pool: each project against every channel, with its applications."""
    entries = _entries(
        PoolKind.FUNDING, user, on, "project__funding__submission", "project__funding__decision"
    )
    assessed = _assessed([one.project for one in entries], on)
    done = _completed([one.project for one in entries], on)
    return [
        Upward(
            one.project, one.category, one.entered_on,
            _matches(one.project, assessed.get(one.project_id), done, on),
            list(one.project.funding.all()),
        )
        for one in entries
    ]  # fmt: skip


def matches(project: Project, on: dt.date) -> list[Match]:
    """Return every channel in force for one project, those it meets first."""
    done = _completed([project], on)
    return _matches(project, _assessed([project], on).get(project.pk), done, on)


def maturity_of(project: Project, on: dt.date) -> tuple[Assessment | None, Maturity]:
    """Return a project's last assessment up to a day, and what the next grade still needs."""
    last = _assessed([project], on).get(project.pk)
    return last, grade(grades(), last.answers if last is not None else {})


def pool_sums(user: User | AnonymousUser, on: dt.date) -> dict[str, PoolSum]:
    """Return how many projects are in each pool, and the pipeline; leaving neither counts."""
    seen = visible(user, on).filter(left="")
    within = {kind.value: seen.filter(pk__in=_in(kind, on)) for kind in PoolKind}
    found = {**within, "pipeline": seen.exclude(stage="")}
    return {name: _total(projects) for name, projects in found.items()}


def _entries(
    pool: PoolKind, user: User | AnonymousUser, on: dt.date, *more: str
) -> list[PoolEntry]:
    entries = PoolEntry.objects.filter(pool=pool, entered_on__lte=on, left_on=None)
    entries = entries.filter(project__in=visible(user, on).order_by().values("pk"))
    entries = entries.select_related("project__place", "project__lead_unit", "project__chief")
    return list(entries.prefetch_related(*more))


def _in(pool: PoolKind, on: dt.date) -> QuerySet[PoolEntry, int]:
    entries = PoolEntry.objects.filter(pool=pool, entered_on__lte=on, left_on=None)
    return entries.values_list("project", flat=True)


def _assessed(projects: Iterable[Project], on: dt.date) -> dict[int, Assessment]:
    rows = Assessment.objects.filter(project__in=list(projects), on__lte=on)
    return {one.project_id: one for one in rows.order_by("on", "pk")}


def _completed(projects: Iterable[Project], on: dt.date) -> frozenset[int]:
    """Which of these projects had been completed by the end of a day."""
    logs: dict[Project, list[StageEvent]] = {one: [] for one in projects}
    for event in StageEvent.objects.filter(project__in=list(logs)).select_related("project"):
        logs[event.project].append(event)
    return frozenset(
        project.pk
        for project, log in logs.items()
        if pipeline_of(project).counting_as(COMPLETED) in standing(log_items(log), on).first
    )


def _matches(
    project: Project, assessed: Assessment | None, done: frozenset[int], on: dt.date
) -> list[Match]:
    plan = channel_plan(on)
    facts = _facts(project, assessed, done=project.pk in done)
    found = [_match(explain(plan, rule.id, facts)) for rule in plan.rules]
    order = {"met": 0, "unknown": 1}
    return sorted(found, key=lambda one: order.get(one.outcome, 2))


def _facts(project: Project, assessed: Assessment | None, *, done: bool) -> Mapping[str, Known]:
    told = {
        "total_investment": float(project.total) if project.total is not None else None,
        "sector": project.sector,
        "planned_start": project.planned_start,
        "completed": done,
    }
    facts = {name: Known(value) for name, value in told.items() if value is not None}
    if assessed is not None:
        known = channel_plan(assessed.on).catalogue
        given = {k: v for k, v in assessed.answers.items() if k in questions() and k in known}
        facts |= {name: Known(value, known_on=assessed.on) for name, value in given.items()}
    return facts


def _match(proof: Proof) -> Match:
    return Match(
        proof.rule.removeprefix(PREFIX), proof.title, proof.outcome,
        tuple(one.sentence for one in _unmet(proof)),
        tuple(one.label for one in proof.missing), proof,
    )  # fmt: skip


def _unmet(proof: Proof) -> list[ClauseProof]:
    clauses = proof.when.children if proof.when is not None else ()
    return [one for one in clauses if one.state is False]


def _rank(found: Maturity) -> int:
    return grades().index(found.grade) + 1 if found.grade is not None else 0


def _sum(projects: Iterable[Project]) -> PoolSum:
    totals = [one.total for one in projects]
    known = [one for one in totals if one is not None]
    return PoolSum(len(totals), sum(known, Decimal(0)), len(totals) - len(known))


def _total(projects: QuerySet[Project]) -> PoolSum:
    row = projects.order_by().aggregate(n=Count("pk"), known=Count("total"), worth=Sum("total"))
    return PoolSum(row["n"], row["worth"] or Decimal(0), row["n"] - row["known"])
