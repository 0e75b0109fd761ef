"""The approvals of a track drawn as a graph in layers, and how an item's state is called."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _

from openzone.engines.projects.permits import PermitState
from openzone.engines.text import Text
from openzone.www.formats import day, say
from openzone.zone.approvals.selectors.standing import Board, Line

WIDE, HIGH, ACROSS, DOWN, EDGE = 204, 58, 46, 18, 8
WORDS = {
    PermitState.WAITING: (Text("未到办理条件", "waits"), "waiting"),
    PermitState.OPEN: (Text("可以提交", "to be handed in"), "open"),
    PermitState.BLUE: (Text("已预审（蓝）", "pre-reviewed (blue)"), "blue"),
    PermitState.STALE: (Text("预审失效，须重审", "opinion ended, review anew"), "stale"),
    PermitState.RED: (Text("已核发（红）", "issued (red)"), "red"),
    PermitState.LAPSED: (Text("已失效", "lapsed"), "lapsed"),
}
IN_HAND = (Text("办理中", "under way"), "hand")
RETURNED = (Text("退回补正", "sent back"), "returned")
LATE = (Text("超时", "late"), "late")
LONGEST = 28


class Box(NamedTuple):
    """An item as drawn."""

    line: Line
    x: int
    y: int
    label: str
    sub: str
    kind: str
    critical: bool

    @property
    def middle(self) -> int:
        """The height at which lines come and go."""
        return self.y + HIGH // 2


class Edge(NamedTuple):
    """A line from what comes first to what follows it."""

    path: str
    critical: bool


@dataclass(frozen=True, slots=True)
class Graph:
    """The whole drawing."""

    boxes: tuple[Box, ...]
    edges: tuple[Edge, ...]
    width: int
    height: int
    wide: int = WIDE
    high: int = HIGH


def state_of(line: Line) -> tuple[Text, str]:
    """Return how an item stands in words, and the name of its look."""
    if line.late:
        return LATE
    if line.returned and line.state not in (PermitState.RED, PermitState.LAPSED):
        return RETURNED
    if line.clock is not None and line.state in (PermitState.OPEN, PermitState.STALE):
        return IN_HAND
    return WORDS[line.state]


def graph(board: Board) -> Graph | None:
    """Lay the items out: each right of all it follows."""
    if not board.lines:
        return None
    layers = _layers(board.lines)
    critical = set(board.forecast.chain)
    boxes = {
        line.item.code: _box(line, column, row, critical)
        for column, layer in enumerate(layers)
        for row, line in enumerate(layer)
    }
    edges = tuple(
        Edge(_curve(boxes[before], box), {before, code} <= critical)
        for code, box in boxes.items()
        for before in box.line.item.after
    )
    tall = max(len(layer) for layer in layers)
    return Graph(
        tuple(boxes.values()), edges, len(layers) * (WIDE + ACROSS) - ACROSS + 2 * EDGE,
        tall * (HIGH + DOWN) - DOWN + 2 * EDGE,
    )  # fmt: skip


def _layers(lines: Sequence[Line]) -> list[list[Line]]:
    """Put each item right of all it follows, and as near as can be to what follows it."""
    known = {one.item.code: one for one in lines}
    earliest: dict[str, int] = {}
    for code in known:
        _rank(code, known, earliest)
    layers: list[list[Line]] = [[] for _each in range(max(earliest.values()) + 1)]
    for one in lines:
        following = [earliest[each] for each, other in known.items()
                     if one.item.code in other.item.after]  # fmt: skip
        layers[min(following) - 1 if following else earliest[one.item.code]].append(one)
    return layers


def _rank(code: str, known: Mapping[str, Line], ranks: dict[str, int]) -> int:
    if code not in ranks:
        before = [_rank(each, known, ranks) for each in known[code].item.after]
        ranks[code] = max(before, default=-1) + 1
    return ranks[code]


def _short(label: str) -> str:
    """Cut a label to what fits into a box: a Chinese character is as wide as two letters."""
    room, kept = LONGEST, ""
    for character in label:
        room -= 1 if character.isascii() else 2
        if room < 0:
            return f"{kept}…"
        kept += character
    return label


def _box(line: Line, column: int, row: int, critical: set[str]) -> Box:
    word, kind = state_of(line)
    return Box(
        line, EDGE + column * (WIDE + ACROSS), EDGE + row * (HIGH + DOWN), _short(say(line.label)),
        f"{say(word)}{_when(line)}", kind, line.item.code in critical,
    )  # fmt: skip


def _when(line: Line) -> str:
    if line.late:
        return " · " + _("%(count)s working days") % {"count": line.late_days}
    if line.clock is not None:
        return " · " + _("due %(day)s") % {"day": day(line.clock.due.date())}
    return f" · {day(line.by)}" if line.by is not None else ""


def _curve(start: Box, end: Box) -> str:
    x1, y1, x2, y2 = start.x + WIDE, start.middle, end.x, end.middle
    half = (x1 + x2) // 2
    return f"M{x1} {y1} C{half} {y1} {half} {y2} {x2} {y2}"
