"""Which rules that are met are tied to each other, and by what."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from openzone.engines.rules.compiled import CompiledRelation, Plan
from openzone.engines.rules.relation_language import OnceIn, Requires
from openzone.engines.rules.steps import Values, truth, unpack


class Tie(NamedTuple):
    """A relation by which a rule that is met is tied to ``others`` that are met."""

    id: str
    relation: str
    others: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the record of the contract."""
        return {"id": self.id, "relation": self.relation, "with": list(self.others)}


BlockTies = Mapping[str, Mapping[int, tuple[Tie, ...]]]
"""The ties of the rows of a block, by rule."""


def ties_of(relation: CompiledRelation, met: tuple[str, ...]) -> dict[str, Tie]:
    """Return the ties between the members that are met, by rule."""
    source = relation.source
    if isinstance(source, OnceIn) and not source.together:
        return {}
    found: dict[str, Tie] = {}
    for name in met:
        others = tuple(other for other in met if other != name)
        if isinstance(source, Requires) and name != source.rule:
            others = tuple(other for other in others if other == source.rule)
        if others:
            found[name] = Tie(relation.id, source.relation, others)
    return found


def block_ties(plan: Plan, values: Values, rows: int) -> BlockTies:
    """Return the ties of a block, from the computed answers of all members."""
    found: dict[str, dict[int, tuple[Tie, ...]]] = {}
    for relation in plan.relations:
        if not relation.members:
            continue
        patterns: dict[tuple[bool, ...], dict[str, Tie]] = {}
        flags = np.stack([unpack(truth(values, rule.root)[0], rows) for rule in relation.members])
        several = np.flatnonzero(flags.sum(axis=0) > 1)
        for row, met in zip(several.tolist(), flags[:, several].T.tolist(), strict=True):
            pattern = tuple(met)
            if pattern not in patterns:
                patterns[pattern] = ties_of(relation, names_where(relation, pattern))
            for rule, tie in patterns[pattern].items():
                own = found.setdefault(rule, {})
                own[row] = (*own.get(row, ()), tie)
    return found


def names_where(relation: CompiledRelation, met: tuple[bool, ...]) -> tuple[str, ...]:
    """Return the ids of the members that are met."""
    return tuple(rule.id for rule, holds in zip(relation.members, met, strict=True) if holds)
