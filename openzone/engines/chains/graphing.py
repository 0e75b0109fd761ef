"""A chain as boxes in bands of stages, and lines between them."""

from collections.abc import Sequence
from typing import NamedTuple

from openzone.engines.chains.drawing import (
    OF_VERSIONS,
    STATE_WORDS,
    Arrow,
    Box,
    Facts,
    State,
    ensure_drawable,
)
from openzone.engines.chains.layering import Band, bands, rows_for
from openzone.engines.chains.routing import Grid, Place, arcs, routes
from openzone.engines.drawing.scene import (
    INDENT,
    INK,
    QUIET,
    SIGNS,
    Ground,
    Label,
    Mark,
    Scene,
    Sign,
    Stroke,
)
from openzone.engines.text import Text

WIDTH, HEIGHT = 176.0, 76.0
GAP, GUTTER = 20.0, 64.0
EDGE, HEAD = 12.0, 40.0
CONTINUED = Text("{stage}（续）", "{stage} (continued)")
FIRMS = Text("{count}家", "{count} firms")
NO_FIRM = Text("无企业", "no firm")


class Layout(NamedTuple):
    """Bands, and the grid they stand in."""

    bands: Sequence[Band]
    grid: Grid


def graph(boxes: Sequence[Box], arrows: Sequence[Arrow], stages: Sequence[str]) -> Scene:
    """Draw a chain; the row of a mark is the place of its box.

    Raises:
        NotDrawable: see ``drawing.ensure_drawable``.

    """
    ensure_drawable(boxes, arrows)
    laid = layout(boxes, arrows, stages)
    grid = laid.grid
    rows = {box.id: row for row, box in enumerate(boxes)}
    onward = [one for one in arrows if goes_right(one, grid)]
    back = [one for one in arrows if not goes_right(one, grid)]
    there = routes([(one.source, one.target) for one in onward], grid)
    round_, depth = arcs([(one.source, one.target) for one in back], grid)
    strokes = [
        Stroke(path, look_of(one), (rows[one.source], rows[one.target]), arrow=True)
        for one, path in zip((*onward, *back), (*there, *round_), strict=True)
    ]
    wide = (grid.lefts[-1] if grid.lefts else 0) + WIDTH + GUTTER / 2 + EDGE
    grounds, heads = _grounds(laid)
    marks = [_mark(row, box, grid.places[box.id]) for row, box in enumerate(boxes)]
    return Scene(wide, depth + GAP + EDGE, grounds, strokes, marks, heads)


def layout(boxes: Sequence[Box], arrows: Sequence[Arrow], stages: Sequence[str]) -> Layout:
    """Place the boxes: stages beside each other, columns in the middle of the height."""
    pairs = [(one.source, one.target) for one in arrows if not one.returns]
    found = bands({box.id: box.stage for box in boxes}, pairs, stages, rows_for(len(boxes)))
    columns = [column for band in found for column in band.columns]
    most = max(map(len, columns), default=0)
    pitch = HEIGHT + GAP
    lefts = [EDGE + GUTTER / 2 + number * (WIDTH + GUTTER) for number in range(len(columns))]
    tops = [EDGE + HEAD + (most - len(column)) * pitch / 2 for column in columns]
    places = {
        node: Place(number, lefts[number], tops[number] + row * pitch)
        for number, column in enumerate(columns)
        for row, node in enumerate(column)
    }
    counts = [len(column) for column in columns]
    return Layout(found, Grid(places, lefts, tops, counts, WIDTH, HEIGHT, GAP, GUTTER))


def goes_right(arrow: Arrow, grid: Grid) -> bool:
    """Whether an arrow is drawn from left to right; returns are not, nor those of a circle."""
    start, end = grid.places[arrow.source], grid.places[arrow.target]
    return not arrow.returns and start.column < end.column


def look_of(arrow: Arrow) -> str:
    """Return how the line of an arrow looks."""
    if arrow.returns:
        return "return"
    return "optional" if arrow.optional else "edge"


def _grounds(laid: Layout) -> tuple[list[Ground], list[Label]]:
    grounds, heads, column = list[Ground](), list[Label](), 0
    high = laid.grid.floor - EDGE + GAP / 2
    for band in laid.bands:
        last = column + len(band.columns) - 1
        left = laid.grid.lefts[column] - GUTTER / 2 + 4
        right = laid.grid.lefts[last] + WIDTH + GUTTER / 2 - 4
        stage = Text(band.stage, band.stage)
        name = CONTINUED.format(stage=band.stage) if band.again else stage
        grounds.append(Ground(left, EDGE, right - left, high, "band"))
        heads.append(
            Label((left + right) / 2, EDGE + 18, name, 15, "middle", INK, bold=True,
                  width=right - left - 12)
        )  # fmt: skip
        column = last + 1
    return grounds, heads


def _mark(row: int, box: Box, at: Place) -> Mark:
    sign = SIGNS.get(box.state, Sign.NONE)
    left = at.x + (INDENT if sign else 12.0)
    room = at.x + WIDTH - 6 - left
    said = [(HEIGHT - 24, status(box), 11.0), (HEIGHT - 9, known(box.facts), 9.5)]
    small = [
        Label(left, at.y + y, text, size, colour=QUIET, width=room)
        for y, text, size in said
        if text.zh
    ]
    middle = (HEIGHT - 30) / 2 + 1 if small else HEIGHT / 2
    name = Label(left, at.y + middle, box.name, 13, width=room, lines=2)
    return Mark(
        row, spoken(box), at.x, at.y, WIDTH, HEIGHT, box.state, sign=sign,
        labels=(name, *small), badge=box.facts.badge,
    )  # fmt: skip


def known(facts: Facts) -> Text:
    """Return since when and from whom one knows it: ``2026-11-21 · 名录``."""
    said = " · ".join(part for part in (str(facts.on or ""), facts.source) if part)
    return Text(said, said)


def status(box: Box) -> Text:
    """Return the word of the state and how many firms there are: ``强 · 12家``."""
    word, count = STATE_WORDS[box.state], box.facts.count
    if box.state in OF_VERSIONS:
        return word
    firms = FIRMS.format(count=count)
    if box.state is State.PLAIN:
        return firms if count else Text("", "")
    said = firms if count else NO_FIRM
    return Text(f"{word.zh} · {said.zh}", f"{word.en} · {said.en}")


def spoken(box: Box) -> Text:
    """Return what is said of a box in one line: name, stage, state, firms."""
    state = status(box)
    if not state.zh:
        return Text(f"{box.name.zh}，{box.stage}", f"{box.name.en}, {box.stage}")
    return Text(
        f"{box.name.zh}，{box.stage}，{state.zh}", f"{box.name.en}, {box.stage}, {state.en}"
    )
