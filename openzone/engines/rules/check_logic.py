"""Clauses that can never hold, or always do."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from math import inf

from openzone.engines.rules.check_numbers import Scope
from openzone.engines.rules.language import (
    All,
    Any_,
    FactTest,
    NumberTest,
    NumberTests,
    ScoreTest,
)
from openzone.engines.rules.problems import Path
from openzone.engines.text import Text

IMPOSSIBLE = Text("条件互相矛盾，永远不会满足", "these tests contradict: never met")
ALWAYS = Text("条件互相补足，总是满足", "these tests leave nothing out: always met")


@dataclass(frozen=True, slots=True)
class Range:
    """The numbers a comparison lets through."""

    low: float = -inf
    low_in: bool = True
    high: float = inf
    high_in: bool = True

    @property
    def empty(self) -> bool:
        """Whether nothing lies within."""
        both = self.low_in and self.high_in
        return self.low > self.high or (self.low == self.high and not both)

    def __and__(self, other: "Range") -> "Range":
        low, low_open = max((self.low, not self.low_in), (other.low, not other.low_in))
        high, high_in = min((self.high, self.high_in), (other.high, other.high_in))
        return Range(low, not low_open, high, high_in)

    def without(self, other: "Range") -> list["Range"]:
        """Return what is left of the range outside ``other``."""
        below = Range(high=other.low, high_in=not other.low_in)
        above = Range(low=other.high, low_in=not other.high_in)
        return [part for part in (self & below, self & above) if not part.empty]

    def covers_with(self, other: "Range") -> bool:
        """Whether the two together let every number through."""
        return self._reaches(other) or other._reaches(self)

    def _reaches(self, other: "Range") -> bool:
        if self.low != -inf or other.high != inf:
            return False
        touching = self.high == other.low and (self.high_in or other.low_in)
        return self.high > other.low or touching


def range_of(test: NumberTests) -> Range:
    """Return what the size tests of a comparison let through together."""
    result = Range()
    if test.gte is not None:
        result &= Range(low=test.gte.value)
    if test.gt is not None:
        result &= Range(low=test.gt.value, low_in=False)
    if test.lte is not None:
        result &= Range(high=test.lte.value)
    if test.lt is not None:
        result &= Range(high=test.lt.value, high_in=False)
    if test.eq is not None:
        result &= Range(low=test.eq.value, high=test.eq.value)
    return result


def check_sizes(scope: Scope, test: NumberTests, path: Path) -> None:
    """Report a comparison that contradicts itself (gte 5 and lt 3)."""
    only = range_of(test)
    single = only.low == only.high and test.ne is not None and test.ne.value == only.low
    if only.empty or single:
        scope.report(path, IMPOSSIBLE)


def check_score_reach(scope: Scope, test: ScoreTest, span: Range, path: Path) -> None:
    """Report a score test that the possible points always or never pass."""
    wanted = range_of(test)
    if not wanted.empty and (wanted & span).empty:
        scope.report(path, IMPOSSIBLE)
    if test.ne is None and wanted & span == span:
        scope.report(path, ALWAYS)


def check_members(scope: Scope, clause: All | Any_, path: Path) -> None:
    """Report members of an ``all`` that exclude each other, of an ``any`` that leave nothing."""
    for ranges in _bysubject_of(clause.members).values():
        if isinstance(clause, All) and _joint(ranges).empty:
            scope.report(path, IMPOSSIBLE)
        if isinstance(clause, Any_) and any(a.covers_with(b) for a in ranges for b in ranges):
            scope.report(path, ALWAYS)


def _bysubject_of(members: Iterable[object]) -> dict[str, list[Range]]:
    ranges: dict[str, list[Range]] = defaultdict(list)
    for member in members:
        if isinstance(member, FactTest | NumberTest | ScoreTest):
            found = range_of(member)
            if found != Range() and not found.empty:
                ranges[subject_of(member)].append(found)
    return {subject: found for subject, found in ranges.items() if len(found) > 1}


def subject_of(test: FactTest | NumberTest | ScoreTest) -> str:
    """Return what a comparison is about, in one spelling."""
    written = test.model_dump(mode="json", by_alias=True, include={"fact", "number", "score"})
    return json.dumps(written, sort_keys=True)


def _joint(ranges: list[Range]) -> Range:
    joint = Range()
    for one in ranges:
        joint &= one
    return joint
