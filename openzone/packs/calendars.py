"""Calendar packs: YAML and spreadsheet files into working calendars, and back.

``national/calendars/`` holds one file a year with the State Council's notice, ``hours.yaml`` with
common office hours and ``receipt.yaml`` with the general counting rule.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import python_calamine
import yaml

from openzone.engines.tables import gate
from openzone.engines.tables.problems import Refused
from openzone.engines.text import Text
from openzone.engines.worktime.calendar import WorkCalendar
from openzone.engines.worktime.errors import WorktimeError
from openzone.engines.worktime.files import CalendarFile, assemble, to_mapping
from openzone.engines.worktime.importing import Imported, calendar_from_mapping
from openzone.engines.worktime.importing import Path as Place
from openzone.engines.worktime.layers import Source
from openzone.engines.worktime.problems import Problem
from openzone.engines.worktime.receipt import ReceiptRule
from openzone.engines.worktime.tables import Table, parse_rows

NATIONAL = Path(__file__).parent / "national" / "calendars"
SPREADSHEETS = (".xlsx", ".xlsm", ".xls", ".ods")
LARGEST_YAML = 1_000_000


RECEIPT = "receipt.yaml"


class CalendarFileError(ValueError):
    """The file ``path`` was not taken; ``problems`` say what is wrong and where."""

    def __init__(self, path: Path, problems: Iterable[Problem]) -> None:
        self.path = path
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem.text) for problem in self.problems))


@cache
def national_files() -> tuple[CalendarFile, ...]:
    """Return the bundled files: weekly hours first, then the published years in order."""
    files: list[CalendarFile] = [load_file(NATIONAL / "hours.yaml")]
    for path in sorted(NATIONAL.glob("[0-9][0-9][0-9][0-9].yaml")):
        files.append(load_file(path, assemble(files)))
    return tuple(files)


@cache
def national_calendar() -> WorkCalendar:
    """Return the national calendar with common office hours."""
    return assemble(national_files())


def zone_calendar(paths: Iterable[Path]) -> WorkCalendar:
    """Return the national calendar with a zone's own files on top, in the order given."""
    return assemble(zone_files(paths))


def zone_files(paths: Iterable[Path]) -> list[CalendarFile]:
    """Return the bundled files and a zone's own, the lowest first."""
    files = list(national_files())
    for path in paths:
        files.append(load_file(path, assemble(files)))
    return files


def own_files(folder: Path | None) -> list[Path]:
    """Return the calendars of a zone's pack folder in the order of their names: the last rules."""
    if folder is None or (folder / "calendars").resolve() == NATIONAL.resolve():
        return []
    return sorted(path for path in (folder / "calendars").glob("*.yaml") if path.name != RECEIPT)


@cache
def default_receipt_rule() -> ReceiptRule:
    """Return the bundled counting rule."""
    return load_receipt_rule(NATIONAL / RECEIPT)


def zone_receipt_rule(folder: Path | None) -> ReceiptRule:
    """Return the counting rule of a zone's pack folder, the bundled one where it has none."""
    own = folder / "calendars" / RECEIPT if folder else None
    return load_receipt_rule(own) if own and own.exists() else default_receipt_rule()


def load_receipt_rule(path: Path) -> ReceiptRule:
    """Read a counting rule; raise ``CalendarFileError`` if the file is not one."""
    try:
        data = yaml.safe_load(_read(path))
        return ReceiptRule.from_data(data if isinstance(data, dict) else {})
    except yaml.YAMLError as error:
        raise CalendarFileError(path, [_syntax_problem(error)]) from None
    except WorktimeError as error:
        raise CalendarFileError(path, [_file_problem(path, error.reason)]) from None


def load_file(path: Path, base: WorkCalendar | None = None) -> CalendarFile:
    """Read a calendar file (YAML or spreadsheet); raise ``CalendarFileError`` with all problems.

    ``base`` is the calendar the file will lie on; make-up workdays are checked against it.
    A spreadsheet is one document named like the file. If its sheet is named by a year
    (``2027``), it publishes the national calendar of that year.
    """
    if path.suffix.lower() in SPREADSHEETS:
        return _accepted(path, _load_spreadsheet(path, base))
    return _accepted(path, parse_yaml(_read(path), base))


