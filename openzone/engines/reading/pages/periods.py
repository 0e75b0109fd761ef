"""Times in a text, resolved against the page's own date."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from openzone.engines.reading.pages.lexicon import Lexicon, PeriodRule

_NAMED = re.compile(r"\(\?P<\w+>")
_YEAR = re.compile(r"(?<![到至\d])((?:19|20)\d\d)年(?!至|底前|末前|前)")
_SAID = {**{c: i for i, c in enumerate("零一二三四五六七八九十")}, "两": 2}
_FIRST = '(?=[0-9今去前上下本近截“"十当同目一二三四第首到至自年明开迄如日不最较比])'


@dataclass(frozen=True, slots=True)
class PageDate:
    """When a page appeared, as far as known: a year, perhaps a month."""

    year: int | None = None
    month: int | None = None

    def __str__(self) -> str:
        if self.year is None:
            return ""
        return f"{self.year}-{self.month:02}" if self.month else f"{self.year}"


class Period(NamedTuple):
    """A time in the text; ``value`` is ``None`` where the page does not allow to say the year."""

    start: int
    end: int
    value: str | None
    rule: str
    cumulative: bool
    spreads: bool


@lru_cache(maxsize=8)
def _pattern(rules: tuple[PeriodRule, ...]) -> re.Pattern[str]:
    each = (f"(?P<r{i}>{_NAMED.sub('(?:', rule.pattern.pattern)})" for i, rule in enumerate(rules))
    return re.compile(_FIRST + "(?:" + "|".join(each) + ")")


def guess_date(text: str) -> PageDate:
    """Return the date a page gives away: its latest year named in passing, its latest month.

    A page that says 今年 and names its latest year only as one gone by (2023年以来，) appeared
    in the year after: of its own year it would have said 今年.
    """
    year = max((int(found) for found in _YEAR.findall(text)), default=None)
    if year is not None and "今年" in text and _gone_by(text, year):
        year += 1
    month = max((int(found) for found in _MONTH.findall(text)), default=None)
    return PageDate(year, month)


_MONTH = re.compile(r"(?:今年|(?<![\d年]))\s*(1[0-2]|[1-9])\s*月(?:\d{1,2}日|底|份|以来)?")


def _gone_by(text: str, year: int) -> bool:
    behind = re.findall(rf"{year}\s*年(\s*\S\S?)", text)
    return all(one.strip().startswith(("，", "以来", "底", "末", "全年")) for one in behind)


def periods(text: str, lexicon: Lexicon, date: PageDate) -> list[Period]:
    """Return the times of a text in order."""
    rules = lexicon.periods
    found, context = [], date.year
    for match in _pattern(rules).finditer(text):
        rule = rules[int((match.lastgroup or "r0")[1:])]
        inner = rule.pattern.match(text, match.start())
        if inner is None:
            continue
        parts = inner.groupdict()
        context = int(parts["y"]) if parts.get("y") else context
        value = _resolve(rule, parts, date, context)
        found.append(
            Period(match.start(), match.end(), value, rule.id, rule.cumulative, rule.spreads)
        )
    return found


def _resolve(
    rule: PeriodRule, parts: dict[str, str | None], date: PageDate, context: int | None
) -> str | None:
    values = {name: _padded(one) for name, one in parts.items() if one}
    if date.year is not None:
        year = date.year
        values |= {"Y": str(year), "L": str(year - 1), "LL": str(year - 2), "N": str(year + 1)}
        values["now"] = str(date)
    if context is not None:
        values["C"] = str(context)
    try:
        return rule.value.format(**values)
    except KeyError:
        return None


def _padded(text: str) -> str:
    value = int(text) if text.isdigit() else _SAID[text]
    return f"{value:02}"


def nearest(periods: list[Period], starts: list[int], low: int, high: int) -> Period | None:
    """Return the last time that begins between two places."""
    index = bisect_right(starts, high - 1) - 1
    while index >= 0 and starts[index] >= low:
        if periods[index].value:
            return periods[index]
        index -= 1
    return None
