"""Rows as the check understands them: who they speak of, which facts they state."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from openzone.engines.identity.verdict import Verdict
from openzone.engines.tables.assign import ReadColumn
from openzone.engines.tables.messages import Severity
from openzone.engines.tables.problems import Problem
from openzone.engines.tables.reading import TableReading
from openzone.engines.tables.rows import Row
from openzone.engines.tables.values import Value
from openzone.engines.text import Text
from openzone.packs.codes import CHECKS
from openzone.zone.registry.enums import LinkBasis, RowState
from openzone.zone.registry.imports import codes
from openzone.zone.registry.imports.problems import Fault, registry_problem, told
from openzone.zone.registry.packs import IDENTITY, catalogue
from openzone.zone.registry.values import InvalidValueError, canonical

_WORDING = re.compile(r"大约|约|近|超过|超|逾|余|多|左右|上下|以上")


class StagedFact(NamedTuple):
    """A fact on its way into the record; ``column`` is the letter of its cell."""

    name: str
    value: str
    original: str
    approx: str
    column: str


@dataclass(slots=True)
class StagedRow:
    """One row with everything the check finds out about it."""

    sheet: str
    number: int
    identity: dict[str, str] = field(default_factory=dict)
    facts: list[StagedFact] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    link: LinkBasis = LinkBasis.NONE
    target: int | None = None  # an enterprise on record, or below zero one that is new
    repeated: bool = False

    @property
    def is_bad(self) -> bool:
        """Whether a problem keeps the row out."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)

    @property
    def state(self) -> RowState:
        """What becomes of the row."""
        if self.is_bad:
            return RowState.BAD
        if self.repeated:
            return RowState.REPEATED
        doubtful = any(problem.code in _TO_REVIEW for problem in self.problems)
        return RowState.REVIEW if doubtful else RowState.GOOD


TAKEN = (RowState.GOOD, RowState.REVIEW)
_TO_REVIEW = frozenset({"similar", "name_differs", "unit_jump"})


class Stager:
    """Turns the rows of a reading into staged rows, adding what only the record's codes know."""

    def __init__(self, reading: TableReading) -> None:
        self.columns: dict[tuple[str, str], ReadColumn] = {
            (sheet.name, column.field.name): column
            for sheet in reading.sheets
            for column in sheet.columns
        }
        self.series = {fact.name: fact.series for fact in catalogue()}

    def stage(self, row: Row, problems: Iterable[Problem]) -> StagedRow:
        """Return the row with the problems its cells have already and those of its codes."""
        staged = StagedRow(row.sheet, row.number, problems=list(problems))
        for name, value in row.values.items():
            if name in IDENTITY:
                self._identity(staged, name, str(value.value))
            else:
                self._fact(staged, name, value)
        codes.settle_id(staged.identity)
        return staged

    def blame(self, staged: StagedRow, fault: Fault) -> None:
        """Add a fault to a row, at the cell of its field where there is one."""
        place = self._place(staged, fault.field)
        staged.problems.append(registry_problem(fault.code, values=fault.values, **place))

    def _identity(self, staged: StagedRow, name: str, text: str) -> None:
        if name == "uscc":
            self._checked(staged, name, text, codes.check_credit_code(text))
        else:
            staged.identity[name] = _clean(text)
            if len(staged.identity[name]) > _LONGEST[name]:
                reason = _TOO_LONG.format(most=_LONGEST[name])
                self._tell(staged, name, "too_long", Severity.ERROR, reason)

    def _fact(self, staged: StagedRow, name: str, value: Value) -> None:
        check = CHECKS.get(name)
        if check is not None:
            self._checked(staged, name, str(value.value), check(str(value.value)), value)
            return
        try:
            stored = canonical(self.series[name], value.value)
        except InvalidValueError as error:
            self._tell(staged, name, "value_invalid", Severity.ERROR, error.reason)
            return
        self._add(staged, name, stored, value)

    def _checked(
        self,
        staged: StagedRow,
        name: str,
        text: str,
        verdict: Verdict,
        value: Value | None = None,
    ) -> None:
        """Take a code in its standard form, and tell what is wrong or doubtful about it."""
        if verdict.reason is not None:
            severity = Severity.ERROR if verdict.code is None else Severity.WARNING
            kind = f"{name}_invalid" if verdict.code is None else f"{name}_doubtful"
            self._tell(staged, name, kind, severity, verdict.reason, verdict.suggestion, text)
        if verdict.code is None:
            return
        if value is None:
            staged.identity[name] = verdict.code
        else:
            self._add(staged, name, verdict.code, value)

    def _add(self, staged: StagedRow, name: str, stored: str, value: Value) -> None:
        column = self.columns[staged.sheet, name].letter
        original = _clean(value.original)
        approx = _wording(original) if value.approx else ""
        staged.facts.append(StagedFact(name, stored, original, approx, column))
        if name == "park":  # the enterprise's place is filled from it
            staged.identity["park"] = stored

    def _tell(
        self,
        staged: StagedRow,
        name: str,
        code: str,
        severity: Severity,
        reason: Text,
        suggestion: Text | None = None,
        value: str = "",
    ) -> None:
        place = self._place(staged, name) | ({"value": value} if value else {})
        staged.problems.append(told(code, severity, reason, suggestion, **place))

    def _place(self, staged: StagedRow, name: str) -> dict[str, Any]:
        column = self.columns.get((staged.sheet, name))
        return {
            "sheet": staged.sheet,
            "row": staged.number,
            "column": column.letter if column else None,
            "header": column.header if column else None,
            "value": staged.identity.get(name, ""),
        }


_LONGEST = {"id": 64, "name": 200, "short_name": 64, "former_name": 200}
_TOO_LONG = Text("超过 {most} 字", "is longer than {most} characters")


def _clean(text: str) -> str:
    """Return the text without blanks around it and without NUL, which no database takes."""
    return text.replace("\x00", "").strip()


def _wording(original: str) -> str:
    """Return the word that makes a figure approximate, as it was written."""
    found = _WORDING.search(original)
    return found[0] if found else "约"


def locator(sheet: str, number: int, column: str) -> str:
    """Return where a value stands, the way a spreadsheet names it: ``Sheet1!C5``."""
    return f"{sheet[:40]}!{column}{number}"


def read_columns(reading: TableReading) -> list[dict[str, Any]]:
    """Return the columns that were read, for the page that shows and changes the mapping."""
    return [
        {
            "sheet": sheet.name,
            "column": column.letter,
            "header": column.header,
            "fact": column.field.name,
            "unit": column.unit.text if column.unit else "",
        }
        for sheet in reading.sheets
        for column in sheet.columns
    ]


def fact_names(mapping: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return the names of the facts (not names and codes) that a stored mapping reads."""
    return sorted({column["fact"] for column in mapping if column["fact"] not in IDENTITY})
