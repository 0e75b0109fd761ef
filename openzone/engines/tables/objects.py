"""JSON as a table: objects whose keys are the columns of a vocabulary, read cell by cell."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from typing import Any, NoReturn

from openzone.engines.tables.columns import Match, Vocabulary, listed, unit_fault
from openzone.engines.tables.messages import Severity
from openzone.engines.tables.problems import Fault, Problem, problem
from openzone.engines.tables.rows import Row
from openzone.engines.tables.values import Value, read_value, shown
from openzone.engines.text import Text

NOT_JSON = Text("不是有效的 JSON", "is not valid JSON")
NOT_A_LIST = Text("应为对象的列表 [{…}, {…}]", "should be a list of objects [{…}, {…}]")
NOT_AN_OBJECT = Text("应为对象 {…}", "should be an object {…}")
NOT_A_VALUE = Text("应为单个值", "should be a single value")
SAME_FIELD = Text("“{field}”给出了两次", "“{field}” is given twice")

Pairs = list[tuple[str, Any]]


class Objects:
    """Reads objects as rows; keeps every problem with the row and the key.

    An object may hold a list of others under ``within``: they are rows that share its values.
    """

    def __init__(self, vocabulary: Vocabulary, as_of: dt.date, within: str) -> None:
        self.vocabulary = vocabulary
        self.as_of = as_of
        self.within = within
        self.rows: list[Row] = []
        self.problems: list[Problem] = []
        self.fields: set[str] = set()
        """The fields some object names, whatever value it gives."""

    def read(self, text: str, *, lines: bool) -> None:
        """Read one object a line, or one list of them; rows are lines, or places from 1."""
        for number, pairs in _lines(text) if lines else _listed(text):
            if isinstance(pairs, Text):
                self.problems.append(told(pairs, row=number))
                continue
            for row in self._unfolded(number, pairs):
                self._row(number, row)

    def _unfolded(self, number: int, pairs: Pairs) -> Iterator[Pairs]:
        """Yield an object, or each of those within it with what they share."""
        lists = [value for key, value in pairs if key == self.within]
        if not lists:
            yield pairs
            return
        shared = [(key, value) for key, value in pairs if key != self.within]
        for found in lists:
            if not isinstance(found, list) or isinstance(found, _Pairs):
                self.problems.append(told(NOT_A_LIST, row=number, column=self.within))
                continue
            for one in found:
                if isinstance(one, _Pairs):
                    yield [*shared, *one]
                else:
                    self.problems.append(told(NOT_AN_OBJECT, row=number, column=self.within))

    def _row(self, number: int, pairs: Pairs) -> None:
        values: dict[str, Value] = {}
        named: set[str] = set()
        for key, cell in pairs:
            match = self.vocabulary.match((key,), self.as_of)
            fault = self._fault(key, match) or self._twice(match, named)
            if fault or match.field is None:
                self._tell(fault, number, key, cell)
                continue
            named.add(match.field.name)
            if isinstance(cell, list | dict):
                self.problems.append(told(NOT_A_VALUE, row=number, column=key))
                continue
            reading = read_value(cell, match.field, match.unit)
            if reading.value is not None:
                values[match.field.name] = reading.value
            if reading.fault is not None:
                self._tell(reading.fault, number, key, cell)
        self.fields |= named
        self.rows.append(Row("", number, values))

    def _fault(self, key: str, match: Match) -> Fault | None:
        """What is wrong with a key; of one not known, the fields most like it are named."""
        fault = match.fault or unit_fault(match)
        if fault is None or fault.code != "column_unknown":
            return fault
        return Fault(fault.code, {**fault.values, "closest": listed(self.vocabulary.closest(key))})

    def _twice(self, match: Match, named: set[str]) -> Text | None:
        field = match.field
        if field is None or field.name not in named:
            return None
        return Text(
            SAME_FIELD.zh.format(field=field.label_zh), SAME_FIELD.en.format(field=field.label_en)
        )

    def _tell(self, fault: Fault | Text | None, row: int, key: str, cell: Any) -> None:
        if isinstance(fault, Text):
            self.problems.append(told(fault, row=row, column=key))
        elif fault is not None:
            value = "" if isinstance(cell, list | dict) else shown(cell)
            self.problems.append(problem(fault, row=row, column=key, value=value))


def told(
    reason: Text,
    *,
    sheet: str = "",
    row: int | None = None,
    column: str | None = None,
    value: str = "",
) -> Problem:
    """Return a problem that is an error and has words of its own."""
    return Problem(sheet, row, column, None, value, Severity.ERROR, "input", reason)


def _lines(text: str) -> Iterator[tuple[int, Pairs | Text]]:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            yield number, _object(_parsed(line))


def _listed(text: str) -> Iterator[tuple[int, Pairs | Text]]:
    found = _parsed(text)
    if isinstance(found, Text | _Pairs):
        yield 1, found
    elif not isinstance(found, list):
        yield 1, NOT_A_LIST
    else:
        yield from ((number, _object(one)) for number, one in enumerate(found, start=1))


class _Pairs(Pairs):
    """The pairs of an object, told from a list."""


def _parsed(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_Pairs, parse_constant=_refused)
    except (ValueError, RecursionError):
        return NOT_JSON


def _object(found: Any) -> Pairs | Text:
    if isinstance(found, Text | _Pairs):
        return found
    return NOT_AN_OBJECT


def _refused(constant: str) -> NoReturn:
    raise ValueError(constant)  # NaN and Infinity are Python's, not JSON's


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems that keep a file out, by row."""
    found = (one for one in problems if one.severity is Severity.ERROR)
    return sorted(found, key=lambda one: (one.sheet, one.row or 0))
