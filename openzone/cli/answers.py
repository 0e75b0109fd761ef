"""Answers to a file: one record per enterprise and rule, whole or not at all."""

import csv
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

from openzone.cli.files import check_target, whole_file
from openzone.cli.output import refuse
from openzone.engines.rules.match import Record
from openzone.engines.rules.near import Near, tidy
from openzone.engines.rules.ties import Tie
from openzone.engines.text import Text

FIELDS = Record._fields
CHUNK = 50_000
_json = json.JSONEncoder(ensure_ascii=False).encode


def check_answers_target(out: Path | None, enterprises: Path | None) -> None:
    """Refuse, before anything is computed, a format or a place that cannot be written."""
    if out is None:
        return
    if out.suffix.lower() not in _WRITERS:
        zh, en = "、".join(_WRITERS), ", ".join(_WRITERS)
        refuse(
            Text(
                f"--out：{out.name} 的格式不支持，可用 {zh}",
                f"--out: the format of {out.name} is not supported, use {en}",
            )
        )
    check_target(out, "--out", enterprises)


def write_answers(records: Iterable[Record], out: Path | None) -> int:
    """Write the answers in the format of the file's name, or as jsonl; return how many."""
    if out is None:
        return _jsonl(records, sys.stdout)
    with whole_file(out) as unfinished:
        return _WRITERS[out.suffix.lower()](records, unfinished)


def _jsonl(records: Iterable[Record], stream: TextIO) -> int:
    count = 0
    for record in records:
        stream.write(_json(record.as_json()) + "\n")
        count += 1
    return count


def _write_jsonl(records: Iterable[Record], path: Path) -> int:
    with path.open("w", encoding="utf-8") as stream:
        return _jsonl(records, stream)


def _write_csv(records: Iterable[Record], path: Path) -> int:
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

    return write_table(str(path), FIELDS, map(_cells, records))


def _cells(record: Record) -> Sequence[Any]:
    """Return the fields with lists as JSON, which is how they fit into one cell."""
    *plain, failed, missing, near, amount, unsettled, ties = record
    return (
        *plain,
        _names_cell(failed),
        _names_cell(missing),
        _near_cell(near),
        None if amount is None else tidy(amount),
        _names_cell(unsettled),
        _ties_cell(ties),
    )


@lru_cache(maxsize=100_000)
def _names_cell(names: tuple[str, ...]) -> str:
    """Enterprises that stand alike share their names, so most are written once."""
    return _json(names)


def _near_cell(near: tuple[Near, ...]) -> str:
    return _json([each.as_json() for each in near]) if near else "[]"


@lru_cache(maxsize=100_000)
def _ties_cell(ties: tuple[Tie, ...]) -> str:
    return _json([each.as_json() for each in ties]) if ties else "[]"


def _write_parquet(records: Iterable[Record], path: Path) -> int:
    import pyarrow as pa
    import pyarrow.parquet as pq

    text = pa.string()
    near = pa.struct([("fact", text), ("have", text), ("need", text), ("gap", pa.float64())])
    names = pa.list_(text)
    tie = pa.struct([("id", text), ("relation", text), ("with", names)])
    kinds = dict.fromkeys(FIELDS, text)
    kinds |= dict.fromkeys(("failed", "missing", "amount_missing"), names)
    kinds |= {"near": pa.list_(near), "amount": pa.float64(), "relations": pa.list_(tie)}
    schema = pa.schema(kinds)
    count = 0
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for chunk in _chunks(records):
            *plain, nears, amounts, unsettled, ties = zip(*chunk, strict=True)
            lists = list(map(_near_structs, nears)), list(map(_tie_structs, ties))
            columns = [*plain, lists[0], amounts, unsettled, lists[1]]
            writer.write_table(pa.table(columns, schema=schema))
            count += len(chunk)
    return count


def _chunks(records: Iterable[Record]) -> Iterator[list[Record]]:
    stream = iter(records)
    while chunk := list(islice(stream, CHUNK)):
        yield chunk


def _near_structs(near: tuple[Near, ...]) -> list[dict[str, Any]]:
    """``have`` and ``need`` may be numbers, dates or words: as text they share a column."""
    return [each.as_json() | {"have": _text(each.have), "need": _text(each.need)} for each in near]


def _tie_structs(ties: tuple[Tie, ...]) -> list[dict[str, Any]]:
    return [each.as_json() for each in ties]


def _text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return _json(value)


_WRITERS: dict[str, Callable[[Iterable[Record], Path], int]] = {
    ".csv": _write_csv,
    ".jsonl": _write_jsonl,
    ".parquet": _write_parquet,
    ".xlsx": _write_xlsx,
}
