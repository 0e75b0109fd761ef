"""Two sets of rules over the same enterprises: who gains, who loses, and what it costs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from openzone.engines.facts.catalogue import Catalogue
from openzone.engines.rules.batch import RuleAnswers, evaluate
from openzone.engines.rules.columns import Columns
from openzone.engines.rules.compiled import CompiledRule, Plan
from openzone.engines.rules.costs import Cost, Spending, spending
from openzone.engines.rules.differences import Difference, differences
from openzone.engines.rules.steps import Plane, unpack
from openzone.engines.text import Text

__all__ = [
    "MOVES",
    "Cost",
    "Counts",
    "Move",
    "Rehearsal",
    "RuleRehearsal",
    "rehearse",
    "total_cost",
]

Rows = npt.NDArray[np.intp]
Move = Literal["gains", "loses", "becomes_unknown", "settled", "changed_value"]
MOVES: tuple[Move, ...] = ("gains", "loses", "becomes_unknown", "settled", "changed_value")


class Counts(NamedTuple):
    """How many enterprises stand where."""

    met: int = 0
    not_met: int = 0
    unknown: int = 0


@dataclass(frozen=True)
class RuleRehearsal:
    """One rule before and after. ``moves`` are positions of enterprises in the columns.

    gains: met now, and known not to be before. loses: the reverse. becomes_unknown: was known.
    settled: was unknown and is known now, either way. changed_value: met both times, with another
    value. A rule that is new or gone counts as not met on the side where it is not in force.
    ``changed_amount`` are those met both times who are paid something else, or no longer know what;
    they are not among the moves. ``cost`` is None where neither side has amounts.
    """

    id: str
    title: Text
    from_version: str | None
    to_version: str | None
    differences: tuple[Difference, ...]
    moves: Mapping[Move, Rows]
    rows: int
    before: Counts
    after: Counts
    changed_amount: Rows
    cost: Cost | None = None

    @property
    def unchanged(self) -> int:
        """How many stand as they did, whatever they are paid."""
        return self.rows - sum(map(len, self.moves.values()))

    @property
    def status(self) -> Literal["new", "removed", "changed", "same"]:
        """What became of the rule itself."""
        if self.from_version is None:
            return "new"
        if self.to_version is None:
            return "removed"
        return "changed" if self.differences else "same"


@dataclass(frozen=True)
class Rehearsal:
    """What would change if ``after`` took the place of ``before``, for every rule of either."""

    before: Plan
    after: Plan
    columns: Columns
    rules: tuple[RuleRehearsal, ...] = ()

    @cached_property
    def by_id(self) -> dict[str, RuleRehearsal]:
        """The rules by their ids."""
        return {rule.id: rule for rule in self.rules}

    def ids(self, rows: Rows) -> list[str]:
        """Return the ids of enterprises by their positions."""
        return [self.columns.ids[row] for row in rows.tolist()]

    @cached_property
    def affected(self) -> Rows:
        """The enterprises for whom any rule answers or pays otherwise."""
        touched = np.zeros(len(self.columns), np.bool_)
        for rule in self.rules:
            for rows in (*rule.moves.values(), rule.changed_amount):
                touched[rows] = True
        return np.flatnonzero(touched)

    @property
    def caps_left_out(self) -> bool:
        """Whether relations between rules would limit what is paid; costs do not apply them."""
        return bool(self.before.relations or self.after.relations)


class _Pair(NamedTuple):
    """The facts of both sides, and what all rules are called."""

    old: Catalogue
    new: Catalogue
    titles: Mapping[str, Text]


def rehearse(before: Plan, after: Plan, columns: Columns) -> Rehearsal:
    """Evaluate both plans for every enterprise and compare the answers, rule by rule.

    The plans may have catalogues of their own; ``columns`` must hold the facts of both. Rules
    that refer to others are compared by their own answers, so a change of one rule is counted in
    every rule that rests on it.
    """
    old = {answer.rule.id: answer for answer in evaluate(before, columns, near=False).answers}
    new = {answer.rule.id: answer for answer in evaluate(after, columns, near=False).answers}
    titles = {rule.id: rule.rule.title.text for plan in (before, after) for rule in plan.rules}
    pair = _Pair(before.catalogue, after.catalogue, titles)
    paid = spending(before, after, columns)
    rules = tuple(
        _compared(old.get(name), new.get(name), pair, len(columns), paid.get(name))
        for name in dict.fromkeys((*new, *old))
    )
    return Rehearsal(before, after, columns, rules)


def _compared(
    old: RuleAnswers | None,
    new: RuleAnswers | None,
    pair: _Pair,
    rows: int,
    paid: Spending | None,
) -> RuleRehearsal:
    one = (new or old).rule  # type: ignore[union-attr] # it is in force on one side
    return RuleRehearsal(
        id=one.id,
        title=one.rule.title.text,
        from_version=_version(old),
        to_version=_version(new),
        differences=tuple(differences(_side(old), pair.old, _side(new), pair.new, pair.titles)),
        moves=dict(_moves(old, new, rows)),
        rows=rows,
        before=_counts(old),
        after=_counts(new),
        changed_amount=paid.changed if paid else np.empty(0, np.intp),
        cost=paid.cost if paid else None,
    )


def _side(answers: RuleAnswers | None) -> CompiledRule | None:
    return answers.rule if answers else None


def _version(answers: RuleAnswers | None) -> str | None:
    return answers.rule.version.version if answers else None


def _counts(answers: RuleAnswers | None) -> Counts:
    return Counts(*answers.counts()) if answers else Counts()


def _moves(
    old: RuleAnswers | None, new: RuleAnswers | None, rows: int
) -> Iterator[tuple[Move, Rows]]:
    """Yield each kind of move with the positions of those who make it."""
    (was, was_not), (now, now_not) = _planes(old, rows), _planes(new, rows)
    unknown, was_unknown = ~(now | now_not), ~(was | was_not)
    yield "gains", _positions(was_not & now, rows)
    yield "loses", _positions(was & now_not, rows)
    yield "becomes_unknown", _positions(unknown & ~was_unknown, rows)
    yield "settled", _positions(was_unknown & ~unknown, rows)
    yield "changed_value", _with_another_value(old, new, unpack(was & now, rows))


def _planes(answers: RuleAnswers | None, rows: int) -> tuple[Plane, Plane]:
    if answers is not None:
        return answers.met, answers.not_met
    nobody = np.zeros((rows + 7) // 8, np.uint8)
    return nobody, ~nobody


def _positions(plane: Plane, rows: int) -> Rows:
    return np.flatnonzero(unpack(plane, rows)) if plane.any() else np.empty(0, np.intp)


def _with_another_value(
    old: RuleAnswers | None, new: RuleAnswers | None, both: npt.NDArray[np.bool_]
) -> Rows:
    if old is None or new is None or old.value is None or new.value is None:
        return np.empty(0, np.intp)
    levels = {name: code for code, (name, _) in enumerate(new.rule.levels, start=1)}
    same = [0, *(levels.get(name, 255) for name, _ in old.rule.levels)]
    moved = np.array(same, np.uint8)[old.value] != new.value
    return np.flatnonzero(both & moved)


def total_cost(rules: Sequence[RuleRehearsal]) -> Cost:
    """Add up what the rules cost."""
    costs = [rule.cost for rule in rules if rule.cost is not None]
    return Cost(*map(sum, zip(*costs, strict=True))) if costs else Cost()
