"""Which sums may be shown, so that no figure of fewer than the least number of firms follows.

A sum over few firms is left out, and so is every sum from which, by adding and subtracting what is
shown, a sum over few firms would follow (secondary suppression). What follows from sums are the
vectors their rows of shares span; a set of cells is safe where none of these vectors, but nought,
has fewer firms than the least.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations

Shares = Mapping[str, Fraction]
"""Firm → the share of its figure that is in a sum; only firms that have a figure."""

Vector = list[Fraction]


def safe_cells(cells: Sequence[tuple[str, Shares]], least: int) -> frozenset[str]:
    """Return the cells that may be shown together, those named first preferred.

    A cell without a firm shows nothing about anybody and is safe. The answer is maximal: no other
    cell could be added to it.

    >>> half = Fraction(1, 2)
    >>> park = {name: Fraction(1) for name in "abc"}
    >>> sorted(safe_cells([("zone", park | {"d": half}), ("park", park)], 3))
    ['zone']
    """
    sizes, rows = _classes([shares for _name, shares in cells])
    shown: set[str] = set()
    basis: list[Vector] = []
    for (name, shares), row in zip(cells, rows, strict=True):
        if not any(shares.values()):
            shown.add(name)
            continue
        wider = _reduced([*basis, row])
        if not reveals(wider, sizes, least):
            shown.add(name)
            basis = wider
    return frozenset(shown)


def reveals(basis: Sequence[Vector], sizes: Sequence[int], least: int) -> bool:
    """Whether reduced rows span a vector, other than nought, over fewer than ``least`` firms.

    A vector over few columns is made of the rows of the few leading columns in it, and must vanish
    on all others.
    """
    leads = [_lead(row) for row in basis]
    others = [column for column in range(len(sizes)) if column not in set(leads)]
    return any(
        _rank([[basis[each][column] for column in others if column not in kept] for each in chosen])
        < len(chosen)
        for chosen, room in _small(range(len(basis)), [sizes[lead] for lead in leads], least)
        for kept in _within(others, sizes, room)
    )


def _small(
    items: Iterable[int], weights: Sequence[int], least: int
) -> Iterator[tuple[tuple[int, ...], int]]:
    """Yield sets of rows whose leading columns are of few firms, with the room that is left."""
    light = [item for item in items if weights[item] < least]
    for count in range(1, least):
        for chosen in combinations(light, count):
            weight = sum(weights[item] for item in chosen)
            if weight < least:
                yield chosen, least - 1 - weight


def _within(columns: Sequence[int], sizes: Sequence[int], room: int) -> Iterator[frozenset[int]]:
    """Yield sets of columns, the empty one first, that are together of at most ``room`` firms."""
    light = [column for column in columns if sizes[column] <= room]
    for count in range(room + 1):
        for chosen in combinations(light, count):
            if sum(sizes[column] for column in chosen) <= room:
                yield frozenset(chosen)


def _classes(cells: Sequence[Shares]) -> tuple[list[int], list[Vector]]:
    """Return firms that always stand together as one column, with how many they are.

    Of such firms nothing but their sum can follow; columns that are multiples of each other count.
    """
    firms = sorted({firm for shares in cells for firm, share in shares.items() if share})
    groups: dict[tuple[Fraction, ...], int] = {}
    for firm in firms:
        column = [shares.get(firm, Fraction(0)) for shares in cells]
        first = next(value for value in column if value)
        key = tuple(value / first for value in column)
        groups[key] = groups.get(key, 0) + 1
    return list(groups.values()), [
        [column[place] for column in groups] for place in range(len(cells))
    ]


def _reduced(rows: Sequence[Vector]) -> list[Vector]:
    """Return the reduced row echelon form without rows of noughts (Gauss and Jordan)."""
    kept: list[Vector] = []
    for given in rows:
        row = given
        for other in kept:
            row = _less(row, other, row[_lead(other)])
        if not any(row):
            continue
        lead = _lead(row)
        row = [value / row[lead] for value in row]
        kept = [_less(other, row, other[lead]) for other in kept] + [row]
    return kept


def _rank(rows: Sequence[Vector]) -> int:
    return len(_reduced(rows))


def _less(row: Vector, other: Vector, factor: Fraction) -> Vector:
    if not factor:
        return row
    return [value - factor * each for value, each in zip(row, other, strict=True)]


def _lead(row: Vector) -> int:
    return next(place for place, value in enumerate(row) if value)
