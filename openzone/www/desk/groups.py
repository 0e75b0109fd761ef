"""What waits for somebody, by area, so that one area with much in it buries no other."""

from collections.abc import Sequence
from typing import NamedTuple

from openzone.engines.text import Text
from openzone.www.desk.lines import DeskLine


class Group(NamedTuple):
    """The lines of an area in their order; ``late``: how many of them are overdue."""

    key: str
    label: Text
    lines: list[DeskLine]
    late: int
    outside: bool

    @property
    def total(self) -> int:
        """How many lines there are."""
        return len(self.lines)


def groups(lines: Sequence[DeskLine]) -> list[Group]:
    """Return lines by area: first those for which somebody outside the zone waits.

    Among these, and among the others, the area of the line that hurts next is first.
    """
    areas: dict[str, list[DeskLine]] = {}
    for line in lines:
        areas.setdefault(line.type.zh, []).append(line)
    made = [_group(key, found) for key, found in areas.items()]
    return sorted(made, key=lambda group: not group.outside)


def _group(key: str, lines: list[DeskLine]) -> Group:
    late = sum(line.due is not None and line.due.late for line in lines)
    return Group(key, lines[0].type, lines, late, any(line.outside for line in lines))
