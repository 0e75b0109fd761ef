"""Answers to a file: one record per enterprise and rule, whole or not at all.

Every form can be written in pieces, by several processes, and joined: the file is the same.
"""

import csv
import json
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple, TextIO, TypeVar

from openzone.cli.files import whole_file
from openzone.cli.output import refuse
from openzone.engines.rules.match import Record
from openzone.engines.rules.near import Near, tidy
from openzone.engines.rules.ties import Tie
from openzone.engines.text import Text

FIELDS = Record._fields
CHUNK = 50_000
_json = json.JSONEncoder(ensure_ascii=False).encode
T = TypeVar("T")


class Form(NamedTuple):
    """How records become a piece, and pieces in their order the file."""

    piece: Callable[[Iterable[Record], Path], int]
    join: Callable[[Sequence[Path], Path], None]


def check_form(out: Path | None, suffixes: Sequence[str]) -> None:
    """Refuse a file whose name ends otherwise."""
    if out is not None and out.suffix.lower() not in suffixes:
        zh, en = "、".join(suffixes), ", ".join(suffixes)
        refuse(
            Text(
                f"--out：{out.name} 的格式不支持，可用 {zh}",
                f"--out: the format of {out.name} is not supported, use {en}",
            )
        )


def write_answers(records: Iterable[Record], out: Path | None) -> int:
    """Write the answers in the format of the file's name, or as jsonl; return how many."""
    if out is None:
        return _jsonl(records, sys.stdout)
    form = FORMS[out.suffix.lower()]
    with whole_file(out) as unfinished:
        piece = unfinished.with_suffix(".piece")
        try:
            count = form.piece(records, piece)
            form.join([piece], unfinished)
        finally:
            piece.unlink(missing_ok=True)
    return count


def print_pieces(pieces: Iterable[Path]) -> None:
    """Print pieces of text one after the other."""
    for piece in pieces:
        with piece.open(encoding="utf-8") as stream:
            shutil.copyfileobj(stream, sys.stdout)


# ---- jsonl ----------------------------------------------------------------------------------


def _jsonl(records: Iterable[Record], stream: TextIO) -> int:
    count = 0
    for record in records:
        stream.write(_json(record.as_json()) + "\n")
        count += 1
    return count


def _jsonl_piece(records: Iterable[Record], path: Path) -> int:
    with path.open("w", encoding="utf-8") as stream:
        return _jsonl(records, stream)


def join_text(pieces: Iterable[Path], path: Path, header: str = "") -> None:
    """Put pieces of text one after the other, below a header."""
    with path.open("wb") as whole:
        whole.write(header.encode())
        for piece in pieces:
            with piece.open("rb") as part:
                shutil.copyfileobj(part, whole, 1 << 20)


# ---- csv ------------------------------------------------------------------------------------


def _csv_piece(records: Iterable[Record], path: Path) -> int:
    count = 0
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        for record in records:
            writer.writerow(_cells(record))
            count += 1
    return count


def _join_csv(pieces: Sequence[Path], path: Path) -> None:
    join_text(pieces, path, header=",".join(FIELDS) + "\r\n")


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


# ---- xlsx -----------------------------------------------------------------------------------


def _xlsx_piece(records: Iterable[Record], path: Path) -> int:
    count = 0
    with path.open("w", encoding="utf-8") as stream:
        for record in records:
            stream.write(_json(_cells(record)) + "\n")
            count += 1
    return count


def _join_xlsx(pieces: Sequence[Path], path: Path) -> None:
    from openzone.engines.tables.writing import write_table

    write_table(str(path), FIELDS, (json.loads(line) for line in _lines(pieces)))


def _lines(pieces: Iterable[Path]) -> Iterator[str]:
    for piece in pieces:
        with piece.open(encoding="utf-8") as stream:
            yield from stream


# ---- parquet --------------------------------------------------------------------------------


def _arrow_piece(records: Iterable[Record], path: Path) -> int:
    import pyarrow as pa

    from openzone.engines.rules.tabular import SCHEMA, record_table

    count = 0
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, SCHEMA) as writer:
        for chunk in _chunks(records):
            writer.write_table(record_table(chunk))
            count += len(chunk)
    return count


def _join_parquet(pieces: Sequence[Path], path: Path) -> None:
    """Row groups of equal length, wherever the pieces end."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from openzone.engines.rules.tabular import SCHEMA

    with pq.ParquetWriter(path, SCHEMA, compression="zstd") as writer:
        waiting = SCHEMA.empty_table()
        for batch in batches(pieces):
            waiting = pa.concat_tables([waiting, pa.Table.from_batches([batch])])
            while len(waiting) >= CHUNK:
                writer.write_table(waiting.slice(0, CHUNK).combine_chunks())
                waiting = waiting.slice(CHUNK)
        if len(waiting):
            writer.write_table(waiting.combine_chunks())


def batches(pieces: Iterable[Path]) -> Iterator[Any]:
    """Yield what Arrow files hold, one after the other."""
    import pyarrow as pa

    for piece in pieces:
        with pa.memory_map(str(piece)) as source:
            reader = pa.ipc.open_file(source)
            for number in range(reader.num_record_batches):
                yield reader.get_batch(number)


def _chunks(records: Iterable[T]) -> Iterator[list[T]]:
    stream = iter(records)
    while chunk := list(islice(stream, CHUNK)):
        yield chunk


FORMS: dict[str, Form] = {
    ".csv": Form(_csv_piece, _join_csv),
    ".jsonl": Form(_jsonl_piece, join_text),
    ".parquet": Form(_arrow_piece, _join_parquet),
    ".xlsx": Form(_xlsx_piece, _join_xlsx),
}
