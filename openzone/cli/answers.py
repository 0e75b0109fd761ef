"""Answers to a file: one record per enterprise and rule, whole or not at all."""

import csv
import json
import os
import sys
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

from openzone.cli.output import refuse
from openzone.engines.rules.match import Record
from openzone.engines.text import Text

FIELDS = Record._fields
CHUNK = 50_000


def write_answers(records: Iterable[Record], out: Path | None) -> int:
    """Write the answers in the format of the file's name; return how many.

    The file appears only when it is complete: a crash leaves an earlier one untouched.
    """
    if out is None:
        return _jsonl(records, sys.stdout)
    write = _WRITERS.get(out.suffix.lower())
    if write is None:
        names = "、".join(_WRITERS)
        refuse(
            Text(
                f"--out：不支持“{out.suffix}”，可用 {names}",
                f"--out: “{out.suffix}” is not supported, use {names}",
            )
        )
    if not out.parent.is_dir():
        raise FileNotFoundError(2, "", str(out.parent))
    unfinished = out.with_name(f".{out.name}.unfinished")
    try:
        count = write(records, unfinished)
        os.replace(unfinished, out)
    finally:
        unfinished.unlink(missing_ok=True)
    return count


def _jsonl(records: Iterable[Record], stream: TextIO) -> int:
    count = 0
    for record in records:
        stream.write(json.dumps(record.as_json(), ensure_ascii=False) + "\n")
        count += 1
    return count


def _write_jsonl(records: Iterable[Record], path: Path) -> int:
    with path.open("w", encoding="utf-8") as stream:
        return _jsonl(records, stream)


def _write_csv(records: Iterable[Record], path: Path) -> int:
    """Lists are JSON inside their cell."""
    count = 0
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(FIELDS)
        for record in records:
            writer.writerow(_cells(record))
            count += 1
    return count


def _write_xlsx(records: Iterable[Record], path: Path) -> int:
    from openzone.engines.tables.writing import write_table

    return write_table(path, FIELDS, map(_cells, records))


def _cells(record: Record) -> list[Any]:
    return [
        json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value
        for value in record.as_json().values()
    ]


def _write_parquet(records: Iterable[Record], path: Path) -> int:
    import pyarrow as pa
    import pyarrow.parquet as pq

    text = pa.string()
    near = pa.struct([("fact", text), ("have", text), ("need", text), ("gap", pa.float64())])
    kinds = dict.fromkeys(FIELDS, text) | dict.fromkeys(("failed", "missing"), pa.list_(text))
    schema = pa.schema({**kinds, "near": pa.list_(near)})
    count, stream = 0, iter(records)
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        while chunk := [_arrow_row(record) for record in islice(stream, CHUNK)]:
            writer.write_table(pa.Table.from_pylist(chunk, schema))
            count += len(chunk)
    return count


def _arrow_row(record: Record) -> dict[str, Any]:
    """``have`` and ``need`` may be numbers, dates or words: as text they share a column."""
    row = record.as_json()
    for near in row["near"]:
        near["have"], near["need"] = (
            None if near[key] is None else str(near[key]) for key in ("have", "need")
        )
    return row


_WRITERS: dict[str, Callable[[Iterable[Record], Path], int]] = {
    ".csv": _write_csv,
    ".jsonl": _write_jsonl,
    ".parquet": _write_parquet,
    ".xlsx": _write_xlsx,
}
