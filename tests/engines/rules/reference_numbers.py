"""Arithmetic of the plain interpreter: literals, comparisons, operations."""

from decimal import Decimal
from typing import Any


def literal(raw: Any) -> float:
    if isinstance(raw, str):
        scale = {"万": "10000", "亿": "100000000", "%": "0.01"}[raw[-1]]
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
