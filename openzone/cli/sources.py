"""The enterprises of a file or of a folder of Parquet files, in pieces.

A plain Parquet file is read slice by slice and never held whole. Everything else (xlsx, csv,
Parquet with headings or values as offices write them) is read at once, by the tolerant path.
"""

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow as pa

from openzone.cli.enterprises import EnterpriseFile
from openzone.cli.output import refuse
from openzone.engines.facts.catalogue import Catalogue
from openzone.engines.rules.columns import Columns
from openzone.engines.rules.compiled import Plan
from openzone.engines.tables import gate
from openzone.engines.tables.columns import Vocabulary
from openzone.engines.tables.fast import NotPlainError
from openzone.engines.tables.fields import vocabulary_of
from openzone.engines.tables.kinds import OPERATOR_LIMITS, FileKind
from openzone.engines.tables.problems import Refused
from openzone.engines.tables.slices import (
    ROWS,
    Slice,
    cut,
    identities,
    read_slice,
    shared,
    slices_of,
)
from openzone.engines.text import Text

Piece = Slice | EnterpriseFile


@dataclass(frozen=True)
class Source:
    """Pieces in the order of the answers."""

    pieces: tuple[Piece, ...]
    as_of: dt.date
    catalogue: Catalogue
    ignore_unknown: bool = False

    @classmethod
    def of(
        cls, path: Path, as_of: dt.date, catalogue: Catalogue, *, ignore_unknown: bool
    ) -> "Source":
        """Look at the files; those that are not plain are read, and must be without a fault."""
        files = _parts(path) if path.is_dir() else [path]
        empty = cls((), as_of, catalogue, ignore_unknown)
        words = words_of(catalogue)
        pieces: list[Piece] = []
        for file in files:
            pieces += empty.sliced(file, words) or [empty.read_whole(file)]
        source = replace(empty, pieces=tuple(pieces))
        if len(files) > 1:
            source.refuse_doubles()
        return source

    def sliced(self, file: Path, words: Vocabulary) -> list[Slice]:
        """Return the slices of a plain Parquet file, nothing for any other."""
        try:
            if gate.check(file.name, file, OPERATOR_LIMITS) is not FileKind.PARQUET:
                return []
            slices = slices_of(file, words, OPERATOR_LIMITS)
            identities([file])
            return slices
        except (NotPlainError, Refused, pa.ArrowInvalid, pa.ArrowNotImplementedError):
            return []  # reading it whole says what is wrong

    def read_whole(self, file: Path) -> EnterpriseFile:
        """Read a file by the tolerant path; any problem ends the command."""
        return EnterpriseFile.read(
            file, self.as_of, ignore_unknown=self.ignore_unknown, catalogue=self.catalogue
        )

    def without(self, odd: Collection[Path]) -> "Source":
        """Return the source with these files read whole, as their values turned out not plain."""
        pieces: list[Piece] = []
        for piece in self.pieces:
            if not isinstance(piece, Slice) or piece.path not in odd:
                pieces.append(piece)
            elif piece.start == 0:
                pieces.append(self.read_whole(piece.path))
        return replace(self, pieces=tuple(pieces))

    def laid_down(self, folder: Path) -> "Source":
        """Return the source with every piece on disk, those that were read whole in ``folder``."""
        pieces: list[Piece] = []
        for number, piece in enumerate(self.pieces):
            if isinstance(piece, Slice):
                pieces.append(piece)
            else:
                (place := folder / f"read-{number}").mkdir()
                pieces += lay_down(piece, place)
        return replace(self, pieces=tuple(pieces))

    def cut(self, parts: int | None) -> "Source":
        """Return the source in pieces of about equal size."""
        slices = cut([each for each in self.pieces if isinstance(each, Slice)], parts)
        of_file = {each.path: [s for s in slices if s.path == each.path] for each in slices}
        pieces: list[Piece] = []
        for piece in self.pieces:
            if not isinstance(piece, Slice):
                pieces.append(piece)
            elif piece.start == 0:
                pieces += of_file[piece.path]
        return replace(self, pieces=tuple(pieces))

    def refuse_doubles(self) -> None:
        """Rows of several files must be told apart: row numbers do not."""
        for piece in self.pieces:
            if isinstance(piece, Slice) and piece.id is None:
                name = piece.path.name
                refuse(
                    Text(
                        f"{name}：多个文件一起评价时，每个文件要有 id 列或 uscc 列",
                        f"{name}: where several files are read, each needs a column id or uscc",
                    )
                )
        whole = [piece for piece in self.pieces if isinstance(piece, EnterpriseFile)]
        ids = {file.path: pa.chunked_array([pa.array(file.rows.ids)]) for file in whole}
        ids |= identities(dict.fromkeys(p.path for p in self.pieces if isinstance(p, Slice)))
        if (double := shared(ids)) is not None:
            which, (first, second, *_) = double
            refuse(
                Text(
                    f"编号“{which}”同时出现在 {first} 和 {second}",
                    f"“{which}” is in {first} and in {second}",
                )
            )


