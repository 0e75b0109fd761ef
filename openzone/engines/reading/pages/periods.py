"""Times in a text, resolved against the page's own date."""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from openzone.engines.reading.pages.dates import PageDate
from openzone.engines.reading.pages.lexicon import Lexicon, PeriodRule
from openzone.engines.reading.pages.numerals import number

_NAMED = re.compile(r"\(\?P<\w+>")
_SAID = {**{c: i for i, c in enumerate("零一二三四五六七八九十")}, "两": 2}


class Period(NamedTuple):
    """A time in the text; ``value`` is ``None`` where the page does not allow to say the year."""

    start: int
    end: int
    value: str | None
    rule: str
    cumulative: bool
    spreads: bool


@lru_cache(maxsize=8)
def _pattern(begins: str, rules: tuple[PeriodRule, ...]) -> re.Pattern[str]:
    each = (f"(?P<r{i}>{_NAMED.sub('(?:', rule.pattern.pattern)})" for i, rule in enumerate(rules))
    return re.compile(f"(?={begins})(?:{'|'.join(each)})")


def periods(text: str, lexicon: Lexicon, date: PageDate) -> list[Period]:
    """Return the times of a text in order."""
    rules = lexicon.periods
    found: list[Period] = []
    year = None if date.month and date.month < _LATE else date.year
    context = {} if year is None else {"C": str(year)}
    for match in _pattern(lexicon.period_begins, rules).finditer(text):
        rule = rules[int((match.lastgroup or "r0")[1:])]
        inner = rule.pattern.match(text, match.start())
        if inner is None:
            continue
        parts = {name.rstrip("2345"): one for name, one in inner.groupdict().items() if one}
        value = _resolve(rule, parts, _standing(rule, inner, date), context)
        if value and rule.spreads:
            context |= _told(value)
        found.append(
            Period(match.start(), match.end(), value, rule.id, rule.cumulative, rule.spreads)
        )
    return found


_LATE = 3
"""In the months before, a page that says 全年 or 1—12月 mostly means the year gone by."""


def _standing(rule: PeriodRule, match: re.Match[str], date: PageDate) -> PageDate:
    """Return the date that a time is counted from: 1—12月 in January are those of last year."""
    early = date.year is not None and (date.month or _LATE) < _LATE
    if not early or not rule.cumulative or "{Y}" not in rule.value or "今" in match[0]:
        return date
    until = int(number(match.groupdict().get("n") or "") or _UNTIL.get(rule.id, 0))
    return PageDate((date.year or 0) - 1, 12) if until > (date.month or 0) else date


_UNTIL = {"first_half": 6, "quarters_3": 9}


def _told(value: str) -> dict[str, str]:
    """Return the year and the day of a time, for 全年 and 当天 that follow it."""
    plain = value.removeprefix("../")
    told = {"C": plain[:4]} if plain[:4].isdigit() else {}
    return told | ({"D": plain} if _DAY.fullmatch(plain) else {})


_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def _resolve(
    rule: PeriodRule, parts: Mapping[str, str], date: PageDate, context: Mapping[str, str]
) -> str | None:
    values = {**context, **{name: _padded(one) for name, one in parts.items()}}
    if date.year is not None:
        year = date.year
        values |= {"Y": str(year), "L": str(year - 1), "LL": str(year - 2), "N": str(year + 1)}
        values["now"] = str(date)
        if date.month:
            values["before"] = f"{year - (date.month == 1)}-{(date.month - 2) % 12 + 1:02}"
    try:
        return _not_yet(rule.value.format(**values), date)
    except KeyError:
        return None


def _not_yet(value: str, date: PageDate) -> str:
    """Return a time that is still to come as itself: nothing is counted up to it yet."""
    until = value.removeprefix("../")
    return until if date.year and until[:7] > str(date)[: len(until)] else value


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


def until(one: Period, others: Sequence[Period]) -> Period:
    """Return this year's time with its end, where both are told: 截至11月底，今年累计…."""
    value = one.value or ""
    year, both = value[:4], {other.value or "" for other in others}
    if one.rule.startswith("this_year") and value in (year, f"{year}-01/.."):
        ends = {other for other in both if other.startswith(f"../{year}-")}
    elif value.startswith("../") and f"{value[3:7]}-01/.." in both:
        ends = {value}
    else:
        return one
    if len(ends) != 1:
        return one
    end = ends.pop()[3:10]
    return one._replace(value=f"{end[:4]}-01/{end}")
