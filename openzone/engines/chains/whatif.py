"""What would change if a firm came, left or moved: every figure before and after."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from openzone.engines.chains.graphs import Flags
from openzone.engines.chains.report import Report, report
from openzone.engines.chains.standing import At, InvalidPlacements, Standing
from openzone.engines.text import Text

NOT_THERE = Text("{firm}不在“{node}”", "{firm} is not at “{node}”")
ALREADY = Text("{firm}已在“{node}”", "{firm} is at “{node}” already")
NOBODY = Text("没有企业{firm}", "there is no firm {firm}")


class Change(NamedTuple):
    """A firm comes to ``to``, leaves ``away``, or both; ``away`` of ``*``: everywhere."""

    firm: str
    away: str | None = None
    to: str | None = None


EVERYWHERE = "*"


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The chain as it is and as it would be."""

    before: Report
    after: Report

    @property
    def filled(self) -> tuple[str, ...]:
        """Nodes that would have a firm and have none."""
        return _new(self.before.standing.covered, self.after.standing.covered, self)

    @property
    def opened(self) -> tuple[str, ...]:
        """Nodes that have a firm and would have none."""
        return _new(self.after.standing.covered, self.before.standing.covered, self)

    @property
    def made(self) -> tuple[str, ...]:
        """What could be made here that cannot now."""
        return _minus(self.after.local.made, self.before.local.made)

    @property
    def unmade(self) -> tuple[str, ...]:
        """What can be made here now and could not then."""
        return _minus(self.before.local.made, self.after.local.made)


def what_if(standing: Standing, changes: Sequence[Change], before: Report | None = None) -> WhatIf:
    """Return the chain before and after all changes together; ``before`` where it was read.

    Raises:
        InvalidPlacements: a firm leaves where it is not, or comes to where it is or cannot be.

    """
    placements = list(standing.placements)
    for change in changes:
        if change.away is not None:
            placements = _without(placements, change)
        if change.to is not None:
            placements.append(_added(placements, change.firm, change.to))
    return WhatIf(before or report(standing), report(Standing.of(standing.chain, placements)))


def _added(placements: list[At], firm: str, node: str) -> At:
    if any((one.firm, one.node) == (firm, node) for one in placements):
        raise InvalidPlacements([ALREADY.format(firm=firm, node=node)])
    return At(firm, node)


def _without(placements: list[At], change: Change) -> list[At]:
    away = {change.away} if change.away != EVERYWHERE else {one.node for one in placements}
    kept = [one for one in placements if not (one.firm == change.firm and one.node in away)]
    if len(kept) == len(placements):
        reason = NOBODY if change.away == EVERYWHERE else NOT_THERE
        raise InvalidPlacements([reason.format(firm=change.firm, node=change.away)])
    return kept


def _new(before: Flags, after: Flags, both: WhatIf) -> tuple[str, ...]:
    ids = both.before.standing.chain.ids
    return tuple(node for node, was, is_ in zip(ids, before, after, strict=True) if is_ and not was)


def _minus(some: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    return tuple(one for one in some if one not in set(others))
