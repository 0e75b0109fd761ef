"""Which nodes of a chain a firm stands at, read from its products, its scope and its name.

A hit counts whole where the phrase ends with it: 锂电池装备 is equipment, not a cell. What stands
before another hit, or before 专用 and the like, is what the product goes into. A tail of equipment
moves a hit to the node that equips, one of recycling to the node that recycles, one of trade
leaves a part. Measured on listed firms the rule of ends raises what is right at once from .63 to
.77 (photovoltaics, held out).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from openzone.engines.chains.checking import folded
from openzone.engines.chains.model import Chain, Relation
from openzone.engines.chains.words import finder

_PHRASES = re.compile(r"[、，,；;。\n\r/|()（）\[\]【】]|以及|及其")


class Kind(StrEnum):
    """Where the words stand."""

    PRODUCT = "product"
    SCOPE = "scope"
    NAME = "name"
    FIRM = "firm"
    INDUSTRY = "industry"


class Band(StrEnum):
    """What is done with a placement: taken, looked at, or nothing known."""

    AUTO = "auto"
    REVIEW = "review"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Manner:
    """How texts are read, as a pack says it.

    Tails are cut from the end of a phrase before it is asked what it ends with. ``inside`` is
    what a hit within a phrase counts, ``trade`` what is left where the firm only trades,
    ``code`` what an industry code alone says. ``product``, ``scope`` and ``name`` weigh the
    kinds of text against each other. ``lead``: how far the first must be before the second to
    be taken without a look.
    """

    strip_tails: tuple[str, ...] = ()
    trade_words: tuple[str, ...] = ()
    equipment_tails: tuple[str, ...] = ()
    recycling_tails: tuple[str, ...] = ()
    use_words: tuple[str, ...] = ()
    head_final: bool = True
    inside: float = 0.25
    earlier: float = 0.1
    trade: float = 0.2
    code: float = 0.3
    product: float = 1.0
    scope: float = 0.5
    name: float = 0.25
    auto_from: float = 0.6
    review_from: float = 0.05
    lead: float = 0.2


class Firm(NamedTuple):
    """A firm as a list gives it; ``products`` with their share of revenue where it is known."""

    name: str
    products: tuple[tuple[str, float], ...] = ()
    scope: str = ""
    industries: tuple[str, ...] = ()
    id: str = ""


class Evidence(NamedTuple):
    """A word of a node in a phrase of the firm, and what it counts of the whole."""

    kind: Kind
    phrase: str
    word: str
    counts: float


class Placed(NamedTuple):
    """A node with its score, 0 to 1, and the words it rests on."""

    node: str
    score: float
    evidence: tuple[Evidence, ...]


class Placement(NamedTuple):
    """The nodes of a firm, best first."""

    band: Band
    nodes: tuple[Placed, ...]


class Placer:
    """Reads firms against one chain; built once, then fast."""

    def __init__(self, chain: Chain, manner: Manner) -> None:
        self._manner = manner
        self._owner = {
            folded(word): node.id
            for node in chain.nodes.values()
            for word in (*node.keywords, *node.aliases)
        }
        for node in chain.nodes.values():
            self._owner.setdefault(folded(node.name.zh), node.id)
        self._words = finder(self._owner)
        self._heads = {n.id: tuple(map(folded, n.heads)) for n in chain.nodes.values()}
        self._excludes = {n.id: tuple(map(folded, n.excludes)) for n in chain.nodes.values()}
        self._brands = {folded(w): n.id for n in chain.nodes.values() for w in n.firms}
        self._brand = finder(self._brands)
        self._equips = _equipment(chain)
        self._recycles = _recycling(chain)
        self._codes = [(code, n.id) for n in chain.nodes.values() for code in n.industries]
        self._tails = tuple(map(folded, manner.strip_tails))
        self._trades = tuple(map(folded, manner.trade_words))
        self._machines = tuple(map(folded, manner.equipment_tails))
        self._returns = tuple(map(folded, manner.recycling_tails))
        self._uses = tuple(map(folded, manner.use_words))

    def place(self, firm: Firm) -> Placement:
        """Return where a firm stands and what is done with that."""
        found: dict[str, list[Evidence]] = defaultdict(list)
        for kind, share, phrases in self._texts(firm):
            for phrase, weight in phrases:
                for node, word, counts in self._hits(phrase):
                    found[node].append(Evidence(kind, phrase, word, share * weight * counts))
        for hit in self._brand.finditer(folded(firm.name)):
            node = self._brands[hit[0]]
            found[node].append(Evidence(Kind.FIRM, firm.name, hit[0], 1.0))
        if not found:
            found.update(self._by_code(firm))
        return self._judged(found)

    def _texts(self, firm: Firm) -> Iterator[tuple[Kind, float, list[tuple[str, float]]]]:
        """Return the kinds of text there are, their shares of the whole, and their phrases."""
        manner = self._manner
        texts = (
            (Kind.PRODUCT, manner.product, firm.products),
            (Kind.SCOPE, manner.scope, ((firm.scope, 1.0),) if firm.scope else ()),
            (Kind.NAME, manner.name, ((firm.name, 1.0),) if firm.name else ()),
        )
        whole = sum(weight for _, weight, given in texts if given)
        for kind, weight, given in texts:
            if given and weight:
                yield kind, weight / whole, list(_phrases(given))

    def _hits(self, phrase: str) -> Iterator[tuple[str, str, float]]:
        """Return each node named in a phrase once, with its word and what that counts."""
        text, trades = self._cut(folded(phrase))
        part = self._manner.trade if trades else 1.0
        best: dict[str, tuple[str, float]] = {}
        for node, word, counts in self._named(text):
            if any(other in text for other in self._excludes[node]):
                continue
            if counts * part > best.get(node, ("", 0.0))[1]:
                best[node] = word, counts * part
        for node, (word, counts) in best.items():
            yield node, word, counts

    def _named(self, text: str) -> Iterator[tuple[str, str, float]]:
        hits = [(self._owner[hit[0]], hit[0], hit.end()) for hit in self._words.finditer(text)]
        if not self._manner.head_final:
            yield from ((node, word, 1.0) for node, word, _ in hits)
            return
        for node, word, end in hits[:-1]:
            rest = text[end:]
            yield node, word, 1.0 if rest in self._heads[node] else self._manner.earlier
        if hits:
            node, word, end = hits[-1]
            yield self._last(node, word, text[end:])

    def _last(self, node: str, word: str, rest: str) -> tuple[str, str, float]:
        """Return what the last hit of a phrase says, by what stands behind it."""
        if not rest or rest in self._heads[node]:
            return node, word, 1.0
        for tails, owners in ((self._machines, self._equips), (self._returns, self._recycles)):
            if rest.endswith(tails):
                return owners.get(node, node), word, 1.0 if node in owners else self._manner.inside
        is_use = rest.startswith(self._uses)
        return node, word, self._manner.earlier if is_use else self._manner.inside

    def _cut(self, text: str) -> tuple[str, bool]:
        """Return the phrase without its tails, and whether one of them was of trade."""
        trades = False
        while text:
            tail = next((t for t in (*self._tails, *self._trades) if text.endswith(t)), "")
            if not tail or self._ends_in_word(text):
                break
            trades |= tail in self._trades
            text = text[: -len(tail)]
        return text, trades

    def _ends_in_word(self, text: str) -> bool:
        hits = list(self._words.finditer(text))
        return bool(hits) and hits[-1].end() == len(text)

    def _by_code(self, firm: Firm) -> Iterator[tuple[str, list[Evidence]]]:
        """An industry code covers many nodes: each gets its part, so that none is taken alone."""
        for code in firm.industries[:1]:
            bare = code.lstrip("ABCDEFGHIJKLMNOPQRST")
            nodes = [n for known, n in self._codes if known.lstrip("ABCDEFGHIJKLMNOPQRST") == bare]
            for node in dict.fromkeys(nodes):
                counts = self._manner.code / len(set(nodes))
                yield node, [Evidence(Kind.INDUSTRY, code, code, counts)]

    def _judged(self, found: dict[str, list[Evidence]]) -> Placement:
        nodes = sorted(
            (
                Placed(node, min(1.0, sum(one.counts for one in reasons)), tuple(reasons))
                for node, reasons in found.items()
            ),
            key=lambda placed: -placed.score,
        )
        return Placement(self._band(nodes), tuple(nodes))

    def _band(self, nodes: list[Placed]) -> Band:
        manner = self._manner
        if not nodes or nodes[0].score < manner.review_from:
            return Band.NEW
        second = nodes[1].score if len(nodes) > 1 else 0.0
        clear = nodes[0].score >= manner.auto_from and nodes[0].score - second >= manner.lead
        return Band.AUTO if clear else Band.REVIEW


def shares(placement: Placement, least: float) -> dict[str, float]:
    """Return how a firm is shared among its nodes from ``least`` up: together 1, or none."""
    kept = {placed.node: placed.score for placed in placement.nodes if placed.score >= least}
    whole = sum(kept.values())
    return {node: score / whole for node, score in kept.items()}


def _equipment(chain: Chain) -> dict[str, str]:
    """Return for each node the one that equips it, the first where there are several."""
    found: dict[str, str] = {}
    for edge in chain.edges:
        if edge.relation is Relation.EQUIP:
            found.setdefault(edge.target, edge.source)
    return found


def _recycling(chain: Chain) -> dict[str, str]:
    """Return for each node the one that recycles it: the only one there is, else its own."""
    recyclers = list(
        dict.fromkeys(edge.source for edge in chain.edges if edge.relation is Relation.RETURN)
    )
    if len(recyclers) == 1:
        return dict.fromkeys(chain.nodes, recyclers[0])
    return {edge.source: edge.target for edge in chain.edges if edge.target in recyclers}


def _phrases(given: Iterable[tuple[str, float]]) -> Iterator[tuple[str, float]]:
    """Return the phrases of some texts; a text's weight is shared among its phrases."""
    texts = [(parts, weight) for text, weight in given if (parts := _split(text))]
    whole = sum(weight for _, weight in texts)
    for parts, weight in texts:
        for part in parts:
            yield part, (weight / whole if whole else 1 / len(texts)) / len(parts)


def _split(text: str) -> list[str]:
    return [part for part in map(str.strip, _PHRASES.split(text)) if part]
