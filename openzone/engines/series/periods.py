"""The time a figure is about: months of one year, or the end of one (时点).

A cumulative figure (1—N月累计) covers January to month N. The statistics bureau publishes January
and February together for industry and no January for investment: ``2026-01/2026-02`` is a period of
its own, and there is no month of February in such a series.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from openzone.engines.tables.numbers import clean
from openzone.engines.text import Text

YEARS = range(1949, 2100)
_CN = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_YEAR = r"(?P<year>\d{4})年?"
# As offices write them, and as SDMX does (2026-M05, 2026-Q2, 2026-S1, 2026-A1).
_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], tuple[int, int]]], ...] = tuple(
    (re.compile(pattern), span)
    for pattern, span in (
        (rf"{_YEAR}(?:全年|度|-?a1)?", lambda m: (1, 12)),
        (rf"{_YEAR}[-./]?m?(?P<a>\d{{1,2}})月?(?:份|当月)?", lambda m: (int(m["a"]), int(m["a"]))),
        (
            rf"{_YEAR}-?(?P<a>\d{{1,2}})月?(?:[-~—–至到/]|\.\.)(?:(?P<end>\d{{4}})[年-])?(?P<b>\d{{1,2}})月?(?:份|累计)?",
            lambda m: (int(m["a"]), int(m["b"])),
        ),
        (rf"{_YEAR}前(?P<b>\d{{1,2}})个?月", lambda m: (1, int(m["b"]))),
        (rf"{_YEAR}-?[第q]?(?P<q>[1-4一二三四])(?:季度|季)", lambda m: _quarter(m["q"])),
        (rf"{_YEAR}-?q(?P<q>[1-4])", lambda m: _quarter(m["q"])),
        (rf"{_YEAR}前(?P<q>[23二三])个?季度", lambda m: (1, 3 * _number(m["q"]))),
        (rf"{_YEAR}(?:上半年|-?[hs]1)", lambda m: (1, 6)),
        (rf"{_YEAR}(?:下半年|-?[hs]2)", lambda m: (7, 12)),
    )
)
_POINTS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], int]], ...] = tuple(
    (re.compile(pattern), month)
    for pattern, month in (
        (rf"{_YEAR}(?:年?末|年?底)", lambda m: 12),
        (rf"{_YEAR}-?(?P<a>\d{{1,2}})月?(?:末|底)", lambda m: int(m["a"])),
        (rf"{_YEAR}-(?P<a>\d{{2}})-(?:28|29|30|31)", lambda m: int(m["a"])),
    )
)
NOT_A_PERIOD = Text(
    "“{given}”不是期间，可写 2026、2026-05、2026年1-5月、2026年一季度、2026年5月末",
    "“{given}” is no period; write 2026, 2026-05, 2026-01/2026-05, 2026Q1 or ../2026-05",
)


class Span(StrEnum):
    """What a period is to the year it lies in."""

    MONTH = "month"
    CUMULATIVE = "cumulative"
    YEAR = "year"
    PART = "part"
    POINT = "point"


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Months ``first`` to ``last`` of a year, both included; a ``point`` is the end of ``last``."""

    year: int
    last: int
    first: int
    point: bool = False

    @property
    def span(self) -> Span:
        """What it is to its year; January by itself is a month and the first cumulative."""
        if self.point:
            return Span.POINT
        if self.first == self.last:
            return Span.MONTH
        if self.first == 1:
            return Span.YEAR if self.last == 12 else Span.CUMULATIVE
        return Span.PART

    @property
    def from_january(self) -> bool:
        """Whether it is a cumulative figure: January to some month, January alone as well."""
        return self.first == 1 and not self.point

    @property
    def months(self) -> int:
        """How many months it covers; 0 for a moment."""
        return 0 if self.point else self.last - self.first + 1

    def years_back(self, years: int) -> "Period":
        """The same months of an earlier year."""
        return Period(self.year - years, self.last, self.first, self.point)

    def cumulative(self) -> "Period":
        """January to its last month."""
        return Period(self.year, self.last, 1)

    def __str__(self) -> str:
        if self.point:
            return f"../{self.year}-{self.last:02}"
        if self.span is Span.YEAR:
            return str(self.year)
        if self.span is Span.MONTH:
            return f"{self.year}-{self.last:02}"
        return f"{self.year}-{self.first:02}/{self.year}-{self.last:02}"


def month(year: int, number: int) -> Period:
    """Return one month."""
    return Period(year, number, number)


def read_period(text: str) -> Period | Text:
    """Read a period as tables write it; a reason where it is none.

    >>> str(read_period("2022年1-5月"))
    '2022-01/2022-05'
    >>> str(read_period("2026年前三季度"))
    '2026-01/2026-09'
    """
    word = clean(text).removeprefix("../" if text.startswith("../") else "")
    if text.startswith("../"):
        word += "末"
    for pattern, month_of in _POINTS:
        if (found := pattern.fullmatch(word)) is not None:
            last = month_of(found)
            return _checked(text, Period(int(found["year"]), last, last, point=True))
    for pattern, span in _FORMS:
        if (found := pattern.fullmatch(word)) is not None and _in_one_year(found):
            first, last = span(found)
            return _checked(text, Period(int(found["year"]), last, first))
    return NOT_A_PERIOD.format(given=text)


def span_said(period: Period) -> Text:
    """Return how offices name a period from January on: 前5个月, 上半年, 全年."""
    year, last = period.year, period.last
    named = {3: "一季度", 6: "上半年", 9: "前三季度", 12: "全年"}
    zh = named.get(last, f"前{last}个月" if last > 2 else f"{last}月" if last == 1 else "1-2月")
    return Text(f"{year}年{zh}", f"{year}, months 1 to {last}")


def period_said(period: Period) -> Text:
    """Return a period in words.

    >>> period_said(Period(2026, 5, 5)).zh
    '2026年5月'
    """
    if period.point:
        return Text(f"{period.year}年{period.last}月末", f"end of {period.year}-{period.last:02}")
    if period.span is Span.MONTH:
        return Text(f"{period.year}年{period.last}月", f"{period.year}-{period.last:02}")
    if period.from_january:
        return span_said(period)
    return Text(f"{period.year}年{period.first}-{period.last}月", str(period))


def _in_one_year(found: re.Match[str]) -> bool:
    end = found.groupdict().get("end")
    return end is None or end == found["year"]


def _checked(text: str, period: Period) -> Period | Text:
    """Refuse month 13, and months that run backwards."""
    if period.year in YEARS and 1 <= period.first <= period.last <= 12:
        return period
    return NOT_A_PERIOD.format(given=text)


def _number(word: str) -> int:
    return _CN.get(word) or int(word)


def _quarter(word: str) -> tuple[int, int]:
    last = 3 * _number(word)
    return last - 2, last
