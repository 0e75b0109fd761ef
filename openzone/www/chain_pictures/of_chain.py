"""Pictures of a whole chain: layered graph, flows, structure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openzone.engines.chains.drawing import (
    STATE_WORDS,
    Arrow,
    Box,
    Facts,
    arrows_of,
    boxes_of,
)
from openzone.engines.chains.flowing import flow, known_values
from openzone.engines.chains.graphing import graph, look_of
from openzone.engines.chains.model import Chain
from openzone.engines.chains.report import Report
from openzone.engines.chains.structuring import Measure, area_of, structure
from openzone.engines.drawing.svg import Entry
from openzone.engines.text import Text
from openzone.www.chain_pictures.picture import (
    Cell,
    Column,
    Item,
    Picture,
    Source,
    Twin,
    amount,
    attempted,
    counted,
    known_cells,
    known_columns,
    links,
    noted,
    state_entries,
)
from openzone.www.formats import say

NO_UNIT = Text("", "")


def graph_picture(
    of: Chain | Report,
    facts: Mapping[str, Facts] | None = None,
    *,
    source: Source,
    key: str = "graph",
    title: str = "",
) -> Picture:
    """Draw stages as bands, nodes by their state, links to the right, returns below."""
    chain = chain_of(of)
    boxes, arrows = dated(boxes_of(of, facts), source), arrows_of(chain)
    return Picture(
        key=key,
        title=title or say(chain.name),
        words=_("graph of the chain, stages from left to right; the table below says the same"),
        twin=chain_twin(key, boxes, arrows, source),
        source=source,
        **attempted(
            lambda: (
                graph(boxes, arrows, chain.stages),
                [*state_entries(box.state for box in boxes), *line_entries(arrows)],
                [],
            )
        ),
    )


def flow_picture(
    of: Chain | Report,
    facts: Mapping[str, Facts] | None = None,
    *,
    source: Source,
    values: Mapping[tuple[str, str], float] | None = None,
    unit: Text | None = None,
    key: str = "flow",
    title: str = "",
) -> Picture:
    """Draw the links as ribbons; ``values``: the amounts by source and target, in ``unit``."""
    chain = chain_of(of)
    boxes, arrows = dated(boxes_of(of, facts), source), arrows_of(chain, values)
    return Picture(
        key=key,
        title=title or _("%(chain)s: flows") % {"chain": say(chain.name)},
        words=_("flow diagram, recycling below; the table below says the same"),
        twin=chain_twin(
            key, boxes, arrows, source, flows=unit or NO_UNIT if known_values(arrows) else None
        ),
        folded=True,
        source=source,
        **attempted(
            lambda: (
                flow(boxes, arrows, chain.stages),
                [*state_entries(box.state for box in boxes), *_flow_entries(arrows)],
                [_width(arrows, unit)],
            )
        ),
    )


def _flow_entries(arrows: Sequence[Arrow]) -> list[Entry]:
    back = any(arrow.returns for arrow in arrows)
    thin = known_values(arrows) and any(arrow.value is None for arrow in arrows)
    return [
        Entry("flow", _("goes into")),
        *([Entry("thin", _("amount not known"), line=True)] if thin else []),
        *([Entry("back", _("goes back (recycling)"), line=True)] if back else []),
    ]


def _width(arrows: Sequence[Arrow], unit: Text | None) -> str:
    if not known_values(arrows):
        return _("No amounts are known: every link is as wide as any other.")
    return _("Width: %(unit)s") % {"unit": say(unit) if unit else _("amount, without a unit")}


def structure_picture(
    of: Report,
    facts: Mapping[str, Facts] | None = None,
    *,
    source: Source,
    by: str = Measure.COUNT,
    unit: Text | None = None,
    key: str = "structure",
    title: str = "",
) -> Picture:
    """Draw areas, stage → node → firms: the number of firms, or their output in one ``unit``."""
    chain, measure = chain_of(of), Measure(by)
    boxes = dated(boxes_of(of, facts), source)
    return Picture(
        key=key,
        title=title or _("%(chain)s: structure") % {"chain": say(chain.name)},
        words=_("areas of stages, nodes and firms; the table below says the same"),
        twin=chain_twin(
            key,
            boxes,
            arrows_of(chain),
            source,
            output=unit or NO_UNIT if measure is Measure.OUTPUT else None,
        ),
        folded=True,
        source=source,
        **attempted(
            lambda: (
                structure(boxes, measure, chain.stages),
                state_entries(box.state for box in boxes if area_of(box, measure)),
                [_area(measure, unit), *_without_area(boxes, measure)],
            )
        ),
    )


def _area(by: Measure, unit: Text | None) -> str:
    if by is Measure.COUNT:
        return _("Area: number of firms")
    return _("Area: output (%(unit)s)") % {"unit": say(unit) if unit else _("unit not known")}


def _without_area(boxes: Sequence[Box], by: Measure) -> list[str]:
    """Say what has no area: nodes without firms, and firms whose output is not known."""
    bare = [say(box.name) for box in boxes if not area_of(box, by)]
    silent = sum(one.output is None for box in boxes for one in box.facts.firms)
    found = [_("Not drawn: %(nodes)s") % {"nodes": "、".join(bare)}] if bare else []
    if by is Measure.OUTPUT and silent:
        found.append(
            ngettext(
                "The output of %(count)d firm is not known.",
                "The output of %(count)d firms is not known.",
                silent,
            )
            % {"count": silent}
        )
    return found


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


def chain_twin(
    key: str,
    boxes: Sequence[Box],
    arrows: Sequence[Arrow],
    source: Source,
    *,
    flows: Text | None = None,
    output: Text | None = None,
) -> Twin:
    """Return a row for each node, with what goes into it and what it goes into.

    ``flows`` and ``output``: the units of amounts that belong to the picture.
    """
    into: dict[str, list[Item]] = {box.id: [] for box in boxes}
    onto: dict[str, list[Item]] = {box.id: [] for box in boxes}
    at = {box.id: Item(say(box.name), f"#{key}-row-{row}") for row, box in enumerate(boxes)}
    for arrow in arrows:
        kind = _("recycling") if arrow.returns else _("optional") if arrow.optional else ""
        note = noted(kind, amount(arrow.value, flows) if flows else "")
        into[arrow.target].append(replace(at[arrow.source], note=note))
        onto[arrow.source].append(replace(at[arrow.target], note=note))
    columns = [
        Column(_("Node"), hint=True), Column(_("Stage of the chain"), hint=True),
        Column(_("State"), hint=True),
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
            Cell(items=links(box.facts, output)),
            Cell(items=into[box.id]),
            Cell(items=onto[box.id]),
            *known_cells(box.facts, source),
        ]
        for box in boxes
    ]
    return Twin(columns, rows)


def line_entries(arrows: Sequence[Arrow]) -> list[Entry]:
    """Return the kinds of lines that are in a picture, as its legend."""
    words = {
        "edge": _("goes into"),
        "optional": _("goes into, optional"),
        "return": _("goes back (recycling)"),
    }
    there = {look_of(arrow) for arrow in arrows}
    return [Entry(look, said, line=True) for look, said in words.items() if look in there]
