"""What is missing to a near miss: what it has, what it needs, how far apart."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from openzone.engines.facts.catalogue import NEVER
from openzone.engines.rules.compiled import CompiledClause, CompiledTest
from openzone.engines.rules.language import (
    All,
    AtLeast,
    Cases,
    FactTest,
    If,
    Let,
    Named,
    Not,
    Number,
    NumberTest,
    RuleTest,
    ScoreTest,
    Veto,
    YearsSince,
)
from openzone.engines.rules.literals import Quantity
from openzone.engines.rules.numbers import EPOCH
from openzone.engines.rules.steps import Ref

Json = Any


@dataclass(frozen=True, slots=True)
class Near:
    """One distance. ``gap`` is never negative, in the unit of the fact (days for dates).

    ``gap`` is None where distance has no meaning (codes, bools), and 0 where the limit itself is
    excluded and just reached.
    """

    fact: str
    have: Json
    need: Json
    gap: float | None

    def as_json(self) -> dict[str, Json]:
        """Return the record of the contract."""
        return {"fact": self.fact, "have": self.have, "need": self.need, "gap": self.gap}


@dataclass(frozen=True, slots=True)
class Shortfall:
    """Changes that together would turn a clause, and how hard that looks.

    ``count`` is how many comparisons are not as they should be, ``fixed`` how many of them rest
    only on facts that no acting changes (an industry, last year's sales), ``blind`` how many
    are not begun (no certificate, nothing raised of what is asked), ``worst`` the largest gap
    relative to its limit, 1 where there is no distance.
    """

    count: int
    fixed: int
    blind: int
    worst: float
    changes: tuple[Near, ...]

    @property
    def effort(self) -> tuple[int, int, int, float]:
        """What the nearest branch has least of."""
        return self.fixed, self.blind, self.count, self.worst


class Reading(Protocol):
    """The computed values of one enterprise."""

    def state(self, ref: Ref) -> bool | None:
        """Return the state of a truth."""

    def value(self, step: int) -> Any:
        """Return a number, or the lowest and highest points."""

    def word(self, fact: str) -> str | bool | None:
        """Return a text, code or bool."""


_OPEN = Shortfall(1, 0, 1, 1.0, ())
"""An unknown member of a branch: it would have to be settled first."""


def shortfall(clause: CompiledClause, wanted: bool, reading: Reading) -> Shortfall:
    """Return what would have to change for a clause to become ``wanted``; it is not now."""
    if not clause.members:
        return _of_comparison(clause, wanted, reading)
    source = clause.source
    if isinstance(source, Cases):
        return _of_cases(clause, wanted, reading)
    inner = not wanted if isinstance(source, Not | Veto) else wanted
    at_fault = [
        _of_member(member, inner, reading)
        for member in clause.members
        if reading.state(member.ref) is not inner
    ]
    if isinstance(source, AtLeast):
        spare = _spare(clause, source.at_least.n, wanted)
        return _joined(sorted(at_fault, key=lambda one: one.effort)[: len(at_fault) - spare])
    together = wanted if isinstance(source, All | Not | Veto) else not wanted
    return _joined(at_fault) if together else min(at_fault, key=lambda one: one.effort)


def _of_member(member: CompiledClause, wanted: bool, reading: Reading) -> Shortfall:
    return _OPEN if reading.state(member.ref) is None else shortfall(member, wanted, reading)


def _spare(clause: CompiledClause, least: int, wanted: bool) -> int:
    """Return how many members of an ``at_least`` may stay as they should not be."""
    return len(clause.members) - least if wanted else least - 1


def _joined(parts: Iterable[Shortfall]) -> Shortfall:
    found = list(parts)
    changes = tuple(change for part in found for change in part.changes)
    return Shortfall(
        sum(part.count for part in found),
        sum(part.fixed for part in found),
        sum(part.blind for part in found),
        max(part.worst for part in found),
        changes,
    )


# ---- cases --------------------------------------------------------------------------------


def _of_cases(clause: CompiledClause, wanted: bool, reading: Reading) -> Shortfall:
    """Return what the case that applies is short of; which case applies is not up for change."""
    applying = [(case, sure) for case, sure in clause.applying(reading.state) if sure is not False]
    if not applying:
        return _into_a_case(clause, reading)
    return min((_of_case(*case, wanted, reading) for case in applying), key=lambda one: one.effort)


def _of_case(case: CompiledClause, sure: bool | None, wanted: bool, reading: Reading) -> Shortfall:
    short = shortfall(case.members[-1], wanted, reading)
    return short if sure else _joined([short, _OPEN])


def _into_a_case(clause: CompiledClause, reading: Reading) -> Shortfall:
    """Return what would make a case apply and hold, where none applies."""
    ways = [
        _joined(
            _of_member(member, True, reading)
            for member in case.members
            if reading.state(member.ref) is not True
        )
        for case in clause.members
    ]
    return _any_code([case.members[0] for case in clause.members], reading) or min(
        ways, key=lambda one: one.effort
    )


def _any_code(whens: list[CompiledClause], reading: Reading) -> Shortfall | None:
    """Return one change to any of the codes, where all cases are about one code."""
    (fact, *others) = {when.fact for when in whens}
    tests = [test for when in whens for test in when.tests]
    if fact is None or others or any(test.key not in ("in", "prefix") for test in tests):
        return None
    codes = [code for test in tests if isinstance(test.limit, tuple) for code in test.limit]
    return Shortfall(1, 1, 1, 1.0, (Near(fact, reading.word(fact), codes, None),))


# ---- comparisons --------------------------------------------------------------------------


def _of_comparison(clause: CompiledClause, wanted: bool, reading: Reading) -> Shortfall:
    at_fault = [
        _of_test(clause, test, wanted, reading)
        for test in clause.tests
        if reading.state(test.ref) is (not wanted)
    ]
    return _joined(at_fault) if wanted else min(at_fault, key=lambda one: one.effort)


def _of_test(
    clause: CompiledClause, test: CompiledTest, wanted: bool, reading: Reading
) -> Shortfall:
    name = subject_name(clause)
    limit = test.limit
    if isinstance(limit, float):
        worst, change = _sized(name, _number(clause, test, wanted, reading), limit)
    elif isinstance(limit, dt.date):
        worst, change = _dated(name, reading.value(clause.subject or 0), limit)
    else:
        worst, change = 1.0, _coded(name, clause, test, wanted, reading)
    fixed, blind = int(not clause.changeable), int(worst >= 1)
    return Shortfall(1, fixed, blind, worst, (change,))


def _number(clause: CompiledClause, test: CompiledTest, wanted: bool, reading: Reading) -> float:
    """Return the number a test is about; of open points the end that is nearer to the limit."""
    value = reading.value(clause.subject or 0)
    if isinstance(value, tuple):
        upwards = (test.key in ("gte", "gt")) == wanted
        return float(value[1] if upwards else value[0])
    return float(value)


def _sized(name: str, have: float, need: float) -> tuple[float, Near]:
    gap = abs(need - have)
    worst = gap / max(abs(need), abs(have), 1e-300)
    return worst, Near(name, tidy(have), tidy(need), tidy(rounded(gap)))


def _dated(name: str, days: float, need: dt.date) -> tuple[float, Near]:
    have = EPOCH + dt.timedelta(days=int(days))
    if have == NEVER:
        return 1.0, Near(name, None, need.isoformat(), None)
    gap = abs((need - have).days)
    return gap / 365, Near(name, have.isoformat(), need.isoformat(), gap)


def _coded(
    name: str, clause: CompiledClause, test: CompiledTest, wanted: bool, reading: Reading
) -> Near:
    need: Json = list(test.limit) if isinstance(test.limit, tuple) else test.limit
    if test.key == "known":
        return Near(name, None, "known" if need is wanted else None, None)
    if isinstance(need, bool):
        return Near(name, reading.word(name), need is wanted, None)
    need = need if wanted else {"not": need}
    if isinstance(clause.source, RuleTest):
        return Near(name, _answer(clause, test, wanted, reading), need, None)
    return Near(name, reading.word(name), need, None)


def _answer(clause: CompiledClause, test: CompiledTest, wanted: bool, reading: Reading) -> Json:
    if test.key == "is":
        met = (test.limit == "met") is not wanted
        return "met" if met else "not_met"
    return next((name for name, ref in clause.levels if reading.state(ref)), None)


# ---- names and numbers --------------------------------------------------------------------


def subject_name(clause: CompiledClause) -> str:
    """Return the name of what a comparison is about.

    A fact by its name, ``score:total``, ``rule:cn.high_tech``, ``number:rd_share`` for a named
    number, ``ratio(rd_expense_y1, sales_y1)`` for another.
    """
    match clause.source:
        case FactTest(fact=fact):
            return fact
        case ScoreTest(score=score):
            return f"score:{score}"
        case RuleTest(rule=rule):
            return f"rule:{rule}"
        case NumberTest(number=number):
            return formula(number)
    raise TypeError("not a comparison")


def formula(number: Number) -> str:
    """Write a number as a formula of fact names."""
    match number:
        case str():
            return number
        case Quantity(value=value):
            return f"{tidy(value)}"
        case Let(name=name):
            return f"number:{name}"
        case YearsSince(fact=fact):
            return f"years_since({fact})"
        case Named(number=inner):
            return formula(inner)
        case If(then=then, otherwise=otherwise):
            return f"if({formula(then)}, {formula(otherwise)})"
    key = type(number).model_fields["members"].alias
    return f"{key}({', '.join(map(formula, number.members))})"


def tidy(number: float) -> int | float:
    """Return a whole number as int, so that it is written without a point.

    >>> tidy(5e6), tidy(0.5)
    (5000000, 0.5)
    """
    return int(number) if number.is_integer() and abs(number) < 2**53 else number


def rounded(number: float) -> float:
    """Drop the noise of a subtraction: 12 significant digits."""
    return float(f"{number:.12g}")
