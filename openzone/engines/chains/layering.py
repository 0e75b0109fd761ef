"""Stages beside each other, and in them columns, so that every link but the returns goes right.

A stage is one band where that is possible. Where stages need each other (equipment for materials,
materials for equipment) one of them is continued in a second band; the order of the pack decides
among what is possible. Within columns nodes are ordered by the mean place of their neighbours
(Sugiyama's barycentres), which keeps lines short and crossings few. The same chain always gives
the same picture.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

SWEEPS = 12
Pair = tuple[str, str]


class Band(NamedTuple):
    """A stage, or what of it could stand here, as columns of nodes; ``again``: continued."""

    stage: str
    columns: list[list[str]]
    again: bool = False


def bands(
    stage_of: Mapping[str, str], pairs: Iterable[Pair], stages: Sequence[str], rows: int
) -> list[Band]:
    """Return the bands from left to right, their columns at most ``rows`` high and ordered.

    ``pairs`` are the links that are to go right. Those of a circle cannot all: of a draft with a
    circle some go left.
    """
    joined = list(dict.fromkeys(pair for pair in pairs if pair[0] != pair[1]))
    work = _Work(stage_of, joined, stages)
    found = list[Band]()
    while work.left:
        stage, layers = work.next_band()
        again = any(band.stage == stage for band in found)
        columns = [part for layer in layers for part in _split(layer, rows)]
        if found and found[-1].stage == stage:
            found[-1].columns.extend(columns)
        else:
            found.append(Band(stage, columns, again))
    _order([column for band in found for column in band.columns], joined)
    return found


def rows_for(nodes: int) -> int:
    """Return how high columns may be, so that a picture of that many is about as wide as high."""
    return max(10, math.ceil(1.5 * math.sqrt(nodes)))


class _Work:
    """What is still to be placed."""

    def __init__(self, stage_of: Mapping[str, str], pairs: list[Pair], stages: Sequence[str]):
        self.left = dict(stage_of)
        self.after: dict[str, list[str]] = {node: [] for node in stage_of}
        self.waits = dict.fromkeys(stage_of, 0)
        for source, target in pairs:
            self.after[source].append(target)
            self.waits[target] += 1
        self.stages = list(dict.fromkeys((*stages, *stage_of.values())))

    def next_band(self) -> tuple[str, list[list[str]]]:
        """Take the first stage that can be closed, else the one of which most can stand."""
        best: tuple[str, list[list[str]]] = ("", [])
        for stage in self.stages:
            members = [node for node, its in self.left.items() if its == stage]
            layers = self._ready(members)
            held = sum(map(len, layers))
            if members and held == len(members):
                return self._taken(stage, layers)
            if held > sum(map(len, best[1])):
                best = (stage, layers)
        if not best[1]:  # a circle: its first node goes first
            node, stage = next(iter(self.left.items()))
            best = (stage, [[node]])
        return self._taken(*best)

    def _ready(self, members: list[str]) -> list[list[str]]:
        """Return those whose inputs all stand already or with them, in layers."""
        waits = {node: self.waits[node] for node in members}
        layer = [node for node in members if waits[node] <= 0]
        layers = list[list[str]]()
        while layer:
            layers.append(layer)
            freed = list[str]()
            for node in layer:
                for end in self.after[node]:
                    if end in waits:
                        waits[end] -= 1
                        if waits[end] == 0:
                            freed.append(end)
            layer = freed
        return layers

    def _taken(self, stage: str, layers: list[list[str]]) -> tuple[str, list[list[str]]]:
        for layer in layers:
            for node in layer:
                del self.left[node]
                for end in self.after[node]:
                    self.waits[end] -= 1
        return stage, layers


def _split(layer: list[str], rows: int) -> list[list[str]]:
    """Cut a layer that is too high into columns of about one height."""
    parts = math.ceil(len(layer) / rows)
    size = math.ceil(len(layer) / parts)
    return [layer[start : start + size] for start in range(0, len(layer), size)]


def _order(columns: list[list[str]], pairs: list[Pair]) -> None:
    """Order the columns in place; the best of all sweeps stays."""
    column_of = {node: place for place, column in enumerate(columns) for node in column}
    before: dict[str, list[str]] = {node: [] for node in column_of}
    after: dict[str, list[str]] = {node: [] for node in column_of}
    for source, target in pairs:
        if column_of[source] < column_of[target]:
            after[source].append(target)
            before[target].append(source)
    level = _levels(columns)
    best, least = [list(column) for column in columns], _length(level, pairs)
    for sweep in range(SWEEPS):
        sides, way = (before, columns) if sweep % 2 == 0 else (after, columns[::-1])
        for column in way:
            _settle(column, sides, level)
        if (length := _length(level, pairs)) < least:
            best, least = [list(column) for column in columns], length
    for column, kept in zip(columns, best, strict=True):
        column[:] = kept


def _settle(column: list[str], sides: Mapping[str, list[str]], level: dict[str, float]) -> None:
    """Order one column by the mean level of its neighbours on one side."""

    def wanted(node: str) -> float:
        ends = sides[node]
        return sum(level[end] for end in ends) / len(ends) if ends else level[node]

    column.sort(key=wanted)
    level.update(_levels([column]))


def _levels(columns: list[list[str]]) -> dict[str, float]:
    """Return how far below the middle each node stands, in rows."""
    return {
        node: row - (len(column) - 1) / 2 for column in columns for row, node in enumerate(column)
    }


def _length(level: Mapping[str, float], pairs: Iterable[Pair]) -> float:
    return sum(abs(level[source] - level[target]) for source, target in pairs)
