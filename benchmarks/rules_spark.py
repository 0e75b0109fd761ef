"""Rules over a Parquet file, here and on Spark: python -m benchmarks.rules_spark [rows] [cores].

Three ways to the same counts of 200 policies over 60 facts: one process, slice by slice; Spark as a
scheduler, whose tasks read their own slices (`match --engine spark`); rows through the JVM with
mapInArrow, as where data exist only as Spark tables. Wall clock, each from nothing but the file,
the start of Spark told apart. Answers are compared: counts of all three, bit planes of the first
two byte for byte. Where Spark is not installed, it says so.
"""

import argparse
import json
import pickle
import tempfile
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.rules_workload import AS_OF, Policies, catalogue, enterprises
from openzone.cli.choices import Engine, Kind
from openzone.cli.products import product_of
from openzone.cli.runs import Run, run
from openzone.cli.sources import Source
from openzone.engines.rules.batch import evaluate
from openzone.engines.rules.columns import Columns
from openzone.engines.rules.compile import compile_rules
from openzone.engines.rules.compiled import Plan
from openzone.engines.tables.slices import ROWS, Slice
from openzone.scale.spark import SparkUnavailableError, check_installed, running

POLICIES = 200
BATCH = 16_384
COUNTED = ("met", "not_met", "unknown", "near")
Counts = list[list[int]]


def main() -> None:
    """Print a row per way."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("rows", type=int, nargs="?", default=1_000_000)
    arguments.add_argument("cores", type=int, nargs="?", default=2)
    given = arguments.parse_args()
    plan = compile_rules(Policies().draw(POLICIES), catalogue(), AS_OF)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "firms.parquet")
        _write(path, given.rows)
        source = _source(path)
        print(f"{given.rows:,} x {POLICIES}, {path.stat().st_size / 1e6:.0f} MB of Parquet")
        here = _timed("one process", given.rows, lambda: _counts(source, plan, None))
        try:
            check_installed()
        except SparkUnavailableError as missing:
            print(f"Spark not available: {missing.reason.en}")
            return
        master = f"local[{given.cores}]"
        begun = time.perf_counter()
        with running(master, rows_in_jvm=True) as context:
            print(f"{'start of Spark':<34}{time.perf_counter() - begun:7.2f} s")
            for turn in ("Spark over files, first run", "Spark over files"):
                there = _timed(turn, given.rows, lambda: _counts(source, plan, master))
            mapped = _timed(
                "Spark, mapInArrow", given.rows, lambda: _through_jvm(context, path, plan)
            )
            same = _planes(source, plan, None) == _planes(source, plan, master)
        print("counts agree" if here == there == mapped else "COUNTS DIFFER")
        print("planes agree" if same else "PLANES DIFFER")


def _write(path: Path, rows: int) -> None:
    """Write the made-up enterprises a block at a time."""
    writer = None
    for number, start in enumerate(range(0, rows, ROWS)):
        block = enterprises(min(ROWS, rows - start), seed=number)
        ids = pa.array(np.arange(start, start + len(block)).astype(str))
        block = block.set_column(0, "id", ids)
        writer = writer or pq.ParquetWriter(path, block.schema)
        writer.write_table(block)
    if writer:
        writer.close()


def _source(path: Path) -> Source:
    """The file in slices. Its codes are made up, so values are not held to national lists."""
    rows = pq.read_metadata(path).num_rows
    bounds = [*range(0, rows, ROWS), rows]
    slices = [Slice(path, start, stop, "id", checked=True) for start, stop in pairwise(bounds)]
    return Source(tuple(slices), AS_OF, catalogue())


def _asked(plan: Plan, kind: Kind, out: Path, master: str | None) -> Run:
    engine = Engine.SPARK if master else Engine.LOCAL
    return Run(plan, product_of(kind, out), engine, master or "", None)


def _counts(source: Source, plan: Plan, master: str | None) -> Counts:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "counts.jsonl")
        run(source, _asked(plan, Kind.COUNTS, out, master), out)
        rows = [json.loads(line) for line in out.read_text().splitlines()]
        return [[row[name] for name in COUNTED] for row in rows]


def _planes(source: Source, plan: Plan, master: str | None) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "planes.parquet")
        run(source, _asked(plan, Kind.PLANES, out, master), out)
        return out.read_bytes()


def _through_jvm(context: Any, path: Path, plan: Plan) -> Counts:
    from pyspark.sql import SparkSession

    session = SparkSession(context)
    session.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", BATCH)
    sent = pickle.dumps(plan)

    def counted(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        there = pickle.loads(sent)
        for batch in batches:
            columns = Columns.from_arrow(pa.Table.from_batches([batch]), there.catalogue)
            rows = [
                _row(number, each) for number, each in enumerate(evaluate(there, columns).answers)
            ]
            yield pa.RecordBatch.from_pylist(rows)

    schema = "rule long, " + ", ".join(f"{name} long" for name in COUNTED)
    answers = session.read.parquet(str(path)).mapInArrow(counted, schema).toArrow()
    totals = answers.group_by("rule").aggregate([(name, "sum") for name in COUNTED])
    rows = totals.sort_by("rule").to_pylist()
    return [[row[f"{name}_sum"] for name in COUNTED] for row in rows]


def _row(number: int, answer: Any) -> dict[str, int]:
    near = int(np.bitwise_count(answer.near).sum())
    numbers = dict(zip(COUNTED, (*answer.counts(), near), strict=True))
    return {"rule": number, **numbers}


def _timed(name: str, rows: int, work: Any) -> Counts:
    begun = time.perf_counter()
    found: Counts = work()
    spent = time.perf_counter() - begun
    print(f"{name:<34}{spent:7.2f} s {rows * POLICIES / spent:10.2e} decisions/s", flush=True)
    return found


if __name__ == "__main__":
    main()
