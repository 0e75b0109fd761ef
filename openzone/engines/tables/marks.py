"""What a cell is besides its value: facts that readers of values alone lose."""

from dataclasses import dataclass, field
from enum import StrEnum


class MarkKind(StrEnum):
    """Formula, Excel error, percent format, or a format that hides zeros (shows yuan as 万)."""

    FORMULA = "formula"
    ERROR = "error"
    PERCENT = "percent"
    SCALED = "scaled"


@dataclass(frozen=True, slots=True)
class CellMark:
    """A mark with its text: the Excel error, else empty."""

    kind: MarkKind
    text: str = ""


FORMULA = CellMark(MarkKind.FORMULA)
PERCENT = CellMark(MarkKind.PERCENT)
SCALED = CellMark(MarkKind.SCALED)


@dataclass(slots=True)
class SheetScan:
    """One sheet looked over before it is parsed: its marks and its last cell, counting from 0."""

    marks: dict[tuple[int, int], CellMark] = field(default_factory=dict)
    last_row: int = -1
    last_column: int = -1

    def saw(self, row: int, column: int) -> None:
        """Widen the rectangle to a cell that has content."""
        if row > self.last_row:
            self.last_row = row
        if column > self.last_column:
            self.last_column = column


def format_mark(code: str) -> CellMark | None:
    """The mark of a number format: percent, or one that shows a smaller number than it stores.

    `0!.0,` and `0.00,,` are the usual ways to show yuan as 万 or as millions.
    """
    bare, quoted = [], False
    skip = False
    for char in code:
        if skip:
            skip = False
        elif char == '"':
            quoted = not quoted
        elif char in "\\_*":
            skip = True
        elif not quoted:
            bare.append(char)
    section = "".join(bare).split(";")[0]
    if "%" in section:
        return PERCENT
    scaled = "!." in section or section.rstrip(" )").endswith(",") or ",." in section
    return SCALED if scaled and any(char in section for char in "0#?") else None
