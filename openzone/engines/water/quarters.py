"""Quarters of a year, as joint campaigns are held: ``2026Q3``."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from openzone.engines.text import Text

NO_QUARTER = Text(
    "“{given}”不是季度，请写成 2026Q3 或 2026年三季度",
    "“{given}” is no quarter; write 2026Q3",
)
_WRITTEN = re.compile(r"(\d{4})\s*年?\s*[-]?\s*(?:第?([一二三四1-4])季度?|[Qq]([1-4]))")
_NUMBERS = {"一": 1, "二": 2, "三": 3, "四": 4}


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """Three months of a year; ``number`` is 1 to 4."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year}Q{self.number}"

    @property
    def first(self) -> dt.date:
        """Its first day."""
        return dt.date(self.year, 3 * self.number - 2, 1)

    @property
    def last(self) -> dt.date:
        """Its last day."""
        return self.next.first - dt.timedelta(days=1)

    @property
    def next(self) -> "Quarter":
        """The quarter after it."""
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    @property
    def before(self) -> "Quarter":
        """The quarter before it."""
        return Quarter(self.year - (self.number == 1), (self.number - 2) % 4 + 1)

    @property
    def label(self) -> Text:
        """What people call it."""
        return Text(f"{self.year}年{'一二三四'[self.number - 1]}季度", str(self))


def quarter_of(day: dt.date) -> Quarter:
    """Return the quarter a day lies in."""
    return Quarter(day.year, (day.month + 2) // 3)


def quarter(written: str) -> Quarter:
    """Return the quarter that was written; raises ``ValueError`` for anything else."""
    found = _WRITTEN.fullmatch(written.strip())
    if found is None or not dt.MINYEAR < int(found[1]) < dt.MAXYEAR:
        raise ValueError(NO_QUARTER.format(given=written).zh)
    number = found[2] or found[3]
    return Quarter(int(found[1]), _NUMBERS.get(number) or int(number))


def quarters(first: Quarter, last: Quarter) -> Iterator[Quarter]:
    """Yield the quarters from one to another, both included."""
    while first <= last:
        yield first
        first = first.next
