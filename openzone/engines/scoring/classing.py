"""Ranks, and classes by share, by number or by score."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from openzone.engines.scoring.model import Cut, Rounding, Scheme, Scored, Ties
from openzone.engines.text import Text

NO_CLASS_LEFT = Text(
    "公布的各类家数之外，不定类", "beyond the numbers that were published: no class"
)


def ranked(found: Sequence[Scored]) -> list[Scored]:
    """Give ranks: those who stand level share the better one (1, 2, 2, 4)."""
    scores = sorted((one.score for one in found if one.score is not None), reverse=True)
    first = {score: place for place, score in reversed(list(enumerate(scores, 1)))}
    return [
        replace(one, rank=first[one.score], of=len(scores)) if one.score is not None else one
        for one in found
    ]


def classed(scheme: Scheme, cuts: Sequence[Cut], found: Sequence[Scored]) -> list[Scored]:
    """Give classes; who stands level where a class ends goes one way together."""
    ends = _ends(scheme, cuts, [one.score for one in found if one.score is not None])
    level = Counter(one.rank for one in found)
    return [_classed(scheme, one, ends, level) for one in found]


Ends = list[tuple[str, int]]
"""A class, and how many stand in it or in a better one."""


def _ends(scheme: Scheme, cuts: Sequence[Cut], scores: Sequence[Decimal]) -> Ends:
    ends: Ends = []
    for cut in cuts:
        before = ends[-1][1] if ends else 0
        ends.append((cut.id, max(before, _end(scheme, cut, scores, before))))
    return ends


def _end(scheme: Scheme, cut: Cut, scores: Sequence[Decimal], before: int) -> int:
    if cut.from_score is not None:
        return sum(score >= cut.from_score for score in scores)
    if cut.count is not None:
        return before + cut.count
    share = (cut.until or Decimal(0)) * len(scores)
    if scheme.rounding is Rounding.DOWN:
        return math.floor(share)
    if scheme.rounding is Rounding.UP:
        return math.ceil(share)
    return int(share.quantize(Decimal(1), ROUND_HALF_UP))


def _classed(scheme: Scheme, one: Scored, ends: Ends, level: Counter[int | None]) -> Scored:
    if one.entry.veto and scheme.veto:
        return replace(one, class_=scheme.veto)
    if one.rank is None or not ends:
        return one
    last = one.rank + level[one.rank] - 1
    place = one.rank if scheme.ties is Ties.BETTER else last
    class_ = next((id_ for id_, end in ends if place <= end), None)
    split = any(one.rank <= end < last for _, end in ends)
    reason = NO_CLASS_LEFT if class_ is None else one.reason
    return replace(one, class_=class_, level=split, reason=reason)
