"""Columns of texts, codes and bools: small integers into a sorted list of words."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from openzone.engines.rules.steps import Plane, pack

Codes = npt.NDArray[np.unsignedinteger[Any]]
Span = tuple[int, int]
"""First code and the code after the last."""

_PAST_ALL = "\U0010ffff"


@dataclass(frozen=True)
class CodedColumn:
    """``codes`` are 0 where unknown, else one more than the position in the sorted ``words``."""

    codes: Codes
    words: Sequence[Any]
    _spans: dict[object, list[Span]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, values: Sequence[Any]) -> "CodedColumn":
        """Code a list of values; None is unknown."""
        words = sorted(set(values) - {None})
        code_of = {word: code for code, word in enumerate(words, start=1)} | {None: 0}
        codes = np.fromiter(map(code_of.__getitem__, values), np.int64, len(values))
        return cls(codes.astype(_narrowest(len(words))), words)

    @classmethod
    def of_dictionary(cls, codes: npt.NDArray[np.integer[Any]], words: list[Any]) -> "CodedColumn":
        """Recode a dictionary-coded column (-1 is unknown), whose words may be unsorted."""
        kept = sorted(set(words))
        position = {word: code for code, word in enumerate(kept, start=1)}
        recode = np.array([0] + [position[word] for word in words], _narrowest(len(kept)))
        return cls(recode[codes + 1], kept)

    def __len__(self) -> int:
        return len(self.codes)

    def __getitem__(self, rows: slice | npt.NDArray[np.integer[Any]]) -> "CodedColumn":
        return CodedColumn(self.codes[rows], self.words, self._spans)

    def values(self) -> list[Any]:
        """Return the words themselves, None where unknown."""
        words = [None, *self.words]
        return [words[code] for code in self.codes.tolist()]

    def known(self) -> Plane:
        """Return where the value is known."""
        return pack(self.codes != 0)

    def among(self, words: tuple[Any, ...]) -> Plane:
        """Return where the value is one of ``words``."""
        return self._within(("in", words), lambda: map(self._exactly, words))

    def starting(self, prefixes: tuple[str, ...]) -> Plane:
        """Return where the code starts with one of ``prefixes``."""
        return self._within(("prefix", prefixes), lambda: map(self._from, prefixes))

    def coarser(self, prefixes: tuple[str, ...]) -> Plane:
        """Return where the code is shorter than a prefix that starts with it."""
        stems = {prefix[:end] for prefix in prefixes for end in range(1, len(prefix))}
        return self._within(("coarse", prefixes), lambda: map(self._exactly, stems))

    def _within(self, key: object, spans: Callable[[], Iterable[Span]]) -> Plane:
        if key not in self._spans:
            self._spans[key] = _merged(spans())
        return pack(_inside(self.codes, self._spans[key]))

    def _exactly(self, word: Any) -> Span:
        code = bisect_left(self.words, word)
        found = code < len(self.words) and self.words[code] == word
        return code + 1, code + 1 + found

    def _from(self, prefix: str) -> Span:
        first = bisect_left(self.words, prefix)
        return first + 1, bisect_left(self.words, prefix + _PAST_ALL, first) + 1


def _inside(codes: Codes, spans: list[Span]) -> npt.NDArray[np.bool_]:
    """Return which codes lie in a span, by unsigned wrap-around: one comparison for two."""
    inside = np.zeros(len(codes), np.bool_)
    for first, end in spans:
        if end - first == 1:
            inside |= codes == first
        else:
            inside |= codes - codes.dtype.type(first) < end - first
    return inside


def _merged(spans: Iterable[Span]) -> list[Span]:
    """Join overlapping and touching spans, drop empty ones."""
    merged: list[Span] = []
    for first, end in sorted(span for span in spans if span[0] < span[1]):
        if merged and first <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((first, end))
    return merged


def _narrowest(words: int) -> type[np.unsignedinteger[Any]]:
    return np.uint8 if words < 2**8 else np.uint16 if words < 2**16 else np.uint32
