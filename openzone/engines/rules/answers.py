"""From the computed steps of a block to the answers of a rule."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

import numpy as np
import numpy.typing as npt

from openzone.engines.rules.compiled import CompiledRule, Plan
from openzone.engines.rules.nodes import all_but_one
from openzone.engines.rules.steps import Bits, Pair, Plane, Ref, Values, position, truth, unpack


def wanted_steps(rule: CompiledRule, clauses: bool) -> Iterator[int]:
    """Yield the steps that hold a rule's answer and its value.

    With ``clauses`` also those of its clauses, and the answers of the rules that they refer to.
    """
    yield position(rule.root)
    yield from (position(ref) for _, ref in rule.levels)
    if clauses:
        yield from (position(clause.ref) for clause in rule.clauses)
        if rule.near_enough is not None:
            yield position(rule.near_enough)
        for clause in (*rule.clauses, *(row.when for row in rule.rows)):
            for leaf in clause.leaves():
                if leaf.other is not None:
                    yield from wanted_steps(leaf.other, clauses=False)


def record_steps(plan: Plan, rule: CompiledRule) -> Iterator[int]:
    """Yield what a full record of a rule needs: also its amount and whom it is tied to."""
    yield from wanted_steps(rule, clauses=True)
    if rule.amount is not None:
        yield rule.amount
    for relation in plan.relations:
        yield from (position(member.root) for member in relation.members)


def facts_of(plan: Plan, rule: CompiledRule) -> frozenset[str]:
    """Return the facts that one rule looks at, also through other rules."""
    order = plan.program.schedule(frozenset(record_steps(plan, rule))).order
    read = (getattr(plan.program.steps[step], "fact", None) for step in order)
    return frozenset(name for name in read if name is not None)


def near_miss(rule: CompiledRule, of: Callable[[Ref], Pair]) -> Bits | None:
    """Return where one clause is not met and all others are; None if there are no clauses.

    Where the rule limits how near that must be, only what is near enough. In the order of the
    references, so that a circuit shares gates with the conjunction.
    """
    refs = sorted(clause.ref for clause in rule.clauses)
    if not refs:
        return None
    near = all_but_one(map(of, refs))
    return near if rule.near_enough is None else near & of(rule.near_enough)[0]


def near_plane(rule: CompiledRule, values: Values) -> Plane:
    """Return where a rule is nearly met, of a block."""
    near: Plane | None = near_miss(rule, partial(truth, values))
    return np.zeros_like(truth(values, rule.root)[0]) if near is None else near


def level_codes(certain: Sequence[Plane], rows: int) -> npt.NDArray[np.uint8]:
    """Return the position of the certain level from 1, 0 where none is."""
    codes = np.zeros(rows, np.uint8)
    for code, plane in enumerate(certain, start=1):
        codes[unpack(plane, rows)] = code
    return codes


def clear_tail(plane: Plane, rows: int) -> None:
    """Clear the bits past the last row, in place."""
    if rows % 8 and len(plane):
        plane[-1] &= (1 << rows % 8) - 1
