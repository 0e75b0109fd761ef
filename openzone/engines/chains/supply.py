"""Needs and offers of resident firms: who could supply whom, with the reason, and who should.

Texts are compared by the characters and pairs of characters they share, rare ones counting more:
measured on product phrases this finds the right supplier among 3,415 as well as word methods.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log1p, sqrt
from typing import NamedTuple

from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from openzone.engines.chains.checking import folded
from openzone.engines.text import Text

ALIKE = Text("品名相近：{words}", "alike: {words}")
NODE = Text("同属产业链环节{node}", "both at node {node}")
CAPACITY = Text("产能可满足{share:.0%}", "capacity for {share:.0%}")
UNKNOWN = Text("产能未填", "capacity not stated")
FINE = 10_000
"""Scores are solved as whole numbers of this part."""


@dataclass(frozen=True, slots=True)
class Need:
    """What a firm buys; ``certificates`` a supplier must hold; quantity in the unit of offers."""

    id: str
    firm: str
    text: str
    quantity: float | None = None
    certificates: frozenset[str] = frozenset()
    node: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """What a firm sells."""

    id: str
    firm: str
    text: str
    capacity: float | None = None
    certificates: frozenset[str] = frozenset()
    node: str = ""


class Match(NamedTuple):
    """An offer that could meet a need, 0 to 1, and why."""

    need: Need
    offer: Offer
    score: float
    reasons: tuple[Text, ...]


class Assigned(NamedTuple):
    """A match that is proposed, and how much of it; nothing where quantities are not known."""

    match: Match
    quantity: float | None


def matches(
    needs: Sequence[Need], offers: Sequence[Offer], *, most: int, least: float, same_node: float
) -> list[Match]:
    """Return for each need up to ``most`` offers that score ``least`` or more, best first.

    ``same_node`` is what standing at the same node of a chain adds. No firm supplies itself, and
    a certificate that is asked for must be there.
    """
    index = _Index([offer.text for offer in offers])
    found = []
    for need in needs:
        scored = [
            _match(need, offers[place], score, words, same_node)
            for place, (score, words) in index.search(need.text).items()
            if offers[place].firm != need.firm and need.certificates <= offers[place].certificates
        ]
        kept = [one for one in scored if one.score >= least]
        found += sorted(kept, key=lambda one: (-one.score, one.offer.id))[:most]
    return found


def _match(need: Need, offer: Offer, score: float, words: Iterable[str], same: float) -> Match:
    reasons = [ALIKE.format(words="、".join(words))]
    if need.node and need.node == offer.node:
        reasons.append(NODE.format(node=need.node))
        score = min(1.0, score + same)
    if need.quantity:
        known = offer.capacity is not None
        share = min(1.0, (offer.capacity or 0) / need.quantity)
        reasons.append(CAPACITY.format(share=share) if known else UNKNOWN)
    return Match(need, offer, score, tuple(reasons))


class _Index:
    """Texts by the characters and pairs they hold."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._grams = [_grams(text) for text in texts]
        self._where: dict[str, list[int]] = {}
        for place, grams in enumerate(self._grams):
            for gram in grams:
                self._where.setdefault(gram, []).append(place)
        size = max(len(texts), 1)
        self._rare = {gram: log1p(size / len(at)) for gram, at in self._where.items()}
        self._lengths = [self._length(grams) for grams in self._grams]

    def search(self, text: str) -> dict[int, tuple[float, list[str]]]:
        """Return the cosine of every text that shares something, and the pairs it shares."""
        asked = _grams(text)
        usual = max(self._rare.values(), default=1.0)
        length = sqrt(sum((n * self._rare.get(g, usual)) ** 2 for g, n in asked.items()))
        shared: dict[int, float] = {}
        for gram, times in asked.items():
            for place in self._where.get(gram, ()):
                part = times * self._grams[place][gram] * self._rare[gram] ** 2
                shared[place] = shared.get(place, 0.0) + part
        return {
            place: (value / (length * self._lengths[place]), self._said(asked, place))
            for place, value in shared.items()
        }

    def _said(self, asked: Mapping[str, int], place: int) -> list[str]:
        both = [gram for gram in asked if gram in self._grams[place]]
        pairs = [gram for gram in both if len(gram) > 1]
        return sorted(pairs or both, key=lambda gram: -self._rare[gram])[:3]

    def _length(self, grams: Mapping[str, int]) -> float:
        return sqrt(sum((n * self._rare[gram]) ** 2 for gram, n in grams.items())) or 1.0


def _grams(text: str) -> Counter[str]:
    letters = folded(text)
    return Counter([*letters, *(letters[n : n + 2] for n in range(len(letters) - 1))])


def assign(found: Sequence[Match]) -> list[Assigned]:
    """Return the matches that together meet most need at the best fit, many to many.

    Needs and offers whose quantity is not known take and give one each.
    """
    if not found:
        return []
    flow = SimpleMinCostFlow()
    needs = {one.need.id: one.need for one in found}
    offers = {one.offer.id: one.offer for one in found}
    place = {("need", name): n + 2 for n, name in enumerate(needs)}
    place |= {("offer", name): n + 2 + len(needs) for n, name in enumerate(offers)}
    for name, need in needs.items():
        flow.add_arc_with_capacity_and_unit_cost(0, place["need", name], _whole(need.quantity), 0)
    for name, offer in offers.items():
        flow.add_arc_with_capacity_and_unit_cost(place["offer", name], 1, _whole(offer.capacity), 0)
    arcs = [
        flow.add_arc_with_capacity_and_unit_cost(
            place["need", one.need.id],
            place["offer", one.offer.id],
            min(_whole(one.need.quantity), _whole(one.offer.capacity)),
            -round(one.score * FINE),
        )
        for one in found
    ]
    most = min(
        sum(_whole(need.quantity) for need in needs.values()),
        sum(_whole(offer.capacity) for offer in offers.values()),
    )
    flow.set_node_supply(0, most)
    flow.set_node_supply(1, -most)
    flow.solve_max_flow_with_min_cost()
    return [
        Assigned(one, float(taken) if _is_known(one) else None)
        for one, arc in zip(found, arcs, strict=True)
        if (taken := flow.flow(arc)) > 0
    ]


def _whole(quantity: float | None) -> int:
    return 1 if quantity is None else max(0, int(quantity))


def _is_known(one: Match) -> bool:
    return one.need.quantity is not None and one.offer.capacity is not None
