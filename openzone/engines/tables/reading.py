"""A file → rows of typed values with every problem named: the top of this engine."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from openzone.engines.tables import gate
from openzone.engines.tables.assign import ReadColumn
from openzone.engines.tables.body import Skipped
from openzone.engines.tables.choose import Choice, Located, choose
from openzone.engines.tables.columns import Field, Vocabulary
from openzone.engines.tables.duplicates import Duplicates, place
from openzone.engines.tables.kinds import FileKind, Limits
from openzone.engines.tables.messages import Severity
from openzone.engines.tables.problems import Fault, Problem, fill, problem
from openzone.engines.tables.refusals import SKIPS
from openzone.engines.tables.rows import Row, RowReader, percent_scale
from openzone.engines.tables.values import jump
from openzone.engines.tables.workbook import read_sheets

DEFAULT_KEY = ("id", "uscc", "name")
PROGRESS_EVERY = 500

Progress = Callable[[int, int], None]
Previous = Callable[[str, str], Decimal | None]


@dataclass(frozen=True)
class SheetReading:
    """What was found in one sheet; header rows count from 1, both inclusive."""

    name: str
    header_rows: tuple[int, int]
    columns: tuple[ReadColumn, ...]
    titles: tuple[str, ...]
    rows: int


@dataclass(frozen=True)
class TableReading:
    """Everything read from a file: typed rows, problems, and the rows left out on purpose."""

    kind: FileKind
    sheets: tuple[SheetReading, ...]
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]
    skipped: tuple[Skipped, ...]

    @property
    def errors(self) -> list[Problem]:
        """The problems that keep something out."""
        return [each for each in self.problems if each.severity is Severity.ERROR]

    @property
    def warnings(self) -> list[Problem]:
        """The problems that only want to be looked at."""
        return [each for each in self.problems if each.severity is Severity.WARNING]

    @property
    def good_rows(self) -> list[Row]:
        """Rows without an error of their own; none of a sheet that lacks a required column."""
        blocked = {each.sheet for each in self.errors if each.code == "column_missing"}
        bad = {(each.sheet, each.row) for each in self.errors}
        return [
            row
            for row in self.rows
            if row.sheet not in blocked and (row.sheet, row.number) not in bad
        ]


def read_table(
    name: str,
    data: bytes | Path,
    vocabulary: Iterable[Field] | Vocabulary,
    *,
    as_of: dt.date,
    limits: Limits | None = None,
    mapping: Mapping[str, str | None] | None = None,
    sheet: str | None = None,
    key: Sequence[str] = DEFAULT_KEY,
    previous: Previous | None = None,
    on_progress: Progress | None = None,
) -> TableReading:
    """Read a file as people keep it.

    `vocabulary` are the fields a column may be; years in headers count back from `as_of`.
    `mapping` assigns columns by hand (letter → field name, None to leave one out). Without `sheet`
    every visible sheet with a header we know is read. Rows with the same `key` are compared.
    `previous(key value, field)` gives the number on record, to warn of a wrong unit.

    Raises `Refused` where the file as a whole is not accepted; all else becomes a problem.
    """
    words = Vocabulary.of(vocabulary)
    kind = gate.check(name, data, limits)
    choice = choose(read_sheets(name, data, kind, limits), sheet, words, as_of, mapping)
    work = _Work(choice, Duplicates(key, words), previous, on_progress)
    for located in choice.located:
        work.read(located, shifts=kind is FileKind.CSV)
    return TableReading(
        kind,
        tuple(_summary(each) for each in choice.located),
        tuple(work.rows),
        tuple(work.problems),
        tuple(work.skipped),
    )


class _Work:
    """Collects rows and problems over the sheets of a file."""

    def __init__(
        self,
        choice: Choice,
        duplicates: Duplicates,
        previous: Previous | None,
        on_progress: Progress | None,
    ) -> None:
        self.rows: list[Row] = []
        self.problems = list(choice.problems)
        self.skipped = list(choice.skipped)
        self.duplicates, self.previous = duplicates, previous
        self.on_progress = on_progress
        self.done, self.total = 0, sum(len(each.body) for each in choice.located)

    def read(self, located: Located, *, shifts: bool) -> None:
        """Read the data rows of one sheet; `shifts` where surplus cells mean a shifted row."""
        columns = located.assignment.columns
        width = located.header.width if shifts else None
        reader = RowReader(located.sheet, columns, width)
        first = len(self.rows)
        for index in located.body:
            self._take(*reader.read(index), columns)
            self._progress()
        for column in percent_scale(columns, self.rows[first:]):
            self._warn_scale(located, column)

    def _take(self, row: Row, problems: list[Problem], columns: Sequence[ReadColumn]) -> None:
        wrong = any(each.severity is Severity.ERROR for each in problems)
        same = self.duplicates.same(row)
        if same is not None and not wrong:
            reason = fill(SKIPS["duplicate"], {"other": place(same, row)})
            self.skipped.append(Skipped(row.sheet, row.number, "duplicate", reason))
            return
        self.rows.append(row)
        self.problems += problems
        self.problems += self.duplicates.conflicts(row)
        if self.previous is not None:
            self.problems += self._jumps(row, columns, self.previous)

    def _jumps(
        self, row: Row, columns: Sequence[ReadColumn], previous: Previous
    ) -> Iterator[Problem]:
        key = self.duplicates.key_of(row)
        for column in columns if key else ():
            value = row.values.get(column.field.name)
            known = previous(key[1], column.field.name) if key and value else None
            fault = jump(value, known) if value and known is not None else None
            if value and fault:
                yield problem(
                    fault,
                    sheet=row.sheet,
                    row=row.number,
                    column=column.letter,
                    header=column.header,
                    value=value.original,
                )

    def _progress(self) -> None:
        self.done += 1
        if self.on_progress and (self.done % PROGRESS_EVERY == 0 or self.done == self.total):
            self.on_progress(self.done, self.total)

    def _warn_scale(self, located: Located, column: ReadColumn) -> None:
        fault = Fault("percent_scale", {"header": column.header})
        self.problems.append(
            problem(
                fault,
                sheet=located.sheet.name,
                row=located.header.bottom + 1,
                column=column.letter,
                header=column.header,
                value=column.header,
            )
        )


def _summary(located: Located) -> SheetReading:
    header = located.header
    return SheetReading(
        located.sheet.name,
        (header.top + 1, header.bottom + 1),
        located.assignment.columns,
        header.titles,
        len(located.body),
    )
