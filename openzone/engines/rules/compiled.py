"""The compiled form of rules: a program of shared steps, and the clauses that point into it."""

import datetime as dt
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from openzone.engines.facts.catalogue import Catalogue
from openzone.engines.rules.circuit import Code
from openzone.engines.rules.language import Case, Condition, FactTest, Otherwise
from openzone.engines.rules.nodes import Decided
from openzone.engines.rules.patterns import Judge
from openzone.engines.rules.relation_language import AnyRelation
from openzone.engines.rules.schema import Row as ClassRow
from openzone.engines.rules.schema import Rule, Version
from openzone.engines.rules.score_language import PartBody
from openzone.engines.rules.steps import Block, Ref, Row, Step, both, opposite, position
from openzone.engines.rules.values import Reader, readers

if TYPE_CHECKING:
    from openzone.engines.rules.quick import Quick

Limit = float | dt.date | bool | str | tuple[str, ...]
"""What a test compares with; days already counted from the day of evaluation."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """Which steps to compute in which order, and which values can be dropped after each."""

    order: tuple[int, ...]
    drops: tuple[tuple[int, ...], ...]


@dataclass(eq=False)
class Program:
    """Steps, each after its inputs; equal steps are kept once. ``codes`` are its circuits."""

    steps: list[Step] = field(default_factory=list)
    codes: dict[Hashable, Code] = field(default_factory=dict, repr=False)
    _positions: dict[Step, int] = field(default_factory=dict, repr=False)
    _schedules: dict[frozenset[int], Schedule] = field(default_factory=dict, repr=False)

    def add(self, step: Step) -> int:
        """Return the position of ``step``, appending it if it is new."""
        known = self._positions.get(step)
        if known is None:
            known = self._positions[step] = len(self.steps)
            self.steps.append(step)
        return known

    def adopt(self, at: int, other: "Program", moved: dict[int, int]) -> int:
        """Add a step of another program with all it reads; ``moved`` remembers what was added."""
        for source in other.schedule(frozenset((at,))).order if at not in moved else ():
            if source not in moved:
                step = other.steps[source].moved(lambda ref: _moved(ref, moved))
                moved[source] = self.add(step)
        return moved[at]

    def batch(self, block: Block, wanted: Iterable[int], keep: bool = False) -> list[Any]:
        """Compute the ``wanted`` steps for a block; with ``keep`` all steps on the way stay."""
        schedule = self.schedule(frozenset(wanted))
        values: list[Any] = [None] * len(self.steps)
        with np.errstate(all="ignore"):
            for index, drop in zip(schedule.order, schedule.drops, strict=True):
                values[index] = self.steps[index].batch(values, block)
                if not keep:
                    for done in drop:
                        values[done] = None
        return values

    def single(self, row: Row) -> "RowValues":
        """Return the values of one enterprise, each computed when it is first asked for."""
        return RowValues(self.steps, row)

    def schedule(self, wanted: frozenset[int]) -> Schedule:
        """Return the steps needed for ``wanted``; computed once per set."""
        if wanted not in self._schedules:
            self._schedules[wanted] = self._scheduled(wanted)
        return self._schedules[wanted]

    def _scheduled(self, wanted: frozenset[int]) -> Schedule:
        order: list[int] = []
        last_use: dict[int, int] = {}
        needed = set(wanted)
        for index in range(len(self.steps) - 1, -1, -1):
            if index in needed:
                order.append(index)
                for source in self.steps[index].inputs:
                    needed.add(source)
                    last_use.setdefault(source, index)
        drops: dict[int, list[int]] = {}
        for source, user in last_use.items():
            if source not in wanted:
                drops.setdefault(user, []).append(source)
        order.reverse()
        return Schedule(tuple(order), tuple(tuple(drops.get(index, ())) for index in order))


class RowValues(dict[int, Any]):
    """The steps of one enterprise, computed when they are first asked for.

    Also by references, so that a negation need not be looked for apart.
    """

    def __init__(self, steps: Sequence[Step], row: Row) -> None:
        self._steps = steps
        self._row = row

    def __missing__(self, at: Ref) -> Any:
        if at < 0:
            self[at] = value = opposite(self[~at])
            return value
        step = self._steps[at]
        if type(step) is Decided:
            for waiting in reversed(list(self._cases_after(at))):
                self[waiting] = self._steps[waiting].single(self, self._row)
        self[at] = value = step.single(self, self._row)
        return value

    def _cases_after(self, at: int) -> Iterator[int]:
        """Yield the cases that come after one, of which there may be more than calls can nest."""
        step = self._steps[at]
        while type(step) is Decided:
            at = position(step.otherwise)
            if at in self:
                return
            yield at
            step = self._steps[at]


def _moved(ref: Ref, moved: Mapping[int, int]) -> Ref:
    return moved[ref] if ref >= 0 else ~moved[~ref]


@dataclass(frozen=True, slots=True)
class CompiledTest:
    """One test of a comparison: its key in the language, its limit and where it is computed."""

    key: str
    limit: Limit
    ref: Ref


@dataclass(frozen=True, slots=True)
class CompiledClause:
    """A condition as written, with the places of its parts in the program.

    ``subject`` is the step of the number or the points that a comparison is about; ``other`` the
    rule that it refers to, None if that is not in force. ``changeable`` says whether a comparison
    rests on any fact that the enterprise could change by acting. The members of ``cases`` are its
    cases, those of a case its ``when`` and its ``then``; the state of a case is that of ``then``.
    """

    source: Condition | Case | Otherwise
    ref: Ref
    members: tuple["CompiledClause", ...] = ()
    tests: tuple[CompiledTest, ...] = ()
    subject: int | None = None
    other: "CompiledRule | None" = None
    changeable: bool = False

    def applying(
        self, state: Callable[[Ref], bool | None]
    ) -> Iterator[tuple["CompiledClause", bool | None]]:
        """Yield the cases, each with whether it is the one that decides."""
        none_before: bool | None = True
        for case in self.members:
            when, *then = case.members
            holds = state(when.ref) if then else True
            yield case, both(none_before, holds)
            none_before = both(none_before, opposite(holds))

    @property
    def levels(self) -> tuple[tuple[str, Ref], ...]:
        """The values of the rule that a comparison refers to."""
        return self.other.levels if self.other else ()

    @property
    def fact(self) -> str | None:
        """The fact that a comparison is about, if it is one."""
        return self.source.fact if isinstance(self.source, FactTest) else None

    def leaves(self) -> Iterator["CompiledClause"]:
        """Yield the comparisons."""
        if not self.members:
            yield self
        for member in self.members:
            yield from member.leaves()


@dataclass(frozen=True, slots=True)
class CompiledPart:
    """A part of a score as written, with the step of its points."""

    source: PartBody
    points: int
    members: tuple["CompiledPart", ...] = ()
    conditions: tuple[CompiledClause, ...] = ()
    number: int | None = None

    def part_named(self, part_id: str) -> "CompiledPart":
        """Return the part with this id, at any depth.

        Raises:
            KeyError: there is none.

        """
        waiting = [self]
        while waiting:
            part = waiting.pop()
            if part.source.id == part_id:
                return part
            waiting += part.members
        raise KeyError(part_id)


@dataclass(frozen=True, slots=True)
class CompiledRow:
    """A row of a classification: whom it concerns and the limits of each level."""

    source: ClassRow
    when: CompiledClause
    limits: Mapping[str, tuple[CompiledClause, ...]]


@dataclass(frozen=True)
class CompiledRule:
    """The version of a rule in force. ``root`` is its answer.

    Of a classification, ``levels`` say which value is certain, ``open_levels`` which are possible.
    ``branches`` finds the condition of an ``if``, ``computed`` the step of a number, by the
    ``id()`` of its model in ``version``.
    ``amount`` is the step of what is paid, in yuan, wherever it can be computed;
    ``near_enough`` is met where a near miss is as near as the version asks.
    """

    rule: Rule
    version: Version
    root: Ref
    clauses: tuple[CompiledClause, ...] = ()
    when: CompiledClause | None = None
    rows: tuple[CompiledRow, ...] = ()
    levels: tuple[tuple[str, Ref], ...] = ()
    open_levels: tuple[tuple[str, Ref], ...] = ()
    applies: Ref = 0
    scores: Mapping[str, CompiledPart] = field(default_factory=dict)
    lets: Mapping[str, int] = field(default_factory=dict)
    branches: Mapping[int, Ref] = field(default_factory=dict)
    amount: int | None = None
    near_enough: Ref | None = None
    computed: Mapping[int, int] = field(default_factory=dict)

    @cached_property
    def id(self) -> str:
        """The id of the rule."""
        return self.rule.rule

    @cached_property
    def judge(self) -> Judge:
        """What the states of the clauses, or else of the answer, say."""
        names = [clause.source.id or "" for clause in self.clauses]
        return Judge(names, [clause.ref for clause in self.clauses] or [self.root])


@dataclass(frozen=True, slots=True)
class CompiledRelation:
    """A relation in force: its members in force, and the step of its limit or expense."""

    source: AnyRelation
    members: tuple[CompiledRule, ...]
    limit: int | None = None

    @property
    def id(self) -> str:
        """The id of the relation."""
        return self.source.id


@dataclass(frozen=True)
class Plan:
    """Rules in force on a day as one program. Immutable; ``digest`` names rules and day.

    ``written`` are the rules it was compiled from. A pickle holds them and no program: it is
    compiled again where it is read, by the code that is there.
    """

    as_of: dt.date
    catalogue: Catalogue
    rules: tuple[CompiledRule, ...]
    program: Program
    digest: str
    written: tuple[Rule, ...] = ()
    relations: tuple[CompiledRelation, ...] = ()

    @cached_property
    def by_id(self) -> Mapping[str, CompiledRule]:
        """The rules by their ids."""
        return {rule.id: rule for rule in self.rules}

    def only(self, rules: Iterable[str]) -> "Plan":
        """Return the plan with the answers of these rules alone."""
        wanted = set(rules)
        return replace(self, rules=tuple(rule for rule in self.rules if rule.id in wanted))

    def __reduce__(self) -> tuple[Any, ...]:
        from openzone.engines.rules.compile import compile_again

        answered = tuple(rule.id for rule in self.rules)
        relations = tuple(relation.source for relation in self.relations)
        made_of = (self.written, self.catalogue, self.as_of, answered, self.digest, relations)
        return compile_again, made_of

    @cached_property
    def readers(self) -> Mapping[str, Mapping[type, Reader]]:
        """What reads the values of facts of one enterprise."""
        return readers(self.catalogue)

    @cached_property
    def quick(self) -> "Quick":
        """What answers one enterprise in the shortest time."""
        from openzone.engines.rules.quick import Quick

        return Quick(self)

    @cached_property
    def facts(self) -> frozenset[str]:
        """The facts that any of the rules looks at."""
        read = (getattr(step, "fact", None) for step in self.program.steps)
        return frozenset(name for name in read if name is not None)
