"""Stretches of one day, to the minute."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from openzone.engines.text import Text
from openzone.engines.worktime.errors import WorktimeError

MINUTES_A_DAY = 24 * 60
_SEPARATORS = re.compile(r"[,;、/\s]+")
_RANGE = re.compile(r"(\d{1,2}):(\d{2})(?:-|–|—|~|至|到)(\d{1,2}):(\d{2})")
_SPACED_DASH = re.compile(r"\s*(-|–|—|~|至|到)\s*")


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """From ``start`` up to ``end``, both in minutes since midnight; 24:00 is 1440."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end <= MINUTES_A_DAY:
            raise WorktimeError(
                Text(
                    "时段“{interval}”应在00:00至24:00之间，且先开始后结束",
                    "the interval “{interval}” must lie between 00:00 and 24:00 "
                    "and start before it ends",
                ).format(interval=self)
            )

    @property
    def minutes(self) -> int:
        """Its length."""
        return self.end - self.start

    def __str__(self) -> str:
        return f"{clock_time(self.start)}-{clock_time(self.end)}"


Intervals = tuple[Interval, ...]
ALL_DAY: Intervals = (Interval(0, MINUTES_A_DAY),)


def clock_time(minutes: int) -> str:
    """Write minutes since midnight as ``HH:MM``."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def join(intervals: Iterable[Interval]) -> str:
    """Write intervals as ``parse_intervals`` reads them."""
    return ", ".join(map(str, intervals))


def in_order(intervals: Iterable[Interval]) -> Intervals:
    """Sort intervals; raise ``WorktimeError`` if two overlap."""
    ordered = tuple(sorted(intervals))
    for earlier, later in pairwise(ordered):
        if later.start < earlier.end:
            raise WorktimeError(
                Text(
                    "时段{earlier}与{later}重叠", "the intervals {earlier} and {later} overlap"
                ).format(earlier=earlier, later=later)
            )
    return ordered


def parse_intervals(text: str) -> Intervals:
    """Read ``09:00-12:00, 13:30-17:30``; full-width signs and 至 are understood.

    Raises ``WorktimeError`` for anything unreadable, reversed or overlapping.
    """
    plain = _SPACED_DASH.sub(r"\1", unicodedata.normalize("NFKC", text).strip())
    parts = [part for part in _SEPARATORS.split(plain) if part]
    if not parts:
        raise WorktimeError(Text("未填写时段", "no interval is given"))
    return in_order(_parse_one(part) for part in parts)


def _parse_one(text: str) -> Interval:
    match = _RANGE.fullmatch(text)
    if match is None or int(match[2]) > 59 or int(match[4]) > 59:
        raise WorktimeError(
            Text(
                "“{text}”不是时段，应写作09:00-12:00",
                "“{text}” is not an interval; write 09:00-12:00",
            ).format(text=text)
        )
    return Interval(int(match[1]) * 60 + int(match[2]), int(match[3]) * 60 + int(match[4]))


def subtract(intervals: Intervals, closed: Iterable[Interval]) -> Intervals:
    """Return what is left of ``intervals`` outside ``closed`` (which may overlap each other)."""
    left = intervals
    for hole in closed:
        left = tuple(piece for interval in left for piece in _cut(interval, hole))
    return left


def _cut(interval: Interval, hole: Interval) -> Iterator[Interval]:
    if interval.start < hole.start:
        yield from _some(interval.start, min(interval.end, hole.start))
    if hole.end < interval.end:
        yield from _some(max(interval.start, hole.end), interval.end)


def _some(start: int, end: int) -> Iterator[Interval]:
    if start < end:
        yield Interval(start, end)
