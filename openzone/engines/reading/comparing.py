"""Whether what a page says agrees with what is known already."""

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

_NEAR = 0.005
"""Papers round: 108.8亿元 and 108.83亿元 are the same figure."""


class Verdict(StrEnum):
    """How a fact stands to what is known of the same subject, attribute and period."""

    CONTRADICTS = "contradicts"
    VINTAGE = "vintage"
    AGREES = "agrees"
    NEW = "new"


class Figure(NamedTuple):
    """A number with its unit and period, and which edition of the figure it is (快报, 终报)."""

    number: float
    unit: str
    period: str
    edition: str = ""


def verdict(said: Figure, known: Iterable[Figure]) -> Verdict:
    """Return the verdict of all that is known: one that differs weighs more than one that agrees.

    Only figures of the same unit and period compare; where the page says no period, or the
    record has none for that period, nothing is contradicted. Different editions may differ.
    """
    found = [_one(said, other) for other in known if comparable(said, other)]
    for each in (Verdict.CONTRADICTS, Verdict.VINTAGE, Verdict.AGREES):
        if each in found:
            return each
    return Verdict.NEW


def comparable(said: Figure, other: Figure) -> bool:
    """Whether two figures speak of the same time in the same unit."""
    return (
        bool(said.period)
        and period_key(said.period) == period_key(other.period)
        and (said.unit == other.unit)
    )


def _one(said: Figure, other: Figure) -> Verdict:
    if same_number(said.number, other.number):
        return Verdict.AGREES
    return Verdict.VINTAGE if said.edition != other.edition else Verdict.CONTRADICTS


def same_number(one: float, other: float) -> bool:
    """Whether two numbers are the same but for rounding."""
    return abs(one - other) <= _NEAR * max(abs(one), abs(other))


_YEAR_TO_DATE = re.compile(r"(\d{4})-01/(?:\1)-(\d{2})")


def period_key(period: str) -> str:
    """Return one text for periods that are the same: all months of a year are the year.

    >>> period_key("2023-01/2023-12"), period_key("2023-01/2023-06"), period_key("2023-05/2023-05")
    ('2023', '2023-01/2023-06', '2023-05')
    """
    first, slash, last = period.partition("/")
    if slash and first == last:
        return first
    found = _YEAR_TO_DATE.fullmatch(period)
    return found[1] if found and found[2] == "12" else period
