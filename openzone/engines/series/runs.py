"""Ranks with ties, how long something lasts, and where it turns."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from itertools import pairwise

from openzone.engines.series.model import (
    Definition,
    Derived,
    Direction,
    Input,
    Line,
    Observation,
    inputs,
)
from openzone.engines.series.parts import Tracks, groups
from openzone.engines.series.periods import Period, Span
from openzone.engines.series.vintages import Track
from openzone.engines.text import Text

RANK = Text("由{order}排序，同数同名次", "in {order} order, equal figures share a place")
ORDERS = {Direction.UP: Text("大到小", "falling"), Direction.DOWN: Text("小到大", "rising")}
FIRST = Text("连续位居第一的期数", "periods in a row at the first place")
TOP = Text("连续位居前 {n} 的期数", "periods in a row among the first {n}")
GROWING = Text("公布同比连续为正的期数", "periods in a row with growth above zero")
TURNS_UP = Text("公布同比由负转正", "growth turns from below zero to above")
TURNS_DOWN = Text("公布同比由正转负", "growth turns from above zero to below")

QUARTER, YEAR = 3, 12

Test = Callable[[Observation], bool | None]


def ranks(tracks: Tracks, definitions: Mapping[str, Definition]) -> Iterator[Derived]:
    """Yield the place of every subject among those that reported the same period.

    Equal figures share a place and the next is left out (1, 2, 2, 4); who reported nothing has no
    place and is not counted in ``group``.
    """
    for line, period, found in groups(tracks):
        known = [one for one in found if one.value is not None]
        if len(known) > 1:
            yield from _places(line, period, known, definitions[line.series].direction)


def streaks(track: Track, tops: Sequence[int]) -> Iterator[Derived]:
    """Yield how many periods in a row something held, up to the last one of each length.

    Periods follow each other when they are of one length: a year after a year, 1–5月 after 1–4月.
    One that is missing ends a row; one whose growth or rank nobody published does too, and a rank
    among others (全市, 全国) begins a new one.
    """
    for row in _rows(track):
        yield from _streak("growing", row, _is_growing, GROWING)
        yield from _streak("first", row, partial(_within, count=1), FIRST, _among)
        for count in tops:
            test = partial(_within, count=count)
            yield from _streak(f"top{count}", row, test, TOP.format(n=count), _among)


def turning_points(track: Track) -> Iterator[Derived]:
    """Yield the periods in which published growth changed its sign."""
    for row in _rows(track):
        for before, after in pairwise(row):
            if before is None or after is None or before.growth is None or after.growth is None:
                continue
            if before.growth <= 0 < after.growth:
                yield _turn(before, after, "turns_up", TURNS_UP)
            if before.growth >= 0 > after.growth:
                yield _turn(before, after, "turns_down", TURNS_DOWN)


def after_gaps(periods: Sequence[Period], step: int | None = None) -> list[bool]:
    """Tell for periods in order which one follows a gap.

    ``step`` is how many months lie between two ends; without one the shortest there is counts.
    """
    ends = [one.year * YEAR + one.last for one in periods]
    steps = [later - earlier for earlier, later in pairwise(ends)]
    least = min(steps, default=0) if step is None else step
    return [False, *(one > least for one in steps)][: len(periods)]


def _places(
    line: Line, period: Period, found: Sequence[Observation], direction: Direction
) -> Iterator[Derived]:
    sign = -1 if direction is Direction.UP else 1
    values = sorted(sign * one.value for one in found if one.value is not None)
    text, of = ORDERS[direction], inputs(*found)
    formula = Text(RANK.zh.format(order=text.zh), RANK.en.format(order=text.en))
    for one in found:
        assert one.value is not None  # noqa: S101 - the caller asked
        place = Decimal(values.index(sign * one.value) + 1)
        ties = values.count(sign * one.value) - 1
        yield Derived("rank", one.line, period, place, "位", formula, of,
                      {"group": len(found), "ties": ties})  # fmt: skip


def _turn(before: Observation, after: Observation, kind: str, formula: Text) -> Derived:
    assert after.growth is not None  # noqa: S101 - the caller asked
    assert before.growth is not None  # noqa: S101
    of = tuple(
        Input(one.series, one.subject, one.period, one.growth, one.row)
        for one in (before, after)
        if one.growth is not None
    )
    return Derived(kind, after.line, after.period, True, "", formula, of)


def _streak(
    kind: str, row: Sequence[Observation | None], test: Test, formula: Text,
    group: Callable[[Observation], str] = lambda one: "",
) -> Iterator[Derived]:  # fmt: skip
    """Yield the run of one group that reaches the end of a row of periods, if longer than one."""
    run: list[Observation] = []
    for one in row:
        if one is None or not test(one):
            run = []
        elif run and group(run[-1]) == group(one):
            run.append(one)
        else:
            run = [one]
    if len(run) > 1:
        last = run[-1]
        more = {"since": str(run[0].period)} | ({"among": among} if (among := group(last)) else {})
        yield Derived(f"streak_{kind}", last.line, last.period, Decimal(len(run)), "期", formula,
                      inputs(*run), more)  # fmt: skip


def _is_growing(one: Observation) -> bool | None:
    return None if one.growth is None else one.growth > 0


def _among(one: Observation) -> str:
    return one.among


def _within(one: Observation, count: int) -> bool | None:
    return None if one.rank is None else one.rank <= count


def _rows(track: Track) -> Iterator[list[Observation | None]]:
    """Yield periods that follow each other; None stands for one that is not there."""
    spans: dict[str, list[Observation]] = {}
    for period, one in sorted(track.items()):
        for name in _rows_of(period):
            spans.setdefault(name, []).append(one)
    for found in spans.values():
        yield list(_without_holes(found))


def _rows_of(period: Period) -> Iterator[str]:
    """Name what a period stands in a row with; a first quarter is cumulative and a quarter."""
    if period.span is Span.CUMULATIVE:
        yield f"cumulative {period.year}"
    if period.span is not Span.CUMULATIVE or period.months == QUARTER:
        yield f"{period.point} {period.months}"


def _without_holes(found: Sequence[Observation]) -> Iterator[Observation | None]:
    step = _step(found[0].period)
    for one, gap in zip(found, after_gaps([one.period for one in found], step), strict=True):
        if gap:
            yield None
        yield one


def _step(period: Period) -> int | None:
    """How many months lie between one period and the next of its row, where its kind tells.

    A point is the end of a month, a quarter or a year.
    """
    if period.span is Span.CUMULATIVE and period.months != QUARTER:
        return 1
    return None if period.point else period.months
