"""What two plans pay over the same enterprises, rule by rule."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from openzone.engines.rules.amounts import FEN
from openzone.engines.rules.batch import BLOCK
from openzone.engines.rules.columns import Columns
from openzone.engines.rules.compiled import CompiledRule, Plan
from openzone.engines.rules.near import tidy
from openzone.engines.rules.steps import Values, position, truth, unpack

Yuan = npt.NDArray[np.float64]
NOT_PAID = -1.0
"""Stands for those who do not meet the rule; nan for those who do, with an unknown amount."""


class Cost(NamedTuple):
    """Yuan paid where a rule is met, and how many are met with an amount that is unknown.

    Where it is unknown whether a rule is met, nothing is counted.
    """

    before: float = 0.0
    after: float = 0.0
    unknown_before: int = 0
    unknown_after: int = 0

    @property
    def difference(self) -> float:
        """What it costs more, in yuan."""
        return round(self.after - self.before, 2)

    def as_json(self) -> dict[str, Any]:
        """Return the fields, with the difference."""
        yuan = {"before": self.before, "after": self.after, "difference": self.difference}
        counts = {"unknown_before": self.unknown_before, "unknown_after": self.unknown_after}
        return {name: tidy(float(value)) for name, value in yuan.items()} | counts


@dataclass
class Spending:
    """What one rule costs, summed up block by block in fen, so that nothing is rounded away."""

    fen: list[int] = field(default_factory=lambda: [0, 0])
    unknown: list[int] = field(default_factory=lambda: [0, 0])
    _changed: list[npt.NDArray[np.intp]] = field(default_factory=list)

    @property
    def cost(self) -> Cost:
        """The sums in yuan."""
        before, after = (fen / FEN for fen in self.fen)
        return Cost(before, after, *self.unknown)

    @property
    def changed(self) -> npt.NDArray[np.intp]:
        """The positions of those who are paid otherwise."""
        return np.concatenate(self._changed)

    def add(self, before: Yuan | None, after: Yuan | None, start: int) -> None:
        """Add a block that begins at row ``start``."""
        for side, paid in enumerate((before, after)):
            if paid is not None:
                self.fen[side] += int(np.rint(paid[paid > 0] * FEN).astype(np.int64).sum())
                self.unknown[side] += int(np.isnan(paid).sum())
        changed = np.empty(0, np.intp)
        if before is not None and after is not None:
            both = (before != NOT_PAID) & (after != NOT_PAID)
            same = (before == after) | (np.isnan(before) & np.isnan(after))
            changed = np.flatnonzero(both & ~same) + start
        self._changed.append(changed)


def spending(before: Plan, after: Plan, columns: Columns) -> Mapping[str, Spending]:
    """Return what every rule with an amount costs on either side."""
    found: dict[str, Spending] = {}
    for number, block in enumerate(columns.blocks(BLOCK)):
        old, new = dict(_paid(before, block)), dict(_paid(after, block))
        for name in dict.fromkeys((*new, *old)):
            sums = found.setdefault(name, Spending())
            sums.add(old.get(name), new.get(name), number * BLOCK)
    return found


def _paid(plan: Plan, block: Columns) -> Iterator[tuple[str, Yuan]]:
    """Yield what every enterprise of a block is paid by every rule that pays."""
    paying = [rule for rule in plan.rules if rule.amount is not None]
    if not paying:
        return
    wanted = {step for rule in paying for step in (position(rule.root), rule.amount or 0)}
    values = plan.program.batch(block, wanted)
    yield from ((rule.id, _amounts(rule, values, block.rows)) for rule in paying)


def _amounts(rule: CompiledRule, values: Values, rows: int) -> Yuan:
    met = unpack(truth(values, rule.root)[0], rows)
    amounts: Yuan = values[rule.amount or 0]
    return np.where(met, amounts, NOT_PAID)
