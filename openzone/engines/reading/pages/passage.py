"""The running text of an article with its sentences, clauses and everything found in it."""

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import NamedTuple

from openzone.engines.reading.pages.folding import Folded
from openzone.engines.reading.pages.lexicon import Attribute
from openzone.engines.reading.pages.names import Mention
from openzone.engines.reading.pages.periods import Period
from openzone.engines.reading.pages.quantities import Quantity
from openzone.engines.reading.pages.words import Hit

_SENTENCE = re.compile(r"[。！？\n]+[”’）》]*")
_CLAUSE = re.compile(r"[，。；：！？\n]+[”’）》]*")
_PARAGRAPH = re.compile(r"\n")


class Span(NamedTuple):
    """A stretch of the text."""

    start: int
    end: int


class Cuts:
    """A text cut into stretches, asked for the one around a place."""

    def __init__(self, text: str, marks: re.Pattern[str]) -> None:
        self._starts = [0, *(match.end() for match in marks.finditer(text))]
        self._ends = [*(match.start() for match in marks.finditer(text)), len(text)]

    def at(self, position: int) -> Span:
        """Return the stretch a place is in."""
        index = bisect_right(self._starts, position) - 1
        return Span(self._starts[index], self._ends[index])

    def before(self, position: int) -> Span | None:
        """Return the stretch before the one a place is in."""
        index = bisect_right(self._starts, position) - 2
        return Span(self._starts[index], self._ends[index]) if index >= 0 else None

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter(map(Span, self._starts, self._ends))


@dataclass(frozen=True)
class Passage:
    """An article ready to be read."""

    folded: Folded
    headline: str
    quantities: list[Quantity]
    periods: list[Period]
    mentions: list[Mention]
    heads: list[Hit[tuple[Attribute, ...]]]
    sentences: Cuts = field(init=False)
    clauses: Cuts = field(init=False)
    paragraphs: Cuts = field(init=False)

    def __post_init__(self) -> None:
        text = self.folded.text
        object.__setattr__(self, "sentences", Cuts(text, _SENTENCE))
        object.__setattr__(self, "clauses", Cuts(text, _CLAUSE))
        object.__setattr__(self, "paragraphs", Cuts(text, _PARAGRAPH))
        object.__setattr__(self, "_mention_starts", [one.start for one in self.mentions])
        object.__setattr__(self, "_head_starts", [one.start for one in self.heads])
        object.__setattr__(self, "_period_starts", [one.start for one in self.periods])

    @property
    def text(self) -> str:
        """The running text."""
        return self.folded.text

    def mentions_in(self, low: int, high: int) -> list[Mention]:
        """Return the names that begin in a stretch."""
        return _within(self.mentions, self._mention_starts, low, high)  # type: ignore[attr-defined]

    def heads_in(self, low: int, high: int) -> list[Hit[tuple[Attribute, ...]]]:
        """Return the head nouns that begin in a stretch."""
        return _within(self.heads, self._head_starts, low, high)  # type: ignore[attr-defined]

    def periods_in(self, low: int, high: int) -> list[Period]:
        """Return the times that begin in a stretch."""
        return _within(self.periods, self._period_starts, low, high)  # type: ignore[attr-defined]


def _within(found, starts, low, high):  # type: ignore[no-untyped-def]
    return found[bisect_right(starts, low - 1) : bisect_right(starts, high - 1)]
