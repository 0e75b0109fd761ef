"""Cases that are never reached, because those before them already take everything."""

from collections.abc import Sequence

from openzone.engines.rules.check_logic import Range, range_of, subject_of
from openzone.engines.rules.check_numbers import Scope
from openzone.engines.rules.language import (
    Case,
    Cases,
    Condition,
    FactTest,
    NumberTest,
    ScoreTest,
)
from openzone.engines.rules.problems import Path
from openzone.engines.text import Text

NEVER_REACHED = Text(
    "前面的情形已经全部包含，这一情形永远轮不到", "the cases before leave nothing for this one"
)


def check_cases(scope: Scope, clause: Cases, path: Path) -> None:
    """Report cases that can never be the first to apply, as far as plain tests show it."""
    before: list[Condition] = []
    for index, case in enumerate(clause.cases):
        when = case.when if isinstance(case, Case) else None
        if _same(when, before) or _sizes_taken(when, before) or _codes_taken(when, before):
            scope.report((*path, "cases", index), NEVER_REACHED)
        if when is not None:
            before.append(when)


def _same(when: Condition | None, before: Sequence[Condition]) -> bool:
    return when is not None and when in before


def _sizes_taken(when: Condition | None, before: Sequence[Condition]) -> bool:
    """Whether tests of the size of one subject leave no number; ``when`` None is the rest."""
    sized = [found for one in before if (found := _sized(one))]
    own = _sized(when) if when is not None else None
    if when is not None and own is None:
        return False
    subjects = {own[0]} if own else {subject for subject, _ in sized}
    for subject in subjects:
        left = [own[1] if own else Range()]
        for taken in (size for other, size in sized if other == subject):
            left = [part for whole in left for part in whole.without(taken)]
        if not left:
            return True
    return False


def _sized(when: Condition) -> tuple[str, Range] | None:
    """Return the subject of a comparison and what it lets through, if size is all it tests."""
    if not isinstance(when, FactTest | NumberTest | ScoreTest) or when.ne is not None:
        return None
    size = range_of(when)
    return None if size == Range() or size.empty else (subject_of(when), size)


def _codes_taken(when: Condition | None, before: Sequence[Condition]) -> bool:
    """Whether earlier tests of the same code take every code that ``when`` lists."""
    if not isinstance(when, FactTest):
        return False
    same = [one for one in before if isinstance(one, FactTest) and one.fact == when.fact]
    prefixes = tuple(prefix for one in same if not one.in_ for prefix in one.prefix or ())
    listed = {word for one in same if not one.prefix for word in one.in_ or ()}
    if when.prefix:
        return all(code.startswith(prefixes) for code in when.prefix)
    return all(word.startswith(prefixes) or word in listed for word in when.in_ or ("",))
