"""Reports and bulletins: a title or a heading that tells the time of everything below it."""

from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from openzone.engines.reading.pages.lexicon import ReportRules
from openzone.engines.reading.pages.passage import Passage
from openzone.engines.reading.pages.periods import Period

_LINE = 60
"""A longer line is no title."""


class _Part(NamedTuple):
    """Where the heading of a part begins and ends, and whether a line begins with it."""

    start: int
    end: int
    line: bool


def time_of_part(passage: Passage, position: int, rules: ReportRules) -> Period | None:
    """Return the time told by the last heading before a place, else by the title of a report.

    A heading without a time ends the part of the one before: 二、下一步打算.
    """
    key = ("parts", 0)
    if key not in passage.found:
        passage.found[key] = list(_times(passage, rules))
    parts: list[tuple[int, Period | None]] = passage.found[key]
    index = bisect_left(parts, position, key=lambda part: part[0]) - 1
    return parts[index][1] if index >= 0 else _of_title(passage, rules)


def _times(passage: Passage, rules: ReportRules) -> Iterator[tuple[int, Period | None]]:
    """Yield where parts begin, with the time of what stands below."""
    title = told = _of_title(passage, rules)
    for part in _parts(passage.text, rules):
        told = _first(passage, part.start, part.end) or (title if part.line else told)
        yield part.start, told


def _parts(text: str, rules: ReportRules) -> list[_Part]:
    """Return the headings of parts: a line of their own, or clearly about what a report tells."""
    found = []
    for match in rules.heading.finditer(text):
        line = text[match.start() - 1 : match.start()] in ("", "\n")
        if line or rules.part.search(match["title"]):
            found.append(_Part(match.start(), match.end(), line))
    return found


def _of_title(passage: Passage, rules: ReportRules) -> Period | None:
    """Return the time in the title of a report: 示例县2022年统计公报."""
    end = passage.text.find("\n", 0, _LINE)
    title = passage.text[: max(end, 0)]
    return _first(passage, 0, end) if rules.title.search(title) else None


def _first(passage: Passage, low: int, high: int) -> Period | None:
    found = passage.periods_in(low, high)
    return next((one for one in found if one.value and one.spreads), None)
