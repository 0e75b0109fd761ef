"""Many words looked for at once: the longest at each place, in one pass over the text."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from operator import add
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")
_BRACES = re.compile(r"\{([^{}]*)\}")


class Hit(NamedTuple, Generic[T]):
    """A word found: where, and what it stands for."""

    start: int
    end: int
    value: T


class Words(Generic[T]):
    """A dictionary of words, searched by their first two characters."""

    def __init__(self, words: Mapping[str, T]) -> None:
        self._values = dict(words)
        self._ends: dict[str, list[int]] = {}
        self._single = frozenset(word for word in words if len(word) == 1)
        for word in words:
            if len(word) > 1:
                lengths = self._ends.setdefault(word[:2], [])
                if len(word) not in lengths:
                    lengths.append(len(word))
        for lengths in self._ends.values():
            lengths.sort(reverse=True)

    def __len__(self) -> int:
        return len(self._values)

    def __contains__(self, word: object) -> bool:
        return word in self._values

    def find(self, text: str) -> Iterator[Hit[T]]:
        """Yield the words of a text, none inside another.

        >>> [text.end for text in Words({"投资": 1, "固定资产投资": 2}).find("固定资产投资额")]
        [6]
        """
        places = _pairs(text)
        starts = [at for pair in self._ends.keys() & places.keys() for at in places[pair]]
        if self._single:
            starts = list({*starts, *(at for at, one in enumerate(text) if one in self._single)})
        covered, values = 0, self._values
        for start in sorted(starts):
            for length in (*self._ends.get(text[start : start + 2], ()), 1):
                if start + length <= covered:
                    break  # inside a longer word, as every shorter one here is
                word = text[start : start + length]
                if word in values:
                    covered = start + len(word)  # at the end of a text a slice is shorter
                    yield Hit(start, covered, values[word])
                    break


@lru_cache(maxsize=4)
def _pairs(text: str) -> dict[str, list[int]]:
    """Return where each pair of characters stands; several dictionaries search one text."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for at, pair in enumerate(map(add, text, text[1:])):
        places[pair].append(at)
    return places


def spelled(patterns: Iterable[str]) -> Iterator[str]:
    """Yield every word of patterns with alternatives in braces.

    >>> list(spelled(["{规上,}工业{总,}产值"]))
    ['规上工业总产值', '规上工业产值', '工业总产值', '工业产值']
    """
    for pattern in patterns:
        found = _BRACES.search(pattern)
        if not found:
            yield pattern
            continue
        before, after = pattern[: found.start()], pattern[found.end() :]
        yield from spelled(f"{before}{choice}{after}" for choice in found[1].split(","))


def any_of(words: Iterable[str]) -> str:
    """Return a pattern of alternatives, the longest first."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word) for word in ordered)
