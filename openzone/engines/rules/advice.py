"""What would settle an unknown answer, and the least that would turn a "not met" into "met".

Both are found by trying values, and what is said has been tried: the named facts do settle the
answer for some values, the named changes do make the rule met, and none of them can be left out.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, permutations

from openzone.engines.facts.catalogue import FactType
from openzone.engines.rules.compiled import CompiledRule
from openzone.engines.rules.match import Outcome
from openzone.engines.rules.single import Answers
from openzone.engines.rules.trials import ELSEWHERE, Plain, Trials

TOGETHER = 3
"""At most so many facts are tried together."""
TRIES = 1_500
"""At most so many answers are computed for one question."""
YEAR = 365


@dataclass(frozen=True, slots=True)
class Settling:
    """Facts that together can settle an answer, and which answers they can give.

    ``examples`` are values that do, one set for each answer.
    """

    facts: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    examples: tuple[Mapping[str, object], ...]


@dataclass(frozen=True, slots=True)
class Change:
    """The new value of a fact; ``old`` is None where nothing is known, or there is none yet."""

    fact: str
    old: object
    new: object


def settling(answers: Answers, rule: CompiledRule) -> tuple[Settling, ...]:
    """Return what would settle an unknown answer, the fewest facts first.

    A set of facts is named if it can give an answer that no part of it can.
    """
    trials, tries = Trials(answers, rule), _Budget()
    names = [name for name in answers.missing(rule) if name in answers.plan.catalogue]
    found: list[Settling] = []
    for count in range(1, min(TOGETHER, len(names)) + 1):
        for facts in combinations(names, count):
            known = {o for each in found if set(each.facts) < set(facts) for o in each.outcomes}
            examples = _answers_of(trials, facts, known, tries)
            if examples:
                outcomes = tuple(sorted(examples))
                values = tuple(_values(trials, examples[outcome]) for outcome in outcomes)
                found.append(Settling(facts, outcomes, values))
    return tuple(found)


def _answers_of(
    trials: Trials, facts: tuple[str, ...], known: set[Outcome], tries: "_Budget"
) -> dict[Outcome, Mapping[str, Plain]]:
    found: dict[Outcome, Mapping[str, Plain]] = {}
    for values in _assignments(trials, facts, {}):
        if len(found) + len(known) == len(("met", "not_met")) or tries.used_up():
            break
        holds = trials.state(values)
        outcome: Outcome = "met" if holds else "not_met"
        if holds is not None and outcome not in known:
            found.setdefault(outcome, values)
    return found


def _values(trials: Trials, values: Mapping[str, Plain]) -> Mapping[str, object]:
    return {name: trials.as_value(name, value) for name, value in values.items()}


def cheapest_change(answers: Answers, rule: CompiledRule) -> tuple[Change, ...]:
    """Return the fewest changes that make a rule met that is not; empty if none was found.

    Only facts that an enterprise can change by acting. Of equally many, those that are least far
    from what is, relative to the larger of both values; what has no distance counts as one whole.
    """
    if answers.state(rule.root) is not False:
        return ()
    trials, tries = Trials(answers, rule), _Budget()
    names = _changeable(trials)
    if not trials.could_be_met(names):
        return ()
    for count in range(1, min(TOGETHER, len(names)) + 1):
        hopeful = filter(trials.could_be_met, combinations(names, count))
        ways = [way for facts in hopeful for way in _ways(trials, facts, tries)]
        if ways:
            best = min(ways, key=lambda way: (_distance(trials, way), sorted(way)))
            least = _least(trials, best)
            return tuple(_change(trials, name, value) for name, value in sorted(least.items()))
    return ()


def _changeable(trials: Trials) -> list[str]:
    """Return the facts behind what is not met that an enterprise can change, by name."""
    rule = trials.rule
    at_fault = [c.ref for c in rule.clauses if trials.answers.state(c.ref) is not True]
    read = {name for ref in at_fault or [rule.root] for name in trials.facts_below(ref)}
    return sorted(name for name in read if trials.fact(name).series.changeable)


def _ways(
    trials: Trials, facts: tuple[str, ...], tries: "_Budget"
) -> Iterator[Mapping[str, Plain]]:
    """Yield the changes of exactly these facts that make the rule met."""
    for order in permutations(facts):
        for values in _assignments(trials, order, {}):
            if tries.used_up():
                return
            if _is_change(trials, values) and trials.state(values):
                yield values


def _is_change(trials: Trials, values: Mapping[str, Plain]) -> bool:
    """Whether every value is another one, and one that can be named."""
    return all(value not in (trials.now(name), ELSEWHERE) for name, value in values.items())


def _assignments(
    trials: Trials, facts: tuple[str, ...], chosen: Mapping[str, Plain]
) -> Iterator[Mapping[str, Plain]]:
    """Yield values for facts, those of each worth trying after those before."""
    if not facts:
        yield chosen
        return
    first, *others = facts
    for value in trials.worth_trying(first, chosen):
        yield from _assignments(trials, tuple(others), {**chosen, first: value})


def _least(trials: Trials, way: Mapping[str, Plain]) -> Mapping[str, Plain]:
    """Return the smallest part of a way that does it alone."""
    for count in range(1, len(way)):
        for names in combinations(sorted(way), count):
            part = {name: way[name] for name in names}
            if trials.state(part):
                return part
    return way


def _distance(trials: Trials, way: Mapping[str, Plain]) -> float:
    return sum(_apart(trials, name, value) for name, value in way.items())


def _apart(trials: Trials, name: str, new: Plain) -> float:
    old = trials.now(name)
    if not (isinstance(old, float) and isinstance(new, float)):
        return 1.0
    if trials.fact(name).type is FactType.DATE:
        return min(1.0, abs(new - old) / YEAR)
    return abs(new - old) / max(abs(new), abs(old), 1e-300)


def _change(trials: Trials, name: str, new: Plain) -> Change:
    old = trials.now(name)
    shown = None if old is None else trials.as_value(name, old)
    return Change(name, shown, trials.as_value(name, new))


class _Budget:
    """Counts tries, so that a wide rule does not keep people waiting."""

    def __init__(self) -> None:
        self._left = TRIES

    def used_up(self) -> bool:
        self._left -= 1
        return self._left < 0
