"""Figures over time as lines, and side by side as bars; a gap where nothing was reported."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from openzone.engines.drawing.scatter import Scale, ticks
from openzone.engines.drawing.scene import QUIET, Ground, Label, Mark, Scene, Stroke
from openzone.engines.text import Text

WIDTH, HEIGHT = 960.0, 380.0
LEFT, RIGHT, TOP, BOTTOM = 84.0, 96.0, 34.0, 46.0
DOT = 4.5
MOST_LABELS = 13
BAR, GAP, NAMES, FIGURES = 26.0, 10.0, 200.0, 150.0
SPARK_WIDTH, SPARK_HEIGHT, EDGE = 116.0, 30.0, 4.0
LINE_ROOM = 15.0
LINES = ("course0", "course1", "course2", "course3")
DOTS = ("dot0", "dot1", "dot2", "dot3")
FEWEST_RANKS = 4


class Dot(NamedTuple):
    """A figure: its row in the table, its place on the axis of time, its value, what is said."""

    row: int
    at: int
    value: float
    said: Text


class Course(NamedTuple):
    """A line of figures; places without one are gaps."""

    name: Text
    dots: Sequence[Dot]


class Ahead(NamedTuple):
    """A forecast with its interval, from the last figure ``since`` to the place ``at``."""

    since: int
    start: float
    at: int
    value: float
    low: float
    high: float


class Bar(NamedTuple):
    """A bar with what is written beside it; without a value only the words."""

    row: int
    name: Text
    value: float | None
    written: Text
    look: str = "tone0"


def courses(
    lines: Sequence[Course], axis: Sequence[Text], unit: Text, aim: float | None = None,
    ahead: Ahead | None = None, *, ranks: bool = False,
) -> Scene:  # fmt: skip
    """Draw lines over the places of ``axis``; ``aim`` is a level across, ``ahead`` a forecast.

    ``ranks``: whole numbers, the first at the top.
    """
    values = [dot.value for line in lines for dot in line.dots]
    values += [one for one in (aim,) if one is not None]
    values += [ahead.value, ahead.low, ahead.high] if ahead else []
    upward = _whole(values) if ranks else ticks(*_ends(values))
    x = Scale(0, max(len(axis) - 1, 1), LEFT, WIDTH - RIGHT)
    bottom, top = (TOP, HEIGHT - BOTTOM) if ranks else (HEIGHT - BOTTOM, TOP)
    y = Scale(upward[0], upward[-1], bottom, top)
    strokes = [*_grid(upward, y), *_ahead(ahead, x, y), *_aim(aim, y)]
    for place, line in enumerate(lines):
        strokes += _line(line, LINES[place % len(LINES)], x, y)
    marks = [_mark(dot, DOTS[place % len(DOTS)], x, y)
             for place, line in enumerate(lines) for dot in line.dots]  # fmt: skip
    labels = [*_numbers(upward, y), *_months(axis, x), *_ends_named(lines, y),
              Label(12, 14, unit, 12, colour=QUIET)]  # fmt: skip
    ground = Ground(LEFT, TOP, WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM, "band")
    return Scene(WIDTH, HEIGHT, [ground], strokes, marks, labels)


def spark(values: Sequence[float | None]) -> Scene:
    """Draw a course as small as a word; the last figure is a dot."""
    known = [one for one in values if one is not None]
    low, high = _ends(known)
    x = Scale(0, max(len(values) - 1, 1), EDGE, SPARK_WIDTH - EDGE)
    y = Scale(low, high if high > low else low + 1, SPARK_HEIGHT - EDGE, EDGE)
    path = _path((place, one) for place, one in enumerate(values) if one is not None)
    d = "".join(f"{'M' if move else 'L'}{x.at(place):.1f} {y.at(one):.1f}"
                for move, place, one in path)  # fmt: skip
    strokes = [Stroke(d, "course0")] if d else []
    if low < 0 < high:
        zero = y.at(0)
        strokes.insert(0, Stroke(f"M{EDGE} {zero:.1f}H{SPARK_WIDTH - EDGE}", "grid"))
    last = max((place for place, one in enumerate(values) if one is not None), default=None)
    if last is not None:
        strokes.append(_point(x.at(last), y.at(values[last] or 0.0)))
    return Scene(SPARK_WIDTH, SPARK_HEIGHT, (), strokes)


def bars(rows: Sequence[Bar], unit: Text) -> Scene:
    """Draw bars one below the other, from zero; who has no figure keeps a line with its words."""
    known = [one.value for one in rows if one.value is not None]
    low, high = min(0.0, *known, 0.0), max(0.0, *known, 0.0)
    x = Scale(low, high if high > low else low + 1, NAMES, WIDTH - FIGURES)
    height = TOP + len(rows) * (BAR + GAP)
    marks, labels = [], [Label(12, 14, unit, 12, colour=QUIET)]
    for place, one in enumerate(rows):
        top = TOP + place * (BAR + GAP)
        middle = top + BAR / 2
        labels.append(Label(NAMES - 10, middle, one.name, 13, "end", width=NAMES - 20, lines=1))
        start, end = x.at(0), x.at(one.value or 0.0)
        labels.append(Label(max(start, end) + 8, middle, one.written, 13))
        if one.value is not None:
            marks.append(Mark(one.row, one.name, min(start, end), top, max(abs(end - start), 1),
                              BAR, one.look))  # fmt: skip
    return Scene(WIDTH, height, (), [Stroke(f"M{x.at(0):.1f} {TOP - 6}V{height}", "axis")],
                 marks, labels)  # fmt: skip


def _ends(values: Iterable[float]) -> tuple[float, float]:
    found = list(values)
    return (min(found), max(found)) if found else (0.0, 1.0)


def _whole(ranks: Sequence[float]) -> list[float]:
    """Return whole numbers from the best of some ranks to at least the worst."""
    low, high = _ends(ranks)
    found = ticks(low, max(high, low + FEWEST_RANKS))
    return [low, *(one for one in found if one == int(one) and one > low)]


def _path(found: Iterable[tuple[int, float]]) -> Iterator[tuple[bool, int, float]]:
    """Yield places with whether a new stroke begins there: after a gap it does."""
    before: int | None = None
    for place, value in found:
        yield before is None or place - before > 1, place, value
        before = place


def _line(line: Course, look: str, x: Scale, y: Scale) -> list[Stroke]:
    found = sorted((dot.at, dot.value) for dot in line.dots)
    d = "".join(f"{'M' if move else 'L'}{x.at(place):.1f} {y.at(value):.1f}"
                for move, place, value in _path(found))  # fmt: skip
    return [Stroke(d, look, title=line.name)] if d else []


def _mark(dot: Dot, look: str, x: Scale, y: Scale) -> Mark:
    left, top = x.at(dot.at) - DOT, y.at(dot.value) - DOT
    return Mark(dot.row, dot.said, left, top, 2 * DOT, 2 * DOT, look, circle=True)


def _point(x: float, y: float) -> Stroke:
    return Stroke(f"M{x - 2.5:.1f} {y:.1f}a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0 -5 0", "cluster")


def _grid(upward: Sequence[float], y: Scale) -> list[Stroke]:
    return [
        Stroke(f"M{LEFT} {y.at(value):.1f}H{WIDTH - RIGHT}",
               "axis" if value == 0 else "grid")
        for value in upward
    ]  # fmt: skip


def _numbers(upward: Sequence[float], y: Scale) -> Iterator[Label]:
    for value in upward:
        yield Label(LEFT - 8, y.at(value), Text(f"{value:,.10g}", f"{value:,.10g}"), 12, "end",
                    QUIET)  # fmt: skip


def _months(axis: Sequence[Text], x: Scale) -> Iterator[Label]:
    step = max(-(-len(axis) // MOST_LABELS), 1)
    for place, said in enumerate(axis):
        if place % step == 0:
            yield Label(x.at(place), HEIGHT - BOTTOM + 16, said, 11, "middle", QUIET)


def _ends_named(lines: Sequence[Course], y: Scale) -> Iterator[Label]:
    """Write the names of several lines at their ends, apart from each other."""
    if len(lines) < 2:
        return
    ends = sorted((y.at(line.dots[-1].value), place) for place, line in enumerate(lines)
                  if line.dots)  # fmt: skip
    before = -LINE_ROOM
    for at, which in ends:
        before = max(at, before + LINE_ROOM)
        yield Label(WIDTH - RIGHT + 8, before, lines[which].name, 12, width=RIGHT - 12)


def _aim(aim: float | None, y: Scale) -> list[Stroke]:
    if aim is None:
        return []
    return [Stroke(f"M{LEFT} {y.at(aim):.1f}H{WIDTH - RIGHT}", "aim")]


def _ahead(ahead: Ahead | None, x: Scale, y: Scale) -> list[Stroke]:
    if ahead is None:
        return []
    start, end = (x.at(ahead.since), y.at(ahead.start)), x.at(ahead.at)
    area = (f"M{start[0]:.1f} {start[1]:.1f}L{end:.1f} {y.at(ahead.low):.1f}"
            f"L{end:.1f} {y.at(ahead.high):.1f}z")  # fmt: skip
    middle = f"M{start[0]:.1f} {start[1]:.1f}L{end:.1f} {y.at(ahead.value):.1f}"
    return [Stroke(area, "interval"), Stroke(middle, "ahead")]
