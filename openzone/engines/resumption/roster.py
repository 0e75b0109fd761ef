"""Why a denominator changed: who came onto the roster between two days, and who left it."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from openzone.engines.resumption.model import Member


class Change(NamedTuple):
    """Denominators of two days and the members that make the difference."""

    before: int
    after: int
    joined: tuple[int, ...]
    left: tuple[int, ...]


def change(members: Sequence[Member], first: dt.date, last: dt.date, klass: str = "") -> Change:
    """Return what became of a denominator; ``after = before + joined − left``."""
    then = [one.id for one in members if one.in_scope(first, klass)]
    now = [one.id for one in members if one.in_scope(last, klass)]
    return Change(
        len(then),
        len(now),
        tuple(sorted(set(now) - set(then))),
        tuple(sorted(set(then) - set(now))),
    )
