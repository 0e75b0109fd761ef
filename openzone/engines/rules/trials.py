"""Trying other values: what a rule would answer if some facts were different."""

import datetime as dt
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from openzone.engines.facts.catalogue import NEVER, Fact, FactType
from openzone.engines.rules.atoms import Listed, Prefixed, Within
from openzone.engines.rules.compiled import CompiledRule, Program
from openzone.engines.rules.numbers import EPOCH, FactNumber
from openzone.engines.rules.scoring import Banded
from openzone.engines.rules.single import Answers
from openzone.engines.rules.steps import Ref, Row, Values, position, state

Plain = float | str | bool
"""A value as a program reads it: days since 1970-01-01 for dates."""
SMALLEST: Mapping[FactType, float] = {
    FactType.NUMBER: 1.0,
    FactType.YUAN: 0.01,
    FactType.AREA: 0.01,
    FactType.RATIO: 0.0001,
    FactType.DATE: 1.0,
}
"""By how much two values of a type differ at least, as people write them."""
ELSEWHERE = "~"
"""A code that no rule lists."""
_HALVINGS = 50
_MOST = 1e10
_DAYS = (-36_500, 3_650)


@dataclass(frozen=True)
class Changed:
    """The facts of one enterprise with some of them replaced, and some hidden."""

    row: Row
    values: Mapping[str, Plain]
    hidden: frozenset[str] = frozenset()

    def number(self, fact: str) -> float:
        """Return a number; nan where unknown."""
        if fact in self.hidden:
            return math.nan
        value = self.values.get(fact)
        return self.row.number(fact) if value is None else float(value)

    def word(self, fact: str) -> str | bool | None:
        """Return a text, code or bool; None where unknown."""
        if fact in self.hidden:
            return None
        value = self.values.get(fact)
        return self.row.word(fact) if value is None or isinstance(value, float) else value


