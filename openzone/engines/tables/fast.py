"""Millions of rows under exact contract names, read column by column with Arrow.

This path never reports a problem and never bends a rule: at the first thing that is not plain
(a unit in a cell, a total at the end, a duplicate, a date like 2024/1/5) it gives up with None, and
the tolerant path reads the file and names what is wrong.
"""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv

from openzone.engines.tables import parquet
from openzone.engines.tables.body import LEFT_OUT
from openzone.engines.tables.columns import Field, Vocabulary
from openzone.engines.tables.csvfile import encoding_of, separator_of
from openzone.engines.tables.dates import YEARS
from openzone.engines.tables.kinds import FileKind, Limits
from openzone.engines.tables.numbers import MAX_EXPONENT
from openzone.engines.tables.values import (
    MISSING_WORDS,
    NO_WORDS,
    NONE_WORDS,
    YES_WORDS,
    is_missing,
    read_value,
)

IDENTITY = ("id", "uscc", "name")

_SAMPLE = 64 * 1024
_LEADING = 3  # a total or a note shows itself in the first columns
_LONGEST_MARK = 6  # “<null>” and “......”
# Formulas, Excel errors, invisible characters, codes that Excel shortened.
_NOT_PLAIN = "^[=#]|[\u200b-\u200f\u2060\ufeff\u00a0\r]|^\\s*\\d(\\.\\d+)?[eE]\\+\\d+\\s*$"
_TYPES = {
    "text": pa.string(),
    "code": pa.string(),
    "date": pa.date32(),
    "bool": pa.bool_(),
    "number": pa.float64(),
    "yuan": pa.float64(),
    "ratio": pa.float64(),
    "area": pa.float64(),
}

Columns = dict[str, list[Any]]


class NotPlainError(Exception):
    """The file needs the tolerant path."""


UNUSABLE = (NotPlainError, pa.ArrowInvalid, pa.ArrowNotImplementedError)
"""What may go wrong on this path; the tolerant one says what it was."""


def read_columns(
    path: Path, kind: FileKind, vocabulary: Vocabulary, limits: Limits
) -> Columns | None:
    """Read a csv or parquet file whose columns carry contract names; None where it is not plain.

    Numbers are floats, dates `datetime.date`, missing values None; every list has one length.
    """
    try:
        if kind is FileKind.CSV:
            table = _read_csv(path, vocabulary)
        elif kind is FileKind.PARQUET:
            table = _read_parquet(path, vocabulary, limits)
        else:
            return None
        table = checked(table, vocabulary)
        identity = identity_of(table.column_names)
        if identity is not None:
            check_distinct(table.column(identity))
        return {name: _as_list(table.column(name)) for name in table.column_names}
    except UNUSABLE:
        return None


def _read_csv(path: Path, vocabulary: Vocabulary) -> pa.Table:
    with path.open("rb") as file:
        head = file.read(_SAMPLE)
    encoding = encoding_of(head, complete=len(head) < _SAMPLE)
    text = head.decode(encoding, "ignore")
    separator = separator_of(text)
    names = next(csv.reader(io.StringIO(text, newline=""), delimiter=separator), [])
    check_names(names, vocabulary)
    return pa_csv.read_csv(
        path,
        read_options=pa_csv.ReadOptions(encoding=encoding.removesuffix("-sig")),
        parse_options=pa_csv.ParseOptions(
            delimiter=separator, newlines_in_values=True, ignore_empty_lines=False
        ),
        convert_options=pa_csv.ConvertOptions(
            column_types={name: _arrow_type(vocabulary[name]) for name in names},
            null_values=["", *sorted(MISSING_WORDS - NO_WORDS - NONE_WORDS)],
            strings_can_be_null=True,
            true_values=_spellings(YES_WORDS),
            false_values=_spellings(NO_WORDS),
        ),
    )


def _arrow_type(field: Field) -> pa.DataType:
    """The type a column is read as: where 无 may stand for a date, text."""
    return pa.string() if field.can_be_absent else _TYPES[field.type]


def _spellings(words: frozenset[str]) -> list[str]:
    return sorted({form for word in words for form in (word, word.upper(), word.capitalize())})


def _read_parquet(path: Path, vocabulary: Vocabulary, limits: Limits) -> pa.Table:
    return typed(parquet.read_arrow(path, limits), vocabulary)


def typed(table: pa.Table, vocabulary: Vocabulary) -> pa.Table:
    """Bring the columns of a Parquet file, or of some of its rows, to the types of the facts."""
    check_names(table.column_names, vocabulary)
    columns = [_cast(table.column(name), vocabulary[name]) for name in table.column_names]
    return pa.table(columns, names=table.column_names)


def _cast(column: pa.ChunkedArray, field: Field) -> pa.ChunkedArray:
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    from_text = pa.types.is_string(column.type) or pa.types.is_large_string(column.type)
    wanted = _arrow_type(field) if from_text else _TYPES[field.type]
    if from_text != (wanted == pa.string()) and not pa.types.is_null(column.type):
        raise NotPlainError
    if pa.types.is_boolean(column.type) != (wanted == pa.bool_()):
        raise NotPlainError
    return column.cast(wanted)


def check_names(names: list[str], vocabulary: Vocabulary) -> None:
    """Every column must be a fact, and each once."""
    names = [name.removeprefix("\ufeff") for name in names]
    required = {field.name for field in vocabulary if field.required}
    known = all(name in vocabulary for name in names) and required <= set(names)
    if not names or not known or len(set(names)) < len(names):
        raise NotPlainError


