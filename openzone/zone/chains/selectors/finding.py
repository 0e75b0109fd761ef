"""A word → the nodes it may mean, over all chains."""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from openzone.engines.chains.checking import folded
from openzone.engines.chains.model import Chain, Node
from openzone.zone.chains.selectors.versions import chain_ids, chain_on


class Hit(NamedTuple):
    """A node that a word may mean, the word of the chain it was found by, and how near it is.

    ``rank``: 0 the same word, 1 the node's word begins with it, 2 it is somewhere within, 3 the
    node's word is within what was asked.
    """

    chain: Chain
    node: Node
    word: str
    rank: int


def find(word: str, on: dt.date) -> list[Hit]:
    """Return the nodes whose name, alias or keyword is near a word, the nearest first.

    A word may mean nodes of several chains (homonyms): all of them are returned.
    """
    asked = folded(word)
    if not asked:
        return []
    chains = [chain_on(name, on) for name in chain_ids(on)]
    found = [hit for chain in chains for hit in _within(chain, asked)]
    return sorted(found, key=lambda hit: (hit.rank, len(hit.word)))


def _within(chain: Chain, asked: str) -> Iterator[Hit]:
    for node in chain.nodes.values():
        words = (node.name.zh, node.name.en, *node.aliases, *node.keywords, *node.customs)
        ranked = [(rank, one) for one in words if (rank := _rank(folded(one), asked)) is not None]
        if ranked:
            rank, best = min(ranked, key=lambda one: (one[0], len(one[1])))
            yield Hit(chain, node, best, rank)


def _rank(word: str, asked: str) -> int | None:
    if word == asked:
        return 0
    if word.startswith(asked):
        return 1
    if asked in word:
        return 2
    return 3 if len(word) > 1 and word in asked else None
