"""Parquet files in slices: consecutive rows that are read and checked without the others.

Only plain files can be sliced (contract names, typed values: what `fast` reads); anything else is
read whole, by the tolerant path. Slices of a file in their order are its rows in theirs, and what
is refused in a slice would be refused in the file.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from openzone.engines.tables import fast
from openzone.engines.tables.columns import Vocabulary
from openzone.engines.tables.kinds import Limits
from openzone.engines.tables.problems import refusal
from openzone.engines.tables.strict import IDS

ROWS = 131_072
"""Rows worked on at once."""
HEADER = 1


@dataclass(frozen=True, slots=True)
class Slice:
    """Rows ``start`` to ``stop`` (from 0) of a Parquet file.

    ``id`` names the column that says which enterprise a row is; without one, rows are called by
    their number as in a spreadsheet. ``checked`` rows are not checked again.
    """

    path: Path
    start: int
    stop: int
    id: str | None
    checked: bool = False

    def placed(self) -> "Slice":
        """Return the slice by its whole path, which other processes can follow."""
        return replace(self, path=self.path.resolve())


def slices_of(path: Path, vocabulary: Vocabulary, limits: Limits) -> list[Slice]:
    """Return one slice per row group. Names and sizes are checked, values are not read.

    Raises:
        NotPlainError: the columns are not those of facts.
        Refused: the file is damaged or too large.

    """
    try:
        with pq.ParquetFile(path) as file:
            metadata, names = file.metadata, file.schema_arrow.names
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, OSError) as broken:
        raise refusal("damaged") from broken
    fast.check_names(names, vocabulary)
    groups = [metadata.row_group(index) for index in range(metadata.num_row_groups)]
    if not metadata.num_rows:
        raise fast.NotPlainError
    _check_sizes(groups, len(names), limits)
    name = next((each for each in IDS if each in names), None)
    whole = Slice(path, 0, metadata.num_rows, name)
    return list(_consecutive(whole, [group.num_rows for group in groups if group.num_rows]))


def _check_sizes(groups: Sequence[Any], columns: int, limits: Limits) -> None:
    """A row group is unpacked at once; how many there are costs no memory."""
    for group in groups:
        cells = group.num_rows * columns
        if max(cells, group.total_byte_size // 8) > limits.max_cells:
            raise refusal(
                "too_many_cells", sheet="parquet", last=str(group.num_rows), count=cells,
                limit=limits.max_cells,
            )  # fmt: skip


def _consecutive(whole: Slice, sizes: Iterable[int]) -> Iterator[Slice]:
    start = whole.start
    for size in sizes:
        yield replace(whole, start=start, stop=start + size)
        start += size


def cut(slices: Sequence[Slice], parts: int | None) -> list[Slice]:
    """Return slices of about equal size, in the same order.

    Without ``parts``, row groups are joined up to `ROWS` rows and never split. With ``parts``, a
    larger row group is split: its slices unpack it several times. A file always has slices of its
    own, so that there may be more than asked for.
    """
    total = sum(each.stop - each.start for each in slices)
    size = ROWS if parts is None else -(-total // parts)
    pieces = slices if parts is None else [each for group in slices for each in _split(group, size)]
    joined: list[Slice] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if last and last.path == piece.path and piece.stop - last.start <= size:
            joined[-1] = replace(last, stop=piece.stop)
        else:
            joined.append(piece)
    return joined


def _split(whole: Slice, size: int) -> Iterator[Slice]:
    rows = whole.stop - whole.start
    count = -(-rows // size)
    bounds = [rows * number // count for number in range(count + 1)]
    return _consecutive(whole, [end - start for start, end in pairwise(bounds)])


def read_slice(part: Slice, vocabulary: Vocabulary) -> Iterator[pa.Table]:
    """Yield the rows, at most `ROWS` at a time: columns of facts, and a column `id` of texts.

    Raises:
        NotPlainError: a value needs the tolerant path, which reads it or says what is wrong.

    """
    try:
        start = part.start
        for table in _blocks(part):
            if not part.checked:
                table = fast.checked(fast.typed(table, vocabulary), vocabulary)  # noqa: PLW2901
            yield _with_id(table, part, start)
            start += table.num_rows
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        raise fast.NotPlainError from error


def _blocks(part: Slice) -> Iterator[pa.Table]:
    """Yield the rows as they are stored; row groups outside the slice are not unpacked."""
    with pq.ParquetFile(part.path) as file:
        groups, first = _groups(file.metadata, part)
        for batch in file.iter_batches(ROWS, row_groups=groups):
            begin, end = max(part.start - first, 0), min(part.stop - first, batch.num_rows)
            if begin < end:
                yield pa.Table.from_batches([batch.slice(begin, end - begin)])
            first += batch.num_rows


def _groups(metadata: Any, part: Slice) -> tuple[list[int], int]:
    """Return the row groups that hold rows of the slice, and the first row of the first of them."""
    ends = list(accumulate(metadata.row_group(i).num_rows for i in range(metadata.num_row_groups)))
    starts = [0, *ends[:-1]]
    held = [i for i, end in enumerate(ends) if end > part.start and starts[i] < part.stop]
    return held, starts[held[0]]


def _with_id(table: pa.Table, part: Slice, start: int) -> pa.Table:
    if part.id == "id":
        return table
    ids = table.column(part.id) if part.id else _numbers(part, start, table.num_rows)
    return table.add_column(0, "id", ids)


def _numbers(part: Slice, start: int, rows: int) -> pa.Array:
    first = start + HEADER + 1
    return pa.array([str(row) for row in range(first, first + rows)])


def identities(paths: Iterable[Path]) -> dict[Path, pa.ChunkedArray]:
    """Return what identifies the rows of each file, and nothing for a file without identity.

    Raises:
        NotPlainError: rows of one file that are not told apart.

    """
    found = {}
    for path in paths:
        with pq.ParquetFile(path) as file:
            name = fast.identity_of(file.schema_arrow.names)
            if name is not None:
                found[path] = _comparable(file.read([name]).column(0).cast(pa.string()), name)
                fast.check_distinct(found[path])
    return found


def _comparable(column: pa.ChunkedArray, name: str) -> pa.ChunkedArray:
    """One spelling for what would be read as the same."""
    if name == "uscc":
        column = pc.utf8_upper(pc.utf8_normalize(column, form="NFKC"))
    return pc.utf8_trim_whitespace(column)


def shared(columns: Mapping[Path, pa.ChunkedArray]) -> tuple[str, list[str]] | None:
    """Return an identity that several files have, with their names; None where there is none."""
    chunks = [chunk for column in columns.values() for chunk in column.chunks]
    every = pa.chunked_array(chunks, pa.string())
    if len(columns) < 2 or pc.count_distinct(every).as_py() == len(every):
        return None
    counts = pc.value_counts(every)
    twice = pc.filter(counts, pc.greater(pc.struct_field(counts, "counts"), 1))
    double = twice[0]["values"]
    return double.as_py(), [
        path.name for path, column in columns.items() if pc.any(pc.equal(column, double)).as_py()
    ]
