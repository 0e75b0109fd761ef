"""What relations and grants of earlier days leave to one enterprise on a day."""

import datetime as dt
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from openzone.engines.rules.amounts import FEN, rounded_money
from openzone.engines.rules.bundle_items import Because, Received
from openzone.engines.rules.compiled import CompiledRelation, CompiledRule
from openzone.engines.rules.near import tidy
from openzone.engines.rules.relation_language import (
    Exclusive,
    HigherOf,
    OnceIn,
    Requires,
    SameExpense,
    TotalCap,
)
from openzone.engines.rules.single import Answers
from openzone.engines.rules.views import number_missing


@dataclass(frozen=True)
class Room:
    """What a cap leaves to its members, in fen; None while ``missing`` facts keep it unknown.

    ``undated`` are grants that count against it and whose amount is not known.
    """

    relation: CompiledRelation
    fen: int | None
    because: Because
    missing: tuple[str, ...] = ()

    @property
    def members(self) -> tuple[str, ...]:
        """The rules under the cap."""
        return tuple(rule.id for rule in self.relation.members)


@dataclass(frozen=True)
class Limits:
    """The relations in force, as they bear on one enterprise.

    Grants after the day of evaluation are not known yet and do not count.
    """

    answers: Answers
    received: tuple[Received, ...]

    @property
    def _as_of(self) -> dt.date:
        return self.answers.plan.as_of

    @cached_property
    def _history(self) -> tuple[Received, ...]:
        return tuple(one for one in self.received if one.granted_on <= self._as_of)

    # ---- one at most ----------------------------------------------------------------------

    def only_one(self) -> Iterator[tuple[CompiledRelation, bool]]:
        """Yield the relations of whose members one is paid, and whether it is the highest."""
        for relation in self.answers.plan.relations:
            match relation.source:
                case Exclusive() | OnceIn(together=True) | SameExpense(share="once"):
                    yield relation, False
                case HigherOf():
                    yield relation, True

    # ---- caps -----------------------------------------------------------------------------

    @cached_property
    def rooms(self) -> tuple[Room, ...]:
        """What each cap leaves."""
        return tuple(
            self._room(relation, relation.limit)
            for relation in self.answers.plan.relations
            if relation.limit is not None
        )

    def _room(self, relation: CompiledRelation, step: int) -> Room:
        limit = self.answers.values[step]
        counted = tuple(self._counted(relation))
        because = because_of(relation, received=counted)
        if math.isnan(limit):
            missing = number_missing(self.answers.plan.program, step, self.answers.values)
            return Room(relation, None, because, missing)
        yuan = rounded_money(limit, 1, "down")
        because = because_of(relation, received=counted, limit=yuan)
        given = [one.amount for one in counted if one.amount is not None]
        if len(given) < len(counted):
            return Room(relation, None, because)
        return Room(relation, max(0, to_fen(yuan) - sum(map(to_fen, given))), because)

    def _counted(self, relation: CompiledRelation) -> Iterator[Received]:
        """Yield the grants of this calendar year that use up a cap of the year."""
        source = relation.source
        if isinstance(source, TotalCap | SameExpense):
            for one in self._history:
                if one.granted_on.year == self._as_of.year and one.rule in (source.of or one.rule):
                    yield one

    # ---- barred -----------------------------------------------------------------------------

    def barring(self, rule: CompiledRule) -> Iterator[Because]:
        """Yield what keeps a rule that is met from being taken at all."""
        for relation in self.answers.plan.relations:
            source = relation.source
            if isinstance(source, OnceIn):
                had = tuple(self._had(source, rule.id))
                if had:
                    yield because_of(relation, received=had)
            elif isinstance(source, Requires) and source.rule == rule.id:
                lacking = tuple(n for n in source.of if self._needed(relation, n) is False)
                if lacking:
                    yield because_of(relation, lacking)

    def _had(self, once: OnceIn, rule: str) -> Iterator[Received]:
        """Yield the grants of the last calendar years, this one included, that bar a rule."""
        counted = once.of if once.together else (rule,)
        for one in self._history:
            recent = one.granted_on.year > self._as_of.year - once.years
            if rule in once.of and one.rule in counted and recent:
                yield one

    def unsure(self, rule: CompiledRule) -> Iterator[tuple[Because, tuple[str, ...]]]:
        """Yield the requirements of which it is unknown whether they are met, with the facts."""
        for relation in self.answers.plan.relations:
            source = relation.source
            if isinstance(source, Requires) and source.rule == rule.id:
                open_ = tuple(n for n in source.of if self._needed(relation, n) is None)
                if open_:
                    facts = {fact for name in open_ for fact in self._facts_of(relation, name)}
                    yield because_of(relation, open_), tuple(sorted(facts))

    def _needed(self, relation: CompiledRelation, name: str) -> bool | None:
        """Return whether a rule was granted, or is met and has what it needs itself."""
        if any(one.rule == name for one in self._history):
            return True
        rule = _member(relation, name)
        if rule is None:
            return None
        met = self.answers.state(rule.root)
        if met is True and any(True for _ in self.barring(rule)):
            return False
        return None if met and any(True for _ in self.unsure(rule)) else met

    def _facts_of(self, relation: CompiledRelation, name: str) -> tuple[str, ...]:
        rule = _member(relation, name)
        if rule is None:
            return (f"rule:{name}",)
        own = self.answers.missing(rule)
        return own + tuple(fact for _, facts in self.unsure(rule) for fact in facts)


def _member(relation: CompiledRelation, name: str) -> CompiledRule | None:
    return next((rule for rule in relation.members if rule.id == name), None)


def because_of(
    relation: CompiledRelation,
    rules: tuple[str, ...] = (),
    received: tuple[Received, ...] = (),
    limit: float | None = None,
) -> Because:
    """Name a relation as the reason for something."""
    source = relation.source
    shown = None if limit is None else tidy(limit)
    return Because(source.id, source.relation, source.label.text, rules, received, shown)


def to_fen(yuan: float) -> int:
    """Return an amount in whole fen."""
    return round(yuan * FEN)
