"""Spreadsheets row by row: what is good, and what is wrong with the others.

The check does everything the entering does and takes it back, so that the two cannot differ.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django.conf import settings
from django.db import transaction

from openzone.engines.tables.columns import Vocabulary
from openzone.engines.tables.kinds import Limits
from openzone.engines.tables.messages import Severity
from openzone.engines.tables.problems import Problem
from openzone.engines.tables.problems import Refused as FileRefused
from openzone.engines.tables.reading import TableReading, read_table
from openzone.engines.tables.rows import Row
from openzone.zone.errors import Refused
from openzone.zone.registry.imports.problems import as_json, told

Values = dict[str, Any]


class Checked(NamedTuple):
    """The rows that can be entered, as they are stored until then, and problems as stored."""

    rows: list[Values]
    problems: list[Mapping[str, Any]]


def read(file_name: str, data: bytes, words: Vocabulary, as_of: dt.date) -> TableReading:
    """Read a file whose rows need no key.

    Raises ``Refused`` where the file as a whole cannot be read.
    """
    limits = Limits(max_bytes=settings.UPLOAD_LIMIT)
    try:
        return read_table(file_name, data, words, as_of=as_of, limits=limits, key=())
    except FileRefused as refusal:
        raise Refused(refusal.text, field="file") from None


def check(
    reading: TableReading,
    words: Vocabulary,
    values: Callable[[Row], Values],
    enter: Callable[[Values], object],
) -> Checked:
    """Enter every row that has no error of its own, note what is refused, take it all back."""
    good: list[Values] = []
    problems = list(reading.problems)
    undone = transaction.savepoint()
    for row in reading.good_rows:
        try:
            stored = values(row) | {"row": row.number, "sheet": row.sheet}
            with transaction.atomic():
                enter(stored)
            good.append(stored)
        except Refused as refusal:
            problems.append(_problem(row, words, refusal))
    transaction.savepoint_rollback(undone)
    return Checked(good, [as_json(one) for one in problems])


def given(row: Row) -> Values:
    """Return what a row says: text without spaces around it, dates as they are."""
    found = {name: value.value for name, value in row.values.items()}
    return {name: one.strip() if isinstance(one, str) else one for name, one in found.items()}


def _problem(row: Row, words: Vocabulary, refusal: Refused) -> Problem:
    field, value = refusal.field, row.values.get(refusal.field)
    return told(
        field or "refused",
        Severity.ERROR,
        refusal.reason,
        sheet=row.sheet,
        row=row.number,
        header=words[field].label_zh if field in words else None,
        value=str(value.original) if value is not None else "",
    )
