"""Ten million enterprises from a file, part by part: python -m benchmarks.rules_streamed [rows].

Prints processor time, and the most memory that the process ever held, with all answers of all
rules kept. The file is made by another process, so that its memory does not count.
"""

import argparse
import multiprocessing
import resource
import time
from pathlib import Path

import pyarrow.parquet as pq

from benchmarks.rules_peers import BENCH
from benchmarks.rules_workload import AS_OF, Policies, catalogue, enterprises
from openzone.engines.rules.arrow import read_parquet
from openzone.engines.rules.batch import evaluate
from openzone.engines.rules.columns import Columns
from openzone.engines.rules.compile import compile_rules
from openzone.engines.rules.kernel import fastest

POLICIES = 200
PART = 1_000_000


def main() -> None:
    """Make the file if need be, and decide."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", nargs="?", type=int, default=10_000_000)
    rows = parser.parse_args().rows
    path = BENCH / f"enterprises-{rows}.parquet"
    if not path.exists():
        maker = multiprocessing.get_context("spawn").Process(target=make, args=(path, rows))
        maker.start()
        maker.join()
    decide(path)


def make(path: Path, rows: int) -> None:
    """Write enterprises a part at a time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".unfinished")
    writer = None
    for part, first in enumerate(range(0, rows, PART)):
        table = enterprises(min(PART, rows - first), seed=part)
        writer = writer or pq.ParquetWriter(unfinished, table.schema, compression="zstd")
        writer.write_table(table, row_group_size=131_072)
    if writer is not None:
        writer.close()
    unfinished.rename(path)


def decide(path: Path) -> None:
    """Decide and keep every answer."""
    plan = compile_rules(Policies().draw(POLICIES), catalogue(), AS_OF)
    wall, started = time.perf_counter(), time.process_time()
    planes, ids, met = [], [], 0
    for part in read_parquet(path, plan.catalogue, plan.facts):
        columns = Columns.from_arrow(part, plan.catalogue)
        result = evaluate(plan, columns, kernel=fastest())
        met += sum(found.counts()[0] for found in result.answers)
        planes += [(found.met, found.not_met, found.near) for found in result.answers]
        ids.append(columns.ids)
    rows = sum(map(len, ids))
    kept = sum(plane.nbytes for three in planes for plane in three)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(f"{rows:,} enterprises x {POLICIES}: {met:,} met")
    print(
        f"  processor {time.process_time() - started:.1f} s, wall {time.perf_counter() - wall:.1f}"
    )
    print(f"  answers kept {kept / 1e9:.2f} GB, most memory ever {peak / 1e9:.2f} GB")


if __name__ == "__main__":
    main()
