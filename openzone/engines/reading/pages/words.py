"""Many words looked for at once: the longest at each place, in one pass over the text."""

import re
from collections.abc import Iterable, Iterator, Mapping
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

    def at(self, text: str, start: int) -> Hit[T] | None:
        """Return the longest word beginning at a place."""
        for length in self._ends.get(text[start : start + 2], ()):
            word = text[start : start + length]
            if word in self._values:
                return Hit(start, start + length, self._values[word])
        if text[start : start + 1] in self._single:
            return Hit(start, start + 1, self._values[text[start]])
        return None

    def find(self, text: str) -> Iterator[Hit[T]]:
        """Yield the words of a text, none inside another.

        >>> [text.end for text in Words({"投资": 1, "固定资产投资": 2}).find("固定资产投资额")]
        [6]
        """
        ends, covered = self._ends, 0
        for start in range(len(text)):
            if text[start : start + 2] in ends or text[start] in self._single:
                hit = self.at(text, start)
                if hit and hit.end > covered:
                    covered = hit.end
                    yield hit


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