def parse_yaml(text: str, base: WorkCalendar | None = None) -> Imported:
    """Read a calendar file from YAML text; problems name the line."""
    try:
        reader = _LineReader()
        data = reader.read(text)
    except (yaml.YAMLError, RecursionError) as error:
        return Imported(None, (_syntax_problem(error),))
    if reader.problems:
        return Imported(None, tuple(reader.problems))
    return calendar_from_mapping(data, reader.lines, base)


def to_yaml(file: CalendarFile) -> str:
    """Write a calendar file as YAML that ``parse_yaml`` reads back to the same content."""
    return yaml.safe_dump(to_mapping(file), allow_unicode=True, sort_keys=False, width=100)


def _accepted(path: Path, imported: Imported) -> CalendarFile:
    if imported.file is None:
        raise CalendarFileError(path, imported.problems)
    return imported.file


def _load_spreadsheet(path: Path, base: WorkCalendar | None) -> Imported:
    name, table = _first_sheet(path)
    year = int(name) if len(name) == 4 and name.isascii() and name.isdigit() else None
    title = Text(path.stem, path.stem)
    return parse_rows(table, path.stem, title, Source(path.stem), year=year, base=base)


def _first_sheet(path: Path) -> tuple[str, Table]:
    try:
        gate.check(path.name, path)
        workbook = python_calamine.load_workbook(str(path))
        name = workbook.sheet_names[0]
        return name.strip(), workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except Refused as error:
        raise CalendarFileError(path, [_file_problem(path, error.text)]) from None
    except (OSError, python_calamine.CalamineError):
        reason = Text("打不开或不是电子表格", "cannot be opened, or is not a spreadsheet")
        raise CalendarFileError(path, [_file_problem(path, reason)]) from None


def _read(path: Path) -> str:
    try:
        if path.stat().st_size <= LARGEST_YAML:
            return path.read_text(encoding="utf-8-sig")
        reason = Text("文件过大，不是日历", "the file is too large to be a calendar")
    except OSError:
        reason = Text("文件打不开", "the file cannot be opened")
    except UnicodeDecodeError:
        reason = Text("不是UTF-8文本", "is not UTF-8 text")
    raise CalendarFileError(path, [_file_problem(path, reason)])


def _file_problem(path: Path, reason: Text) -> Problem:
    return Problem(Text("文件", "file"), "file", path.name, reason)


def _syntax_problem(error: Exception) -> Problem:
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 1 if mark else 1
    return Problem(
        _line(line), "YAML", "", Text("格式错误，无法读取", "is not well-formed and cannot be read")
    )


def _line(number: int) -> Text:
    return Text("第{n}行", "line {n}").format(n=number)


@dataclass(slots=True)
class _LineReader:
    """YAML into plain data, remembering the line of every value.

    Scalars stay text (only null is ``None``): the engine reads dates and numbers itself and says
    in both languages what is wrong with them.
    """

    lines: dict[Place, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    _seen: set[int] = field(default_factory=set)

    def read(self, text: str) -> Any:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        return None if node is None else self._value(node, ())

    def _value(self, node: yaml.Node, place: Place) -> Any:
        self.lines[place] = node.start_mark.line + 1
        if isinstance(node, yaml.ScalarNode):
            return None if node.tag == "tag:yaml.org,2002:null" else node.value
        if id(node) in self._seen:  # an alias could unfold without end
            self._note(node, "*", Text("不支持引用（*）", "aliases (*) are not supported"))
            return None
        self._seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            return [self._value(item, (*place, i)) for i, item in enumerate(node.value)]
        return dict(self._pairs(node, place))

    def _pairs(self, node: yaml.Node, place: Place) -> Iterator[tuple[str, Any]]:
        names: set[str] = set()
        for key, value in node.value:
            name = str(key.value)
            if name in names:
                self._note(key, name, Text("字段重复", "the field appears twice"))
            names.add(name)
            yield name, self._value(value, (*place, name))

    def _note(self, node: yaml.Node, name: str, reason: Text) -> None:
        self.problems.append(Problem(_line(node.start_mark.line + 1), name, "", reason))
