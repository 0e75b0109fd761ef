"""Chains in the summary: those the zone works on or has firms in, and gaps nobody works on."""

import datetime as dt
from typing import NamedTuple

from openzone.engines.chains.gaps import GapKind
from openzone.engines.text import Text
from openzone.www.overview.numbers import Cell, address
from openzone.zone.chains.selectors.board import Line, board

SHOWN = 10


class ChainRow(NamedTuple):
    """A chain: who heads it, its coverage, links to fill, and those of all nobody works on."""

    name: Text
    href: str
    head: str
    coverage: float | None
    fill: Cell
    untouched: Cell


def chains(on: dt.date) -> list[ChainRow]:
    """Return the chains that are worked on, or have a firm, as the board orders them."""
    lines = [line for line in board(on) if line.focus or line.reading.names]
    return [_row(line) for line in lines[:SHOWN]]


def _row(line: Line) -> ChainRow:
    chain = line.reading.chain

    def cell(number: int, show: str) -> Cell:
        return Cell(number, address("chain", chain.id, show=show) + "#rows")

    return ChainRow(
        chain.name,
        address("chain", chain.id),
        line.focus.head if line.focus else "",
        line.reading.report.coverage,
        cell(line.kinds.get(GapKind.FILL.value, 0), GapKind.FILL.value),
        cell(len(line.untouched), "untouched"),
    )
