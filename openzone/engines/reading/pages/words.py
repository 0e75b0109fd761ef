"""Many words looked for at once: the longest at each place, in one pass over the text."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import compress
from operator import add
from typing import Any, Generic, NamedTuple, TypeVar

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
        self._lengths: dict[str, list[int]] = {}
        single = {word for word in words if len(word) == 1}
        self._alone = re.compile(f"[{re.escape(''.join(single))}]") if single else None
        for word in words:
            if len(word) > 1:
                lengths = self._lengths.setdefault(word[:2], [])
                if len(word) not in lengths:
                    lengths.append(len(word))
        for pair, lengths in self._lengths.items():
            lengths.sort(reverse=True)
            if pair[0] in single:
                lengths.append(1)

    def __len__(self) -> int:
        return len(self._values)

    def __contains__(self, word: object) -> bool:
        return word in self._values

    def get(self, word: str) -> T | None:
        """Return what a word stands for."""
        return self._values.get(word)

    def find(self, text: str, low: int = 0, high: int | None = None) -> Iterator[Hit[T]]:
        """Yield the words of a text that begin from ``low`` to ``high``, none inside another.

        >>> [text.end for text in Words({"投资": 1, "固定资产投资": 2}).find("固定资产投资额")]
        [6]
        """
        lengths, values, covered = self._lengths, self._values, 0
        for start in self._starts(text, low, len(text) if high is None else high):
            for length in lengths.get(text[start : start + 2], _ONE):
                end = start + length
                if end <= covered:
                    break  # inside a longer word, as every shorter one here is
                word = text[start:end]
                if word in values:
                    covered = start + len(word)  # at the end of a text a slice is shorter
                    yield Hit(start, covered, values[word])
                    break

    def _starts(self, text: str, low: int, high: int) -> list[int]:
        """Return where words may begin; a few words are looked for one by one in a long text."""
        values = self._values
        if len(values) <= _FEW and len(text) > _LONG:
            places = {at for word in values for at in _all(word, text)}
            return sorted(at for at in places if low <= at < high)
        # a few words would only drive a whole text out of what is remembered
        pairs = _pairs(text)[low:high] if len(text) > _SHORT else _paired(text)[low:high]
        found = list(compress(range(low, high), map(self._lengths.__contains__, pairs)))
        if not self._alone:
            return found
        alone = {match.start() for match in self._alone.finditer(text, low, high)}
        return sorted(alone.union(found)) if alone else found


def _paired(text: str) -> list[str]:
    """Return every two neighbouring characters."""
    return list(map(add, text, text[1:]))


_pairs = lru_cache(maxsize=4)(_paired)
"""The same remembered: several dictionaries are asked for one text."""
_FEW, _SHORT, _LONG = 60, 40, 400
_ONE = (1,)


def _all(word: str, text: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


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
    """Return a pattern of alternatives, the longest first, those that begin alike told together.

    >>> any_of(["投资", "投资额", "产值"])
    '产值|投资(?:额)?'
    """
    tree: dict[str, Any] = {}
    for word in words:
        branch = tree
        for character in word:
            branch = branch.setdefault(character, {})
        branch[_END] = {}
    return _alternatives(tree)


_END = ""


def _alternatives(tree: Mapping[str, Any]) -> str:
    """Return the pattern of a tree of characters."""
    return "|".join(re.escape(one) + _rest(tree[one]) for one in sorted(tree) if one != _END)


def _rest(tree: Mapping[str, Any]) -> str:
    """Return the pattern of what follows a character, which may be nothing."""
    inner = _alternatives(tree)
    if not inner:
        return ""
    if _END in tree:
        return f"(?:{inner})?"
    return f"(?:{inner})" if "|" in inner else inner
