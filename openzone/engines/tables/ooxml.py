"""A look over the XML of an xlsx: formulas, errors, formats and the last cell of every sheet.

ECMA-376 part 1, §18: sheets, cells (`c`), formulas (`f`), number formats (`numFmts`, `cellXfs`).
Only what the value reader does not tell is collected here.
"""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Mapping
from xml.parsers import expat

from openzone.engines.tables.kinds import Limits, in_megabytes
from openzone.engines.tables.marks import FORMULA, CellMark, MarkKind, SheetScan, format_mark
from openzone.engines.tables.marks import PERCENT as PERCENT_MARK
from openzone.engines.tables.problems import refusal

Attributes = dict[str, str]
Area = tuple[int, int, int, int]

_BUILT_IN_PERCENT = ("9", "10")
_SHARED_STRING = re.compile(rb"<(?:\w+:)?si[ >/]")


def scan(data: bytes, limits: Limits) -> dict[str, SheetScan]:
    """Look over every sheet of a workbook, by sheet name."""
    try:
        return _scan(data, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError) as broken:
        raise refusal("damaged") from broken


def _scan(data: bytes, limits: Limits) -> dict[str, SheetScan]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = {name.lower().lstrip("/"): name for name in package.namelist()}

        def part(path: str) -> bytes:
            name = names.get(path.lower())
            return package.read(name) if name else b""

        base = _workbook_path(part("_rels/.rels"))
        sheets = _sheets(part(base), part(_relations_of(base)), base)
        styles = _styles(part(posixpath.join(posixpath.dirname(base), "styles.xml")))
        strings = part(posixpath.join(posixpath.dirname(base), "sharedStrings.xml"))
        lengths = [len(piece) for piece in _SHARED_STRING.split(strings)[1:]]
        return {
            name: _scan_sheet(part(path), styles, lengths, limits) for name, path in sheets.items()
        }


def column_index(letters: str) -> int:
    """Column letters → index from 0.

    >>> column_index("AA")
    26
    """
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1


def _elements(xml: bytes, wanted: str) -> list[Attributes]:
    found: list[Attributes] = []

    def start(name: str, attributes: Attributes) -> None:
        if _local(name) == wanted:
            found.append({_local(key): value for key, value in attributes.items()})

    _parse(xml, start)
    return found


def _parse(xml: bytes, start: Callable[[str, Attributes], None]) -> None:
    if not xml:
        return
    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as broken:
        raise refusal("damaged") from broken


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _workbook_path(relations: bytes) -> str:
    for relation in _elements(relations, "Relationship"):
        if relation.get("Type", "").endswith("/officeDocument"):
            return relation.get("Target", "").lstrip("/")
    return "xl/workbook.xml"


def _relations_of(path: str) -> str:
    folder, name = posixpath.split(path)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _sheets(workbook: bytes, relations: bytes, base: str) -> dict[str, str]:
    targets = {
        each.get("Id", ""): each.get("Target", "") for each in _elements(relations, "Relationship")
    }
    folder = posixpath.dirname(base)

    def path(target: str) -> str:
        inside = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
        return posixpath.normpath(inside)

    return {
        each.get("name", ""): path(targets.get(each.get("id", ""), ""))
        for each in _elements(workbook, "sheet")
    }


def _styles(xml: bytes) -> dict[str, CellMark]:
    """Style number → the mark of its number format, where it has one."""
    codes: dict[str, str] = {}
    used: list[str] = []
    inside = False

    def start(name: str, attributes: Attributes) -> None:
        nonlocal inside
        local = _local(name)
        if local == "numFmt":
            codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif local == "xf" and inside:
            used.append(attributes.get("numFmtId", "0"))
        elif local in ("cellXfs", "cellStyleXfs", "cellStyles", "dxfs"):
            inside = local == "cellXfs"

    _parse(xml, start)
    return marks_of_formats(used, codes, _BUILT_IN_PERCENT)