@dataclass(frozen=True)
class Trials:
    """One rule for one enterprise, asked again with other facts."""

    answers: Answers
    rule: CompiledRule
    _below: dict[int, frozenset[str]] = field(default_factory=dict)
    _tried: dict[object, list[Plain]] = field(default_factory=dict)

    @property
    def program(self) -> Program:
        """The steps of all rules."""
        return self.answers.plan.program

    def values(self, changes: Mapping[str, Plain]) -> Values:
        """Compute the rule with these values."""
        return self.program.single(Changed(self.answers.row, changes))

    def state(self, changes: Mapping[str, Plain]) -> bool | None:
        """Return the answer with these values."""
        return state(self.values(changes), self.rule.root)

    def could_be_met(self, names: Iterable[str]) -> bool:
        """Whether the rule could be met if these facts were anything at all."""
        row = Changed(self.answers.row, {}, frozenset(names))
        return state(self.program.single(row), self.rule.root) is not False

    def fact(self, name: str) -> Fact:
        """Return a fact of the catalogue."""
        return self.answers.plan.catalogue[name]

    def facts_below(self, ref: Ref) -> frozenset[str]:
        """Return the facts that a step reads, directly or not."""
        step = position(ref)
        if step not in self._below:
            order = self.program.schedule(frozenset((step,))).order
            read = (getattr(self.program.steps[index], "fact", None) for index in order)
            self._below[step] = frozenset(name for name in read if name is not None)
        return self._below[step]

    @cached_property
    def _steps(self) -> tuple[object, ...]:
        order = self.program.schedule(frozenset((position(self.rule.root),))).order
        return tuple(self.program.steps[index] for index in order)

    # ---- values worth trying ----------------------------------------------------------------

    def worth_trying(self, name: str, changes: Mapping[str, Plain]) -> list[Plain]:
        """Return the values of a fact at which something about the rule turns."""
        related = self._related(name)
        key = name, tuple(sorted((n, v) for n, v in changes.items() if n in related))
        if key not in self._tried:
            self._tried[key] = self._worth_trying(name, changes)
        return self._tried[key]

    def _related(self, name: str) -> set[str]:
        """Return the facts that stand in one formula with a fact."""
        below = (self.facts_below(number) for number, _ in self._limits)
        return {other for facts in below if name in facts for other in facts} - {name}

    def _worth_trying(self, name: str, changes: Mapping[str, Plain]) -> list[Plain]:
        kind = self.fact(name).type
        if kind is FactType.BOOL:
            return [True, False]
        if kind in (FactType.TEXT, FactType.CODE):
            return [*dict.fromkeys(self._words(name)), ELSEWHERE]
        found = dict.fromkeys(self._numbers(name, changes))
        counted = self.fact(name).series.is_count or kind is FactType.YUAN
        return [value for value in found if value >= 0 or not counted]

    def _words(self, name: str) -> Iterator[str]:
        for step in self._steps:
            if isinstance(step, Listed) and step.fact == name:
                yield from step.words
            elif isinstance(step, Prefixed) and step.fact == name:
                yield from step.prefixes

    def _numbers(self, name: str, changes: Mapping[str, Plain]) -> Iterator[float]:
        for number, limit in self._limits:
            if self.program.steps[number] == FactNumber(name):
                yield from self._beside(name, limit)
            elif name in self.facts_below(number):
                yield from self._turning(name, number, limit, changes)

    @cached_property
    def _limits(self) -> tuple[tuple[int, float], ...]:
        """Every limit of a number in the rule."""
        return tuple(dict.fromkeys(self._limits_read()))

    def _limits_read(self) -> Iterator[tuple[int, float]]:
        for step in self._steps:
            if isinstance(step, Within):
                yield from ((step.number, x) for x in (step.low, step.end) if math.isfinite(x))
            elif isinstance(step, Banded):
                yield from ((step.number, limit) for limit in step.limits)

    def _beside(self, name: str, limit: float) -> Iterator[float]:
        """Yield a limit, and the nearest values on either side that people would write."""
        smallest = SMALLEST[self.fact(name).type]
        middle = float(f"{limit:.12g}")
        yield from (middle, round(middle - smallest, 6), round(middle + smallest, 6))

    def _turning(
        self, name: str, number: int, limit: float, changes: Mapping[str, Plain]
    ) -> Iterator[float]:
        """Yield where a computed number passes a limit as the fact grows or shrinks."""
        smallest = SMALLEST[self.fact(name).type]
        for start, end in self._spans(name):
            passed = self._between(name, number, limit, changes, (start, end))
            if passed is not None:
                for way in (math.floor, math.ceil):
                    yield round(way(round(passed / smallest, 6)) * smallest, 6)

    def _spans(self, name: str) -> Iterator[tuple[float, float]]:
        """Yield how far a fact may move: down to nothing and far up, or years for a day."""
        now = self.now(name)
        if self.fact(name).type is FactType.DATE:
            today = float((self.answers.plan.as_of - EPOCH).days)
            start = now if isinstance(now, float) else today
            yield from ((start, today + days) for days in _DAYS)
        else:
            start = now if isinstance(now, float) else 0.0
            yield from ((start, end) for end in (0.0, max(1.0, start * 10), _MOST) if end != start)

    def _between(
        self,
        name: str,
        number: int,
        limit: float,
        changes: Mapping[str, Plain],
        ends: tuple[float, float],
    ) -> float | None:
        """Halve the way between two values on different sides of the limit."""

        def reached(value: float) -> bool | None:
            found: float = self.values({**changes, name: value})[number]
            return None if math.isnan(found) else found >= limit

        here, there = ends
        side = reached(here)
        if side is None or reached(there) in (None, side):
            return None
        for _ in range(_HALVINGS):
            middle = (here + there) / 2
            if reached(middle) is side:
                here = middle
            else:
                there = middle
        return there

    # ---- values as people see them ----------------------------------------------------------

    def as_value(self, name: str, plain: Plain) -> object:
        """Return a value of a fact: a day for a date."""
        if self.fact(name).type is FactType.DATE:
            return EPOCH + dt.timedelta(days=int(plain))
        return plain

    def now(self, name: str) -> Plain | None:
        """Return what is known of a fact; None where it is not, or says that there is none."""
        kind = self.fact(name).type
        if not (kind.is_numeric or kind is FactType.DATE):
            return self.answers.row.word(name)
        value = self.answers.row.number(name)
        never = kind is FactType.DATE and value == (NEVER - EPOCH).days
        return None if math.isnan(value) or never else value
