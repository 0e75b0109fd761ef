"""A chain as flows (Sankey): bars as high as what goes through them, returns below, apart.

Where nothing is known of the amounts every link counts one, which is said beside the picture; where
something is known, links without a value are thin dotted lines: not known is not nothing.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from openzone.engines.chains.drawing import Arrow, Box, NotDrawable, ensure_drawable
from openzone.engines.chains.graphing import spoken
from openzone.engines.chains.layering import bands
from openzone.engines.chains.routing import curve, lanes, loop
from openzone.engines.drawing.scene import SIGNS, Label, Mark, Scene, Sign, Stroke
from openzone.engines.text import Text

BAR, PITCH = 14.0, 210.0
EDGE, LEFT, HEAD = 20.0, 40.0, 34.0
TALLEST = 420.0
LEAST, SPACE = 8.0, 30.0
DEEP, THICKEST = 18.0, 10.0
BAD_VALUE = Text(
    "连线{arrow}的流量应为不小于0的数", "the flow of {arrow} must be a number of at least 0"
)
FLOW = Text("{source} → {target}：{value}", "{source} → {target}: {value}")
NOT_KNOWN = Text("数量未知", "amount not known")


def known_values(arrows: Iterable[Arrow]) -> bool:
    """Whether the amount of any link is known."""
    return any(arrow.value is not None for arrow in arrows)


def flow(boxes: Sequence[Box], arrows: Sequence[Arrow], stages: Sequence[str]) -> Scene:
    """Draw the links as ribbons; the row of a mark is the place of its box.

    Raises:
        NotDrawable: see ``drawing.ensure_drawable``; an amount is below 0 or none.

    """
    ensure_drawable(boxes, arrows)
    _ensure_amounts(arrows)
    field_ = _Field.of(boxes, arrows, stages)
    rows = {box.id: row for row, box in enumerate(boxes)}
    names = {box.id: box.name for box in boxes}
    strokes = [
        Stroke(path, look, (rows[one.source], rows[one.target]), look == "back", width,
               _said(one, names))
        for one, path, look, width in field_.drawn()
    ]  # fmt: skip
    marks = [_mark(rows[box.id], box, field_) for box in boxes]
    wide = LEFT + max(len(field_.columns), 1) * PITCH
    return Scene(wide, field_.depth + EDGE, (), strokes, marks, _heads(field_))


def _ensure_amounts(arrows: Iterable[Arrow]) -> None:
    for arrow in arrows:
        if arrow.value is not None and not (math.isfinite(arrow.value) and arrow.value >= 0):
            raise NotDrawable(BAD_VALUE.format(arrow=f"{arrow.source}→{arrow.target}"))


def _said(arrow: Arrow, names: Mapping[str, Text]) -> Text:
    given = f"{arrow.value:,.10g}" if arrow.value is not None else None
    source, target = names[arrow.source], names[arrow.target]
    return Text(
        FLOW.zh.format(source=source.zh, target=target.zh, value=given or NOT_KNOWN.zh),
        FLOW.en.format(source=source.en, target=target.en, value=given or NOT_KNOWN.en),
    )


@dataclass
class _Field:
    """Bars in columns, and the links between them. ``scale``: pixels of one unit."""

    columns: list[list[str]]
    stages: list[tuple[str, int]]
    onward: list[Arrow]
    back: list[Arrow]
    values: bool
    scale: float = 1.0
    x: dict[str, float] = field(default_factory=dict)
    y: dict[str, float] = field(default_factory=dict)
    high: dict[str, float] = field(default_factory=dict)
    depth: float = 0.0

    @classmethod
    def of(cls, boxes: Sequence[Box], arrows: Sequence[Arrow], stages: Sequence[str]) -> "_Field":
        pairs = [(one.source, one.target) for one in arrows if not one.returns]
        found = bands({box.id: box.stage for box in boxes}, pairs, stages, max(len(boxes), 1))
        columns = [column for band in found for column in band.columns]
        place = {node: number for number, column in enumerate(columns) for node in column}
        onward, back = list[Arrow](), list[Arrow]()
        for one in arrows:
            right = not one.returns and place[one.source] < place[one.target]
            (onward if right else back).append(one)
        heads = [(band.stage, len(band.columns)) for band in found]
        made = cls(columns, heads, onward, back, known_values(arrows))
        made._settle(arrows)
        return made

    def amount(self, arrow: Arrow) -> float:
        """Return what a link counts: its value, one where nothing is known of any."""
        if not self.values:
            return 1.0
        return arrow.value or 0.0

    def _settle(self, arrows: Sequence[Arrow]) -> None:
        into: dict[str, float] = {}
        out: dict[str, float] = {}
        for one in arrows:
            out[one.source] = out.get(one.source, 0) + self.amount(one)
            into[one.target] = into.get(one.target, 0) + self.amount(one)
        through = {
            node: max(into.get(node, 0), out.get(node, 0))
            for column in self.columns
            for node in column
        }
        most = max((sum(through[node] for node in column) for column in self.columns), default=0)
        self.scale = min(TALLEST / most, 24.0) if most else 1.0
        self.high = {node: max(LEAST, value * self.scale) for node, value in through.items()}
        heights = [
            sum(self.high[node] for node in column) + SPACE * (len(column) - 1)
            for column in self.columns
        ]
        tallest = max(heights, default=0.0)
        for number, (column, height) in enumerate(zip(self.columns, heights, strict=True)):
            y = EDGE + HEAD + (tallest - height) / 2
            for node in column:
                self.x[node], self.y[node] = LEFT + number * PITCH, y
                y += self.high[node] + SPACE
        self.depth = EDGE + HEAD + tallest + SPACE / 2

    def drawn(self) -> list[tuple[Arrow, str, str, float | None]]:
        """Return each link with its path, look and width."""
        leave = self._ports("source", "target")
        enter = self._ports("target", "source")
        found = [self._ribbon(one, leave[one], enter[one]) for one in self.onward]
        return found + self._loops(leave, enter)

    def _ports(self, end: str, other: str) -> dict[Arrow, float]:
        """Return where links stand at one end of theirs: in the order of the other end."""
        used: dict[str, float] = {}
        found: dict[Arrow, float] = {}
        for one in (*sorted(self.onward, key=lambda one: self.y[getattr(one, other)]), *self.back):
            node = getattr(one, end)
            found[one] = self.y[node] + used.get(node, 0.0)
            used[node] = used.get(node, 0.0) + self.amount(one) * self.scale
        return found

    def _ribbon(
        self, one: Arrow, leave: float, enter: float
    ) -> tuple[Arrow, str, str, float | None]:
        x, end, thick = self.x[one.source] + BAR, self.x[one.target], self.amount(one) * self.scale
        there = f"M{x:.0f} {leave:.1f}{curve(x, leave, end, enter)}"
        if thick < 1:
            return one, there, "thin", None
        back = curve(end, enter + thick, x, leave + thick)
        return one, f"{there}V{enter + thick:.1f}{back}Z", "flow", None

    def _loops(
        self, leave: Mapping[Arrow, float], enter: Mapping[Arrow, float]
    ) -> list[tuple[Arrow, str, str, float | None]]:
        turns = [
            (self.x[one.source] + PITCH - 58 + 12 * (number % 3), self.x[one.target] - 18)
            for number, one in enumerate(self.back)
        ]
        floor = self.depth
        found = list[tuple[Arrow, str, str, float | None]]()
        for one, turn, lane in zip(
            self.back, turns, lanes((min(turn), max(turn)) for turn in turns), strict=True
        ):
            thick = min(max(1.8, self.amount(one) * self.scale), THICKEST)
            below = floor + DEEP * (lane + 1)
            self.depth = max(self.depth, below + DEEP / 2)
            start = (self.x[one.source] + BAR, leave[one] + thick / 2)
            end = (self.x[one.target], enter[one] + thick / 2)
            found.append((one, loop(start, end, turn, below), "back", thick))
        return found


def _heads(field_: _Field) -> list[Label]:
    heads, column = list[Label](), 0
    for stage, count in field_.stages:
        x = LEFT + column * PITCH
        room = count * PITCH - 20
        heads.append(Label(x, EDGE + 10, Text(stage, stage), 14, bold=True, width=room))
        column += count
    return heads


def _mark(row: int, box: Box, field_: _Field) -> Mark:
    x, y, high = field_.x[box.id], field_.y[box.id], field_.high[box.id]
    sign = SIGNS.get(box.state, Sign.NONE)
    left = x + BAR + (24 if sign else 6)
    label = Label(left, y + high / 2, box.name, 12, width=x + PITCH - 70 - left, lines=2, halo=True)
    return Mark(
        row, spoken(box), x, y, BAR, high, box.state, sign=sign, sign_at=BAR + 11, labels=(label,)
    )
