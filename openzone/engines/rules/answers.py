"""From the computed steps of a block to the answers of a rule."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from openzone.engines.rules.compiled import CompiledRule, Plan
from openzone.engines.rules.nodes import exactly_one
from openzone.engines.rules.steps import Plane, Values, position, truth, unpack


def wanted_steps(rule: CompiledRule, clauses: bool) -> Iterator[int]:
    """Yield the steps that hold a rule's answer and its value.

    With ``clauses`` also those of its clauses, and the answers of the rules that they refer to.
    """
    yield position(rule.root)
    yield from (position(ref) for _, ref in rule.levels)
    if clauses:
        yield from (position(clause.ref) for clause in rule.clauses)
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


def near_plane(rule: CompiledRule, values: Values) -> Plane:
    """Return where exactly one clause does not hold and all others do."""
    _, not_met = truth(values, rule.root)
    if not rule.clauses:
        return np.zeros_like(not_met)
    near = exactly_one([~truth(values, clause.ref)[0] for clause in rule.clauses])
    near &= not_met
    return near


def level_codes(rule: CompiledRule, values: Values, rows: int) -> npt.NDArray[np.uint8]:
    """Return the position of the certain level from 1, 0 where none is."""
    codes = np.zeros(rows, np.uint8)
    for code, (_, ref) in enumerate(rule.levels, start=1):
        codes[unpack(truth(values, ref)[0], rows)] = code
    return codes


def clear_tail(plane: Plane, rows: int) -> None:
    """Clear the bits past the last row, in place."""
    if rows % 8:
        plane[-1] &= (1 << rows % 8) - 1
