"""A what-if as an address says it: who comes, leaves or moves, checked against the record.

A firm is its number on record or a name of its own; a project and a lead are their numbers. What
the engine is asked is the same as on the command line: ``FIRM:NODE``, ``FIRM[:NODE]``,
``FIRM:FROM:TO``.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final, NamedTuple

from openzone.engines.chains.model import Node
from openzone.engines.chains.whatif import EVERYWHERE, Change, WhatIf, what_if
from openzone.engines.text import Text
from openzone.zone.chains.selectors.reading import Reading
from openzone.zone.errors import Refused
from openzone.zone.projects.models import Project
from openzone.zone.promotion.models import Lead
from openzone.zone.registry.models import Enterprise

ADD, LOSE, MOVE, PROJECT, LEAD = "add", "lose", "move", "project", "lead"
KINDS: Final = (ADD, LOSE, MOVE, PROJECT, LEAD)
PARTS: Final = {ADD: (2,), LOSE: (1, 2), MOVE: (3,), PROJECT: (2,), LEAD: (2,)}
MOST: Final = 50
TOO_MANY: Final = Text("一次最多推演{most}项变动", "at most {most} changes at once")
NOT_WRITTEN: Final = Text("“{given}”不是一项变动", "“{given}” is no change")
NO_FIRM: Final = Text("没有编号为{key}的企业", "there is no enterprise number {key}")
NO_PROJECT: Final = Text("没有编号为{key}的项目", "there is no project number {key}")
NO_LEAD: Final = Text("没有编号为{key}的线索", "there is no lead number {key}")
NO_NODE: Final = Text("“{node}”不是本链环节", "“{node}” is no link of this chain")
NOT_THERE: Final = Text("{firm}不在“{node}”", "{firm} is not at “{node}”")
IS_THERE: Final = Text("{firm}已在“{node}”", "{firm} is at “{node}” already")
THE_CHAIN: Final = Text("本链", "this chain")
LONGEST_NUMBER: Final = 18


class Move(NamedTuple):
    """One change: what it is called, what the engine is asked, how an address writes it."""

    kind: str
    label: str
    change: Change
    written: str


@dataclass(frozen=True)
class Scenario:
    """A reading, and what it would be after all moves together."""

    before: Reading
    moves: tuple[Move, ...]
    result: WhatIf
    names: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def after(self) -> Reading:
        """The chain as it would be."""
        record = replace(self.before.record, standing=self.result.after.standing)
        return Reading(record, self.result.after, self.names)


def scenario(
    reading: Reading, asked: Mapping[str, Sequence[str]], projects: Mapping[int, Project],
    leads: Mapping[int, Lead],
) -> Scenario:  # fmt: skip
    """Read what is asked and answer it; ``projects`` and ``leads`` are those the person sees.

    Raises:
        Refused: naming the change that is none, or that cannot be.

    """
    written = [(kind, one) for kind in KINDS for one in asked.get(kind, ())]
    if len(written) > MOST:
        raise Refused(TOO_MANY.format(most=MOST))
    known = _Known(reading, projects, leads)
    moves = tuple(known.move(kind, one) for kind, one in written)
    _ensure_possible(reading, moves)
    result = what_if(reading.report.standing, [one.change for one in moves], reading.report)
    names = dict(reading.names) | {one.change.firm: one.label for one in moves}
    return Scenario(reading, moves, result, names)


def _ensure_possible(reading: Reading, moves: Iterable[Move]) -> None:
    """Refuse who leaves where it is not, or comes to where it is, one move after the other."""
    at = {(one.firm, one.node) for one in reading.report.standing.placements}
    nodes = reading.chain.nodes
    for kind, label, (firm, away, to), _written in moves:
        gone = {pair for pair in at if pair[0] == firm and away in (EVERYWHERE, pair[1])}
        if away is not None and not gone:
            raise Refused(_told(NOT_THERE, label, nodes.get(away)), field=kind)
        at -= gone
        if to is not None and (firm, to) in at:
            raise Refused(_told(IS_THERE, label, nodes[to]), field=kind)
        at |= {(firm, to)} if to is not None else set()


def _told(reason: Text, firm: str, node: Node | None) -> Text:
    where = node.name if node is not None else THE_CHAIN
    return Text(
        reason.zh.format(firm=firm, node=where.zh), reason.en.format(firm=firm, node=where.en)
    )


class _Known:
    """What the words of an address mean."""

    def __init__(
        self, reading: Reading, projects: Mapping[int, Project], leads: Mapping[int, Lead]
    ) -> None:
        self.reading, self.projects, self.leads = reading, projects, leads

    def move(self, kind: str, given: str) -> Move:
        """Read one change."""
        parts = [one.strip() for one in given.rsplit(":", max(PARTS[kind]) - 1)]
        if len(parts) not in PARTS[kind] or not all(parts):
            raise Refused(NOT_WRITTEN.format(given=given), field=kind)
        key, *nodes = parts
        for node in nodes:
            if node not in self.reading.chain.nodes:
                raise Refused(NO_NODE.format(node=node), field=kind)
        firm, label = self._who(kind, key)
        return Move(kind, label, self._change(kind, firm, nodes), given)

    def _change(self, kind: str, firm: str, nodes: list[str]) -> Change:
        if kind == LOSE:
            return Change(firm, away=nodes[0] if nodes else EVERYWHERE)
        if kind == MOVE:
            return Change(firm, away=nodes[0], to=nodes[1])
        return Change(firm, to=nodes[0])

    def _who(self, kind: str, key: str) -> tuple[str, str]:
        """Return the key the engine knows somebody by, and the name."""
        is_number = key.isascii() and key.isdigit() and len(key) <= LONGEST_NUMBER
        if kind == PROJECT:
            project = self.projects.get(int(key)) if is_number else None
            if project is None:
                raise Refused(NO_PROJECT.format(key=key), field=kind)
            return f"project {key}", project.name
        if kind == LEAD:
            lead = self.leads.get(int(key)) if is_number else None
            if lead is None:
                raise Refused(NO_LEAD.format(key=key), field=kind)
            return f"lead {key}", lead.investor.name
        if not is_number:
            return key, key
        firm = Enterprise.objects.filter(pk=int(key), merged_into=None).first()
        if firm is None:
            raise Refused(NO_FIRM.format(key=key), field=kind)
        return key, firm.name
