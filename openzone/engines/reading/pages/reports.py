"""Reports and bulletins: a title or a heading that tells the time of everything below it."""

from functools import lru_cache
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
    parts = _parts(passage.text, rules)
    for part in reversed([one for one in parts if one.start < position]):
        timed = _first(passage, part.start, part.end)
        if timed or part.line:
            return timed or _of_title(passage, rules)
    return _of_title(passage, rules)


@lru_cache(maxsize=4)
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
