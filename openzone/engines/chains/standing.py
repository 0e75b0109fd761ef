"""Who stands where: the firms of a zone on the nodes of a chain."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, Self

import numpy as np

from openzone.engines.chains.graphs import Flags
from openzone.engines.chains.model import Chain
from openzone.engines.text import Text

NO_NODE = Text(
    "第{row}行：节点“{node}”不在产业链“{chain}”中",
    "row {row}: chain “{chain}” has no node “{node}”",
)
BAD_SHARE = Text(
    "第{row}行：{firm}的份额应大于0且不超过1",
    "row {row}: the share of {firm} must be above 0 and at most 1",
)
OVER_ONE = Text(
    "{firm}各节点份额合计{sum}，超过1", "the shares of {firm} come to {sum}, more than 1"
)
TWICE = Text("第{row}行：{firm}在“{node}”出现两次", "row {row}: {firm} is at “{node}” twice")
NO_FIRM = Text("第{row}行：没有企业名称", "row {row}: no firm is named")
ROUNDING = 1e-6


class At(NamedTuple):
    """A firm at a node; ``share``: how much of the firm is there; ``output``: what it makes there.

    Both are ``None`` where they are not known; outputs of one node share one unit.
    """

    firm: str
    node: str
    share: float | None = None
    output: float | None = None


class InvalidPlacements(ValueError):  # noqa: N818 - callers read it as the reasons it holds
    """Placements that cannot be used, with every reason."""

    def __init__(self, reasons: Iterable[Text]) -> None:
        self.reasons = tuple(reasons)
        super().__init__("\n".join(map(str, self.reasons)))


@dataclass(frozen=True)
class Standing:
    """The firms at each node, in the order in which they were given."""

    chain: Chain
    placements: tuple[At, ...]

    @classmethod
    def of(cls, chain: Chain, placements: Iterable[At]) -> Self:
        """Check and keep.

        Raises:
            InvalidPlacements: with every row that cannot be.

        """
        given = tuple(placements)
        if reasons := list(_wrong(chain, given)):
            raise InvalidPlacements(reasons)
        return cls(chain, given)

    @cached_property
    def firms(self) -> Mapping[str, tuple[At, ...]]:
        """The placements at each node that has any."""
        found: dict[str, list[At]] = {}
        for one in self.placements:
            found.setdefault(one.node, []).append(one)
        return {node: tuple(at) for node, at in found.items()}

    @cached_property
    def covered(self) -> Flags:
        """Which nodes have a firm, in the order of the pack."""
        return np.array([node in self.firms for node in self.chain.ids], dtype=np.bool_)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Each firm once."""
        return tuple(dict.fromkeys(one.firm for one in self.placements))


def _wrong(chain: Chain, given: Iterable[At]) -> Iterable[Text]:
    seen = set[tuple[str, str]]()
    sums: dict[str, float] = {}
    for row, one in enumerate(given, 1):
        if not one.firm.strip():
            yield NO_FIRM.format(row=row)
        if one.node not in chain.nodes:
            yield NO_NODE.format(row=row, node=one.node, chain=chain.id)
        if (one.firm, one.node) in seen:
            yield TWICE.format(row=row, firm=one.firm, node=one.node)
        seen.add((one.firm, one.node))
        if one.share is not None and not 0 < one.share <= 1:
            yield BAD_SHARE.format(row=row, firm=one.firm)
        sums[one.firm] = sums.get(one.firm, 0) + (one.share or 0)
    for firm, total in sums.items():
        if total > 1 + ROUNDING:
            yield OVER_ONE.format(firm=firm, sum=f"{total:g}")
