"""How fast the rule engine decides: python -m benchmarks.rules_batch [--naive] [rows ...].

Prints decisions (enterprise x policy) per second for 200 policies over resident columns, one
thread; the extra cost of near misses and of full records; one enterprise alone; and, with
--naive, the plain interpreter of the tests on the same data in the same run. Times are processor
times of this process, medians of five.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from typing import Any

from benchmarks.rules_workload import AS_OF, Policies, catalogue, enterprises, plain_rows
from openzone.engines.rules.batch import evaluate
from openzone.engines.rules.columns import Columns
from openzone.engines.rules.compile import compile_rules
from openzone.engines.rules.compiled import Plan
from openzone.engines.rules.explain import explain
from openzone.engines.rules.single import Known, answer

POLICIES = 200


def main() -> None:
    """Run the measurements for every number of rows asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", nargs="*", type=int, default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--naive", action="store_true")
    arguments = parser.parse_args()
    plan = compiled(POLICIES)
    compiled(1000)
    for rows in arguments.rows:
        table = enterprises(rows)
        started = time.perf_counter()
        columns = Columns.from_arrow(table, plan.catalogue)
        print(f"\n{rows:,} enterprises x {POLICIES} policies (columns {since(started):.2f} s)")
        batch(plan, columns)
        if rows == arguments.rows[0]:
            single(plan, plain_rows(table, 200))
            if arguments.naive:
                naive(plan, plain_rows(table, 200))


def compiled(count: int) -> Plan:
    """Compile policies and say what came of it."""
    rules = Policies().draw(count)
    started = time.process_time()
    plan = compile_rules(rules, catalogue(), AS_OF)
    took, steps = time.process_time() - started, len(plan.program.steps)
    print(f"{count} policies: compiled in {took * 1000:.0f} ms, {steps} shared steps")
    return plan


def batch(plan: Plan, columns: Columns) -> None:
    """Measure many enterprises at once."""
    decisions = len(columns) * len(plan.rules)
    plain = median(lambda: evaluate(plan, columns, near=False))
    near = median(lambda: evaluate(plan, columns))
    report("states", plain, decisions)
    report(f"states and near misses ({near / plain:.2f} x)", near, decisions)
    result = evaluate(plan, columns)
    met, not_met, unknown = map(sum, zip(*(a.counts() for a in result.answers), strict=True))
    shares = ", ".join(f"{100 * n / decisions:.2f} %" for n in (met, not_met, unknown))
    print(f"  met, not met, unknown: {shares}")
    if len(columns) <= 10_000:
        report("full records", median(lambda: count(result.records())), decisions)


def single(plan: Plan, rows: list[dict[str, Any]]) -> None:
    """Measure one enterprise at a time, as a page does."""
    known = [{k: Known(v) for k, v in row.items() if k != "id"} for row in rows]
    ids = [rule.id for rule in plan.rules]

    def states() -> None:
        for facts in known:
            answer(plan, facts)

    def records() -> None:
        for facts in known:
            answers = answer(plan, facts)
            for rule in plan.rules:
                answers.record("e", rule)

    def proofs() -> None:
        for facts in known:
            explain(plan, ids[0], facts)

    print(f"  one enterprise, {len(ids)} policies: states {per(states, known):.2f} ms")
    print(f"  one enterprise, {len(ids)} records: {per(records, known):.2f} ms")
    print(f"  one proof: {per(proofs, known):.2f} ms")


def naive(plan: Plan, rows: list[dict[str, Any]]) -> None:
    """Measure the plain interpreter on the same policies, and compare its answers."""
    from tests.engines.rules.reference import Interpreter

    policies = Policies()
    versions = [policies.rule(number)["versions"][0] for number in range(len(plan.rules))]
    started = time.process_time()
    found = [Interpreter(v, row, AS_OF).answer() for row in rows for v in versions]
    took = time.process_time() - started
    ours = [
        answers.state(rule.root)
        for row in rows
        for answers in [answer(plan, {k: Known(v) for k, v in row.items() if k != "id"})]
        for rule in plan.rules
    ]
    report("plain interpreter", took, len(found))
    differing = sum(a is not b for a, b in zip(ours, found, strict=True))
    print(f"  answers that differ from it: {differing}")


def count(records: Any) -> int:
    """Use up an iterator."""
    return sum(1 for _ in records)


def per(work: Callable[[], Any], items: list[Any]) -> float:
    """Return milliseconds per item."""
    return 1000 * median(work) / len(items)


def median(work: Callable[[], Any], times: int = 5) -> float:
    """Return the median processor seconds, which other work on the machine disturbs least."""
    taken = []
    for _ in range(times):
        started = time.process_time()
        work()
        taken.append(time.process_time() - started)
    return statistics.median(taken)


def since(started: float) -> float:
    """Return the seconds since a moment."""
    return time.perf_counter() - started


def report(what: str, seconds: float, decisions: int) -> None:
    """Print one measurement."""
    print(f"  {what}: {seconds * 1000:,.1f} ms, {decisions / seconds:.3g} decisions/s")


if __name__ == "__main__":
    main()
