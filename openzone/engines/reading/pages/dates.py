"""When a page appeared: its own head says it, else its name, else the times its text names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from openzone.engines.reading.pages.lexicon import DateRules


@dataclass(frozen=True, slots=True)
class PageDate:
    """When a page appeared, as far as known: a year, perhaps a month."""

    year: int | None = None
    month: int | None = None

    def __str__(self) -> str:
        if self.year is None:
            return ""
        return f"{self.year}-{self.month:02}" if self.month else f"{self.year}"


def date_of_name(name: str) -> PageDate | None:
    """Return the date a file's name has: 20240715_A3, 2024-07-15, 2024年7月.

    >>> str(date_of_name("示例日报_2024-07-15_第3版"))
    '2024-07'
    """
    match = _NAMED.search(name)
    return PageDate(int(match[1]), int(match[2] or match[3])) if match else None


_NAMED = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?:[-_.年](1[0-2]|0?[1-9])(?!\d)|(1[0-2]|0[1-9])(?=[0-3]\d(?!\d)))"
)


def guess_date(text: str, rules: DateRules) -> PageDate:
    """Return the date a page gives away: that of its head, else its latest year and month.

    A year told as gone by (2023年，; 2023年以来) is not the page's own, which would be 今年;
    a year still to come (到2025年, 2025年预计) says nothing. Nor do months to come.
    """
    head = next((match for match in rules.head.finditer(text) if _alone(text, match)), None)
    if head:
        return PageDate(int(head["y"]), int(head["m"]))
    year, gone = _latest_year(text, rules)
    return PageDate(year + 1 if year and gone else year, max(_months(text, rules), default=None))


_HEAD = 60
"""A line with a date that is longer than this is no head of a page."""


def _alone(text: str, match: re.Match[str]) -> bool:
    """Say whether a date stands in a short line without any sentence."""
    before = text[max(0, match.start() - _HEAD) : match.start()].rpartition("\n")[2]
    behind = text[match.end() : match.end() + _HEAD].partition("\n")[0]
    line = before + behind
    return len(line) < _HEAD and not any(mark in line for mark in "。，；！？")


_YEAR = re.compile(r"(?:19|20)\d\d(?=\s*年)")


def _latest_year(text: str, rules: DateRules) -> tuple[int | None, bool]:
    """Return the latest year that has begun, and whether it is told as gone by."""
    named = [
        (int(match[0]), bool(rules.gone.match(text, match.end())))
        for match in _YEAR.finditer(text)
        if not _to_come(text, match, rules)
    ]
    year = max((one for one, _ in named), default=None)
    return year, any(gone for one, gone in named if one == year)


def _to_come(text: str, match: re.Match[str], rules: DateRules) -> bool:
    before = text[max(0, match.start() - 6) : match.start()]
    return bool(rules.coming_before.search(before) or rules.coming_after.match(text, match.end()))


def _months(text: str, rules: DateRules) -> Iterator[int]:
    """Yield the months the page must have seen: 5月 for 今年5月, 7 for 上半年."""
    for match in rules.months.finditer(text):
        before = text[max(0, match.start() - 6) : match.start()]
        if rules.other_year.search(before) or _to_come(text, match, rules):
            continue
        groups = match.groupdict()
        if groups["month"]:
            yield int(groups["month"])
        else:
            yield min(12, int(groups["until"]) + 1) if groups["until"] else rules.after[match[0]]
