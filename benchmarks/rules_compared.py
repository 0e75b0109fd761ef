"""The rule engine beside others: python -m benchmarks.rules_compared [rows].

One run on one machine: processor times of interleaved rounds, medians; every engine's answers on
a sample against the plain interpreter of the tests. The others run in an environment of their own
(``benchmarks/peers``), made when first needed. Decisions are enterprise x policy.
"""

import argparse
import gc
import statistics
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.rules_peers import BENCH, NAMES, Peer, environment
from benchmarks.rules_trees import SORTED, coded, plain, trees, write
from benchmarks.rules_workload import AS_OF, Policies, catalogue, enterprises, plain_rows
from openzone.engines.rules.arrow import read_parquet
from openzone.engines.rules.batch import BatchResult, evaluate
from openzone.engines.rules.columns import Columns
from openzone.engines.rules.compile import compile_rules
from openzone.engines.rules.compiled import Plan
from openzone.engines.rules.index import Index
from openzone.engines.rules.kernel import NUMPY, fastest
from openzone.engines.rules.match import Record
from openzone.engines.rules.ranks import Ranks
from openzone.engines.rules.schema import Rule
from openzone.engines.rules.single import Known, answer, states
from tests.engines.rules.reference import Interpreter

POLICIES = 200
SAMPLE = 1000
CHECKED = 300
ROUNDS = 5
OURS = ("columns", "ranks", "index")
Works = dict[str, Callable[[], Any]]
Times = dict[str, list[float]]


def main() -> None:
    """Prepare, check, measure and compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", nargs="?", type=int, default=1_000_000)
    rows = parser.parse_args().rows
    plan = compile_rules(Policies().draw(POLICIES), catalogue(), AS_OF)
    table = enterprises(rows)
    folder = prepared(table, BENCH / "rules")
    columns = Columns.from_arrow(table, plan.catalogue)
    known = known_rows(table)
    expected = plain_answers(table)
    works = own_works(plan, columns, known, folder)
    check_own(plan, columns, known, expected)
    python = environment()
    with ExitStack() as running:
        peers = [running.enter_context(Peer(name, python, folder)) for name in NAMES]
        for peer in peers:
            check(f"{peer.name} {peer.version}", peer.answers, expected)
        times = measured(works, peers)
    report(times, rows)
    latencies(known)


def prepared(table: pa.Table, folder: Path) -> Path:
    """Write what the others read."""
    folder.mkdir(parents=True, exist_ok=True)
    for file, content in (("enterprises", table), ("coded", coded(table))):
        path = folder / f"{file}.parquet"
        pq.write_table(content, path, compression="zstd", row_group_size=131_072)
    write(folder, "policies.json", trees(POLICIES))
    write(folder, "words.json", SORTED)
    write(folder, "rows.json", [plain(row) for row in table.slice(0, SAMPLE).to_pylist()])
    return folder


def known_rows(table: pa.Table) -> list[dict[str, Known]]:
    """Return the sample as one enterprise after another."""
    return [
        {name: Known(value) for name, value in row.items() if name != "id"}
        for row in plain_rows(table, SAMPLE)
    ]


# ---- answers ------------------------------------------------------------------------------


def plain_answers(table: pa.Table) -> list[list[bool | None]]:
    """Let the plain interpreter decide the first enterprises."""
    policies = Policies()
    versions = [policies.rule(number)["versions"][0] for number in range(POLICIES)]
    rows = plain_rows(table, CHECKED)
    return [[Interpreter(v, row, AS_OF).answer() for v in versions] for row in rows]


def check_own(
    plan: Plan, columns: Columns, known: list[dict[str, Known]], expected: list[list[bool | None]]
) -> None:
    """Compare every way to an answer with the interpreter, and whole results with each other."""
    whole = evaluate(plan, columns)
    check("ours, columns", first_states(whole), expected)
    check("ours, one by one", [states(plan, facts) for facts in known], expected)
    others = {
        "rank codes, numpy": Ranks(plan, columns).evaluate(kernel=NUMPY),
        "rank codes, compiled": Ranks(plan, columns).evaluate(),
        "index, numpy": Index(columns, NUMPY).evaluate(plan),
        "index, compiled": Index(columns).evaluate(plan),
    }
    for name, result in others.items():
        differing = sum(
            (getattr(one, plane) != getattr(other, plane)).any()
            for one, other in zip(whole.answers, result.answers, strict=True)
            for plane in ("met", "not_met", "near")
        )
        print(f"ours, {name}: planes that differ from those of the columns: {differing}")


def first_states(result: BatchResult) -> list[list[bool | None]]:
    """Return the first answers row by row."""
    planes = [(a.flags(a.met)[:CHECKED], a.flags(a.not_met)[:CHECKED]) for a in result.answers]
    return [
        [True if met[row] else False if not_met[row] else None for met, not_met in planes]
        for row in range(min(CHECKED, len(result.columns)))
    ]


def check(name: str, found: list[list[bool | None]], expected: list[list[bool | None]]) -> None:
    """Print how many answers differ from the interpreter's."""
    pairs = [p for rows in zip(found, expected, strict=False) for p in zip(*rows, strict=True)]
    wrongly_met = sum(one is True and right is not True for one, right in pairs)
    missed = sum(one is not True and right is True for one, right in pairs)
    told = sum(one is False and right is None for one, right in pairs)
    print(
        f"{name}: of {len(pairs):,} wrongly met {wrongly_met}, missed {missed}, "
        f"unknown told as not met {told}"
    )


