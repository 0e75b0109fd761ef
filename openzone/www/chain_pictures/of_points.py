"""Pictures of points: opportunities over two measures."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openzone.engines.chains.drawing import STATE_WORDS, Facts, NotDrawable, State
from openzone.engines.drawing.scatter import Axes, Point, scatter
from openzone.engines.drawing.scene import Scene
from openzone.engines.text import Text
from openzone.www.chain_pictures.picture import (
    Cell,
    Column,
    Item,
    Picture,
    Source,
    Twin,
    attempted,
    counted,
    known_cells,
    known_columns,
    links,
    state_entries,
)
from openzone.www.formats import say

BAD_NUMBER = Text("{name}：{given}不是可画的数", "{name}: {given} is no number that can be drawn")


@dataclass(frozen=True, slots=True)
class Dot:
    """An opportunity: a node, or a product, over two measures; missing ones are ``None``."""

    id: str
    name: Text
    x: float | None
    y: float | None
    size: float | None = None
    state: State = State.PLAIN
    facts: Facts = field(default_factory=Facts)


def opportunity_picture(
    dots: Sequence[Dot], axes: Axes, *, source: Source, key: str = "opportunity", title: str = ""
) -> Picture:
    """Draw dots over two measures; those that lack one are in the table only."""
    return Picture(
        key=key,
        title=title or _("Opportunities"),
        words=_("scatter; the table below says the same"),
        twin=_twin(dots, axes, source),
        source=source,
        **attempted(
            lambda: (
                _scene(dots, axes),
                state_entries(dot.state for dot in dots),
                _remarks(dots, axes),
            )
        ),
    )


def _scene(dots: Sequence[Dot], axes: Axes) -> Scene:
    for dot in dots:
        ensure_finite(dot.name, dot.x, dot.y, dot.size)
    points = [
        Point(row, dot.name, named(dot.name, dot.state), dot.x, dot.y, dot.size, dot.state)
        for row, dot in enumerate(dots)
        if dot.x is not None and dot.y is not None
    ]
    return scatter(points, axes)


def _remarks(dots: Sequence[Dot], axes: Axes) -> list[str]:
    found = [_("Area: %(what)s") % {"what": say(axes.size)}] if axes.size else []
    if missing := sum(dot.x is None or dot.y is None for dot in dots):
        found.append(
            ngettext(
                "%(count)d row of the table lacks a measure and is not drawn.",
                "%(count)d rows of the table lack a measure and are not drawn.",
                missing,
            )
            % {"count": missing}
        )
    return found


def ensure_finite(name: Text, *values: float | None) -> None:
    """Refuse what no picture can show.

    Raises:
        NotDrawable: one of the values is infinite or no number.

    """
    for value in values:
        if value is not None and not math.isfinite(value):
            zh = BAD_NUMBER.zh.format(name=name.zh, given=value)
            raise NotDrawable(Text(zh, BAD_NUMBER.en.format(name=name.en, given=value)))


def named(name: Text, state: State) -> Text:
    """Return a name with the word of its state."""
    word = STATE_WORDS[state]
    return Text(f"{name.zh}，{word.zh}", f"{name.en}, {word.en}") if word.zh else name


def _twin(dots: Sequence[Dot], axes: Axes, source: Source) -> Twin:
    columns = [
        Column(_("Node")), Column(_("State"), hint=True),
        Column(say(axes.x), hint=True, numeric=True), Column(say(axes.y), hint=True, numeric=True),
        *([Column(say(axes.size), hint=True, numeric=True)] if axes.size else []),
        Column(_("Firms"), hint=True), *known_columns(),
    ]  # fmt: skip
    rows = [
        [
            Cell(items=[Item(say(dot.name), dot.facts.url)]),
            Cell(say(STATE_WORDS[dot.state])),
            counted(dot.x),
            counted(dot.y),
            *([counted(dot.size)] if axes.size else []),
            Cell(items=links(dot.facts)),
            *known_cells(dot.facts, source),
        ]
        for dot in dots
    ]
    return Twin(columns, rows).filled() if rows else Twin(columns, rows)
