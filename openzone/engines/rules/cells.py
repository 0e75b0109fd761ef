"""What a comparison is about, and the values that can tell such comparisons apart.

The limits of all comparisons of one subject cut its values into cells in which every comparison
answers alike. One value of each cell stands for it, so that sets of values become bit masks and
reasoning about them is exact. ``None`` stands for an unknown value.
"""

import datetime as dt
import json
import operator
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import inf, nextafter
from typing import Any

from openzone.engines.facts.catalogue import Catalogue, FactType
from openzone.engines.rules.bounds import bounds_of, plain_form
from openzone.engines.rules.language import (
    AsOf,
    Comparison,
    FactTest,
    NumberTest,
    NumberTests,
    RuleTest,
    ScoreTest,
    YearStart,
)
from openzone.engines.rules.points import part_named, span_of
from openzone.engines.rules.schema import Definitions, Version

Holds = Callable[[Any], bool | None]
"""Whether a comparison holds for a value; None where it cannot be told."""
Cell = tuple[dt.date, dt.date] | float | str | bool | None
"""A value that stands for its cell; of a date with the day of evaluation."""

_SIZES: Mapping[str, Callable[[Any, Any], bool]] = {
    "gte": operator.ge,
    "gt": operator.gt,
    "lte": operator.le,
    "lt": operator.lt,
    "eq": operator.eq,
    "ne": operator.ne,
}
_DAYS: Mapping[str, Callable[[Any, Any], bool]] = {
    "at_or_before": operator.le,
    "at_or_after": operator.ge,
    "before": operator.lt,
    "after": operator.gt,
}
_YEARS = 8
"""Years of days of evaluation that are tried where days of different kinds are compared."""
_LONGEST = dt.timedelta(days=366 * 40)
Day = dt.date | AsOf | YearStart


def subjects_of(test: Comparison, defined: Definitions) -> tuple[str, ...]:
    """Return what a comparison is about, in one spelling each; a rule's answer and value are two.

    >>> from openzone.engines.rules.schema import NOTHING_DEFINED
    >>> subjects_of(FactTest(fact="employees", known=True), NOTHING_DEFINED)
    ('fact:employees',)
    """
    match test:
        case FactTest():
            return (f"fact:{test.fact}",)
        case NumberTest():
            form = plain_form(test.number, defined)
            return (f"fact:{form}",) if isinstance(form, str) else (_spelt("number", form),)
        case ScoreTest():
            return (f"score:{test.score}",)
        case RuleTest():
            asked = (("answer", test.is_), ("value", test.in_))
            return tuple(f"{what}:{test.rule}" for what, wanted in asked if wanted is not None)
    return ()


def _spelt(kind: str, form: object) -> str:
    return f"{kind}:{json.dumps(form, sort_keys=True, default=str)}"


def cells_of(
    tests: Sequence[Comparison], subject: str, version: Version, catalogue: Catalogue
) -> tuple[Cell, ...]:
    """Return a value of every cell that ``tests`` of one subject make; empty if unknown."""
    _, _, name = subject.partition(":")
    match tests[0]:
        case FactTest() | NumberTest() if subject.startswith("fact:"):
            return _of_fact(tests, catalogue[name].type, version) if name in catalogue else ()
        case ScoreTest():
            return _of_score(tests, name, version)
        case NumberTest(number=number):
            low, high = bounds_of(number, version)
            return (*_numbers(tests, low, high), None)
        case RuleTest():
            return _of_rule(tests, subject)
    return ()


def holds(test: Comparison, subject: str, catalogue: Catalogue) -> Holds:
    """Return how a comparison answers for the values of its cells."""
    match test:
        case RuleTest():
            return _answers(test, subject)
        case FactTest() if test.fact in catalogue:
            return _fact_holds(test, catalogue[test.fact].type)
        case NumberTests():
            limits = _limits(test)
            return lambda value: _all(limits, value) if isinstance(value, float) else None
    return lambda value: None


# ---- numbers and points -------------------------------------------------------------------


def _limits(test: NumberTests) -> list[tuple[Callable[[Any, Any], bool], float]]:
    found = ((compare, getattr(test, key)) for key, compare in _SIZES.items())
    return [(compare, limit.value) for compare, limit in found if limit is not None]


def _all(limits: Iterable[tuple[Callable[[Any, Any], bool], Any]], value: Any) -> bool:
    return all(compare(value, limit) for compare, limit in limits)


def _numbers(tests: Iterable[Comparison], low: float, high: float) -> tuple[float, ...]:
    """Return the limits, a number in every gap between them and one beyond each end."""
    limits = {
        limit for test in tests if isinstance(test, NumberTests) for _, limit in _limits(test)
    }
    ends = sorted(limits | ({low, high} - {inf, -inf})) or [0.0]
    inside = [one / 2 + other / 2 for one, other in pairwise(ends)]
    beyond = [nextafter(ends[0], -inf), nextafter(ends[-1], inf)]
    return tuple(sorted({n for n in (*ends, *inside, *beyond) if low <= n <= high}))


def _of_score(tests: Sequence[Comparison], named: str, version: Version) -> tuple[Cell, ...]:
    name, _, part_id = named.partition(".")
    score = version.scores.get(name)
    part = part_named(score, part_id) if score and part_id else score
    return () if part is None else (*_numbers(tests, *span_of(part)), None)


# ---- rules --------------------------------------------------------------------------------


def _of_rule(tests: Iterable[Comparison], subject: str) -> tuple[Cell, ...]:
    if subject.startswith("answer:"):
        return (True, False, None)
    words = {word for test in tests if isinstance(test, RuleTest) for word in test.in_ or ()}
    return (*sorted(words), "", None)  # the empty word is any other value


