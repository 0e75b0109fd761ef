"""Where lines run: between the boxes, never through them; returns below all of them.

Boxes stand in columns with a gutter between columns and a gap between rows. A link bends in
gutters only and crosses a column in the gap nearest to its straight way.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

ROOM = 7.0
"""How far lines in one gap may lie from its middle."""
LANE = 14.0
BEND = 8.0
MOST_BENDS = 8_000
"""With more than these, links run straight behind the boxes: nobody follows so many by eye."""


class Place(NamedTuple):
    """A box: its column, and its left upper corner."""

    column: int
    x: float
    y: float


@dataclass(frozen=True)
class Grid:
    """Boxes of one size in columns; ``places`` by node, ``tops`` and ``counts`` by column."""

    places: Mapping[str, Place]
    lefts: Sequence[float]
    tops: Sequence[float]
    counts: Sequence[int]
    width: float
    height: float
    gap: float
    gutter: float
    used: dict[tuple[int, int], int] = field(default_factory=dict)

    @property
    def floor(self) -> float:
        """The lower edge of the lowest box."""
        pitch = self.height + self.gap
        ends = [
            top + count * pitch - self.gap
            for top, count in zip(self.tops, self.counts, strict=True)
        ]
        return max(ends, default=0.0)

    def way(self, column: int, wanted: float) -> float:
        """Return the height nearest to ``wanted`` at which a line may cross a column."""
        pitch, top, count = self.height + self.gap, self.tops[column], self.counts[column]
        first = top - self.gap / 2
        place = round((wanted - first) / pitch)
        if wanted < first or wanted > first + count * pitch:
            return wanted
        place = min(max(place, 0), count)
        number = self.used.get((column, place), 0)
        self.used[column, place] = number + 1
        return first + place * pitch + _aside(number, min(ROOM, self.gap / 2 - 1))


def _aside(number: int, room: float) -> float:
    """Return 0, +3, -3, +6, -6, 0, … : lines in one gap side by side."""
    steps = int(room // 3)
    step = (number % (2 * steps + 1) + 1) // 2
    return 3.0 * step * (1 if number % 2 else -1)


def ports(pairs: Sequence[tuple[str, str]], grid: Grid) -> list[tuple[float, float]]:
    """Return where each link leaves and enters: spread over the sides, in the order of the ends."""
    leaving = _spread(pairs, grid, 0)
    entering = _spread(pairs, grid, 1)
    return list(zip(leaving, entering, strict=True))


def _spread(pairs: Sequence[tuple[str, str]], grid: Grid, end: int) -> list[float]:
    of: dict[str, list[int]] = {}
    for number, pair in enumerate(pairs):
        of.setdefault(pair[end], []).append(number)
    found = [0.0] * len(pairs)
    for node, numbers in of.items():
        numbers.sort(key=lambda number: grid.places[pairs[number][1 - end]].y)
        room = min(grid.height * 0.6, 7.0 * (len(numbers) - 1))
        for rank, number in enumerate(numbers):
            part = rank / (len(numbers) - 1) - 0.5 if len(numbers) > 1 else 0.0
            found[number] = grid.places[node].y + grid.height / 2 + part * room
    return found


def routes(pairs: Sequence[tuple[str, str]], grid: Grid) -> list[str]:
    """Return the path of each link that goes right."""
    bends = sum(grid.places[end].column - grid.places[start].column for start, end in pairs)
    route = _routed if bends <= MOST_BENDS else _straight
    return [
        route(grid, grid.places[start], grid.places[end], leave, enter)
        for (start, end), (leave, enter) in zip(pairs, ports(pairs, grid), strict=True)
    ]


def _routed(grid: Grid, start: Place, end: Place, leave: float, enter: float) -> str:
    x, y = start.x + grid.width, leave
    parts = [f"M{x:.0f} {y:.1f}"]
    for column in range(start.column + 1, end.column):
        left = grid.lefts[column]
        share = (left + grid.width / 2 - start.x - grid.width) / (end.x - start.x - grid.width)
        lane = grid.way(column, leave + (enter - leave) * share)
        parts.append(f"{curve(x, y, left, lane)}H{left + grid.width:.0f}")
        x, y = left + grid.width, lane
    return "".join((*parts, curve(x, y, end.x, enter)))


def _straight(grid: Grid, start: Place, end: Place, leave: float, enter: float) -> str:
    x = start.x + grid.width
    return f"M{x:.0f} {leave:.1f}{curve(x, leave, end.x, enter)}"


def curve(x: float, y: float, to_x: float, to_y: float) -> str:
    """Return a bend from one point to another, level at both ends."""
    middle = (x + to_x) / 2
    return f"C{middle:.0f} {y:.1f} {middle:.0f} {to_y:.1f} {to_x:.0f} {to_y:.1f}"


def lanes(spans: Iterable[tuple[float, float]]) -> list[int]:
    """Return for each span from left to right the first lane in which it meets no other.

    Short spans are settled first: they lie nearest to the boxes, within the longer ones.
    """
    given = list(spans)
    taken: list[list[tuple[float, float]]] = []
    found = [0] * len(given)
    for number in sorted(range(len(given)), key=lambda one: given[one][1] - given[one][0]):
        left, right = given[number]
        lane = next(
            (
                place
                for place, held in enumerate(taken)
                if all(right < start or end < left for start, end in held)
            ),
            len(taken),
        )
        if lane == len(taken):
            taken.append([])
        taken[lane].append((left, right))
        found[number] = lane
    return found


def arcs(pairs: Sequence[tuple[str, str]], grid: Grid) -> tuple[list[str], float]:
    """Return the path of each return, round below all boxes, and how deep the lowest runs."""
    turns = [_turns(grid, pair, number) for number, pair in enumerate(pairs)]
    depth = [
        grid.floor + 2 * LANE + lane * LANE
        for lane in lanes((min(out, back), max(out, back)) for out, back in turns)
    ]
    paths = [
        _arc(grid, pair, turn, below) for pair, turn, below in zip(pairs, turns, depth, strict=True)
    ]
    return paths, max(depth, default=grid.floor)


def _turns(grid: Grid, pair: tuple[str, str], number: int) -> tuple[float, float]:
    """Return where a return goes down behind its source, and up again before its target."""
    aside = grid.gutter * 0.25 + 4.0 * (number % max(1, int(grid.gutter // 12)))
    source, target = (grid.places[end] for end in pair)
    return source.x + grid.width + aside, target.x - aside


def _arc(grid: Grid, pair: tuple[str, str], turns: tuple[float, float], below: float) -> str:
    source, target = (grid.places[end] for end in pair)
    start = (source.x + grid.width, source.y + grid.height * 0.8)
    return loop(start, (target.x, target.y + grid.height * 0.8), turns, below)


def loop(
    start: tuple[float, float], end: tuple[float, float], turns: tuple[float, float], below: float
) -> str:
    """Return a path out to the right, down, along the depth ``below``, up and in from the left."""
    (x, y), (to_x, to_y), (out, back) = start, end, turns
    way = BEND if back < out else -BEND
    return (
        f"M{x:.0f} {y:.1f}H{out - BEND:.0f}Q{out:.0f} {y:.1f} {out:.0f} {y + BEND:.1f}"
        f"V{below - BEND:.0f}Q{out:.0f} {below:.0f} {out - way:.0f} {below:.0f}"
        f"H{back + way:.0f}Q{back:.0f} {below:.0f} {back:.0f} {below - BEND:.0f}"
        f"V{to_y + BEND:.1f}Q{back:.0f} {to_y:.1f} {back + BEND:.0f} {to_y:.1f}H{to_x:.0f}"
    )
