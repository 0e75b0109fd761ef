"""Arithmetic of the plain interpreter: literals, comparisons, operations."""

from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Any


def literal(raw: Any) -> float:
    if isinstance(raw, str):
        scale = {"元": "1", "万": "10000", "亿": "100000000", "%": "0.01"}[raw[-1]]
        return float(Decimal(raw[:-1]) * Decimal(scale))
    return float(raw)


def compare(test: str, value: Any, limit: Any) -> bool:
    results: dict[str, bool] = {
        "gte": value >= limit,
        "gt": value > limit,
        "lte": value <= limit,
        "lt": value < limit,
        "eq": value == limit,
        "ne": value != limit,
        "at_or_after": value >= limit,
        "after": value > limit,
        "at_or_before": value <= limit,
        "before": value < limit,
    }
    return results[test]


def rounded(yuan: float, rounding: dict[str, Any] | None) -> float:
    """Round as the rule says, else to the fen; noise of less than a billionth is no money."""
    given = rounding or {"to": 0.01, "mode": "half_up"}
    unit = Fraction(round(literal(given["to"]) * 100), 100)
    units, half = Fraction(yuan) / unit, Fraction(1, 2)
    exact = round(units * 2) * half
    if abs(units - exact) <= Fraction(1, 10**9) * max(1, abs(units)):
        units = exact
    whole = {"down": floor, "up": ceil, "half_up": lambda u: floor(u + half)}[given["mode"]]
    return float(max(whole(units), 0) * unit)


def calculate(operation: str, values: list[float]) -> float | None:
    first, rest = values[0], values[1:]
    if operation == "ratio":
        return first / rest[0] if rest[0] != 0 else None
    if operation == "growth":
        return (rest[0] - first) / first if first > 0 else None
    if operation == "sub":
        return first - rest[0]
    if operation == "min":
        return min(values)
    if operation == "max":
        return max(values)
    total = first
    for value in rest:
        total = total * value if operation == "mul" else total + value
    return total / len(values) if operation == "mean" else total


def ends(low: float, high: float, limit: Any) -> list[float]:
    """Points worth trying: the ends, and the limit itself where it lies between them."""
    inside = literal(limit)
    return [low, high, *([inside] if low < inside < high else [])]


def find_part(part: dict[str, Any], part_id: str) -> dict[str, Any]:
    waiting = [part]
    while waiting:
        current = waiting.pop()
        if current.get("id") == part_id:
            return current
        waiting += current.get("parts", []) + current.get("best_of", [])
    raise KeyError(part_id)
