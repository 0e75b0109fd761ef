"""What a run over many enterprises leaves: answers, counts of them, or their bit planes.

A product is made in pieces, by whichever process has a piece of the enterprises, and joined.
"""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from openzone.cli.answers import FORMS, batches
from openzone.cli.choices import Kind
from openzone.engines.rules.batch import BatchResult, RuleAnswers, evaluate
from openzone.engines.rules.columns import Columns
from openzone.engines.rules.compiled import CompiledRule, Plan
from openzone.engines.rules.match import match

Blocks = Iterable[tuple[int, Columns]]
"""Facts of some enterprises, each with the number of its first row in the file."""


class Product(NamedTuple):
    """How it is made.

    ``piece`` leaves the piece for some enterprises of a file at a path and returns how many rows
    it adds; ``join`` writes the whole and returns how many rows it has, None for their sum.
    """

    suffixes: Sequence[str]
    piece: Callable[[Plan, str, Blocks, Path], int]
    join: Callable[[Plan, Sequence[Path], Path], int | None]


def product_of(kind: Kind, out: Path | None) -> Product:
    """Return how ``kind`` is written to a file of this name, or printed as jsonl."""
    suffix = out.suffix.lower() if out else ".jsonl"
    match kind:
        case Kind.COUNTS:
            return Product((".csv", ".jsonl"), _count_piece, partial(_join_counts, suffix))
        case Kind.PLANES:
            return Product((".parquet",), _plane_piece, _join_planes)
        case Kind.RECORDS:
            piece, join = partial(_record_piece, suffix), partial(_join_records, suffix)
            return Product(tuple(FORMS), piece, join)


# ---- records --------------------------------------------------------------------------------


def _record_piece(suffix: str, plan: Plan, file: str, blocks: Blocks, path: Path) -> int:
    records = (record for _, columns in blocks for record in match(plan, columns))
    return FORMS[suffix].piece(records, path)


def _join_records(suffix: str, plan: Plan, pieces: Sequence[Path], path: Path) -> None:
    FORMS[suffix].join(pieces, path)


# ---- counts ---------------------------------------------------------------------------------

Numbers = npt.NDArray[np.int64]
COUNTED = ("enterprises", "met", "not_met", "unknown", "near")


def _count_piece(plan: Plan, file: str, blocks: Blocks, path: Path) -> int:
    totals = [np.zeros(len(COUNTED) + len(rule.levels), np.int64) for rule in plan.rules]
    for _, columns in blocks:
        answers = evaluate(plan, columns).answers
        totals = [total + _counted(answer) for total, answer in zip(totals, answers, strict=True)]
    path.write_text(json.dumps([total.tolist() for total in totals]), encoding="utf-8")
    return 0


def _counted(answer: RuleAnswers) -> Numbers:
    near = int(np.bitwise_count(answer.near).sum())
    levels = len(answer.rule.levels)
    values = () if answer.value is None else np.bincount(answer.value, minlength=levels + 1)[1:]
    return np.array([answer.rows, *answer.counts(), near, *values], np.int64)


def _join_counts(suffix: str, plan: Plan, pieces: Sequence[Path], path: Path) -> int:
    found = [json.loads(piece.read_text(encoding="utf-8")) for piece in pieces]
    totals = [np.sum(numbers, axis=0).tolist() for numbers in zip(*found, strict=True)]
    rows = [_count_row(rule, total) for rule, total in zip(plan.rules, totals, strict=True)]
    text = _csv(rows) if suffix == ".csv" else "".join(_json(row) + "\n" for row in rows)
    path.write_text(text, encoding="utf-8", newline="")
    return len(rows)


def _count_row(rule: CompiledRule, total: Sequence[int]) -> dict[str, Any]:
    return {
        "rule": rule.id,
        "version": rule.version.version,
        **dict(zip(COUNTED, total, strict=False)),
        "values": dict(zip((name for name, _ in rule.levels), total[len(COUNTED) :], strict=True)),
    }


def _csv(rows: Sequence[Mapping[str, Any]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, ["rule", "version", *COUNTED, "values"])
    writer.writeheader()
    writer.writerows({**row, "values": _json(row["values"])} for row in rows)
    return text.getvalue()


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)


# ---- planes ---------------------------------------------------------------------------------

PLANES = pa.schema(
    [
        ("file", pa.string()),
        ("first_row", pa.int64()),
        ("rows", pa.int64()),
        ("rule", pa.string()),
        ("version", pa.string()),
        ("met", pa.binary()),
        ("not_met", pa.binary()),
        ("near", pa.binary()),
        ("value", pa.binary()),
    ]
)
"""One row per rule and block of enterprises, a bit for each enterprise, the lowest first.

``value`` is a byte for each enterprise: the place of its class among those of the rule, from 1.
"""


def _plane_piece(plan: Plan, file: str, blocks: Blocks, path: Path) -> int:
    count = 0
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, PLANES) as writer:
        for start, columns in blocks:
            rows = list(_plane_rows(evaluate(plan, columns), file, start))
            writer.write_table(pa.Table.from_pylist(rows, PLANES))
            count += len(rows)
    return count


def _plane_rows(result: BatchResult, file: str, start: int) -> Iterator[dict[str, Any]]:
    for answer in result.answers:
        yield {
            "file": file,
            "first_row": start,
            "rows": answer.rows,
            "rule": answer.rule.id,
            "version": answer.rule.version.version,
            "met": answer.met.tobytes(),
            "not_met": answer.not_met.tobytes(),
            "near": answer.near.tobytes(),
            "value": None if answer.value is None else answer.value.tobytes(),
        }


def _join_planes(plan: Plan, pieces: Sequence[Path], path: Path) -> None:
    import pyarrow.parquet as pq

    with pq.ParquetWriter(path, PLANES, compression="zstd") as writer:
        for batch in batches(pieces):
            writer.write_batch(batch)
