"""The running text of an article with its sentences, clauses and everything found in it."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

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


class _Starts(Protocol):
    @property
    def start(self) -> int: ...


T = TypeVar("T", bound=_Starts)


class Placed(Generic[T]):
    """Things found in a text, in order, asked for by where they begin."""

    def __init__(self, found: Sequence[T]) -> None:
        self._found = found
        self._starts = [one.start for one in found]

    def within(self, low: int, high: int) -> Sequence[T]:
        """Return those that begin at ``low`` or later and before ``high``."""
        return self._found[bisect_left(self._starts, low) : bisect_left(self._starts, high)]


class Cuts:
    """A text cut into stretches, asked for the one around a place.

    What is longer than ``most`` has lost its marks and is cut all the same.
    """

    def __init__(self, text: str, marks: re.Pattern[str], most: int) -> None:
        found = [match.span() for match in marks.finditer(text)]
        starts = [0, *(end for _, end in found)]
        ends = [*(start for start, _ in found), len(text)]
        if any(end - start > most for start, end in zip(starts, ends, strict=True)):
            starts, ends = _shortened(text, starts, ends, most)
        self._starts = starts
        self._spans = list(map(Span, starts, ends))

    def at(self, position: int) -> Span:
        """Return the stretch a place is in."""
        return self._spans[bisect_right(self._starts, position) - 1]

    def before(self, position: int) -> Span | None:
        """Return the stretch before the one a place is in."""
        index = bisect_right(self._starts, position) - 2
        return self._spans[index] if index >= 0 else None


def _shortened(
    text: str, starts: list[int], ends: list[int], most: int
) -> tuple[list[int], list[int]]:
    """Cut long stretches behind their last comma within ``most`` characters, else anywhere."""
    begins, finishes = [], []
    for first, end in zip(starts, ends, strict=True):
        start = first
        while end - start > most:
            cut = text.rfind("，", start, start + most) + 1 or start + most
            begins.append(start)
            finishes.append(cut)
            start = cut
        begins.append(start)
        finishes.append(end)
    return begins, finishes


@lru_cache(maxsize=2)
def sentences(text: str) -> Cuts:
    """Return a text by sentences."""
    return Cuts(text, _SENTENCE, _SENTENCE_MOST)


_SENTENCE_MOST, _CLAUSE_MOST = 500, 250
_PARAGRAPH_MOST = 4000


@dataclass(frozen=True)
class Passage:
    """An article ready to be read; ``sure``: how far its borders let its facts be trusted.

    ``inside`` are enterprises whose name is part of the name of a project.
    """

    folded: Folded
    headline: str
    sure: float
    quantities: list[Quantity]
    periods: list[Period]
    mentions: list[Mention]
    inside: list[Mention]
    heads: list[Hit[tuple[Attribute, ...]]]
    found: dict[tuple[str, int], Any] = field(default_factory=dict)
    """What stages remember of places they are asked about again and again."""

    @cached_property
    def text(self) -> str:
        """The running text."""
        return self.folded.text

    @cached_property
    def sentences(self) -> Cuts:
        """The text by sentences."""
        return sentences(self.text)

    @cached_property
    def clauses(self) -> Cuts:
        """The text by clauses."""
        return Cuts(self.text, _CLAUSE, _CLAUSE_MOST)

    @cached_property
    def paragraphs(self) -> Cuts:
        """The text by paragraphs."""
        return Cuts(self.text, _PARAGRAPH, _PARAGRAPH_MOST)

    @cached_property
    def _mentions(self) -> Placed[Mention]:
        return Placed(self.mentions)

    @cached_property
    def _heads(self) -> Placed[Hit[tuple[Attribute, ...]]]:
        return Placed(self.heads)

    @cached_property
    def _periods(self) -> Placed[Period]:
        return Placed(self.periods)

    def mentions_in(self, low: int, high: int) -> Sequence[Mention]:
        """Return the names that begin in a stretch."""
        return self._mentions.within(low, high)

    def heads_in(self, low: int, high: int) -> Sequence[Hit[tuple[Attribute, ...]]]:
        """Return the head nouns that begin in a stretch."""
        return self._heads.within(low, high)

    def periods_in(self, low: int, high: int) -> Sequence[Period]:
        """Return the times that begin in a stretch."""
        return self._periods.within(low, high)
