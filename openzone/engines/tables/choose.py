"""Which sheets of a workbook are read, and where their tables are."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from openzone.engines.tables.assign import Assignment, assign
from openzone.engines.tables.body import Skipped, data_rows, skipped
from openzone.engines.tables.columns import Vocabulary, listed
from openzone.engines.tables.layout import SEARCHED_ROWS, Header, find_header, header_at
from openzone.engines.tables.ooxml import column_index
from openzone.engines.tables.problems import Fault, Problem, problem
from openzone.engines.tables.workbook import PROBLEM_LIST, Sheet

EXAMPLES = 6

ByHand = Mapping[str, str | None]


@dataclass(frozen=True)
class Located:
    """A sheet with its header, the indexes of its data rows, and the columns that are read."""

    sheet: Sheet
    header: Header
    body: tuple[int, ...]
    assignment: Assignment


@dataclass
class Choice:
    """The sheets that are read, what is left out, and why nothing can be read if so."""

    located: list[Located] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def choose(
    sheets: Sequence[Sheet],
    wanted: str | None,
    vocabulary: Vocabulary,
    as_of: dt.date,
    mapping: ByHand | None = None,
) -> Choice:
    """Choose the sheets to read: the one wanted, else every visible one with a header we know."""
    choice = Choice()
    offered = _named(sheets, wanted, choice) if wanted is not None else _visible(sheets, choice)
    found = [(sheet, _header(sheet, vocabulary, as_of, mapping)) for sheet in offered]
    headed = [(sheet, header) for sheet, header in found if header is not None]
    kept = _clear(headed)
    if offered and not kept:
        choice.problems.append(_no_header(offered[0], vocabulary))
    elif len(offered) > len(kept):
        names = {sheet.name for sheet, _ in kept}
        others = (sheet.name for sheet in offered if sheet.name not in names)
        choice.skipped += [skipped(name, None, "sheet_other") for name in others]
    for sheet, header in kept:
        choice.located.append(_locate(sheet, header, vocabulary, mapping, choice))
    return choice


def _named(sheets: Sequence[Sheet], wanted: str, choice: Choice) -> list[Sheet]:
    found = [sheet for sheet in sheets if sheet.name == wanted]
    if not found:
        names = "、".join(sheet.name for sheet in sheets)
        choice.problems.append(problem(Fault("sheet_missing", {"value": wanted, "sheets": names})))
    return found


def _visible(sheets: Sequence[Sheet], choice: Choice) -> list[Sheet]:
    """Visible sheets with content; a workbook without any is a problem itself."""
    offered = []
    for sheet in sheets:
        if (code := _reason_to_skip(sheet)) is not None:
            choice.skipped.append(skipped(sheet.name, None, code))
        else:
            offered.append(sheet)
    if not offered:
        name = sheets[0].name if sheets else ""
        choice.problems.append(problem(Fault("no_rows"), sheet=name))
    return offered


def _reason_to_skip(sheet: Sheet) -> str | None:
    if sheet.name == PROBLEM_LIST:
        return "sheet_problems"
    if not sheet.rows:
        return "sheet_empty"
    return "sheet_hidden" if sheet.hidden else None


def _header(
    sheet: Sheet, vocabulary: Vocabulary, as_of: dt.date, mapping: ByHand | None
) -> Header | None:
    header = find_header(sheet, vocabulary, as_of)
    if header is not None or not mapping:
        return header
    columns = [column_index(key.strip().upper()) for key, name in mapping.items() if name]
    for row, cells in enumerate(sheet.rows[:SEARCHED_ROWS]):
        if all(at < len(cells) and isinstance(cells[at], str) for at in columns):
            return header_at(sheet, row, vocabulary, as_of)
    return None


def _clear(headed: Sequence[tuple[Sheet, Header]]) -> list[tuple[Sheet, Header]]:
    """Among several sheets those whose headers are mostly known, else the one best known."""
    if len(headed) < 2:
        return list(headed)
    clear = [each for each in headed if each[1].matched * 4 >= len(each[1].columns)]
    return clear or [max(headed, key=lambda each: each[1].matched)]


def _no_header(sheet: Sheet, vocabulary: Vocabulary) -> Problem:
    fields = sorted(vocabulary, key=lambda each: not each.required)[:EXAMPLES]
    rows = min(SEARCHED_ROWS, len(sheet.rows))
    fault = Fault("no_header", {"rows": rows, "examples": listed(fields)})
    return problem(fault, sheet=sheet.name)


def _locate(
    sheet: Sheet,
    header: Header,
    vocabulary: Vocabulary,
    mapping: ByHand | None,
    choice: Choice,
) -> Located:
    body = []
    for index, code in data_rows(sheet, header):
        if code is None:
            body.append(index)
        else:
            choice.skipped.append(skipped(sheet.name, index + 1, code))
    assignment = assign(sheet, header, body, vocabulary, mapping)
    choice.problems += assignment.problems
    if not body:
        choice.problems.append(problem(Fault("no_rows"), sheet=sheet.name))
    return Located(sheet, header, tuple(body), assignment)
