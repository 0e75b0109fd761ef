"""A text cut where quotes begin and end, so that overlapping quotes can be shown in one line."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple


class Quoted(NamedTuple):
    """A quote on a page: whose it is, from where to where."""

    id: int
    start: int
    end: int


class Piece(NamedTuple):
    """A stretch of the page, the quotes it belongs to, and those that end with it."""

    start: int
    text: str
    quotes: tuple[int, ...]
    ending: tuple[int, ...]


def pieces(page: str, span: tuple[int, int], quotes: Sequence[Quoted]) -> list[Piece]:
    """Return a stretch of a page in pieces: within each, every character is in the same quotes."""
    start, end = span
    near = [one for one in quotes if one.start < end and start < one.end]
    cuts = sorted({start, end, *_inside((one.start for one in near), span),
                   *_inside((one.end for one in near), span)})  # fmt: skip
    return [
        Piece(
            low, page[low:high],
            tuple(one.id for one in near if one.start <= low and high <= one.end),
            tuple(one.id for one in near if one.end == high),
        )
        for low, high in pairwise(cuts)
    ]  # fmt: skip


def left_out(length: int, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return what of a page no span covers."""
    found, at = [], 0
    for start, end in sorted(spans):
        if start > at:
            found.append((at, start))
        at = max(at, end)
    if at < length:
        found.append((at, length))
    return found


def _inside(places: Iterable[int], span: tuple[int, int]) -> set[int]:
    return {one for one in places if span[0] < one < span[1]}