# ---- work ---------------------------------------------------------------------------------


def own_works(plan: Plan, columns: Columns, known: list[dict[str, Known]], folder: Path) -> Works:
    """Return what is measured of ours."""
    ranks, compiled = Ranks(plan, columns), fastest()
    index, plain_index = Index(columns, compiled), Index(columns, NUMPY)
    one, edited = plan.only([plan.rules[7].id]), iter(edited_rules(ROUNDS + 1))
    index.evaluate(plan)
    plain_index.evaluate(plan)
    many = Policies().draw(1000)
    thousand = compile_rules(many, catalogue(), AS_OF)
    return {
        "columns, numpy": lambda: evaluate(plan, columns, near=False),
        "columns, numpy, near": lambda: evaluate(plan, columns),
        "ranks made": lambda: Ranks(plan, columns),
        "ranks, numpy": lambda: ranks.evaluate(near=False, kernel=NUMPY),
        "ranks, numpy, near": lambda: ranks.evaluate(kernel=NUMPY),
        "ranks, compiled": lambda: ranks.evaluate(near=False, kernel=compiled),
        "ranks, compiled, near": lambda: ranks.evaluate(kernel=compiled),
        "index, numpy": lambda: plain_index.evaluate(plan, near=False),
        "index, compiled": lambda: index.evaluate(plan, near=False),
        "index, compiled, near": lambda: index.evaluate(plan),
        "index, one rule, numpy": lambda: plain_index.evaluate(one),
        "index, one rule, compiled": lambda: index.evaluate(one),
        "index, one edited rule": lambda: index.evaluate(next(edited)),
        "cold": lambda: cold(plan, folder),
        "one enterprise, states": lambda: [states(plan, facts) for facts in known],
        "one enterprise, records": lambda: [records(plan, facts) for facts in known[:100]],
        "one enterprise, 1000 rules, states": lambda: [states(thousand, f) for f in known],
        "one enterprise, 1000 rules, records": lambda: [records(thousand, f) for f in known[:50]],
        "1000 rules compiled": lambda: compile_rules(many, catalogue(), AS_OF),
    }


