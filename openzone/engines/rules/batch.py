"""Many enterprises at once: the answers of all rules as bit planes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from openzone.engines.rules.answers import clear_tail, level_codes
from openzone.engines.rules.circuit import LeafKey
from openzone.engines.rules.columns import Columns
from openzone.engines.rules.compiled import CompiledRule, Plan, Program
from openzone.engines.rules.kernel import NUMPY, WORD, Kernel, Words
from openzone.engines.rules.lowered import lower
from openzone.engines.rules.match import Record, match
from openzone.engines.rules.steps import Plane, unpack

BLOCK = 131_072
"""Rows computed together: large enough to make a numpy call cheap, a multiple of 64."""


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


def evaluate(
    plan: Plan, columns: Columns, *, near: bool = True, kernel: Kernel = NUMPY
) -> BatchResult:
    """Evaluate every rule for every enterprise, once.

    Without ``near`` the planes of near misses stay empty, which saves some time. For many
    evaluations of the same enterprises see ``ranks`` and ``index``.
    """
    code = lower(plan, near)
    out = empty_planes(code.outputs, len(columns))
    places = np.arange(len(code.leaves))
    for start, leaves in leaf_blocks(plan.program, code.leaves, columns):
        first = start // WORD
        kernel.run(code, leaves, places, out[:, first : first + leaves.shape[1]])
    return result_of(plan, columns, near, out)


def leaf_blocks(
    program: Program, leaves: Sequence[LeafKey], columns: Columns
) -> Iterator[tuple[int, Words]]:
    """Yield the planes of leaves, block by block, with the first row of the block."""
    wanted = {step for step, _ in leaves}
    for number, block in enumerate(columns.blocks(BLOCK)):
        values = program.batch(block, wanted)
        planes = empty_planes(len(leaves), block.rows)
        width = (block.rows + 7) // 8
        found = planes.view(np.uint8)
        found[:, width:] = 0
        for place, (step, plane) in enumerate(leaves):
            found[place, :width] = values[step][plane]
        yield number * BLOCK, planes


def empty_planes(count: int, rows: int) -> Words:
    """Return a matrix of planes to be filled."""
    return np.empty((count, (rows + WORD - 1) // WORD), np.uint64)


def result_of(plan: Plan, columns: Columns, near: bool, out: Words) -> BatchResult:
    """Return what the outputs of :func:`lower` say."""
    rows = len(columns)
    planes = iter(out.view(np.uint8)[:, : (rows + 7) // 8])
    return BatchResult(
        plan, columns, tuple(_taken(rule, rows, near, planes) for rule in plan.rules)
    )


def _taken(rule: CompiledRule, rows: int, near: bool, planes: Iterator[Plane]) -> RuleAnswers:
    """Take the outputs of one rule."""
    met, not_met = next(planes), next(planes)
    nearly = next(planes) if near else np.zeros_like(met)
    for plane in (met, not_met, nearly):
        clear_tail(plane, rows)
    certain = [next(planes) for _ in rule.levels]
    value = level_codes(certain, rows) if certain else None
    return RuleAnswers(rule, rows, met, not_met, nearly, value)
