"""One rule over the whole zone, at the speed of typing: where answers meet resident facts.

The columns of a day are read once per process and kept until the record changes; a rule that asks
for a fact nobody asked for before adds that column alone.
"""

import datetime as dt
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from openzone.engines.rules.batch import RuleAnswers, evaluate
from openzone.engines.rules.columns import Column, Columns
from openzone.engines.rules.compile import compile_rules
from openzone.engines.rules.compiled import Plan
from openzone.engines.rules.match import Record, match
from openzone.engines.rules.ruleset import RuleSet
from openzone.engines.rules.schema import Rule
from openzone.engines.rules.steps import position, truth, unpack
from openzone.engines.rules.walk import names_used
from openzone.zone.registry.packs import catalogue
from openzone.zone.registry.selectors.columns import columns as read_columns
from openzone.zone.registry.selectors.enterprises import Filter, enterprises
from openzone.zone.rulebook.packs import in_force
from openzone.zone.rulebook.selectors.entitlements import Standing
from openzone.zone.rulebook.selectors.population import (
    RecordVersion,
    RuleCounts,
    counts_of,
    flags_of,
    record_version,
)
from openzone.zone.rulebook.selectors.releases import rule_in

Numbers = npt.NDArray[np.int64]
"""Enterprises by number."""


class Money(NamedTuple):
    """What a rule pays in sum, in yuan, and for how many of those it finds that is not known."""

    total: float
    unknown: int


class Tally(NamedTuple):
    """How many enterprises stand how with one clause."""

    met: int
    unknown: int
    not_met: int


@dataclass
class Resident:
    """The facts of a day, kept in the process: a column is read when it is first asked for."""

    as_of: dt.date
    enterprises: Numbers
    ids: Sequence[str]
    _columns: dict[str, Column] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def columns(self, names: Iterable[str]) -> Columns:
        """Return columns that hold these facts; what the catalogue does not know is unknown."""
        known = catalogue()
        with self._lock:
            lacking = sorted({n for n in names if n in known} - self._columns.keys())
            if lacking:
                self._columns |= self._read(lacking)
        return Columns(self.ids, known, dict(self._columns))

    def _read(self, names: Sequence[str]) -> Mapping[str, Column]:
        numbers: list[int] = self.enterprises.tolist()
        read = read_columns(self.as_of, names, numbers)
        return Columns.from_values(self.ids, read.values, catalogue())._columns


def resident(as_of: dt.date) -> Resident:
    """Return the facts of a day; read anew only if the record changed."""
    return _resident(as_of, record_version())


@lru_cache(maxsize=2)
def _resident(as_of: dt.date, _version: RecordVersion) -> Resident:
    numbers = read_columns(as_of, []).enterprises
    return Resident(as_of, np.array(numbers, np.int64), [str(number) for number in numbers])


@dataclass(frozen=True)
class Screened:
    """The answers of one rule; row i belongs to ``enterprises[i]``."""

    enterprises: Numbers
    columns: Columns
    plan: Plan
    answers: RuleAnswers
    money: Money | None
    clauses: Mapping[str, Tally]

    @property
    def counts(self) -> RuleCounts:
        """How many stand how."""
        return counts_of(self.answers)

    def by_value(self) -> dict[str, int]:
        """Return how many enterprises have each value of a classifying rule."""
        if self.answers.value is None:
            return {}
        levels = self.answers.rule.levels
        counts = np.bincount(self.answers.value, minlength=len(levels) + 1).tolist()
        return dict(zip((name for name, _ in levels), counts[1:], strict=True))

    def standing(self, standing: Standing, among: Sequence[int] | None = None) -> list[int]:
        """Return the enterprises that stand so, by number; ``among`` narrows them."""
        flags = flags_of(self.answers, standing)
        if among is not None:
            flags = flags & np.isin(self.enterprises, np.array(among, np.int64))
        found: list[int] = self.enterprises[flags].tolist()
        return found

    def tally(self, among: Sequence[int]) -> RuleCounts:
        """Count some of the enterprises only."""
        chosen = np.isin(self.enterprises, np.array(among, np.int64))
        flags = {one: flags_of(self.answers, one) & chosen for one in Standing}
        return RuleCounts(**{one.value: int(found.sum()) for one, found in flags.items()})

    def records(self, enterprises: Sequence[int]) -> dict[int, Record]:
        """Return the full answers of some of the enterprises, with their reasons."""
        rows = np.searchsorted(self.enterprises, np.array(enterprises, np.int64))
        return {int(one.id): one for one in match(self.plan, self.columns.take(rows))}