def marks_of_formats(
    used: list[str], codes: Mapping[str, str], percent: tuple[str, ...]
) -> dict[str, CellMark]:
    """Marks by position in the list of formats in use; built-in percent formats have no code."""
    marks = {}
    for position, number in enumerate(used):
        builtin = PERCENT_MARK if number in percent else None
        if mark := builtin or format_mark(codes.get(number, "")):
            marks[str(position)] = mark
    return marks


class _SheetReader:
    """Collects one sheet's scan from its start tags; text is listened to only in error cells."""

    def __init__(self, styles: Mapping[str, CellMark]) -> None:
        self.scan = SheetScan()
        self.styles = styles
        self.row = self.column = -1
        self.style = ""
        self.arrays: list[Area] = []
        self.shared = 0
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self.start

    def start(self, name: str, attributes: Attributes) -> None:
        local = name if ":" not in name else _local(name)
        if local == "c":
            self._cell(attributes)
        elif local in ("v", "is"):
            self._content()
        elif local == "f":
            self._formula(attributes)
        elif local == "row":
            self.row = int(attributes["r"]) - 1 if "r" in attributes else self.row + 1
            self.column = -1

    def _cell(self, attributes: Attributes) -> None:
        place = attributes.get("r")
        if place:
            letters = place.rstrip("0123456789")
            self.column, self.row = column_index(letters), int(place[len(letters) :]) - 1
        else:
            self.column += 1
        self.style = attributes.get("s", "")
        kind = attributes.get("t")
        self.shared += kind == "s"
        self.parser.CharacterDataHandler = self._error if kind == "e" else None

    def _content(self) -> None:
        place = (self.row, self.column)
        self.scan.saw(*place)
        if any(_inside(place, area) for area in self.arrays):
            self.scan.marks[place] = FORMULA
        elif self.style in self.styles:
            self.scan.marks.setdefault(place, self.styles[self.style])

    def _formula(self, attributes: Attributes) -> None:
        self.scan.saw(self.row, self.column)
        self.scan.marks[self.row, self.column] = FORMULA
        reference = attributes.get("ref", "")
        if attributes.get("t") in ("array", "dataTable") and ":" in reference:
            self.arrays.append(_area(reference))

    def _error(self, text: str) -> None:
        place = (self.row, self.column)
        mark = self.scan.marks.get(place)
        if mark is None or mark.kind is not MarkKind.FORMULA:
            before = mark.text if mark else ""
            self.scan.marks[place] = CellMark(MarkKind.ERROR, before + text.strip())


def _scan_sheet(
    xml: bytes, styles: Mapping[str, CellMark], lengths: list[int], limits: Limits
) -> SheetScan:
    if not xml:
        return SheetScan()
    reader = _SheetReader(styles)
    try:
        reader.parser.Parse(xml, True)
    except (expat.ExpatError, ValueError) as broken:
        raise refusal("damaged") from broken
    if reader.shared * max(lengths, default=0) > limits.max_text:
        _check_volume(xml, lengths, limits)
    return reader.scan


def _check_volume(xml: bytes, lengths: list[int], limits: Limits) -> None:
    """Refuse a small workbook whose cells all repeat one huge text."""
    total = 0
    wanted = False
    collected = ""

    def start(name: str, attributes: Attributes) -> None:
        nonlocal wanted, total, collected
        if collected.strip().isdigit() and int(collected) < len(lengths):
            total += lengths[int(collected)]
        collected = ""
        if _local(name) == "c":
            wanted = attributes.get("t") == "s"

    def text(data: str) -> None:
        nonlocal collected
        if wanted:
            collected += data

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.CharacterDataHandler = text
    parser.Parse(xml, True)
    if total > limits.max_text:
        raise refusal("bomb", size=in_megabytes(total))


def _area(reference: str) -> Area:
    first, _, last = reference.replace("$", "").partition(":")
    (top, left), (bottom, right) = _place(first), _place(last)
    return top, left, bottom, right


def _place(reference: str) -> tuple[int, int]:
    letters = reference.rstrip("0123456789")
    return int(reference[len(letters) :]) - 1, column_index(letters)


def _inside(place: tuple[int, int], area: Area) -> bool:
    top, left, bottom, right = area
    return top <= place[0] <= bottom and left <= place[1] <= right
