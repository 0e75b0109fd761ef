"""How alike two matters are, and which of many are one systemic issue.

Likeness is measured over pairs of neighbouring characters, which need no word list and serve
Chinese and English alike: their Dice coefficient, averaged with rapidfuzz's ratio of the shared
subsequence, so that the same characters in another order count for less.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.fuzz import ratio

_NO_WORD = re.compile(r"[\W_]+")
MOST_SHARED = 6
COMMONPLACE = 200
"""A pair of characters in more texts than this says nothing about which belong together."""


class Likeness(NamedTuple):
    """From 0 to 1, and the longest passages both texts have."""

    score: float
    shared: tuple[str, ...]


class Matter(NamedTuple):
    """A case as far as likeness goes."""

    number: str
    text: str
    at: dt.datetime
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Similar:
    """A case that is like the one in question."""

    number: str
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class Cluster:
    """Cases about the same matter, and the passages that most of them share."""

    numbers: tuple[str, ...]
    first: dt.datetime
    last: dt.datetime
    shared: tuple[str, ...]


def likeness(one: str, other: str) -> Likeness:
    """Return how alike two texts are, and what both say.

    >>> likeness("园区三号路路灯不亮", "三号路的路灯坏了不亮").shared
    ('三号路', '路灯', '不亮')
    """
    return Likeness(_score(one, other), _passages(_plain(one), _plain(other)))


def nearest(
    text: str, others: Mapping[str, str], least: float, most: int = 5
) -> tuple[Similar, ...]:
    """Return the cases (number to text) at least that alike, the most alike first."""
    scores = {number: _score(text, other) for number, other in others.items()}
    best = sorted((n for n in scores if scores[n] >= least), key=lambda n: (-scores[n], n))
    return tuple(
        Similar(number, Likeness(scores[number], _passages(_plain(text), _plain(others[number]))))
        for number in best[:most]
    )


def clusters(matters: Sequence[Matter], least: float, count: int, days: int) -> tuple[Cluster, ...]:
    """Return the groups of at least ``count`` cases, each like another one within ``days``."""
    parent = list(range(len(matters)))
    for a, b in _pairs(matters):
        near = abs(matters[a].at - matters[b].at) <= dt.timedelta(days=days)
        joined = _root(parent, a) == _root(parent, b)
        if near and not joined and _score(matters[a].text, matters[b].text) >= least:
            parent[_root(parent, a)] = _root(parent, b)
    groups: dict[int, list[Matter]] = {}
    for index, matter in enumerate(matters):
        groups.setdefault(_root(parent, index), []).append(matter)
    found = [_cluster(group) for group in groups.values() if len(group) >= count]
    return tuple(sorted(found, key=lambda cluster: (-len(cluster.numbers), cluster.numbers)))


def _cluster(group: Sequence[Matter]) -> Cluster:
    ordered = sorted(group, key=lambda matter: (matter.at, matter.number))
    first = _plain(ordered[0].text)
    passages: dict[str, int] = {}
    for other in ordered[1:]:
        for passage in _passages(first, _plain(other.text)):
            passages[passage] = passages.get(passage, 0) + 1
    common = [passage for passage, times in passages.items() if 2 * times >= len(ordered) - 1]
    numbers = tuple(matter.number for matter in ordered)
    return Cluster(numbers, ordered[0].at, ordered[-1].at, tuple(common[:MOST_SHARED]))


def _pairs(matters: Sequence[Matter]) -> Iterator[tuple[int, int]]:
    """Yield the pairs that share a telling pair of characters; all others cannot be alike."""
    index: dict[str, list[int]] = {}
    for number, matter in enumerate(matters):
        for pair in _bigrams(_plain(matter.text)):
            index.setdefault(pair, []).append(number)
    seen: set[tuple[int, int]] = set()
    for holders in index.values():
        if len(holders) > COMMONPLACE:
            continue
        for place, a in enumerate(holders):
            for b in holders[place + 1 :]:
                if (a, b) not in seen:
                    seen.add((a, b))
                    yield a, b


def _root(parent: list[int], index: int) -> int:
    while parent[index] != index:
        parent[index] = parent[parent[index]]
        index = parent[index]
    return index


def _score(one: str, other: str) -> float:
    a, b = _plain(one), _plain(other)
    if not a or not b:
        return 0.0
    if a == b:
        return 1.0
    pairs_a, pairs_b = _bigrams(a), _bigrams(b)
    whole = len(pairs_a) + len(pairs_b)
    dice = 2 * len(pairs_a & pairs_b) / whole if whole else 0.0
    return round((dice + ratio(a, b) / 100) / 2, 4)


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    return _NO_WORD.sub("", unicodedata.normalize("NFKC", text).lower())


@lru_cache(maxsize=4096)
def _bigrams(plain: str) -> frozenset[str]:
    return frozenset(plain[i : i + 2] for i in range(len(plain) - 1)) or frozenset({plain})


def _passages(a: str, b: str) -> tuple[str, ...]:
    """Return the longest passages of two or more characters of ``a`` that ``b`` has, in order."""
    found: list[str] = []
    start = 0
    while start < len(a) - 1:
        length = _longest(a, start, b)
        if length >= 2:
            passage = a[start : start + length]
            if passage not in found:
                found.append(passage)
        start += max(length, 1)
    kept = set(sorted(found, key=len, reverse=True)[:MOST_SHARED])
    return tuple(passage for passage in found if passage in kept)


def _longest(a: str, start: int, b: str) -> int:
    length = 0
    while start + length < len(a) and a[start : start + length + 1] in b:
        length += 1
    return length