def screen(rule: Rule, among: RuleSet, as_of: dt.date) -> Screened | None:
    """Answer one rule, published or not, for every enterprise; None if none is in force that day.

    ``among`` holds the rules that it may refer to.
    """
    plan = plan_with(rule, among, as_of)
    if not plan.rules:
        return None
    day = resident(as_of)
    columns = day.columns(plan.facts)
    answers = evaluate(plan, columns).answers[0]
    return Screened(day.enterprises, columns, plan, answers, *_details(plan, columns, answers))


def plan_with(rule: Rule, among: RuleSet, as_of: dt.date) -> Plan:
    """Compile a rule with those that it refers to, and answer it alone."""
    needed = {rule.rule: rule}
    waiting, others = [rule], {each.rule: each for each in among.rules}
    while waiting:
        for kind, name in names_used(waiting.pop()):
            if kind == "rule" and name in others and name not in needed:
                needed[name] = others[name]
                waiting.append(others[name])
    return compile_rules(needed.values(), among.catalogue, as_of).only([rule.rule])


def _details(
    plan: Plan, columns: Columns, answers: RuleAnswers
) -> tuple[Money | None, dict[str, Tally]]:
    """Return what the rule pays in sum, and how the enterprises stand with each clause."""
    rule = plan.rules[0]
    wanted = [position(clause.ref) for clause in rule.clauses]
    paid = [] if rule.amount is None else [rule.amount]
    values = plan.program.batch(columns, {*wanted, *paid})
    tallies = {
        clause.source.id or "": _tally(truth(values, clause.ref), columns.rows)
        for clause in rule.clauses
    }
    if rule.amount is None:
        return None, tallies
    amounts = values[rule.amount][answers.flags(answers.met)]
    return Money(float(np.nansum(amounts)), int(np.isnan(amounts).sum())), tallies


def _tally(planes: tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint8]], rows: int) -> Tally:
    met, not_met = (int(unpack(plane, rows).sum()) for plane in planes)
    return Tally(met, rows - met - not_met, not_met)


def screened_in_force(rule_id: str, as_of: dt.date) -> Screened | None:
    """Return the answers of a rule in force; asked again at every key while it is revised."""
    return _screened_in_force(rule_id, as_of, record_version())


@lru_cache(maxsize=8)
def _screened_in_force(rule_id: str, as_of: dt.date, _version: RecordVersion) -> Screened | None:
    chosen = in_force()
    rule = rule_in(chosen, rule_id)
    return screen(rule, chosen, as_of) if rule else None


@dataclass(frozen=True, slots=True)
class Spec:
    """What is looked for: a rule in force, or conditions of one's own; where, in which industry."""

    rule_id: str = ""
    conditions: Rule | None = None
    where: Filter = field(default_factory=Filter)


def screened(spec: Spec, as_of: dt.date) -> Screened | None:
    """Return the answers for what is looked for; None where no version is in force."""
    if spec.conditions is not None:
        return screen(spec.conditions, in_force(), as_of)
    return screened_in_force(spec.rule_id, as_of)


def among(spec: Spec, as_of: dt.date) -> list[int] | None:
    """Return the enterprises that the filters leave; None where they leave all."""
    if spec.where == Filter():
        return None
    return list(enterprises(spec.where, as_of).values_list("pk", flat=True).order_by("pk"))


def found(spec: Spec, as_of: dt.date, standing: Standing) -> list[int]:
    """Return the enterprises that stand so with what is looked for, by number."""
    answers = screened(spec, as_of)
    return [] if answers is None else answers.standing(standing, among(spec, as_of))
