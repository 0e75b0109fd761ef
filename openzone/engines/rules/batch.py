"""Many enterprises at once: the answers of all rules as bit planes."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from openzone.engines.rules.answers import clear_tail, level_codes, near_plane, wanted_steps
from openzone.engines.rules.columns import Columns
from openzone.engines.rules.compiled import CompiledRule, Plan
from openzone.engines.rules.match import Record, match
from openzone.engines.rules.steps import Plane, Values, truth, unpack

BLOCK = 131_072
"""Rows computed together: large enough to make a numpy call cheap, a multiple of 8."""


@dataclass(frozen=True)
class RuleAnswers:
    """The answers of one rule. Planes hold one bit per enterprise, bit order little.

    ``value`` is the position of the level from 1, 0 where there is none or it is not certain;
    only of a classification.
    """

    rule: CompiledRule
    rows: int
    met: Plane
    not_met: Plane
    near: Plane
    value: npt.NDArray[np.uint8] | None

    def flags(self, plane: Plane) -> npt.NDArray[np.bool_]:
        """Return one of the planes as one flag per enterprise."""
        return unpack(plane, self.rows)

    def counts(self) -> tuple[int, int, int]:
        """Return how many are met, not met and unknown."""
        met = int(np.bitwise_count(self.met).sum())
        not_met = int(np.bitwise_count(self.not_met).sum())
        return met, not_met, self.rows - met - not_met


@dataclass(frozen=True)
class BatchResult:
    """The answers of every rule of a plan, in its order."""

    plan: Plan
    columns: Columns
    answers: tuple[RuleAnswers, ...]

    def __getitem__(self, rule_id: str) -> RuleAnswers:
        return next(answer for answer in self.answers if answer.rule.id == rule_id)

    def records(self) -> Iterator[Record]:
        """Yield the full answers with their reasons, enterprise by enterprise."""
        return match(self.plan, self.columns)

    def points(self, rule_id: str, score: str) -> tuple[npt.NDArray[np.float64], ...]:
        """Return the lowest and the highest possible points of a score, one per enterprise."""
        step = self.plan.by_id[rule_id].scores[score].points
        lowest, highest = np.empty(len(self.columns)), np.empty(len(self.columns))
        for number, block in enumerate(self.columns.blocks(BLOCK)):
            part = slice(number * BLOCK, number * BLOCK + block.rows)
            lowest[part], highest[part] = self.plan.program.batch(block, (step,))[step]
        return lowest, highest


def evaluate(plan: Plan, columns: Columns, *, near: bool = True) -> BatchResult:
    """Evaluate every rule for every enterprise.

    Without ``near`` the planes of near misses stay empty, which saves about a tenth of the time.
    """
    answers = tuple(_empty(rule, len(columns)) for rule in plan.rules)
    wanted = [step for rule in plan.rules for step in wanted_steps(rule, near)]
    for number, block in enumerate(columns.blocks(BLOCK)):
        values = plan.program.batch(block, wanted)
        for answer in answers:
            _fill(answer, values, block.rows, number * BLOCK, near)
    return BatchResult(plan, columns, answers)


def _empty(rule: CompiledRule, rows: int) -> RuleAnswers:
    size = (rows + 7) // 8
    value = np.zeros(rows, np.uint8) if rule.levels else None
    met, not_met, near = (np.zeros(size, np.uint8) for _ in range(3))
    return RuleAnswers(rule, rows, met, not_met, near, value)


def _fill(answer: RuleAnswers, values: Values, rows: int, start: int, near: bool) -> None:
    """Write the answers of a block that begins at row ``start``."""
    part = slice(start // 8, (start + rows + 7) // 8)
    met, not_met = truth(values, answer.rule.root)
    answer.met[part] = met
    answer.not_met[part] = not_met
    if near:
        answer.near[part] = near_plane(answer.rule, values)
    for plane in (answer.met, answer.not_met, answer.near):
        clear_tail(plane[part], rows)
    if answer.value is not None:
        answer.value[start : start + rows] = level_codes(answer.rule, values, rows)
