"""Economic complexity beside the Growth Lab's reference implementation, on the same flows.

    OPENBLAS_NUM_THREADS=1 python -m benchmarks.chains_complexity [--places 3000] [--products 1380]

Flows are made up: lognormal, half of the pairs empty. Both compute advantage, proximity, density
and the two indices; ours also fitness, which the reference has not. Processor time.
"""

import argparse
import contextlib
import time
import warnings

import numpy as np
import pandas as pd

from openzone.engines.chains.complexity import Complexity, Floats, complexity, fitness


def made(places: int, products: int) -> Floats:
    """Return flows."""
    chance = np.random.default_rng(3)
    flows = chance.lognormal(sigma=2, size=(places, products))
    return flows * (chance.random((places, products)) < 0.5)


def reference(flows: Floats) -> tuple["pd.DataFrame", float]:
    """Return the reference's table and its processor time, reading of the table included."""
    from ecomplexity import ecomplexity

    places, products = flows.shape
    table = pd.DataFrame({
        "time": 1, "loc": np.repeat(np.arange(places), products),
        "prod": np.tile(np.arange(products), places), "val": flows.ravel(),
    })  # fmt: skip
    columns = {name: name for name in table}
    began = time.process_time()
    with contextlib.redirect_stdout(None):
        found = ecomplexity(table, columns, check_logsupermodularity=False)
    spent = time.process_time() - began
    return found.sort_values(["loc", "prod"]), spent


def differences(found: Complexity, theirs: "pd.DataFrame", shape: tuple[int, int]) -> str:
    """Return the largest difference of every figure both have."""
    told = []
    for name, ours in (
        ("rca", found.rca), ("mcp", found.specialised), ("density", found.density),
        ("eci", found.eci), ("pci", found.pci),
    ):  # fmt: skip
        wanted = theirs[name].to_numpy(dtype=float).reshape(shape)
        wanted = wanted[:, 0] if name == "eci" else wanted[0] if name == "pci" else wanted
        told.append(f"{name} {abs(ours - wanted).max():.0e}")
    return ", ".join(told)


def main() -> None:
    """Run both and compare."""
    warnings.simplefilter("ignore")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--places", type=int, default=3000)
    parser.add_argument("--products", type=int, default=1380)
    given = parser.parse_args()
    flows = made(given.places, given.products)
    began = time.process_time()
    found = complexity(flows)
    spent = time.process_time() - began
    began = time.process_time()
    fitness(found.specialised)
    alone = time.process_time() - began
    print(f"ours {spent:.2f} s, of which fitness {alone:.2f} s")
    theirs, slow = reference(flows)
    print(f"reference {slow:.2f} s: {slow / (spent - alone):.1f} times as long without fitness")
    print(f"largest differences: {differences(found, theirs, flows.shape)}")


if __name__ == "__main__":
    main()
