"""Chains of any size and firms by the hundred thousand, beside the plain way of doing it.

    python -m benchmarks.chains_engine [--nodes 1000000] [--firms 100000]

The graph is made up: twelve layers, five edges a node, some of them back. What leads to a node is
found by whole layers; the plain way follows sets of neighbours, as graph libraries in Python do,
and both must agree. Firms get one to three product phrases made of the words of the lithium pack;
the plain way counts keywords without looking where they stand.
"""

import argparse
import random
import time
from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np

from openzone.engines.chains.complexity import complexity
from openzone.engines.chains.gaps import missing
from openzone.engines.chains.graph import Digraph
from openzone.engines.chains.model import Chain
from openzone.engines.chains.placing import Firm, Placer
from openzone.packs.chains import chain_pack

LAYERS = 12
EDGES = 5
STARTS = 5
T = TypeVar("T")


def timed(
    name: str, work: Callable[[], T], note: Callable[[T], str] = lambda _: ""
) -> tuple[T, float]:
    """Run once, print processor time."""
    start = time.process_time()
    found = work()
    spent = time.process_time() - start
    print(f"{name:<52}{spent * 1000:>10.1f} ms  {note(found)}")
    return found, spent


def graph(nodes: int, chance: np.random.Generator) -> Digraph:
    """Layers from upstream to downstream; one edge in fifty returns."""
    source = np.repeat(np.arange(nodes, dtype=np.int64), EDGES)
    step = nodes // LAYERS
    target = source + step + chance.integers(-step // 2, step // 2, len(source))
    back = chance.random(len(source)) < 0.02
    target[back] = source[back] - 2 * step
    inside = (target >= 0) & (target < nodes) & (target != source)
    return Digraph(nodes, source[inside], target[inside])


def plain_upstream(before: dict[int, list[int]], start: int) -> set[int]:
    """Follow neighbours one by one."""
    seen, waiting = {start}, [start]
    while waiting:
        for one in before.get(waiting.pop(), ()):
            if one not in seen:
                seen.add(one)
                waiting.append(one)
    return seen


def graphs(nodes: int) -> None:
    """Reach and gaps."""
    chance = np.random.default_rng(1)
    made, _ = timed(
        f"graph of {nodes:,} nodes, rows put side by side", lambda: graph(nodes, chance)
    )
    timed("  rows", lambda: (made.before, made.after))
    before: dict[int, list[int]] = {}
    for source, target in zip(made.source.tolist(), made.target.tolist(), strict=True):
        before.setdefault(target, []).append(source)
    starts = chance.integers(nodes * 3 // 4, nodes, STARTS)
    found, ours = timed(
        f"all that leads to a node, {STARTS} nodes",
        lambda: [made.upstream(np.array([one])) for one in starts],
        lambda all_: f"{int(np.mean([one.sum() for one in all_])):,} nodes each",
    )
    plain, theirs = timed(
        "  plain: neighbour by neighbour",
        lambda: [plain_upstream(before, int(one)) for one in starts],
    )
    agree = all(
        set(np.flatnonzero(one).tolist()) == other for one, other in zip(found, plain, strict=True)
    )
    print(f"  agree: {agree}; {theirs / ours:.1f} times as fast")
    covered, weights = chance.random(nodes) < 0.3, np.ones(nodes)
    timed("the hundred most pressing gaps of a zone", lambda: missing(made, covered, weights, 100))


def firms(chain: Chain, count: int) -> list[Firm]:
    """Firms whose phrases end with a word of a node, mostly."""
    chance = random.Random(2)
    words = [word for node in chain.nodes.values() for word in node.keywords]
    tails = ["", "", "", "系列产品", "生产线", "贸易", "项目", "及配件"]
    heads = ["", "高性能", "新型", "汽车用"]
    return [
        Firm(
            f"示例{number}公司",
            tuple(
                (chance.choice(heads) + chance.choice(words) + chance.choice(tails), 1.0)
                for _ in range(chance.randrange(1, 4))
            ),
        )
        for number in range(count)
    ]


def plain_place(chain: Chain, given: Sequence[Firm]) -> list[str]:
    """Count keywords wherever they stand."""
    words = [(word, node.id) for node in chain.nodes.values() for word in node.keywords]
    found = []
    for firm in given:
        text = "、".join(product for product, _ in firm.products)
        counts: dict[str, int] = {}
        for word, node in words:
            if word in text:
                counts[node] = counts.get(node, 0) + 1
        found.append(max(counts, key=lambda node: counts[node]) if counts else "")
    return found


def placing(count: int) -> None:
    """Place firms."""
    pack = chain_pack("lithium_battery", None)
    chain, given = pack.as_chain, firms(pack.as_chain, count)
    placer = Placer(chain, pack.manner(None))
    _, ours = timed(f"{count:,} firms placed", lambda: [placer.place(firm) for firm in given])
    _, theirs = timed("  plain: keywords counted", lambda: plain_place(chain, given))
    print(f"  {count / ours:,.0f} firms a second; plain {count / theirs:,.0f}")


def economies() -> None:
    """Complexity of many places and products."""
    chance = np.random.default_rng(3)
    flows = chance.lognormal(sigma=2, size=(3000, 1380)) * (chance.random((3000, 1380)) < 0.5)
    timed("complexity of 3,000 places and 1,380 products", lambda: complexity(flows))


def main() -> None:
    """Run all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nodes", type=int, default=1_000_000)
    parser.add_argument("--firms", type=int, default=100_000)
    given = parser.parse_args()
    graphs(given.nodes)
    placing(given.firms)
    economies()


if __name__ == "__main__":
    main()
