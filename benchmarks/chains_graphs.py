"""Chains of a million nodes: all that leads to a node, and what a zone lacks most.

    python -m benchmarks.chains_graphs [--nodes 1000000] [--starts 3]

The graph is made up: twelve layers, five edges a node, some of them back. Each engine runs in a
process of its own, so that its memory can be told: this project's in arrays, its plain one in
lists, and networkx. All must find the same nodes. Processor time; memory is the most a process
held, with the graph built and asked, less what it held before.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from statistics import median
from typing import Any

import numpy as np

from openzone.engines.chains.gaps import missing
from openzone.engines.chains.graph import Digraph
from openzone.engines.chains.graphs import Graph
from openzone.engines.chains.plain import PlainGraph

LAYERS = 12
EDGES = 5
REPEATS = 5
BLOCK = 100_000
Told = dict[str, Any]


def made(nodes: int) -> Digraph:
    """Layers from upstream to downstream; one edge in fifty returns."""
    chance = np.random.default_rng(1)
    source = np.repeat(np.arange(nodes, dtype=np.int64), EDGES)
    step = nodes // LAYERS
    target = source + step + chance.integers(-step // 2, step // 2, len(source))
    back = chance.random(len(source)) < 0.02
    target[back] = source[back] - 2 * step
    inside = (target >= 0) & (target < nodes) & (target != source)
    return Digraph(nodes, source[inside], target[inside])


def pairs(graph: Digraph) -> Iterator[tuple[int, int]]:
    """Yield the edges without holding them all as objects."""
    for begin in range(0, graph.edges, BLOCK):
        part = slice(begin, begin + BLOCK)
        yield from zip(graph.source[part].tolist(), graph.target[part].tolist(), strict=True)


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    """Return the answer and the milliseconds of processor time."""
    began = time.process_time()
    found = work()
    return found, (time.process_time() - began) * 1000


def ours(graph: Digraph, starts: list[int], kind: type[Graph]) -> Told:
    """Ask one of this project's engines."""
    if kind is Digraph:
        engine, built = timed(lambda: (graph.before, graph.after) and graph)
    else:
        engine, built = timed(lambda: kind.of(graph.size, pairs(graph)))
    asked = [timed(lambda one=one: engine.upstream(np.array([one]))) for one in starts]
    told = {
        "build": built,
        "closure": [spent for _, spent in asked],
        "found": [int(found.sum()) for found, _ in asked],
    }
    if kind is Digraph:
        told["gaps"] = _gaps(engine)
    return told


def _gaps(graph: Graph) -> list[float]:
    chance = np.random.default_rng(2)
    weights = np.ones(graph.size)
    zones = [chance.random(graph.size) < 0.3 for _ in range(REPEATS)]
    return [timed(lambda one=one: missing(graph, one, weights, 100))[1] for one in zones]


def theirs(graph: Digraph, starts: list[int]) -> Told:
    """Ask networkx."""
    import networkx as nx

    def build() -> "nx.DiGraph":
        found = nx.DiGraph()
        found.add_nodes_from(range(graph.size))
        found.add_edges_from(pairs(graph))
        return found

    engine, built = timed(build)
    asked = [timed(lambda one=one: nx.ancestors(engine, one)) for one in starts]
    return {
        "build": built,
        "closure": [spent for _, spent in asked],
        "found": [len(found) + 1 for found, _ in asked],
    }


def alone(name: str, nodes: int, count: int) -> None:
    """Run one engine and print what it took."""
    graph = made(nodes)
    starts = np.random.default_rng(3).integers(nodes * 3 // 4, nodes, count).tolist()
    before = _held()
    kinds: dict[str, type[Graph]] = {"arrays": Digraph, "lists": PlainGraph}
    told = ours(graph, starts, kinds[name]) if name in kinds else theirs(graph, starts)
    print(json.dumps(told | {"before": before, "held": _held()}))


def _held() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Run every engine and compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nodes", type=int, default=1_000_000)
    parser.add_argument("--starts", type=int, default=3)
    parser.add_argument("--engine", default="")
    given = parser.parse_args()
    if given.engine:
        alone(given.engine, given.nodes, given.starts)
        return
    told: dict[str, Told] = {}
    for name in ("arrays", "lists", "networkx"):
        told[name] = _asked(name, given.nodes, given.starts)
        one = told[name]
        print(
            f"{name:<9} built {one['build'] / 1000:6.1f} s   all upstream of a node "
            f"{median(one['closure']):9.1f} ms   most held {one['held']:6,.0f} MB "
            f"({one['held'] - one['before']:,.0f} over the edges alone)"
        )
    first, last = told["arrays"], told["networkx"]
    agree = len({tuple(one["found"]) for one in told.values()}) == 1
    print(
        f"agree: {agree}; upstream {median(last['closure']) / median(first['closure']):.1f} times "
        f"as fast as networkx at {first['held'] / last['held']:.2f} of its memory; the hundred "
        f"most pressing gaps of a zone {median(first['gaps']):.1f} ms"
    )


def _asked(name: str, nodes: int, count: int) -> Told:
    words = ["--engine", name, "--nodes", str(nodes), "--starts", str(count)]
    command = [sys.executable, "-m", "benchmarks.chains_graphs", *words]
    found: Told = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return found


if __name__ == "__main__":
    main()
