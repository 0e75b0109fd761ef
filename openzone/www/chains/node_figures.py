"""Figures of links as they were published: value, unit, period, source and day."""

from collections.abc import Iterable
from typing import NamedTuple

from openzone.www.chains.asking import Asked
from openzone.www.formats import number, say
from openzone.zone.chains.models import NodeFigure
from openzone.zone.chains.packs import figures_pack as figure_pack
from openzone.zone.chains.selectors.outputs import figures_known
from openzone.zone.chains.selectors.reading import Reading


class Published(NamedTuple):
    """A figure as a page shows it."""

    row: NodeFigure
    node: str
    label: str
    value: str


def latest(ask: Asked, reading: Reading) -> list[Published]:
    """Return the latest figure of each link and kind, in the order of the chain."""
    rows = figures_known(ask.chain, ask.on, ask.known_at).filter(enterprise=None)
    found = {(row.node, row.kind): row for row in rows.order_by("period", "published_on", "pk")}
    place = reading.chain.position
    kept = [row for row in found.values() if row.node in place]
    return _shown(sorted(kept, key=lambda row: (place[row.node], row.kind)), reading)


def over_time(ask: Asked, reading: Reading, node: str) -> list[Published]:
    """Return every figure of a link and its firms, the latest period first."""
    rows = figures_known(ask.chain, ask.on, ask.known_at).filter(node=node)
    ordered = rows.select_related("enterprise").order_by("kind", "-period", "-published_on", "pk")
    return _shown(ordered, reading)


def _shown(rows: Iterable[NodeFigure], reading: Reading) -> list[Published]:
    names = reading.chain.nodes
    return [
        Published(row, say(names[row.node].name), label_of(row.kind), value_of(row)) for row in rows
    ]


def label_of(kind: str) -> str:
    """Return what a kind of figure is called."""
    known = {one.id: one.label.text for one in figure_pack().kinds}
    return say(known[kind]) if kind in known else kind


def value_of(row: NodeFigure) -> str:
    """Return a figure as it was published: its word, its number, its unit."""
    units = {one.id: one.label.text for one in figure_pack().units}
    words = {one.id: one.label.text for one in figure_pack().qualifiers}
    said = say(words[row.qualifier]) if row.qualifier in words else row.qualifier
    unit = say(units[row.unit]) if row.unit in units else row.unit
    if row.unit == "share":
        return f"{said}{number(row.value * 100)}%"
    return f"{said}{number(row.value)} {unit}".strip()
