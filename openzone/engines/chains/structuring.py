"""A chain as areas: stages, in them nodes, in them firms. Nodes without an area are not drawn."""

import math
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from openzone.engines.chains.drawing import Box, NotDrawable, State, ensure_drawable
from openzone.engines.chains.graphing import spoken
from openzone.engines.drawing.scene import (
    SIGNS,
    TONES,
    Ground,
    Label,
    Mark,
    Scene,
    Sign,
)
from openzone.engines.drawing.squares import Rect, squarified
from openzone.engines.text import Text

WIDTH, HEIGHT, EDGE = 1120.0, 640.0, 10.0
STAGE_HEAD, NODE_HEAD = 24.0, 22.0
SMALLEST = 120.0
"""Square pixels below which a firm is not drawn on its own."""
REST = Text("另有{count}家", "and {count} more")
BAD_OUTPUT = Text(
    "{firm}的产出应为不小于0的数", "the output of {firm} must be a number of at least 0"
)


class Measure(StrEnum):
    """What an area stands for."""

    COUNT = "count"
    OUTPUT = "output"


class Part(NamedTuple):
    """What an area within a node stands for."""

    name: Text
    value: float


def parts_of(box: Box, by: Measure) -> list[Part]:
    """Return the firms of a node with what they count; those of unknown output are left out.

    Raises:
        NotDrawable: an output is below 0 or no number.

    """
    named = [(Text(one.name, one.name), one.output) for one in box.facts.firms]
    if by is Measure.COUNT:
        rest = [Part(REST.format(count=box.facts.more), float(box.facts.more))]
        rest = rest if box.facts.more else []
        return [*(Part(name, 1.0) for name, _output in named), *rest]
    found = [Part(name, output) for name, output in named if output is not None]
    for name, output in found:
        if not (math.isfinite(output) and output >= 0):
            raise NotDrawable(BAD_OUTPUT.format(firm=name.zh))
    return [part for part in found if part.value]


def area_of(box: Box, by: Measure) -> float:
    """Return what the area of a node stands for."""
    return sum(part.value for part in parts_of(box, by))


def structure(boxes: Sequence[Box], by: Measure, stages: Sequence[str]) -> Scene:
    """Draw areas; the row of a mark is the place of its box.

    Raises:
        NotDrawable: see ``drawing.ensure_drawable`` and :func:`parts_of`.

    """
    ensure_drawable(boxes, ())
    areas = {row: area for row, box in enumerate(boxes) if (area := area_of(box, by)) > 0}
    order = list(dict.fromkeys((*stages, *(box.stage for box in boxes))))
    held = {stage: [row for row in areas if boxes[row].stage == stage] for stage in order}
    there = [stage for stage in order if held[stage]]
    whole = Rect(EDGE, EDGE, WIDTH - 2 * EDGE, HEIGHT - 2 * EDGE)
    rects = squarified([sum(areas[row] for row in held[stage]) for stage in there], whole)
    grounds, marks, heads = list[Ground](), list[Mark](), list[Label]()
    for stage, rect in zip(there, rects, strict=True):
        name, tone = Text(stage, stage), f"tone{order.index(stage) % len(TONES)}"
        grounds.append(Ground(*rect, "band", name))
        heads.extend(_head(rect, name, STAGE_HEAD, 14))
        rows, inner = held[stage], _inside(rect, STAGE_HEAD)
        tiles = squarified([areas[row] for row in rows], inner)
        for row, tile in zip(rows, tiles, strict=True):
            marks.append(_mark(row, boxes[row], parts_of(boxes[row], by), tile, tone))
    return Scene(WIDTH, HEIGHT, grounds, (), marks, heads)


def _inside(rect: Rect, head: float) -> Rect:
    """Return the inside of a tile, below its heading where there is room for one."""
    return rect.within(3, head - 3 if rect.height > 2 * head else 0)


def _head(rect: Rect, name: Text, head: float, size: float, left: float = 8) -> list[Label]:
    if rect.height <= 2 * head or rect.width < 3 * size:
        return []
    y = rect.y + head / 2 + 1
    return [Label(rect.x + left, y, name, size, bold=True, width=rect.width - left - 4)]


def _mark(row: int, box: Box, parts: Sequence[Part], tile: Rect, tone: str) -> Mark:
    sign = SIGNS.get(box.state, Sign.NONE) if _signed(tile) else Sign.NONE
    look = tone if box.state is State.PLAIN else box.state
    head = _head(tile, box.name, NODE_HEAD, 13, 26 if sign else 6)
    inner = _inside(tile, NODE_HEAD)
    shares = zip(parts, squarified([part.value for part in parts], inner), strict=True)
    firms = [(part, rect) for part, rect in shares if rect.area >= SMALLEST]
    names = [label for part, rect in firms for label in _firm(part, rect)]
    return Mark(
        row, spoken(box), *tile, look, sign=sign, sign_at=14, sign_down=NODE_HEAD / 2 + 1,
        parts=[Ground(*rect, "firm", part.name) for part, rect in firms],
        labels=[*head, *names],
    )  # fmt: skip


def _signed(tile: Rect) -> bool:
    return tile.height > 2 * NODE_HEAD and tile.width > 60


def _firm(part: Part, rect: Rect) -> list[Label]:
    """Return the name of a firm where its tile can hold some of it."""
    if rect.width < 44 or rect.height < 20:
        return []
    room = rect.width - 8
    lines = min(3, int(rect.height // 15))
    middle = rect.y + rect.height / 2
    return [Label(rect.x + 4, middle, part.name, 11, width=room, lines=lines)]
