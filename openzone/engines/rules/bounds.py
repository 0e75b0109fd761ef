"""What is known of a computed number without any fact: its form, and between what it lies."""

from math import inf
from typing import Any

from openzone.engines.rules.language import (
    Growth,
    If,
    Let,
    Max,
    Mean,
    Min,
    Mul,
    Named,
    Number,
    Ratio,
    Sub,
    Sum,
    YearsSince,
)
from openzone.engines.rules.literals import Quantity
from openzone.engines.rules.schema import Definitions

Bounds = tuple[float, float]
ANYTHING: Bounds = (-inf, inf)


def plain_form(number: Number, names: Definitions) -> Any:
    """Return a number with names of numbers replaced by what they stand for.

    A fact is its name, so that ``{let: x}`` with ``x: revenue_y1`` is the fact itself.
    """
    match number:
        case str():
            return number
        case Quantity(value=value):
            return value
        case Let(name=name):
            behind = names.let.get(name)
            return {"let": name} if behind is None else plain_form(behind, names)
        case Named(number=inner):
            return plain_form(inner, names)
        case YearsSince(fact=fact):
            return {"years_since": fact}
        case If():
            branches = [plain_form(one, names) for one in (number.then, number.otherwise)]
            return {"if": number.condition.model_dump(mode="json", by_alias=True), "of": branches}
        case Sum() | Sub() | Mul() | Ratio() | Min() | Max() | Mean() | Growth():
            return {type(number).__name__: [plain_form(one, names) for one in number.members]}


def bounds_of(number: Number, names: Definitions) -> Bounds:
    """Return the lowest and the highest value that a number can have where it is known.

    Facts can be anything. Only what cannot be rounded is followed: literals, the smaller and
    the larger, and the two sides of an ``if``.
    """
    match number:
        case Quantity(value=value):
            return value, value
        case Let(name=name):
            behind = names.let.get(name)
            return ANYTHING if behind is None else bounds_of(behind, names)
        case Named(number=inner):
            return bounds_of(inner, names)
        case If():
            return _joined(number.then, number.otherwise, names)
        case Min():
            lows, highs = _sides(number.members, names)
            return min(lows), min(highs)
        case Max():
            lows, highs = _sides(number.members, names)
            return max(lows), max(highs)
    return ANYTHING


def _sides(members: tuple[Number, ...], names: Definitions) -> tuple[list[float], list[float]]:
    found = [bounds_of(member, names) for member in members]
    return [low for low, _ in found], [high for _, high in found]


def _joined(one: Number, other: Number, names: Definitions) -> Bounds:
    lows, highs = _sides((one, other), names)
    return min(lows), max(highs)