def edited_rules(count: int) -> list[Plan]:
    """Return one rule of the plan with a limit that no plan before had, again and again."""
    policies = Policies()
    written = [policies.rule(number) for number in range(POLICIES)]
    clauses = written[7]["versions"][0]["when"]["all"]
    plans = []
    for turn in range(count):
        clauses[0] = clauses[0] | {"fact": "patents", "gte": 2000 + turn}
        clauses[0] = {k: v for k, v in clauses[0].items() if k in ("id", "label", "fact", "gte")}
        plan = compile_rules(map(Rule.model_validate, written), catalogue(), AS_OF)
        plans.append(plan.only([plan.rules[7].id]))
    return plans


def cold(plan: Plan, folder: Path) -> list[tuple[int, int, int]]:
    """Read the file, decide and count, part by part."""
    counts = []
    for part in read_parquet(folder / "enterprises.parquet", plan.catalogue, plan.facts, 131_072):
        result = evaluate(plan, Columns.from_arrow(part, plan.catalogue), near=False)
        counts += [found.counts() for found in result.answers]
    return counts


def records(plan: Plan, facts: dict[str, Known]) -> list[Record]:
    """Answer all rules for one enterprise with their reasons."""
    answers = answer(plan, facts)
    return [answers.record("e", rule) for rule in plan.rules]


def measured(works: Works, peers: list[Peer]) -> Times:
    """Run everything in turns, so that a busy machine is busy for all."""
    times: Times = defaultdict(list)
    for turn in range(ROUNDS + 1):  # the first warms up and does not count
        for name, work in works.items():
            times[name] += [seconds(work)] if turn else []
        for peer in peers:
            for name, took in peer.round().items():
                times[f"{peer.name} {name}"] += [took] if turn else []
    return times


# ---- report -------------------------------------------------------------------------------


def report(times: Times, rows: int) -> None:
    """Print medians, and the ratios to the others."""
    took = {name: statistics.median(found) for name, found in times.items()}
    print(f"\nprocessor milliseconds, medians of {ROUNDS} (lowest - highest)")
    for name, found in times.items():
        low, high = min(found) * 1000, max(found) * 1000
        print(f"  {name:38} {took[name] * 1000:10,.2f}  ({low:,.2f} - {high:,.2f})")
    speeds = {name: rows * POLICIES / took[name] for name in took if name.split(",")[0] in OURS}
    others = {
        "openfisca": rows * POLICIES / took["openfisca all"],
        "polars, warm": rows * POLICIES / took["polars warm"],
        "zen batch": SAMPLE * POLICIES / took["zen batch"],
        "cel": SAMPLE * POLICIES / took["cel rows"],
    }
    print("\ndecisions per second, and times the speed of " + ", ".join(others))
    for name, speed in (others | speeds).items():
        ratios = "  ".join(f"{speed / other:9,.1f}" for other in others.values())
        print(f"  {name:38} {speed:9.3g}  {ratios}")
    single = took["one enterprise, states"] / SAMPLE
    print(
        f"\none enterprise x {POLICIES}: {single * 1e3:.4f} ms, "
        f"{took['openfisca one'] / 10 / single:,.0f} times OpenFisca "
        f"({took['openfisca one'] * 100:.1f} ms); "
        f"with reasons {took['one enterprise, records'] * 10:.2f} ms"
    )


def latencies(known: list[dict[str, Known]]) -> None:
    """Print how long 1,000 rules with reasons take for one enterprise, at worst."""
    plan = compile_rules(Policies().draw(1000), catalogue(), AS_OF)
    for facts in known[:50]:
        records(plan, facts)
    gc.collect()
    gc.freeze()
    taken = sorted(seconds(partial(records, plan, facts)) for facts in known)
    gc.unfreeze()
    middle, worst = taken[len(taken) // 2], taken[len(taken) * 99 // 100]
    print(
        f"one enterprise x 1,000 with reasons, gc frozen: "
        f"median {middle * 1e3:.2f} ms, 99th percentile {worst * 1e3:.2f} ms"
    )


def seconds(work: Callable[[], Any]) -> float:
    """Return the processor seconds of a piece of work."""
    started = time.process_time()
    work()
    return time.process_time() - started


if __name__ == "__main__":
    main()
