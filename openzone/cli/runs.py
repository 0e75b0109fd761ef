"""A run over a file or folder of enterprises: piece by piece, here or on Spark, then joined."""

import os
import pickle
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from openzone.cli.answers import check_form, print_pieces
from openzone.cli.choices import Engine, Kind
from openzone.cli.files import check_target, whole_file
from openzone.cli.output import refuse
from openzone.cli.products import Product, product_of
from openzone.cli.sources import (
    Piece,
    Source,
    columns_of,
    odd_files,
    words_of,
)
from openzone.engines.rules.compiled import Plan
from openzone.engines.tables.columns import Vocabulary
from openzone.engines.tables.fast import NotPlainError
from openzone.engines.tables.slices import Slice
from openzone.engines.text import Text

TASKS_PER_CORE = 2
"""So that a slow piece does not leave the other cores idle for long."""


class Item(NamedTuple):
    """A piece with its place among all."""

    number: int
    piece: Piece


class Done(NamedTuple):
    """How many rows a piece added, whether it was not plain, or what the disk said."""

    rows: int = 0
    odd: bool = False
    fault: OSError | None = None


class OddFilesError(Exception):
    """Files whose values are not plain, and that must be read whole."""

    def __init__(self, files: Collection[Path]) -> None:
        super().__init__(files)
        self.files = files


@dataclass(frozen=True)
class Work:
    """What is done with a piece, wherever that is. The plan travels by value."""

    plan: bytes
    product: Product
    folder: Path

    def __call__(self, item: Item) -> Done:
        """Leave the piece of the product in the folder, whole or not at all."""
        plan, words = _understood(self.plan)
        place = self.place(item.number)
        unfinished = place.with_name(f"{place.name}.{os.getpid()}")
        try:
            blocks = columns_of(item.piece, plan, words)
            rows = self.product.piece(plan, item.piece.path.name, blocks, unfinished)
            unfinished.replace(place)
        except NotPlainError:
            return Done(odd=True)
        except OSError as fault:
            return Done(fault=fault)
        return Done(rows)

    def place(self, number: int) -> Path:
        """Where the piece of this number lies."""
        return self.folder / f"{number:06}"


@lru_cache(maxsize=2)
def _understood(plan: bytes) -> tuple[Plan, Vocabulary]:
    """Compile the plan and build the words of its facts, once per process."""
    found: Plan = pickle.loads(plan)  # noqa: S301 # our own bytes, from the process that asked
    return found, words_of(found.catalogue)


class Run(NamedTuple):
    """What is asked for, and where it is worked out."""

    plan: Plan
    product: Product
    engine: Engine
    master: str
    parts: int | None


def check_options(
    enterprises: Path | None, out: Path | None, kind: Kind, engine: Engine, master: str
) -> None:
    """Refuse, before anything is read, what does not go together or is not installed.

    Raises:
        SparkUnavailableError: what is missing, and the command that installs it.

    """
    check_form(out, product_of(kind, out).suffixes)
    if out is None and kind is Kind.PLANES:
        refuse(Text("位图要用 --out 写入 parquet 文件", "planes need --out, a parquet file"))
    if enterprises is None and (kind is not Kind.RECORDS or engine is not Engine.LOCAL):
        refuse(
            Text(
                "--answers 和 --engine 用于文件，请加 --enterprises",
                "--answers and --engine are for files: add --enterprises",
            )
        )
    if out is not None:
        check_target(out, "--out", enterprises)
        _check_beside(out, enterprises)
    if engine is Engine.SPARK:
        _check_spark(out, master)


def _check_beside(out: Path, enterprises: Path | None) -> None:
    """What is written into the folder that is read would be read the next time."""
    if enterprises is not None and enterprises.is_dir() and out.parent.samefile(enterprises):
        refuse(
            Text(
                f"--out：{out} 在读取的文件夹里，请放在别处",
                f"--out: {out} is in the folder being read; put it elsewhere",
            )
        )


def _check_spark(out: Path | None, master: str) -> None:
    from openzone.scale.spark import check_installed, cores_of

    check_installed()
    if out is None and cores_of(master) is None:
        refuse(
            Text(
                f"在 {master} 上运行要用 --out 指明文件，放在各台机器都能读写的文件夹里",
                f"a run on {master} needs --out, in a folder that every machine can write to",
            )
        )


def run(source: Source, asked: Run, out: Path | None) -> int:
    """Write or print the product; return how many rows it has."""
    with _workplace(out) as (folder, target):
        work = Work(pickle.dumps(asked.plan), asked.product, folder)
        added = _all_done(source, work, asked)
        pieces = [work.place(number) for number in range(len(added))]
        rows = asked.product.join(asked.plan, pieces, target)
        if out is None:
            print_pieces([target])
    return sum(added) if rows is None else rows


@contextmanager
def _workplace(out: Path | None) -> Iterator[tuple[Path, Path]]:
    """Yield a folder for the pieces, beside the file that they will become, and that file."""
    if out is None:
        with tempfile.TemporaryDirectory(prefix="openzone-") as folder:
            yield Path(folder), Path(folder, "whole")
        return
    with whole_file(out) as unfinished:
        pieces = unfinished.with_suffix(".pieces")
        try:
            pieces.mkdir()
            yield pieces, unfinished
        finally:
            shutil.rmtree(pieces, ignore_errors=True)


def _all_done(source: Source, work: Work, asked: Run) -> list[int]:
    """Do the work for every piece; a file that turns out not plain is read whole, and all again."""
    while True:
        try:
            return _ENGINES[asked.engine](source, work, asked)
        except OddFilesError as odd:
            source = source.without(odd.files)


def _here(source: Source, work: Work, asked: Run) -> list[int]:
    pieces = source.cut(asked.parts).pieces
    added = []
    for item in map(Item, range(len(pieces)), pieces):
        done = work(item)
        if done.odd:
            raise OddFilesError(odd_files(pieces, words_of(source.catalogue)))
        added += _added([done], [item.piece])
    return added


def _on_spark(source: Source, work: Work, asked: Run) -> list[int]:
    from openzone.scale.spark import cores_of, spread

    place = Path(tempfile.mkdtemp(prefix="read-", dir=work.folder))
    laid = source.laid_down(place)
    pieces = laid.cut(asked.parts).pieces
    at_least = TASKS_PER_CORE * (cores_of(asked.master) or 1)
    if asked.parts is None and len(pieces) < at_least:
        pieces = laid.cut(at_least).pieces
    placed = [piece.placed() for piece in pieces if isinstance(piece, Slice)]
    return _added(spread(work, list(map(Item, range(len(placed)), placed)), asked.master), pieces)


def _added(done: Sequence[Done], pieces: Sequence[Piece]) -> list[int]:
    """Return how many rows each piece added.

    Raises:
        OSError: the first fault of a disk.
        OddFilesError: with every file that is not plain.

    """
    for fault in (each.fault for each in done if each.fault):
        raise fault
    odd = {piece.path for piece, each in zip(pieces, done, strict=True) if each.odd}
    if odd:
        raise OddFilesError(odd)
    return [each.rows for each in done]


_ENGINES: dict[Engine, Callable[[Source, Work, Run], list[int]]] = {
    Engine.LOCAL: _here,
    Engine.SPARK: _on_spark,
}
