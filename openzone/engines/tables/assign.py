"""Header → the columns that are read: assignments by hand, units, duplicates, what is missing."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from openzone.engines.tables.columns import Field, Match, Vocabulary, display, listed, unit_fault
from openzone.engines.tables.headers import normalise
from openzone.engines.tables.layout import Column, Header
from openzone.engines.tables.problems import Fault, Problem, problem
from openzone.engines.tables.units import Unit, kind_of
from openzone.engines.tables.workbook import Cell, Sheet, letter
from openzone.engines.text import Text

UNNAMED = "—"
ASSUMED_UNITS = {"yuan": Text("元", "yuan"), "area": Text("平方米", "m²")}


@dataclass(frozen=True, slots=True)
class ReadColumn:
    """A column that is read: where it stands, its header, its field and its unit."""

    index: int
    header: str
    field: Field
    unit: Unit | None = None

    @property
    def letter(self) -> str:
        """The column as the spreadsheet names it."""
        return letter(self.index)


@dataclass(frozen=True)
class Assignment:
    """What is read from a sheet, and what is wrong with its header."""

    columns: tuple[ReadColumn, ...]
    problems: tuple[Problem, ...]


def assign(
    sheet: Sheet,
    header: Header,
    body: Sequence[int],
    vocabulary: Vocabulary,
    mapping: Mapping[str, str | None] | None = None,
) -> Assignment:
    """Decide which columns of a sheet are read.

    `body` are the indexes of its data rows; `mapping` assigns columns by hand, letter → field
    name, None or empty to leave a column out.
    """
    by_hand = {key.strip().upper(): name or "" for key, name in (mapping or {}).items()}
    problems: list[Problem] = []

    def tell(fault: Fault, index: int | None = None, text: str | None = None) -> None:
        problems.append(_place(fault, sheet, header, index, text))

    if header.unit_line:
        tell(Fault("units_conflict", {"value": header.unit_line}))
    found = []
    labelled = _labelled(sheet, header, body)
    for column in labelled:
        read, faults = _read(column, header, vocabulary, by_hand)
        for fault in faults:
            tell(fault, column.index, display(column.parts))
        found += [read] if read else []
    for unused in by_hand.keys() - {letter(column.index) for column in labelled}:
        tell(Fault("mapping_unknown", {"header": unused, "field": by_hand[unused]}))
    columns = []
    for same in _by_field(found):
        columns.append(same[0])
        if any(_differs(sheet, body, same[0], other) for other in same[1:]):
            columns.pop()
            tell(_duplicate(same), same[1].index, same[1].header)
    for missing in _missing(vocabulary, found):
        tell(Fault("column_missing", {"field": missing.label}))
    return Assignment(tuple(columns), tuple(problems))


def _place(
    fault: Fault, sheet: Sheet, header: Header, index: int | None, text: str | None
) -> Problem:
    return problem(
        fault,
        sheet=sheet.name,
        row=header.bottom + 1,
        column=None if index is None else letter(index),
        header=text,
        value=text or "",
    )


def _labelled(sheet: Sheet, header: Header, body: Sequence[int]) -> list[Column]:
    """Columns with a header, and those among them without one that hold data."""
    known = {column.index for column in header.columns}
    filled = {
        at for row in body for at, cell in enumerate(sheet.rows[row][: header.width])
        if cell is not None
    }  # fmt: skip
    fault = Fault("column_unknown", {"header": UNNAMED})
    unnamed = [Column(at, (UNNAMED,), Match(fault=fault)) for at in filled - known]
    return sorted([*header.columns, *unnamed], key=lambda column: column.index)


def _read(
    column: Column, header: Header, vocabulary: Vocabulary, by_hand: Mapping[str, str]
) -> tuple[ReadColumn | None, list[Fault]]:
    """One column, ready to be read, and what is wrong or assumed about it."""
    place = letter(column.index)
    if place in by_hand:
        column = _assigned(column, by_hand[place], vocabulary)
    match, text = column.match, display(column.parts)
    if match.field is None:
        return None, [_with_closest(match.fault, column, vocabulary)] if match.fault else []
    if (unfit := unit_fault(match)) is not None:
        return None, [unfit]
    unit = match.unit or _unit_above(header, match.field)
    faults = [match.fault] if match.fault else []
    if unit is None and _needs_unit(column, match.field):
        assumed = {"header": text, "unit": ASSUMED_UNITS[match.field.type]}
        faults.append(Fault("unit_assumed", assumed))
    return ReadColumn(column.index, text, match.field, unit), faults


def _assigned(column: Column, name: str, vocabulary: Vocabulary) -> Column:
    if not name:
        return replace(column, match=Match())
    if name in vocabulary:
        return replace(column, match=Match(vocabulary[name], column.match.unit))
    values = {"header": letter(column.index), "field": name}
    return replace(column, match=Match(fault=Fault("mapping_unknown", values)))


def _with_closest(fault: Fault, column: Column, vocabulary: Vocabulary) -> Fault:
    if fault.code != "column_unknown":
        return fault
    closest = listed(vocabulary.closest("".join(column.parts)))
    return Fault(fault.code, {**fault.values, "closest": closest})


def _unit_above(header: Header, field: Field) -> Unit | None:
    if not field.is_measured:
        return None
    kind = kind_of(field.type, field.unit)
    return header.units.get(kind) or (header.units.get("any") if kind == "yuan" else None)


def _needs_unit(column: Column, field: Field) -> bool:
    """Contract names say their unit; a Chinese header for money or land should."""
    named = normalise(column.parts[-1]) == field.name
    return field.type in ASSUMED_UNITS and not named


def _by_field(columns: Sequence[ReadColumn]) -> Iterator[list[ReadColumn]]:
    groups: dict[str, list[ReadColumn]] = defaultdict(list)
    for column in columns:
        groups[column.field.name].append(column)
    yield from groups.values()


def _differs(sheet: Sheet, body: Sequence[int], first: ReadColumn, other: ReadColumn) -> bool:
    """Whether a second column of a field says anything the first does not."""
    if first.unit != other.unit:
        return True
    return any(
        _cell(sheet, row, other.index) not in (None, _cell(sheet, row, first.index)) for row in body
    )


def _cell(sheet: Sheet, row: int, column: int) -> Cell:
    cells = sheet.rows[row]
    return cells[column] if column < len(cells) else None


def _duplicate(same: Sequence[ReadColumn]) -> Fault:
    first, second = same[0], same[1]
    values = {"first": first.letter, "second": second.letter, "field": first.field.label}
    return Fault("column_duplicate", values)


def _missing(vocabulary: Vocabulary, found: Sequence[ReadColumn]) -> list[Field]:
    have = {column.field.name for column in found}
    return [field for field in vocabulary if field.required and field.name not in have]
