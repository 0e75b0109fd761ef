"""A file that must be perfect: enterprises for the command line, or all its problems at once."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from openzone.engines.tables import fast, gate
from openzone.engines.tables.columns import Field, Vocabulary
from openzone.engines.tables.kinds import OPERATOR_LIMITS, Limits
from openzone.engines.tables.messages import Severity
from openzone.engines.tables.problems import Fault, Problem, TableProblems, problem
from openzone.engines.tables.reading import TableReading, read_table
from openzone.engines.tables.rows import Row
from openzone.engines.tables.values import Scalar

IDS = ("id", "uscc")


@dataclass(frozen=True)
class Enterprises:
    """A file of enterprises as columns of equal length; None is unknown.

    Numbers are `Decimal` where cells were read one by one, `float` where a column was read whole.
    `warnings` are the assumptions made. `ids` come from `id`, else `uscc`, else row numbers.
    """

    ids: list[str]
    columns: dict[str, list[Scalar | float | None]]
    warnings: tuple[Problem, ...] = ()


def read_enterprises(
    path: Path,
    vocabulary: Iterable[Field] | Vocabulary,
    as_of: dt.date,
    *,
    limits: Limits = OPERATOR_LIMITS,
    sheet: str | None = None,
    ignore_unknown: bool = False,
) -> Enterprises:
    """Read enterprises from xlsx, xls, csv or parquet.

    An unknown column is an error unless `ignore_unknown`. Raises `Refused` for the file as a
    whole, `TableProblems` with every problem otherwise; nothing is read by halves.
    """
    words = Vocabulary.of(vocabulary)
    kind = gate.check(path.name, path, limits)
    columns = fast.read_columns(path, kind, words, limits)
    if columns is not None:
        return _of_columns(columns)
    reading = read_table(path.name, path, words, as_of=as_of, limits=limits, sheet=sheet)
    return _of_rows(reading, ignore_unknown)


def _of_columns(columns: fast.Columns) -> Enterprises:
    count = len(next(iter(columns.values())))
    name = next((each for each in IDS if each in columns), None)
    # The header is row 1, so that a number names the same row as a spreadsheet would.
    ids = columns[name] if name else [str(number) for number in range(2, count + 2)]
    return Enterprises(list(ids), {key: each for key, each in columns.items() if key != "id"})


def _of_rows(reading: TableReading, ignore_unknown: bool) -> Enterprises:
    fields = {column.field.name: column.field for each in reading.sheets for column in each.columns}
    name = next((each for each in IDS if each in fields), None)
    problems = [_stricter(each, ignore_unknown) for each in reading.problems]
    if name is not None:
        missing = (row for row in reading.rows if name not in row.values)
        problems += [_without_id(row, fields[name]) for row in missing]
    errors = [each for each in problems if each.severity is Severity.ERROR]
    if errors:
        raise TableProblems(sorted(errors, key=lambda each: (each.sheet, each.row or 0)))
    ids = [str(row.values[name].value) if name else _row_id(row, reading) for row in reading.rows]
    columns: dict[str, list[Scalar | float | None]] = {
        key: [row.values[key].value if key in row.values else None for row in reading.rows]
        for key in fields
        if key != "id"
    }
    return Enterprises(ids, columns, tuple(problems))


def _stricter(each: Problem, ignore_unknown: bool) -> Problem:
    """A column that is not known may be a fact misspelt: its absence would pass unseen."""
    if each.code == "column_unknown" and not ignore_unknown:
        return replace(each, severity=Severity.ERROR)
    return each


def _without_id(row: Row, field: Field) -> Problem:
    return problem(Fault("id_missing", {"field": field.label}), sheet=row.sheet, row=row.number)


def _row_id(row: Row, reading: TableReading) -> str:
    return str(row.number) if len(reading.sheets) == 1 else f"{row.sheet}!{row.number}"
