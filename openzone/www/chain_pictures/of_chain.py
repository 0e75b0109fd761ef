"""Pictures of a whole chain: the layered graph."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from openzone.engines.chains.drawing import (
    STATE_WORDS,
    Arrow,
    Box,
    Facts,
    State,
    arrows_of,
    boxes_of,
)
from openzone.engines.chains.graphing import graph, look_of
from openzone.engines.chains.model import Chain
from openzone.engines.chains.report import Report
from openzone.engines.drawing.scene import SIGNS
from openzone.engines.drawing.svg import Entry
from openzone.www.chain_pictures.picture import (
    Cell,
    Column,
    Item,
    Picture,
    Source,
    Twin,
    counted,
    known_cells,
    known_columns,
    links,
)
from openzone.www.formats import say


def graph_picture(
    of: Chain | Report,
    facts: Mapping[str, Facts] | None = None,
    *,
    source: Source,
    key: str = "graph",
    title: str = "",
) -> Picture:
    """Draw stages as bands, nodes by their state, links to the right, returns below.

    Raises:
        NotDrawable: the chain has too many nodes for a picture.

    """
    chain = chain_of(of)
    boxes, arrows = dated(boxes_of(of, facts), source), arrows_of(chain)
    return Picture(
        key=key,
        title=title or say(chain.name),
        words=_("graph of the chain, stages from left to right; the table below says the same"),
        scene=graph(boxes, arrows, chain.stages),
        twin=chain_twin(key, boxes, arrows, source),
        source=source,
        legend=[*state_entries(boxes), *line_entries(arrows)],
    )


def chain_of(of: Chain | Report) -> Chain:
    """Return the chain itself."""
    return of if isinstance(of, Chain) else of.standing.chain


def dated(boxes: Sequence[Box], source: Source) -> list[Box]:
    """Give every box a day and a source: its own, else those of the picture."""
    return [
        replace(
            box,
            facts=replace(
                box.facts, on=box.facts.on or source.on, source=box.facts.source or source.name
            ),
        )
        for box in boxes
    ]


def chain_twin(key: str, boxes: Sequence[Box], arrows: Sequence[Arrow], source: Source) -> Twin:
    """Return a row for each node, with what goes into it and what it goes into."""
    into: dict[str, list[Item]] = {box.id: [] for box in boxes}
    onto: dict[str, list[Item]] = {box.id: [] for box in boxes}
    at = {box.id: Item(say(box.name), f"#{key}-row-{row}") for row, box in enumerate(boxes)}
    for arrow in arrows:
        note = _("recycling") if arrow.returns else _("optional") if arrow.optional else ""
        into[arrow.target].append(replace(at[arrow.source], note=note))
        onto[arrow.source].append(replace(at[arrow.target], note=note))
    columns = [
        Column(_("Node"), hint=True), Column(_("Stage"), hint=True), Column(_("State"), hint=True),
        Column(_("Reason")), Column(_("Number of firms"), numeric=True),
        Column(_("Firms"), hint=True), Column(_("Needs")), Column(_("Goes into")),
        *known_columns(),
    ]  # fmt: skip
    rows = [
        [
            Cell(items=[Item(say(box.name), box.facts.url)]),
            Cell(box.stage),
            Cell(say(STATE_WORDS[box.state])),
            Cell(say(box.reason) if box.reason else ""),
            counted(box.facts.count),
            Cell(items=links(box.facts)),
            Cell(items=into[box.id]),
            Cell(items=onto[box.id]),
            *known_cells(box.facts, source),
        ]
        for box in boxes
    ]
    return Twin(columns, rows)


def state_entries(boxes: Sequence[Box]) -> list[Entry]:
    """Return the states that are in a picture, as its legend."""
    there = {box.state for box in boxes} - {State.PLAIN}
    return [
        Entry(state, say(STATE_WORDS[state]), SIGNS[state]) for state in State if state in there
    ]


def line_entries(arrows: Sequence[Arrow]) -> list[Entry]:
    """Return the kinds of lines that are in a picture, as its legend."""
    words = {
        "edge": _("goes into"),
        "optional": _("goes into, optional"),
        "return": _("goes back (recycling)"),
    }
    there = {look_of(arrow) for arrow in arrows}
    return [Entry(look, said, line=True) for look, said in words.items() if look in there]