def _answers(test: RuleTest, subject: str) -> Holds:
    if subject.startswith("answer:"):
        return lambda value: None if value is None else value is (test.is_ == "met")
    return lambda value: None if value is None else value in (test.in_ or ())


# ---- facts --------------------------------------------------------------------------------


def _of_fact(tests: Sequence[Comparison], kind: FactType, version: Version) -> tuple[Cell, ...]:
    facts = [test for test in tests if isinstance(test, FactTest)]
    match kind:
        case FactType.BOOL:
            return (True, False, None)
        case FactType.TEXT | FactType.CODE:
            return (*_words(facts), None)
        case FactType.DATE:
            days = _days(facts, version)
            return (*days, None) if days else ()
        case _:
            return (*_numbers(tests, -inf, inf), None)


def _fact_holds(test: FactTest, kind: FactType) -> Holds:
    def answer(value: Any) -> bool | None:
        states = [_tested(test, kind, value)]
        if test.known is not None:
            states.append((value is not None) is test.known)
        return False if False in states else None if None in states else True

    return answer


def _tested(test: FactTest, kind: FactType, value: Any) -> bool | None:
    """Answer all tests but ``known``; true where there are none that fit the type."""
    match kind:
        case FactType.BOOL:
            return _unless_unknown(test.is_ is not None, value, lambda: value is test.is_)
        case FactType.TEXT | FactType.CODE:
            return _worded(test, value)
        case FactType.DATE:
            limits = [(c, getattr(test, key)) for key, c in _DAYS.items()]
            asked = [(c, limit) for c, limit in limits if limit is not None]
            return _unless_unknown(bool(asked), value, lambda: _all_days(asked, value))
        case _:
            sizes = _limits(test)
            return _unless_unknown(bool(sizes), value, lambda: _all(sizes, value))


def _unless_unknown(asked: bool, value: Any, answer: Callable[[], bool]) -> bool | None:
    if not asked:
        return True
    return None if value is None else answer()


def _worded(test: FactTest, value: str | None) -> bool | None:
    if test.in_ is None and test.prefix is None:
        return True
    if value is None:
        return None
    if test.in_ is not None and value not in test.in_:
        return False
    if test.prefix is None or value.startswith(test.prefix):
        return True
    return None if any(prefix.startswith(value) for prefix in test.prefix) else False


def _words(tests: Iterable[FactTest]) -> Iterator[str]:
    """Yield every listed word, everything shorter, something longer than each, and another word."""
    listed = {word for test in tests for word in (*(test.in_ or ()), *(test.prefix or ()))}
    shorter = {word[:end] for word in listed for end in range(1, len(word) + 1)}
    yield from sorted(shorter | {f"{word}\uffff" for word in shorter} | {"\uffff"})


# ---- dates --------------------------------------------------------------------------------


def _days(tests: Iterable[FactTest], version: Version) -> tuple[Cell, ...]:
    """Return days around every limit, for every order in which the limits can fall."""
    given = (getattr(test, key) for test in tests for key in _DAYS)
    limits = list(dict.fromkeys(limit for limit in given if limit is not None))
    found: dict[tuple[int, ...], list[Cell]] = {}
    try:
        for as_of in _days_of_evaluation(limits, version):
            days = sorted({on_day(limit, as_of) for limit in limits})
            order = _order([on_day(limit, as_of) for limit in limits])
            if order not in found:
                found[order] = [(as_of, day) for day in _around(days)]
    except (ValueError, OverflowError):  # a day outside the calendar, which is reported elsewhere
        return ()
    return tuple(cell for cells in found.values() for cell in cells)


def on_day(limit: Day, as_of: dt.date) -> dt.date:
    """Return the day that a limit means on a day of evaluation."""
    return limit if isinstance(limit, dt.date) else limit.on(as_of)


def _all_days(asked: Iterable[tuple[Callable[[Any, Any], bool], Day]], value: Any) -> bool:
    as_of, day = value
    return all(compare(day, on_day(limit, as_of)) for compare, limit in asked)


def _days_of_evaluation(limits: Sequence[Day], version: Version) -> Iterator[dt.date]:
    """Yield the days on which the limits may fall in another order than before.

    Limits of one kind always fall in the same order, at least a day apart or always the same.
    """
    first = version.effective_from
    yield first
    if len({_kind(limit) for limit in limits}) <= 1:
        return
    fixed = [limit for limit in limits if isinstance(limit, dt.date)]
    moving = [limit for limit in limits if not isinstance(limit, dt.date)]
    longest = max(abs((limit.on(first) - first).days) for limit in moving)
    after_all = max([first, *fixed]) + dt.timedelta(days=longest + 366 * _YEARS)
    last = min(after_all, version.effective_to or after_all)
    if last - first > _LONGEST:
        raise OverflowError("too many days to try")
    for number in range(1, (last - first).days + 1):
        yield first + dt.timedelta(days=number)


def _kind(limit: Day) -> str:
    match limit:
        case AsOf(as_of=offset):
            return "day" if offset.unit == "d" else "month"
        case YearStart():
            return "year_start"
    return "fixed"


def _order(days: Sequence[dt.date]) -> tuple[int, ...]:
    """Return how days lie to each other: the same, next to each other, or apart."""
    return tuple(
        max(-2, min(2, (one - other).days))
        for index, one in enumerate(days)
        for other in days[:index]
    )


def _around(days: Sequence[dt.date]) -> list[dt.date]:
    day = dt.timedelta(days=1)
    beside = {d + step for d in days for step in (-day, day) if dt.date.min < d < dt.date.max}
    return sorted({*days, *beside})
