"""Columns of texts, codes and bools: small integers into a sorted list of words."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
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
        return cls(codes.astype(narrowest(len(words))), words)

    @classmethod
    def of_dictionary(cls, codes: npt.NDArray[np.integer[Any]], words: list[Any]) -> "CodedColumn":
        """Recode a dictionary-coded column (-1 is unknown), whose words may be unsorted."""
        kept = sorted(set(words))
        position = {word: code for code, word in enumerate(kept, start=1)}
        recode = np.array([0] + [position[word] for word in words], narrowest(len(kept)))
        return cls(recode[codes + 1], kept)

    def __len__(self) -> int:
        return len(self.codes)

    def __getitem__(self, rows: slice | npt.NDArray[np.integer[Any]]) -> "CodedColumn":
        return CodedColumn(self.codes[rows], self.words, self._spans)

    def values(self) -> list[Any]:
        """Return the words themselves, None where unknown."""
        words = [None, *self.words]
        return [words[code] for code in self.codes.tolist()]

    def within(self, spans: Sequence[Span]) -> Plane:
        """Return where the code lies in one of the spans."""
        return pack(inside(self.codes, spans))

    def all_codes(self) -> Sequence[Span]:
        """Return the span of everything known."""
        return ((1, len(self.words) + 1),)

    def among(self, words: tuple[Any, ...]) -> Sequence[Span]:
        """Return the spans of ``words``."""
        return self._remembered(("in", words), lambda: map(self._exactly, words))

    def starting(self, prefixes: tuple[str, ...]) -> Sequence[Span]:
        """Return the spans of what starts with one of ``prefixes``."""
        return self._remembered(("prefix", prefixes), lambda: map(self._from, prefixes))

    def fine_enough(self, prefixes: tuple[str, ...]) -> Sequence[Span]:
        """Return the spans of all but what is shorter than a prefix that starts with it.

        What another prefix covers is fine enough.
        """
        stems = {prefix[:end] for prefix in prefixes for end in range(1, len(prefix))}
        coarse = [stem for stem in stems if not stem.startswith(prefixes)]
        return self._remembered(
            ("fine", prefixes), lambda: self._all_but(map(self._exactly, coarse))
        )

    def _remembered(self, key: object, spans: Callable[[], Iterable[Span]]) -> Sequence[Span]:
        if key not in self._spans:
            self._spans[key] = _merged(spans())
        return self._spans[key]

    def _all_but(self, spans: Iterable[Span]) -> Iterator[Span]:
        """Yield what lies between the spans."""
        first = 1
        for out, end in _merged(spans):
            yield first, out
            first = end
        yield first, len(self.words) + 1

    def _exactly(self, word: Any) -> Span:
        code = bisect_left(self.words, word)
        found = code < len(self.words) and self.words[code] == word
        return code + 1, code + 1 + found

    def _from(self, prefix: str) -> Span:
        first = bisect_left(self.words, prefix)
        return first + 1, bisect_left(self.words, prefix + _PAST_ALL, first) + 1


def inside(codes: Codes, spans: Sequence[Span]) -> npt.NDArray[np.bool_]:
    """Return which codes lie in a span."""
    if not spans:
        return np.zeros(len(codes), np.bool_)
    first, *others = (_in_span(codes, *span) for span in spans)
    for other in others:
        first |= other
    return first


def _in_span(codes: Codes, first: int, end: int) -> npt.NDArray[np.bool_]:
    """Compare once where that is enough; else wrap around below zero, one comparison for two."""
    top = np.iinfo(codes.dtype).max
    found: npt.NDArray[np.bool_]
    if end - first == 1:
        found = codes == first
    elif end > top:
        found = codes >= first
    elif first <= 0:
        found = codes < end
    else:
        found = codes - codes.dtype.type(first) < end - first
    return found


def _merged(spans: Iterable[Span]) -> list[Span]:
    """Join overlapping and touching spans, drop empty ones."""
    merged: list[Span] = []
    for first, end in sorted(span for span in spans if span[0] < span[1]):
        if merged and first <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((first, end))
    return merged


def narrowest(words: int) -> type[np.unsignedinteger[Any]]:
    """Return the smallest type that holds the numbers up to ``words``."""
    return np.uint8 if words < 2**8 else np.uint16 if words < 2**16 else np.uint32
