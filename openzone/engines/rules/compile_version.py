"""One version of a rule to steps of the program."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import assert_never

from openzone.engines.facts.catalogue import Catalogue, FactType
from openzone.engines.rules import amounts, atoms, nearness, nodes, numbers, scoring
from openzone.engines.rules.compiled import (
    CompiledClause,
    CompiledPart,
    CompiledRule,
    CompiledTest,
    Program,
)
from openzone.engines.rules.language import (
    All,
    Any_,
    AtLeast,
    Case,
    Cases,
    Condition,
    FactTest,
    Growth,
    If,
    Let,
    Max,
    Mean,
    Min,
    Mul,
    Named,
    Not,
    Number,
    NumberTest,
    Otherwise,
    Ratio,
    RuleTest,
    ScoreTest,
    Sub,
    Sum,
    Veto,
    YearsSince,
)
from openzone.engines.rules.literals import Quantity
from openzone.engines.rules.schema import Amount, Definitions, Version
from openzone.engines.rules.score_language import Bands, PartBody
from openzone.engines.rules.steps import Ref, Step, position

_COMBINED: dict[type, Callable[[tuple[int, ...]], Step]] = {
    Sum: numbers.Added,
    Sub: numbers.Less,
    Mul: numbers.Multiplied,
    Ratio: numbers.Divided,
    Min: numbers.Smallest,
    Max: numbers.Largest,
    Mean: numbers.Averaged,
    Growth: numbers.Grown,
}
_Sized = Callable[[int, int, float], Step]
_SIZE: dict[str, tuple[_Sized, type[scoring.Scored], bool]] = {
    "gte": (atoms.reaches, scoring.ScoreReaches, True),
    "gt": (atoms.exceeds, scoring.ScoreExceeds, True),
    "lte": (atoms.exceeds, scoring.ScoreExceeds, False),
    "lt": (atoms.reaches, scoring.ScoreReaches, False),
    "eq": (atoms.equals, scoring.ScoreEquals, True),
    "ne": (atoms.equals, scoring.ScoreEquals, False),
}
"""The step of a size test, and whether it is the test itself or its negation."""
_DAYS = {"at_or_before": "lte", "at_or_after": "gte", "before": "lt", "after": "gt"}
"""A test of a day is a test of the size of its number."""


@dataclass
class VersionCompiler:
    """Adds the steps of one version to a program shared by all rules."""

    program: Program
    catalogue: Catalogue
    version: Definitions
    as_of: dt.date
    rule_named: Callable[[str], CompiledRule | None]
    branches: dict[int, Ref] = field(default_factory=dict)
    computed: dict[int, int] = field(default_factory=dict)
    _scores: dict[str, CompiledPart] = field(default_factory=dict)
    _changeable: dict[int, bool] = field(default_factory=dict)

    # ---- truths ---------------------------------------------------------------------------

    def when(self, version: Version) -> CompiledClause:
        """Compile the condition of a version.

        Raises:
            ValueError: the version classifies instead.

        """
        if version.when is None:
            raise ValueError("a classification has no condition")
        return self.clause(version.when)

    def near_enough(self, version: Version) -> Ref | None:
        """Compile what a near miss must still meet; None where nothing limits it."""
        if version.near is None or version.when is None:
            return None
        within = version.near.within.value
        return self.clause(nearness.eased(version.when, within, self.as_of)).ref

    def clause(self, source: Condition) -> CompiledClause:
        """Compile a condition with everything in it."""
        match source:
            case All():
                return self._junction(source, source.members, self.all_of)
            case Any_():
                return self._junction(source, source.members, self.any_of)
            case Veto():
                return self._junction(source, source.members, lambda refs: ~self.any_of(refs))
            case Not():
                return self._junction(source, (source.member,), lambda refs: ~refs[0])
            case AtLeast():
                n = source.at_least.n
                return self._junction(source, source.at_least.of, lambda refs: self._count(n, refs))
            case Cases():
                cases = tuple(map(self._case, source.cases))
                return CompiledClause(source, self._decided(cases), cases)
            case _:
                return self._compared(source)

    def _compared(self, source: FactTest | NumberTest | ScoreTest | RuleTest) -> CompiledClause:
        match source:
            case FactTest():
                return self._fact_test(source)
            case NumberTest():
                subject = self.number(source.number)
                return self._comparison(source, self._sizes(source, subject), subject)
            case ScoreTest():
                subject = self._points_of(source.score)
                return self._comparison(source, self._scored(source, subject), subject)
            case RuleTest():
                return self._rule_test(source)
            case _:
                assert_never(source)

    def all_of(self, refs: tuple[Ref, ...]) -> Ref:
        """Return the conjunction; the order of ``refs`` and repetitions do not matter."""
        distinct = tuple(sorted(set(refs)))
        return distinct[0] if len(distinct) == 1 else self.program.add(nodes.And(distinct))

    def any_of(self, refs: tuple[Ref, ...]) -> Ref:
        """Return the disjunction."""
        return ~self.all_of(tuple(~ref for ref in refs))

    def both(self, one: Ref, other: Ref) -> Ref:
        """Return the conjunction of two."""
        return self.all_of((one, other))

    def _count(self, least: int, refs: tuple[Ref, ...]) -> Ref:
        if least == len(refs):
            return self.all_of(refs)
        if least == 1:
            return self.any_of(refs)
        return self.program.add(nodes.Count(tuple(sorted(refs)), least))

    def _junction(
        self,
        source: Condition,
        members: tuple[Condition, ...],
        join: Callable[[tuple[Ref, ...]], Ref],
    ) -> CompiledClause:
        compiled = tuple(self.clause(member) for member in members)
        return CompiledClause(source, join(tuple(member.ref for member in compiled)), compiled)

    def _case(self, source: Case | Otherwise) -> CompiledClause:
        if isinstance(source, Otherwise):
            inside: tuple[Condition, ...] = (source.otherwise,)
        else:
            inside = (source.when, source.then)
        members = tuple(self.clause(condition) for condition in inside)
        return CompiledClause(source, members[-1].ref, members)

    def _decided(self, cases: tuple[CompiledClause, ...]) -> Ref:
        """Return the truth of the first case that applies, from the last backwards."""
        *first, last = cases
        decided = self.all_of(tuple(member.ref for member in last.members))
        for case in reversed(first):
            when, then = (member.ref for member in case.members)
            decided = self.program.add(nodes.Decided(when, then, decided))
        return decided

    def _comparison(
        self, source: Condition, tests: Iterator[CompiledTest], subject: int | None = None
    ) -> CompiledClause:
        found = tuple(tests)
        ref = self.all_of(tuple(test.ref for test in found))
        changeable = self._rests_on_changeable(position(ref))
        return CompiledClause(source, ref, tests=found, subject=subject, changeable=changeable)

    def _rests_on_changeable(self, step: int) -> bool:
        """Whether the enterprise could change any fact that a step reads."""
        if step not in self._changeable:
            name = getattr(self.program.steps[step], "fact", None)
            own = name is not None and self.catalogue[name].series.changeable
            inputs = self.program.steps[step].inputs
            self._changeable[step] = own or any(map(self._rests_on_changeable, inputs))
        return self._changeable[step]

    # ---- comparisons ----------------------------------------------------------------------

    def _fact_test(self, source: FactTest) -> CompiledClause:
        kind = self.catalogue[source.fact].type
        if not (kind.is_numeric or kind is FactType.DATE):
            return self._comparison(source, self._coded_tests(source))
        subject = self.number(source.fact)
        return self._comparison(source, self._fact_sizes(source, subject), subject)

    def _fact_sizes(self, source: FactTest, subject: int) -> Iterator[CompiledTest]:
        yield from self._sizes(source, subject)
        for key, size in _DAYS.items():
            day = getattr(source, key)
            if day is not None:
                limit = day if isinstance(day, dt.date) else day.on(self.as_of)
                days = float((limit - numbers.EPOCH).days)
                yield CompiledTest(key, limit, self.size(size, subject, days))
        if source.known is not None:
            yield self._known(source.known, atoms.NumberKnown(subject))

    def _coded_tests(self, source: FactTest) -> Iterator[CompiledTest]:
        add, name = self.program.add, source.fact
        known = add(atoms.WordKnown(name))
        if source.is_ is not None:
            flag = add(atoms.Flag(name, known))
            yield CompiledTest("is", source.is_, flag if source.is_ else ~flag)
        if source.in_ is not None:
            listed = add(atoms.Listed(name, known, tuple(sorted(source.in_))))
            yield CompiledTest("in", source.in_, listed)
        if source.prefix is not None:
            prefixes = tuple(sorted(source.prefix))
            fine = add(atoms.FineEnough(name, prefixes))
            prefixed = add(atoms.Prefixed(name, fine, prefixes))
            yield CompiledTest("prefix", source.prefix, prefixed)
        if source.known is not None:
            yield self._known(source.known, atoms.WordKnown(name))

    def _known(self, wanted: bool, step: atoms.NumberKnown | atoms.WordKnown) -> CompiledTest:
        known = self.program.add(step)
        return CompiledTest("known", wanted, known if wanted else ~known)

    def _sizes(self, source: FactTest | NumberTest, subject: int) -> Iterator[CompiledTest]:
        for key in _SIZE:
            limit: Quantity | None = getattr(source, key)
            if limit is not None:
                yield CompiledTest(key, limit.value, self.size(key, subject, limit.value))

    def size(self, key: str, number: int, limit: float) -> Ref:
        """Return the truth of a number against a limit."""
        step, _, positive = _SIZE[key]
        known = self.program.add(atoms.NumberKnown(number))
        found = self.program.add(step(number, known, limit))
        return found if positive else ~found

    def _scored(self, source: ScoreTest, subject: int) -> Iterator[CompiledTest]:
        for key, (_, step, positive) in _SIZE.items():
            limit: Quantity | None = getattr(source, key)
            if limit is not None:
                found = self.program.add(step(subject, limit.value))
                yield CompiledTest(key, limit.value, found if positive else ~found)

    def _rule_test(self, source: RuleTest) -> CompiledClause:
        rule = self.rule_named(source.rule)
        tests = tuple(self._rule_tests(source, rule))
        ref = self.all_of(tuple(test.ref for test in tests))
        changeable = self._rests_on_changeable(position(ref))
        return CompiledClause(source, ref, tests=tests, other=rule, changeable=changeable)

    def _rule_tests(self, source: RuleTest, rule: CompiledRule | None) -> Iterator[CompiledTest]:
        missing = self.program.add(atoms.Unknown(f"rule:{source.rule}")) if rule is None else 0
        if source.is_ is not None:
            met = rule.root if rule else missing
            yield CompiledTest("is", source.is_, met if source.is_ == "met" else ~met)
        if source.in_ is not None:
            among = self._value_among(rule, source.in_) if rule else missing
            yield CompiledTest("in", source.in_, among)

    def _value_among(self, rule: CompiledRule, wanted: tuple[str, ...]) -> Ref:
        members = tuple(ref for name, ref in rule.open_levels if name in wanted)
        others = tuple(ref for name, ref in rule.open_levels if name not in wanted)
        if not members:  # a value that only another version of the rule gives
            return self.program.add(atoms.Unknown(f"rule:{rule.id}"))
        return self.program.add(nodes.OneOf(rule.applies, members, others))

    # ---- numbers --------------------------------------------------------------------------

    def number(self, source: Number) -> int:
        """Compile a number."""
        step = self._number(source)
        self.computed[id(source)] = step
        return step

    def _number(self, source: Number) -> int:
        add = self.program.add
        match source:
            case str():
                return add(numbers.FactNumber(source))
            case Quantity():
                return add(numbers.Constant(source.value))
            case Let():
                return self.number(self.version.let[source.name])
            case YearsSince():
                return add(numbers.Years(self.number(source.fact), self.as_of))
            case Named():
                return self.number(source.number)
            case If():
                condition = self.clause(source.condition).ref
                self.branches[id(source)] = condition
                then, otherwise = self.number(source.then), self.number(source.otherwise)
                return add(numbers.Chosen(condition, then, otherwise))
            case _:
                members = tuple(self.number(member) for member in source.members)
                return add(_COMBINED[type(source)](members))

    def amount(self, source: Amount) -> int:
        """Compile an amount to the step of what is paid."""
        number = self.number(source.number)
        if source.round_ is None:
            return self.program.add(amounts.Paid(number))
        fen = round(source.round_.to.value * amounts.FEN)
        return self.program.add(amounts.Paid(number, fen, source.round_.mode))

    # ---- points ---------------------------------------------------------------------------

    def score(self, name: str) -> CompiledPart:
        """Compile a score, once."""
        if name not in self._scores:
            self._scores[name] = self.part(self.version.scores[name])
        return self._scores[name]

    def part(self, source: PartBody) -> CompiledPart:
        """Compile a part with everything in it."""
        if source.bands is not None:
            return self._banded(source, source.bands)
        if source.points is not None:
            return self._first_that(source)
        members = tuple(self.part(member) for member in source.best_of or source.parts or ())
        inputs = tuple(member.points for member in members)
        points = self.program.add(
            scoring.Best(inputs) if source.best_of else scoring.Together(inputs)
        )
        return CompiledPart(source, self._capped(source, points), members)

    def _capped(self, source: PartBody, points: int) -> int:
        cap = source.max if source.cap else None
        return points if cap is None else self.program.add(scoring.Together((points,), cap))

    def _banded(self, source: PartBody, bands: Bands) -> CompiledPart:
        number = self.number(bands.of)
        limits = [(limit.value, points) for limit, points in bands.limits]
        upwards = bands.gte is not None
        if upwards:
            limits.reverse()
        points = [points for _, points in limits]
        points = [bands.otherwise, *points] if upwards else [*points, bands.otherwise]
        step = scoring.Banded(number, tuple(limit for limit, _ in limits), tuple(points), upwards)
        return CompiledPart(source, self._capped(source, self.program.add(step)), number=number)

    def _first_that(self, source: PartBody) -> CompiledPart:
        choices = source.points or ()
        conditions = tuple(self.clause(choice.when) for choice in choices)
        refs = tuple(condition.ref for condition in conditions)
        given = tuple(choice.points for choice in choices)
        step = scoring.FirstThat(refs, given, source.otherwise or 0.0)
        points = self._capped(source, self.program.add(step))
        return CompiledPart(source, points, conditions=conditions)

    def _points_of(self, name: str) -> int:
        score_name, _, part_id = name.partition(".")
        score = self.score(score_name)
        return score.part_named(part_id).points if part_id else score.points
