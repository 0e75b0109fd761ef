"""Two versions of a chain in one picture: what came, what went, what says something else."""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from openzone.engines.chains.diff import ChainDiff, EdgeKey, Kind
from openzone.engines.chains.drawing import Arrow, Box, Facts, State, arrows_of
from openzone.engines.chains.graphing import graph
from openzone.engines.chains.model import Chain
from openzone.engines.drawing.scene import SIGNS
from openzone.engines.drawing.svg import Entry
from openzone.packs.chain_shape import ChainPack
from openzone.www.chain_pictures.picture import Cell, Column, Picture, Source, Twin
from openzone.www.formats import say
from openzone.www.words_chains_versions import KINDS

STATES = {Kind.ADDED: State.ADDED, Kind.REMOVED: State.REMOVED, Kind.CHANGED: State.CHANGED}


def difference_picture(
    found: ChainDiff, before: ChainPack, after: ChainPack, on: dt.date
) -> Picture:
    """Draw the newer version with what the older one had besides.

    Raises:
        NotDrawable: the chain has too many nodes for a picture.

    """
    old, new = before.as_chain, after.as_chain
    kinds = {change.id: change.kind for change in found.nodes}
    went = [change.id for change in found.of_kind(Kind.REMOVED)]
    boxes = [_box(node, old, new, kinds.get(node)) for node in (*new.ids, *went)]
    there = {box.id for box in boxes}
    both = dict.fromkeys((*arrows_of(new), *arrows_of(old)))
    arrows = [arrow for arrow in both if {arrow.source, arrow.target} <= there]
    stages = tuple(dict.fromkeys((*new.stages, *old.stages)))
    source = Source(on=on, name=_("File of the chain"))
    return Picture(
        key="difference",
        title=_("What changes, as a picture"),
        words=_("graph of both versions; the table below says the same"),
        scene=graph(boxes, _once(arrows), stages),
        twin=_twin(boxes, found, {change.key: change.kind for change in found.edges}),
        source=source,
        legend=[Entry(state, say(KINDS[kind]), SIGNS[state]) for kind, state in STATES.items()],
    )


def _box(node: str, old: Chain, new: Chain, kind: Kind | None) -> Box:
    said = new.nodes.get(node) or old.nodes[node]
    return Box(
        node, said.name, said.stage, STATES[kind] if kind else State.PLAIN,
        facts=Facts(badge=say(KINDS[kind]) if kind else ""),
    )  # fmt: skip


def _once(arrows: Iterable[Arrow]) -> list[Arrow]:
    """An edge both versions have is drawn as the newer one has it."""
    kept: dict[tuple[str, str, bool], Arrow] = {}
    for arrow in arrows:
        kept.setdefault((arrow.source, arrow.target, arrow.returns), arrow)
    return list(kept.values())


def _twin(boxes: list[Box], found: ChainDiff, edges: Mapping[EdgeKey, Kind]) -> Twin:
    fields = {change.id: len(change.fields) for change in found.nodes}
    columns = [
        Column(_("Node"), hint=True), Column(_("Stage of the chain"), hint=True),
        Column(_("Kind of change"), hint=True), Column(_("Fields"), numeric=True),
        Column(_("Edges that change"), hint=True),
    ]  # fmt: skip
    names = {box.id: say(box.name) for box in boxes}
    rows = [
        [
            Cell(say(box.name)), Cell(box.stage),
            Cell(box.facts.badge or _("as it was")),
            Cell(str(fields.get(box.id, 0)), exact=fields.get(box.id, 0)),
            Cell("；".join(_edges_of(box.id, edges, names))),
        ]
        for box in boxes
    ]  # fmt: skip
    return Twin(columns, rows)


def _edges_of(node: str, edges: Mapping[EdgeKey, Kind], names: Mapping[str, str]) -> Iterable[str]:
    for key, kind in edges.items():
        if node in (key.source, key.target):
            ends = f"{names.get(key.source, key.source)} → {names.get(key.target, key.target)}"
            yield f"{say(KINDS[kind])}: {ends}"
