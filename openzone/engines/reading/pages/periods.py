"""Times in a text, resolved against the page's own date."""

import re
from bisect import bisect_right
from functools import lru_cache
from typing import NamedTuple

from openzone.engines.reading.pages.dates import PageDate
from openzone.engines.reading.pages.lexicon import Lexicon, PeriodRule

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
    found, context = [], date.year
    for match in _pattern(lexicon.period_begins, rules).finditer(text):
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
        if date.month:
            values["before"] = f"{year - (date.month == 1)}-{(date.month - 2) % 12 + 1:02}"
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