def checked(table: pa.Table, vocabulary: Vocabulary) -> pa.Table:
    """Check and clean typed rows; what this refuses in some rows it refuses in all of them."""
    _check_rows(table)
    names = table.column_names
    return pa.table([_plain(table.column(name), vocabulary[name]) for name in names], names=names)


def _check_rows(table: pa.Table) -> None:
    """Every row must be data: none blank or nearly so, no total, note or repeated header."""
    if table.num_rows == 0:
        raise NotPlainError
    filled = sum(
        column.is_valid().combine_chunks().cast(pa.int8()).to_numpy() for column in table.columns
    )
    if np.min(filled) <= (1 if table.num_columns > 1 else 0):
        raise NotPlainError
    for name in table.column_names[:_LEADING]:
        column = table.column(name)
        if column.type != pa.string():
            continue
        half = pc.utf8_lower(pc.utf8_normalize(column, form="NFKC"))
        bare = pc.replace_substring_regex(half, r"\s+", "")
        _refuse(pc.match_substring_regex(bare, f"^(?:{LEFT_OUT})$"))
        _refuse(pc.equal(bare, name))


def _refuse(mask: Any) -> None:
    if pc.any(mask).as_py():
        raise NotPlainError


def _plain(column: pa.ChunkedArray, field: Field) -> pa.ChunkedArray:
    """A column checked and cleaned by the same rules as single cells."""
    if field.required and column.null_count:
        raise NotPlainError
    if field.can_be_absent and column.type == pa.string():
        return _by_value(column, field)
    return _CHECKS.get(field.type, _plain_text)(column, field)


def _plain_number(column: pa.ChunkedArray, field: Field) -> pa.ChunkedArray:
    _refuse(pc.invert(pc.is_finite(column)))
    size = pc.abs(column)
    _refuse(pc.greater_equal(size, 10.0**MAX_EXPONENT))
    if field.is_count:
        _refuse(pc.less(column, 0.0))
    if field.type == "ratio" and not field.above_one:
        _refuse(pc.greater(size, 1.0))
    return column


def _plain_date(column: pa.ChunkedArray, field: Field) -> pa.ChunkedArray:
    years = pc.year(column)
    _refuse(pc.or_(pc.less(years, YEARS.start), pc.greater_equal(years, YEARS.stop)))
    return column


def _plain_bool(column: pa.ChunkedArray, field: Field) -> pa.ChunkedArray:
    return column


def _plain_text(column: pa.ChunkedArray, field: Field) -> pa.ChunkedArray:
    _refuse(pc.match_substring_regex(column, _NOT_PLAIN))
    column = pc.utf8_trim_whitespace(column)
    if field.type == "code" or field.choices:
        return _by_value(column, field)
    short = pc.unique(column.filter(pc.less_equal(pc.utf8_length(column), _LONGEST_MARK)))
    missing = [word for word in short.to_pylist() if is_missing(word)]
    if field.required and missing:
        raise NotPlainError
    return pc.if_else(pc.is_in(column, pa.array(missing, pa.string())), None, column)


def _by_value(column: pa.ChunkedArray, field: Field) -> pa.ChunkedArray:
    """Read each different value once, as the tolerant path would."""
    coded = column.combine_chunks().dictionary_encode()
    values = []
    for word in coded.dictionary.to_pylist():
        reading = read_value(word, field)
        if reading.fault is not None:
            raise NotPlainError
        values.append(None if reading.value is None else reading.value.value)
    return pa.chunked_array([pa.array(values, _TYPES[field.type]).take(coded.indices)])


_CHECKS: dict[str, Callable[[pa.ChunkedArray, Field], pa.ChunkedArray]] = {
    "date": _plain_date,
    "bool": _plain_bool,
    **dict.fromkeys(("number", "yuan", "ratio", "area"), _plain_number),
}


def identity_of(names: list[str]) -> str | None:
    """Return the first identifying column."""
    return next((each for each in IDENTITY if each in names), None)


def check_distinct(column: pa.ChunkedArray) -> None:
    """An identifying column must name every row, and each once."""
    if column.null_count or pc.count_distinct(column).as_py() < len(column):
        raise NotPlainError


def _as_list(column: pa.ChunkedArray) -> list[Any]:
    """Python values of a column; numpy makes them far faster than one Arrow scalar at a time."""
    if pa.types.is_floating(column.type):
        return _floats(column.to_numpy())
    if pa.types.is_string(column.type):
        texts: list[Any] = column.combine_chunks().to_numpy(zero_copy_only=False).tolist()
        return texts
    return _from_codes(column)


def _floats(numbers: Any) -> list[Any]:
    """Floats, with None for the missing ones that Arrow hands over as NaN."""
    missing = np.isnan(numbers)
    if missing.any():
        numbers = numbers.astype(object)
        numbers[missing] = None
    listed: list[Any] = numbers.tolist()
    return listed


def _from_codes(column: pa.ChunkedArray) -> list[Any]:
    coded = column.combine_chunks().dictionary_encode()
    values = np.empty(len(coded.dictionary) + 1, dtype=object)
    values[:-1] = coded.dictionary.to_pylist()
    values[-1] = None
    places = coded.indices.fill_null(len(coded.dictionary)).to_numpy()
    listed: list[Any] = values[places].tolist()
    return listed
