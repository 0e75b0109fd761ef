"""Figures of links as they are known on a day, those that contradict each other side by side."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from openzone.zone.chains.models import NodeFigure
from openzone.zone.chains.packs import figures_pack
from openzone.zone.registry.models import Enterprise


@dataclass(frozen=True)
class Line:
    """What is published of one kind, link, firm and period: the last word, and the others.

    ``contradicts``: those of ``others`` that cannot be true together with it.
    """

    figure: NodeFigure
    others: tuple[NodeFigure, ...]
    contradicts: tuple[NodeFigure, ...]


def figures_on(on: dt.date, known_at: dt.datetime | None = None) -> QuerySet[NodeFigure]:
    """Return the figures published until a day, as far as they were known at a moment."""
    rows = NodeFigure.objects.filter(published_on__lte=on)
    if known_at is None:
        rows = rows.filter(withdrawn_at__isnull=True)
    else:
        rows = rows.filter(recorded_at__lte=known_at).filter(
            Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=known_at)
        )
    return rows.select_related("enterprise__root", "recorded_by")


def figures_of(
    chain: str, on: dt.date, known_at: dt.datetime | None = None
) -> dict[str, list[Line]]:
    """Return the figures of each link of a chain: by kind as the pack lists them, newest first."""
    found: dict[str, list[Line]] = {}
    for line in lines(figures_on(on, known_at).filter(chain=chain)):
        found.setdefault(line.figure.node, []).append(line)
    return found


def lines(rows: Iterable[NodeFigure]) -> list[Line]:
    """Put together what speaks of the same thing; the figure published last has the word."""
    same: dict[tuple[object, ...], list[NodeFigure]] = {}
    for row in rows:
        same.setdefault(key_of(row), []).append(row)
    kinds = [kind.id for kind in figures_pack().kinds]
    found = [_line(group) for group in same.values()]
    found.sort(key=lambda line: line.figure.period, reverse=True)
    found.sort(key=lambda line: _place(kinds, line.figure.kind))
    return found


def key_of(row: NodeFigure) -> tuple[object, ...]:
    """Return what a figure speaks of."""
    firm: Enterprise | None = row.enterprise
    return row.chain, row.node, row.kind, row.period, firm.root_id if firm else None


def _line(group: list[NodeFigure]) -> Line:
    *others, last = sorted(group, key=lambda row: (row.published_on, row.pk))
    against = tuple(row for row in others if not _agree(row, last))
    return Line(last, tuple(others), against)


def _agree(one: NodeFigure, other: NodeFigure) -> bool:
    pack = figures_pack()
    reaches = [pack.reach(row.value, row.unit, row.qualifier) for row in (one, other)]
    if reaches[0] is None or reaches[1] is None:  # the pack lost a word: nothing can be said
        return True
    return reaches[0].agrees(reaches[1])


def _place(kinds: list[str], kind: str) -> int:
    return kinds.index(kind) if kind in kinds else len(kinds)
