"""One enterprise: the same program, computed in plain Python."""

import datetime as dt
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from openzone.engines.facts.catalogue import Catalogue, Period
from openzone.engines.rules.compiled import CompiledRelation, CompiledRule, Plan, RowValues
from openzone.engines.rules.match import Outcome, Record
from openzone.engines.rules.near import Near, shortfall
from openzone.engines.rules.steps import Ref
from openzone.engines.rules.ties import Tie, ties_of
from openzone.engines.rules.values import (
    NOT_A_FACT,
    ColumnProblem,
    ColumnsError,
    Reader,
    readers,
    refusal,
)
from openzone.engines.rules.views import missing_of, number_missing

Value = Any
"""int, float or Decimal; datetime.date; str; bool; None where unknown."""


_NAMES: Mapping[bool | None, Outcome] = {None: "unknown", True: "met", False: "not_met"}


@dataclass(frozen=True, slots=True)
class Known:
    """A value of a fact with where it comes from and since when it is known."""

    value: Value
    source: str | None = None
    period: Period = field(default_factory=Period)
    known_on: dt.date | None = None


class KnownRow:
    """The facts of one enterprise as a program reads them."""

    def __init__(
        self,
        facts: Mapping[str, Known],
        catalogue: Catalogue,
        reads: Mapping[str, Mapping[type, Reader]] | None = None,
    ) -> None:
        """Check every value; ``reads`` is ``readers(catalogue)``, if that is at hand.

        Raises:
            ColumnsError: unknown facts, wrong types, NaN and infinities.

        """
        reads = readers(catalogue) if reads is None else reads
        try:
            read = {name: reads[name][type(k.value)](k.value) for name, k in facts.items()}
        except (KeyError, ValueError) as wrong:
            raise ColumnsError(list(_problems(facts, catalogue))) from wrong
        self.facts = facts
        self.read: Mapping[str, Any] = read

    def number(self, fact: str) -> float:
        """Return a number, or days since 1970-01-01; nan where unknown."""
        number: float | None = self.read.get(fact)
        return math.nan if number is None else number

    def word(self, fact: str) -> str | bool | None:
        """Return a text, code or bool; None where unknown."""
        word: str | bool | None = self.read.get(fact)
        return word


def _problems(facts: Mapping[str, Known], catalogue: Catalogue) -> Iterable[ColumnProblem]:
    for name, known in facts.items():
        if name not in catalogue:
            yield ColumnProblem(name, 0, NOT_A_FACT)
            continue
        reason = refusal(catalogue[name].type, known.value)
        if reason is not None:
            yield ColumnProblem(name, 0, reason)


@dataclass(frozen=True)
class Answers:
    """The computed program of one enterprise."""

    plan: Plan
    row: KnownRow
    values: RowValues

    def state(self, ref: Ref) -> bool | None:
        """Return the state of a truth."""
        holds: bool | None = self.values[ref]
        return holds

    def value(self, step: int) -> Any:
        """Return a number, or the lowest and highest points."""
        return self.values[step]

    def word(self, fact: str) -> str | bool | None:
        """Return a text, code or bool."""
        return self.row.word(fact)

    def outcome(self, rule: CompiledRule) -> Outcome:
        """Return the answer of a rule."""
        return _NAMES[self.state(rule.root)]

    def level(self, rule: CompiledRule) -> str | None:
        """Return the value of a classification, None where it is not certain."""
        return next((name for name, ref in rule.levels if self.state(ref)), None)

    def failed(self, rule: CompiledRule) -> tuple[str, ...]:
        """Return the clauses known not to hold."""
        clauses = (clause for clause in rule.clauses if self.state(clause.ref) is False)
        return tuple(clause.source.id or "" for clause in clauses)

    def missing(self, rule: CompiledRule) -> tuple[str, ...]:
        """Return the facts that would settle an unknown."""
        return missing_of(self.plan.program, rule.root, self.values)

    def near(self, rule: CompiledRule) -> tuple[Near, ...]:
        """Return the distances of a near miss; empty if it is none."""
        not_held = [clause for clause in rule.clauses if self.state(clause.ref) is not True]
        if len(not_held) != 1 or self.state(not_held[0].ref) is None:
            return ()
        if rule.near_enough is not None and not self.state(rule.near_enough):
            return ()
        return shortfall(not_held[0], True, self).changes

    def amount(self, rule: CompiledRule) -> float | None:
        """Return what the rule pays, or would pay if it were met; None where that is unknown."""
        paid = math.nan if rule.amount is None else self.values[rule.amount]
        return None if math.isnan(paid) else float(paid)

    def amount_missing(self, rule: CompiledRule) -> tuple[str, ...]:
        """Return the facts that would settle an unknown amount."""
        if rule.amount is None:
            return ()
        return number_missing(self.plan.program, rule.amount, self.values)

    def ties(self, rule: CompiledRule) -> tuple[Tie, ...]:
        """Return how a rule that is met is tied to others that are met."""
        found = (ties_of(relation, self._met(relation)) for relation in self.plan.relations)
        return tuple(ties[rule.id] for ties in found if rule.id in ties)

    def _met(self, relation: CompiledRelation) -> tuple[str, ...]:
        return tuple(rule.id for rule in relation.members if self.state(rule.root))

    def record(self, identifier: str, rule: CompiledRule) -> Record:
        """Return the same record as :func:`match`."""
        holds, failed, nearly = rule.judge(self.values)
        return Record(
            identifier,
            rule.id,
            rule.version.version,
            _NAMES[holds],
            self.level(rule) if rule.levels else None,
            failed,
            self.missing(rule) if holds is None else (),
            self.near(rule) if nearly else (),
            self.amount(rule) if holds else None,
            self.amount_missing(rule) if holds else (),
            self.ties(rule) if holds else (),
        )


def answer(plan: Plan, facts: Mapping[str, Known], rules: Iterable[str] | None = None) -> Answers:
    """Compute the rules (all, or those named) for one enterprise.

    Raises:
        ColumnsError: facts that cannot be used.
        KeyError: a rule that is not in the plan.

    """
    row = KnownRow(facts, plan.catalogue, plan.readers)
    for rule in rules or ():
        plan.by_id[rule]
    return Answers(plan, row, plan.quick.values(row))


def states(plan: Plan, facts: Mapping[str, Known]) -> list[bool | None]:
    """Return the states of all rules alone, in the order of the plan; unknown is None.

    Raises:
        ColumnsError: facts that cannot be used.

    """
    return plan.quick.states(KnownRow(facts, plan.catalogue, plan.readers))
