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
        self._begins = _begins(self._ends, self._single) if len(words) > _FEW else None

    def __len__(self) -> int:
        return len(self._values)

    def __contains__(self, word: object) -> bool:
        return word in self._values

    def find(self, text: str) -> Iterator[Hit[T]]:
        """Yield the words of a text, none inside another.

        >>> [text.end for text in Words({"投资": 1, "固定资产投资": 2}).find("固定资产投资额")]
        [6]
        """
        ends = self._ends
        covered, values = 0, self._values
        for start in self._starts(text):
            for length in (*ends.get(text[start : start + 2], ()), 1):
                if start + length <= covered:
                    break  # inside a longer word, as every shorter one here is
                word = text[start : start + length]
                if word in values:
                    covered = start + len(word)  # at the end of a text a slice is shorter
                    yield Hit(start, covered, values[word])
                    break

    def _starts(self, text: str) -> list[int]:
        """Return where words may begin: few words are looked for one by one."""
        if self._begins is None:
            return sorted({at for word in self._values for at in _all(word, text)})
        ends, single = self._ends, self._single
        return [
            at
            for at in map(re.Match.start, self._begins.finditer(text))
            if text[at : at + 2] in ends or text[at] in single
        ]


_FEW = 60


def _all(word: str, text: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


def _begins(pairs: Iterable[str], single: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern of where a pair of characters, or a word of one, may stand."""
    first, second = _class(pairs, 0), _class(pairs, 1)
    alone = "".join(map(re.escape, sorted(single)))
    return re.compile(f"[{first}](?=[{second}])" + (f"|[{alone}]" if alone else ""))


def _class(pairs: Iterable[str], place: int) -> str:
    """Return the characters that stand at a place of pairs, for a pattern."""
    return "".join(re.escape(one) for one in sorted({pair[place] for pair in pairs})) or "\\0"


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
