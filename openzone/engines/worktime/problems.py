"""What is wrong with a calendar file, cell by cell."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from openzone.engines.text import Text
from openzone.engines.worktime.errors import WorktimeError

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: where it stands (第5行 / row 5), in which field, the value found, and why."""

    where: Text
    field: str
    value: str
    reason: Text

    @property
    def text(self) -> Text:
        """The fault as one sentence."""
        return Text(
            f"{self.where.zh}，字段{self.field}“{self.value}”：{self.reason.zh}",
            f"{self.where.en}, {self.field} “{self.value}”: {self.reason.en}",
        )


@dataclass(frozen=True, slots=True)
class Row:
    """A line or mapping of a file: where it stands, and its filled cells by field name."""

    where: Text
    cells: Mapping[str, object]
    places: Mapping[str, Text] = field(default_factory=dict)

    def at(self, name: str) -> Text:
        """Say where a field stands, as exactly as is known."""
        return self.places.get(name, self.where)


@dataclass(slots=True)
class Collector:
    """Gathers problems, so that a file is judged whole and not up to its first fault."""

    problems: list[Problem] = field(default_factory=list)

    def add(self, row: Row, name: str, reason: Text) -> None:
        """Note a problem with one field of a row."""
        value = row.cells.get(name)
        self.problems.append(
            Problem(row.at(name), name, "" if value is None else str(value), reason)
        )

    def read(self, row: Row, name: str, reader: Callable[[object], Value]) -> Value | None:
        """Read one cell; note the problem and return ``None`` if the reader refuses it."""
        try:
            return reader(row.cells.get(name))
        except WorktimeError as error:
            self.add(row, name, error.reason)
            return None

    def read_if_filled(
        self, row: Row, name: str, reader: Callable[[object], Value], default: Value
    ) -> Value:
        """Read one cell that may be empty."""
        if name not in row.cells:
            return default
        value = self.read(row, name, reader)
        return default if value is None else value

    def refuse_unknown(self, row: Row, known: Collection[str]) -> None:
        """Note every field that no reader will look at: a misspelt one would be lost silently."""
        for name in row.cells:
            if name not in known:
                self.add(
                    row,
                    name,
                    Text("没有这个字段，可用：{known}", "unknown field; known are {known}").format(
                        known=", ".join(known)
                    ),
                )
