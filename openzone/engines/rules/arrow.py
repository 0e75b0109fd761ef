"""Columns of an Arrow table, from Parquet or another engine, as columns of facts."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, overload

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from openzone.engines.facts.catalogue import Catalogue, FactType
from openzone.engines.rules.coded import CodedColumn
from openzone.engines.rules.steps import Floats
from openzone.engines.rules.values import (
    EMPTY,
    NOT_A_FACT,
    NOT_FINITE,
    WRONG_VALUE,
    ColumnProblem,
    ColumnsError,
)

Column = Floats | CodedColumn


class ArrowIds(Sequence[str]):
    """Identifiers that stay in Arrow until they are read: ten million would fill gigabytes."""

    def __init__(self, array: pa.ChunkedArray) -> None:
        self._array = array

    def __len__(self) -> int:
        return len(self._array)

    @overload
    def __getitem__(self, rows: int) -> str: ...

    @overload
    def __getitem__(self, rows: slice) -> "ArrowIds": ...

    def __getitem__(self, rows: int | slice) -> "str | ArrowIds":
        """Return one, or consecutive ones without copying."""
        if isinstance(rows, slice):
            start, stop, _ = rows.indices(len(self))
            return ArrowIds(self._array.slice(start, max(0, stop - start)))
        one: str = self._array[rows].as_py()
        return one

    def __iter__(self) -> Iterator[str]:
        for chunk in self._array.chunks:
            yield from chunk.to_pylist()


def read_parquet(
    path: str | Path, catalogue: Catalogue, facts: Iterable[str], rows: int = 1_048_576
) -> Iterator[pa.Table]:
    """Yield parts of at most ``rows`` enterprises of a file, with ``id`` and those of ``facts``.

    Only what the facts need is read, and only one part at a time is in memory. Texts and codes
    stay coded as the file has them.
    """
    wanted = set(facts)
    words = [
        fact.name for fact in catalogue
        if fact.name in wanted and fact.type in (FactType.TEXT, FactType.CODE)
    ]  # fmt: skip
    file = pq.ParquetFile(path, read_dictionary=words)
    names = [name for name in file.schema_arrow.names if name == "id" or name in wanted]
    batches = file.iter_batches(batch_size=rows, columns=names)
    return (pa.Table.from_batches([batch]) for batch in batches)


def read_column(name: str, array: pa.ChunkedArray, catalogue: Catalogue) -> Column:
    """Convert one column; null is unknown.

    Raises:
        ColumnsError: not a fact, or values that this fact cannot have.

    """
    if name not in catalogue:
        raise ColumnsError([ColumnProblem(name, 0, NOT_A_FACT)])
    fact_type = catalogue[name].type
    fits, read = _READERS.get(fact_type, (_is_number, _numbers))
    if pa.types.is_null(array.type):
        array = array.cast(_WHEN_ALL_NULL.get(fact_type, pa.float64()))
    if not fits(array.type):
        wrong = WRONG_VALUE.format(value=array.type, type=fact_type)
        raise ColumnsError([ColumnProblem(name, 0, wrong)])
    return read(name, array)


def _numbers(name: str, array: pa.ChunkedArray) -> Column:
    numbers = array.cast(pa.float64(), safe=False)
    values = _with_nan(numbers, np.float64)
    bad = np.flatnonzero(~np.isfinite(values) & ~_nulls(array))
    if len(bad):
        raise ColumnsError([ColumnProblem(name, int(bad[0]) + 1, NOT_FINITE)])
    return values


def _days(name: str, array: pa.ChunkedArray) -> Column:
    return _with_nan(array.cast(pa.date32()).cast(pa.int32()), np.float32)


def _flags(name: str, array: pa.ChunkedArray) -> Column:
    codes = pc.fill_null(array, False).to_numpy().astype(np.uint8) + np.uint8(1)
    codes[_nulls(array)] = 0
    return CodedColumn(codes, (False, True))


def _words(name: str, array: pa.ChunkedArray) -> Column:
    coded = array if pa.types.is_dictionary(array.type) else array.dictionary_encode()
    coded = coded.unify_dictionaries().combine_chunks()
    words = coded.dictionary.to_pylist()
    codes = pc.fill_null(coded.indices.cast(pa.int64()), -1).to_numpy()
    if "" in words and (codes == words.index("")).any():
        row = int(np.flatnonzero(codes == words.index(""))[0]) + 1
        raise ColumnsError([ColumnProblem(name, row, EMPTY)])
    return CodedColumn.of_dictionary(codes, words)


def _with_nan(array: pa.ChunkedArray, dtype: type[np.floating[Any]]) -> Floats:
    values: npt.NDArray[Any] = pc.fill_null(array, 0).to_numpy().astype(dtype)
    values[_nulls(array)] = np.nan
    return values


def _nulls(array: pa.ChunkedArray) -> npt.NDArray[np.bool_]:
    nulls: npt.NDArray[np.bool_] = pc.is_null(array).to_numpy()
    return nulls


def _is_number(kind: pa.DataType) -> bool:
    types = pa.types
    return bool(types.is_integer(kind) or types.is_floating(kind) or types.is_decimal(kind))


def _is_text(kind: pa.DataType) -> bool:
    value = kind.value_type if pa.types.is_dictionary(kind) else kind
    return bool(pa.types.is_string(value) or pa.types.is_large_string(value))


_Reader = tuple[Callable[[pa.DataType], bool], Callable[[str, pa.ChunkedArray], Column]]
_READERS: dict[FactType, _Reader] = {
    FactType.TEXT: (_is_text, _words),
    FactType.CODE: (_is_text, _words),
    FactType.BOOL: (pa.types.is_boolean, _flags),
    FactType.DATE: (pa.types.is_date, _days),
}
_WHEN_ALL_NULL = {
    FactType.TEXT: pa.string(),
    FactType.CODE: pa.string(),
    FactType.BOOL: pa.bool_(),
    FactType.DATE: pa.date32(),
}
