"""parquet → rows: the column names as a header, the values typed as they are stored."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from openzone.engines.tables.kinds import Limits, opened
from openzone.engines.tables.problems import refusal


def read(data: bytes | Path, limits: Limits) -> list[list[Any]]:
    """Read a parquet file as rows below a header row. Raises `Refused`."""
    table = read_arrow(data, limits)
    columns = [_cells(column) for column in table.columns]
    return [list(table.column_names), *(list(row) for row in zip(*columns, strict=True))]


def _cells(column: pa.ChunkedArray) -> list[Any]:
    """Values of a column; lists and structures as tuples, which no field takes for a value."""
    values: list[Any] = column.to_pylist()
    if pa.types.is_nested(column.type):
        return [None if value is None else (str(value),) for value in values]
    return values


def read_arrow(data: bytes | Path, limits: Limits) -> pa.Table:
    """Read a parquet file as an Arrow table, after its own figures passed the limits."""
    try:
        with opened(data) as file:
            parquet = pq.ParquetFile(file)
            _check_size(parquet.metadata, limits)
            return parquet.read()
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, OSError) as broken:
        raise refusal("damaged") from broken


def _check_size(metadata: Any, limits: Limits) -> None:
    cells = metadata.num_rows * metadata.num_columns
    if cells > limits.max_cells:
        raise refusal(
            "too_many_cells", sheet="parquet", last=str(metadata.num_rows), count=cells,
            limit=limits.max_cells,
        )  # fmt: skip
