"""Firms put on the nodes of a chain: how many a second, how often right, how often in vain.

    python -m benchmarks.chains_placing [--firms 1000000] [--labelled 4000] [--seed 7]

Firms are made up (示例) of phrases with known nodes (``chains_labelled``): one to three of their
own, some with what they go into before them, a sideline in another node, a phrase all use. Beside
the placer stands plain counting of keywords, with the same pack, in the same run. Processor time.
"""

import argparse
import random
import time
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from benchmarks.chains_labelled import (
    CHAINS,
    RELATED,
    SAID_BY_ALL,
    SIDELINES,
    UNRELATED,
    USED_IN,
)
from openzone.engines.chains.model import Chain
from openzone.engines.chains.placing import Firm, Placer
from openzone.packs.chains import chain_pack

BLOCK = 20_000
Labelled = tuple[Firm, str]


def labelled(phrases: Mapping[str, str], count: int, chance: random.Random) -> Iterator[Labelled]:
    """Yield firms with the node they belong to."""
    words = {node: text.split() for node, text in phrases.items()}
    nodes = list(words)
    for number in range(count):
        node = chance.choice(nodes)
        own = chance.sample(words[node], min(chance.randrange(1, 4), len(words[node])))
        said = [_in_use(one, words, node, chance) for one in own]
        if chance.random() < 0.3:
            other = chance.choice(words[_another(nodes, node, chance)])
            said.append(chance.choice(SIDELINES).format(other=other))
        if chance.random() < 0.5:
            said.append(chance.choice(SAID_BY_ALL))
        yield Firm(f"示例{number}公司", tuple((one, 1.0) for one in said)), node


def _in_use(own: str, words: Mapping[str, list[str]], node: str, chance: random.Random) -> str:
    if chance.random() >= 0.4:
        return own
    other = chance.choice(words[_another(list(words), node, chance)])
    return chance.choice(USED_IN).format(other=other, own=own)


def _another(nodes: Sequence[str], node: str, chance: random.Random) -> str:
    return chance.choice([one for one in nodes if one != node])


def strangers(count: int, chance: random.Random, trades: Sequence[str]) -> Iterator[Firm]:
    """Yield firms of other trades."""
    for number in range(count):
        said = [*chance.choice(trades).split(), *chance.choice(trades).split()]
        said += chance.sample(SAID_BY_ALL, 2)
        yield Firm(f"示例外行{number}公司", tuple((one, 1.0) for one in said))


def plain(chain: Chain, firm: Firm) -> str:
    """Count keywords wherever they stand; the first of equals."""
    text = "、".join(product for product, _ in firm.products)
    counts = {
        node.id: sum(word in text for word in (*node.keywords, *node.aliases, node.name.zh))
        for node in chain.nodes.values()
    }
    best = max(counts, key=lambda node: counts[node])
    return best if counts[best] else ""


def accuracy(name: str, count: int, seed: int) -> None:
    """Compare both on firms whose node is known, and on firms of other trades."""
    pack = chain_pack(name, None)
    chain, placer = pack.as_chain, Placer(pack.as_chain, pack.manner(None))
    firms = list(labelled(CHAINS[name], count, random.Random(seed)))
    found = [placer.place(firm).nodes for firm, _ in firms]
    ours = sum(bool(f) and f[0].node == node for f, (_, node) in zip(found, firms, strict=True))
    three = sum(
        node in [one.node for one in f[:3]] for f, (_, node) in zip(found, firms, strict=True)
    )
    theirs = sum(plain(chain, firm) == node for firm, node in firms)
    trades = [one for one in UNRELATED if not any(word in one for word in RELATED.get(name, ()))]
    others = list(strangers(count, random.Random(seed + 1), trades))
    alarms = sum(bool(placer.place(firm).nodes) for firm in others)
    vain = sum(bool(plain(chain, firm)) for firm in others)
    print(
        f"{name}: top-1 {ours / count:.3f} (top-3 {three / count:.3f}), plain keywords "
        f"{theirs / count:.3f}: {ours / theirs:.2f} times; unrelated firms placed "
        f"{alarms / count:.2%}, plain {vain / count:.2%}; {count:,} firms each (示例)"
    )


def speed(count: int, seed: int) -> None:
    """Place many firms; only the placing is timed."""
    pack = chain_pack("photovoltaics", None)
    chain, placer = pack.as_chain, Placer(pack.as_chain, pack.manner(None))
    firms = labelled(CHAINS["photovoltaics"], count, random.Random(seed))
    ours = theirs = 0.0
    while block := [firm for firm, _ in islice(firms, BLOCK)]:
        began = time.process_time()
        for firm in block:
            placer.place(firm)
        middle = time.process_time()
        for firm in block[: BLOCK // 20]:
            plain(chain, firm)
        ours += middle - began
        theirs += (time.process_time() - middle) * len(block) / len(block[: BLOCK // 20])
    print(
        f"{count:,} firms placed in {ours:.1f} s, {count / ours:,.0f} a second; "
        f"plain keywords (a twentieth measured) {count / theirs:,.0f}"
    )


def main() -> None:
    """Run all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--firms", type=int, default=1_000_000)
    parser.add_argument("--labelled", type=int, default=4_000)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    for name in CHAINS:
        accuracy(name, given.labelled, given.seed)
    speed(given.firms, given.seed)


if __name__ == "__main__":
    main()
