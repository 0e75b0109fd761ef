"""The facts of many enterprises, one typed array per fact.

Unknown is its own value everywhere: nan in arrays of numbers and days, code 0 in coded columns.
NaN and infinities in the input are refused, so that a nan inside always means "unknown".
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from openzone.engines.facts.catalogue import Catalogue, FactType
from openzone.engines.rules.arrow import ArrowIds, read_column
from openzone.engines.rules.coded import CodedColumn
from openzone.engines.rules.numbers import EPOCH
from openzone.engines.rules.steps import Floats
from openzone.engines.rules.values import (
    NO_IDS,
    NOT_A_FACT,
    WRONG_LENGTH,
    ColumnProblem,
    ColumnsError,
    all_fine,
    refusal,
)

Column = Floats | CodedColumn


@dataclass(frozen=True)
class Columns:
    """Facts by enterprise. A fact without a column is unknown everywhere."""

    ids: Sequence[str]
    catalogue: Catalogue
    _columns: Mapping[str, Column]

    @classmethod
    def from_values(
        cls, ids: Sequence[str], facts: Mapping[str, Sequence[Any]], catalogue: Catalogue
    ) -> "Columns":
        """Take one list per fact, in the order of ``ids``; None is unknown.

        Numbers may be int, float or Decimal (kept as float), dates ``datetime.date``.

        Raises:
            ColumnsError: unknown facts, wrong lengths, types or values, NaN and infinities.

        """
        problems = [
            p for name, values in facts.items() for p in _problems(ids, name, values, catalogue)
        ]
        if problems:
            raise ColumnsError(problems)
        columns = {name: _column(catalogue[name].type, vs) for name, vs in facts.items()}
        return cls(list(ids), catalogue, columns)

    @classmethod
    def from_arrow(cls, table: pa.Table, catalogue: Catalogue) -> "Columns":
        """Take a table with a column ``id`` and one column per fact; null is unknown.

        Raises:
            ColumnsError: as :meth:`from_values`.

        """
        if "id" not in table.column_names:
            raise ColumnsError([ColumnProblem("id", 0, NO_IDS)])
        ids = ArrowIds(table["id"].cast(pa.string()))
        columns: dict[str, Column] = {}
        problems: list[ColumnProblem] = []
        for name in table.column_names:
            if name == "id" and "id" not in catalogue:
                continue
            try:
                columns[name] = read_column(name, table[name], catalogue)
            except ColumnsError as error:
                problems += error.problems
        if problems:
            raise ColumnsError(problems)
        return cls(ids, catalogue, columns)

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def rows(self) -> int:
        """How many enterprises."""
        return len(self.ids)

    def number(self, fact: str) -> Floats:
        """Return a numeric column, or days since 1970-01-01; nan where unknown."""
        column = self._columns.get(fact)
        return np.full(self.rows, np.nan) if column is None else column  # type: ignore[return-value]

    def words(self, fact: str) -> CodedColumn:
        """Return a column of texts, codes or bools."""
        column = self._columns.get(fact)
        if column is None:
            return CodedColumn(np.zeros(self.rows, np.uint8), ())
        return column  # type: ignore[return-value] # the catalogue says which is which

    def blocks(self, size: int) -> Iterator["Columns"]:
        """Yield consecutive parts of at most ``size`` enterprises, without copying."""
        for start in range(0, self.rows, size):
            yield self[start : start + size]

    def take(self, rows: npt.NDArray[np.intp]) -> "Columns":
        """Return some of the enterprises, in the order of ``rows``."""
        parts = {name: column[rows] for name, column in self._columns.items()}
        return Columns([self.ids[row] for row in rows.tolist()], self.catalogue, parts)

    def __getitem__(self, rows: slice) -> "Columns":
        parts = {name: column[rows] for name, column in self._columns.items()}
        return Columns(self.ids[rows], self.catalogue, parts)


def _problems(
    ids: Sequence[str], name: str, values: Sequence[Any], catalogue: Catalogue
) -> Iterator[ColumnProblem]:
    """Yield the first problem of a column."""
    if name not in catalogue:
        yield ColumnProblem(name, 0, NOT_A_FACT)
    elif len(values) != len(ids):
        yield ColumnProblem(name, 0, WRONG_LENGTH.format(have=len(values), rows=len(ids)))
    else:
        fact_type = catalogue[name].type
        if not all_fine(fact_type, values):
            for row, value in enumerate(values, start=1):
                reason = refusal(fact_type, value)
                if reason is not None:
                    yield ColumnProblem(name, row, reason)
                    return


def _column(fact_type: FactType, values: Sequence[Any]) -> Column:
    if fact_type.is_numeric:
        return np.array([math.nan if v is None else float(v) for v in values], np.float64)
    if fact_type is FactType.DATE:
        return np.array([math.nan if v is None else (v - EPOCH).days for v in values], np.float32)
    return CodedColumn.of(values)
