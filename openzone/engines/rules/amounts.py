"""The step that turns a computed number into money: rounded as the rule says, never below zero."""

# ruff: noqa: D102 - what the methods of a step do is said once, in steps.Step

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from openzone.engines.rules.numbers import finite
from openzone.engines.rules.steps import Asks, Block, Floats, Need, Row, Step, Values, View

Mode = Literal["down", "half_up", "up"]
FEN = 100
"""Fen to the yuan, the smallest money there is."""
NOISE = 1e-9
"""A share of an amount that arithmetic with doubles may leave, and no rule means."""


@dataclass(frozen=True, slots=True)
class Paid(Step):
    """An amount in yuan, rounded to a multiple of ``fen``; what is below zero is zero.

    What doubles leave of ``8,000,000 × 10 %`` beside 800,000 is dropped first, also beside the
    half of a unit, so that rounding never adds or drops a yuan that the formula does not.
    """

    number: int
    fen: int = 1
    mode: Mode = "half_up"
    READS = ("number",)

    def batch(self, values: Values, block: Block) -> Floats:
        units = finite(values[self.number] * FEN / self.fen)
        near = np.rint(units * 2) / 2
        units = np.where(abs(units - near) <= NOISE * np.maximum(1, abs(units)), near, units)
        paid: Floats = np.maximum(_ARRAYS[self.mode](units), 0.0) * self.fen / FEN
        return paid

    def single(self, values: Values, row: Row) -> float:
        return rounded_money(values[self.number], self.fen, self.mode)

    def asks(self, view: View, need: Need) -> Asks:
        yield self.number, need & view.invalid(self.number)


def rounded_money(yuan: float, fen: int, mode: Mode) -> float:
    """Round an amount in yuan to a multiple of ``fen``; nan stays nan.

    >>> rounded_money(800000.0000000001, 100, "up"), rounded_money(19_999.99, 10_000, "down")
    (800000.0, 19900.0)
    """
    units: float = finite(yuan * FEN / fen)
    if math.isnan(units):
        return units
    near = round(units * 2) / 2
    if abs(units - near) <= NOISE * max(1.0, abs(units)):
        units = near
    return max(_NUMBERS[mode](units), 0.0) * fen / FEN


_ARRAYS: dict[Mode, Callable[[Any], Any]] = {
    "down": np.floor,
    "up": np.ceil,
    "half_up": lambda units: np.floor(units + 0.5),
}
_NUMBERS: dict[Mode, Callable[[float], float]] = {
    "down": lambda units: float(math.floor(units)),
    "up": lambda units: float(math.ceil(units)),
    "half_up": lambda units: float(math.floor(units + 0.5)),
}