def _parts(folder: Path) -> list[Path]:
    """Return the Parquet files of a folder by name; marks like _SUCCESS and .crc are no parts."""
    entries = sorted(each for each in folder.iterdir() if each.name[0] not in "._")
    for each in entries:
        if each.suffix.lower() != ".parquet" or each.is_dir():
            refuse(
                Text(
                    f"这是文件夹，里面只能有 parquet 文件，但有 {each.name}：{folder}",
                    f"This is a folder; it may hold only parquet files, not {each.name}: {folder}",
                )
            )
    if not entries:
        refuse(
            Text(
                f"这是文件夹，里面没有 parquet 文件：{folder}",
                f"This is a folder without parquet files: {folder}",
            )
        )
    return entries


def words_of(catalogue: Catalogue) -> Vocabulary:
    """Return the words that headings and values may use."""
    from openzone.packs.codes import CHECKS

    return vocabulary_of(catalogue, checks=CHECKS)


def columns_of(piece: Piece, plan: Plan, words: Vocabulary) -> Iterator[tuple[int, Columns]]:
    """Yield the facts that the plan reads, some rows at a time, each with the number of its first.

    Raises:
        NotPlainError: a value of a slice needs the tolerant path.

    """
    if isinstance(piece, EnterpriseFile):
        rows = piece.rows
        yield from _numbered(0, Columns.from_values(rows.ids, rows.columns, piece.catalogue))
        return
    start = piece.start
    for table in read_slice(piece, words):
        names = [name for name in table.column_names if name in plan.facts]
        facts = table.select(["id", *(name for name in names if name != "id")])
        yield start, Columns.from_arrow(facts, plan.catalogue)
        start += table.num_rows


def _numbered(start: int, columns: Columns) -> Iterator[tuple[int, Columns]]:
    for block in columns.blocks(ROWS):
        yield start, block
        start += block.rows


def lay_down(file: EnterpriseFile, folder: Path) -> list[Slice]:
    """Write checked rows as Parquet, where other processes read them without checking again.

    The file keeps its name, which answers may show, in a folder of its own.
    """
    import pyarrow.parquet as pq

    rows = file.rows
    columns = {"id": pa.array(rows.ids, pa.string())}
    for name, values in rows.columns.items():
        numeric = file.catalogue[name].type.is_numeric
        columns[name] = pa.array(list(map(_as_float, values)) if numeric else values)
    place = folder / file.path.name
    pq.write_table(pa.table(columns), place, row_group_size=ROWS)
    bounds = [*range(0, len(rows.ids), ROWS), len(rows.ids)]
    return [Slice(place, start, stop, "id", checked=True) for start, stop in pairwise(bounds)]


def _as_float(value: Any) -> float | None:
    return None if value is None else float(value)


def odd_files(pieces: Sequence[Piece], words: Vocabulary) -> set[Path]:
    """Return the files of slices with values that are not plain, after a look at every slice."""
    return {
        piece.path for piece in pieces if isinstance(piece, Slice) and not _is_plain(piece, words)
    }


def _is_plain(piece: Slice, words: Vocabulary) -> bool:
    try:
        return all(table.num_rows for table in read_slice(piece, words))
    except NotPlainError:
        return False
