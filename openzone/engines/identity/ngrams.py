"""Nearest texts by TF-IDF over characters and character pairs, in plain numpy."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

_Ints = npt.NDArray[np.int64]
# Unicode ends below 2^21, so a pair of characters fits one integer.
_SHIFT = 21
# Pairs such as 科技 occur in a third of all names; past this many postings a query has
# read its rare characters and reads no more.
_POSTINGS = 6000


class NgramIndex:
    """An inverted index over ``texts``; results are positions in that sequence."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._size = len(texts)
        grams, docs = _grams_of_all(texts)
        self._vocabulary, term = np.unique(grams, return_inverse=True)
        cells = np.unique(term.astype(np.int64) * max(self._size, 1) + docs)
        term, self._docs = np.divmod(cells, max(self._size, 1))
        frequency = np.bincount(term, minlength=len(self._vocabulary))
        self._starts = np.concatenate(([0], np.cumsum(frequency)))
        self._weights = np.log1p(self._size / np.maximum(frequency, 1)) ** 2
        squares = np.bincount(self._docs, self._weights[term], minlength=self._size)
        self._norms = np.sqrt(np.maximum(squares, 1e-12))

    def search(self, text: str, limit: int) -> _Ints:
        """Return up to ``limit`` positions, most similar first; only texts sharing a character."""
        terms = self._terms(text)
        if not len(terms):
            return np.empty(0, dtype=np.int64)
        postings = [self._docs[self._starts[t] : self._starts[t + 1]] for t in terms]
        weights = np.repeat(self._weights[terms], [len(docs) for docs in postings])
        scores = np.bincount(np.concatenate(postings), weights, minlength=self._size)
        found = np.flatnonzero(scores)
        ranks = -scores[found] / self._norms[found]
        if len(found) > limit:
            nearest = np.argpartition(ranks, limit)[:limit]
            found, ranks = found[nearest], ranks[nearest]
        return found[np.lexsort((found, ranks))]

    def _terms(self, text: str) -> _Ints:
        """Return the known grams of a query, rarest first, as far as the postings budget goes."""
        grams, _ = _grams_of_all([text])
        grams = np.unique(grams)
        places = np.searchsorted(self._vocabulary, grams)
        inside = places < len(self._vocabulary)
        terms: _Ints = places[inside][self._vocabulary[places[inside]] == grams[inside]]
        lengths = self._starts[terms + 1] - self._starts[terms]
        order = np.argsort(lengths, kind="stable")
        affordable = np.cumsum(lengths[order]) <= _POSTINGS
        affordable[:1] = True
        return terms[order][affordable]


def _grams_of_all(texts: Sequence[str]) -> tuple[_Ints, _Ints]:
    """Return every character and pair of neighbours as a number, with the text it is from."""
    encoded = "".join(texts).encode("utf-32-le", "surrogatepass")
    characters = np.frombuffer(encoded, dtype="<u4").astype(np.int64)
    docs = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    neighbours = docs[:-1] == docs[1:]
    pairs = (characters[:-1] << _SHIFT | characters[1:])[neighbours]
    return np.concatenate((characters, pairs)), np.concatenate((docs, docs[:-1][neighbours]))
