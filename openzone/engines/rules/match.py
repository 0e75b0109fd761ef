"""Answers with their reasons: one record per enterprise and rule."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from openzone.engines.rules.answers import clear_tail, level_codes, near_plane, record_steps
from openzone.engines.rules.columns import Columns
from openzone.engines.rules.compiled import CompiledClause, CompiledRule, Plan
from openzone.engines.rules.near import Near, shortfall, tidy
from openzone.engines.rules.steps import Plane, Ref, Values, pack, position, truth, unpack
from openzone.engines.rules.ties import BlockTies, Tie, block_ties
from openzone.engines.rules.views import BlockView, settling_facts

BLOCK = 16_384
"""Rows whose steps are all kept at once, to find the reasons."""

Outcome = Literal["met", "not_met", "unknown"]
Rows = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]
OUTCOMES: tuple[Outcome, ...] = ("unknown", "met", "not_met")


class Record(NamedTuple):
    """The answer of one rule for one enterprise.

    ``failed`` are the top-level clauses known not to hold, ``missing`` the facts that would settle
    an unknown, ``near`` the distances of a near miss. ``amount`` is in yuan, and only where the
    rule is met and the amount known; ``amount_missing`` are the facts that would settle it where
    it is not. ``relations`` tie a rule that is met to others that are met.
    """

    id: str
    rule: str
    version: str
    outcome: Outcome
    value: str | None
    failed: tuple[str, ...]
    missing: tuple[str, ...]
    near: tuple[Near, ...]
    amount: float | None = None
    amount_missing: tuple[str, ...] = ()
    relations: tuple[Tie, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the record of the contract."""
        return {
            **self._asdict(),
            "failed": list(self.failed),
            "missing": list(self.missing),
            "near": [near.as_json() for near in self.near],
            "amount": None if self.amount is None else tidy(self.amount),
            "amount_missing": list(self.amount_missing),
            "relations": [tie.as_json() for tie in self.relations],
        }


def match(plan: Plan, columns: Columns) -> Iterator[Record]:
    """Yield one record per enterprise and rule: by enterprise, then in the order of the plan."""
    wanted = [step for rule in plan.rules for step in record_steps(plan, rule)]
    for block in columns.blocks(BLOCK):
        values = plan.program.batch(block, wanted, keep=True)
        view = BlockView(values)
        tied = block_ties(plan, values, block.rows)
        per_rule = [_records(plan, rule, block, values, view, tied) for rule in plan.rules]
        for records in zip(*per_rule, strict=True):
            yield from records


def _records(
    plan: Plan,
    rule: CompiledRule,
    block: Columns,
    values: Values,
    view: BlockView,
    tied: BlockTies,
) -> Iterator[Record]:
    """Yield the records of one rule for a block."""
    met, not_met = (unpack(plane, block.rows) for plane in truth(values, rule.root))
    outcomes = [OUTCOMES[code] for code in (met + 2 * not_met).tolist()]
    levels = [None, *(name for name, _ in rule.levels)]
    certain = [truth(values, ref)[0] for _, ref in rule.levels]
    level_of = [levels[code] for code in level_codes(certain, block.rows).tolist()]
    failed = _failed(rule, values, block.rows, np.flatnonzero(not_met))
    missing = _missing(plan, rule, view, block.rows)
    near = _near(rule, block, values)
    amounts, unsettled = _amounts(plan, rule, view, values, met)
    ties = tied.get(rule.id, {})
    version = rule.version.version
    for row, identifier in enumerate(block.ids):
        yield Record(
            identifier,
            rule.id,
            version,
            outcomes[row],
            level_of[row],
            failed.get(row, ()),
            missing.get(row, ()),
            near.get(row, ()),
            amounts.get(row),
            unsettled.get(row, ()),
            ties.get(row, ()),
        )


def _failed(
    rule: CompiledRule, values: Values, rows: int, where: Rows
) -> dict[int, tuple[str, ...]]:
    names = [clause.source.id or "" for clause in rule.clauses]
    planes = [truth(values, clause.ref)[1] for clause in rule.clauses]
    return _named(names, planes, rows, where)


def _missing(
    plan: Plan, rule: CompiledRule, view: BlockView, rows: int
) -> dict[int, tuple[str, ...]]:
    need = view.unknown(rule.root)
    clear_tail(need, rows)
    return _settling(plan, position(rule.root), view, need, rows)


def _settling(
    plan: Plan, step: int, view: BlockView, need: Plane, rows: int
) -> dict[int, tuple[str, ...]]:
    """Return for each row of ``need``, where a step is unknown, the facts that would settle it."""
    found: dict[str, Plane] = {}
    for name, plane in settling_facts(plan.program, step, view, need):
        found[name] = found[name] | plane if name in found else plane
    names = sorted(found)
    where = np.flatnonzero(unpack(need, rows))
    return _named(names, [found[name] for name in names], rows, where)


def _amounts(
    plan: Plan, rule: CompiledRule, view: BlockView, values: Values, met: Flags
) -> tuple[dict[int, float], dict[int, tuple[str, ...]]]:
    """Return the amounts where the rule is met, and what would settle those unknown there."""
    if rule.amount is None:
        return {}, {}
    paid = values[rule.amount]
    unknown = met & np.isnan(paid)
    known = np.flatnonzero(met & ~unknown)
    amounts = dict(zip(known.tolist(), paid[known].tolist(), strict=True))
    return amounts, _settling(plan, rule.amount, view, pack(unknown), len(met))


def _named(
    names: Sequence[str], planes: Sequence[Plane], rows: int, where: Rows
) -> dict[int, tuple[str, ...]]:
    """Return for each row of ``where`` the names whose plane is set there.

    Rows with the same pattern of bits share one tuple.
    """
    if not planes or not len(where):
        return {}
    flags = np.stack([unpack(plane, rows)[where] for plane in planes])
    packed = np.ascontiguousarray(np.packbits(flags, axis=0).T)
    patterns = packed.view(np.dtype((np.void, packed.shape[1]))).ravel()
    distinct, first, pattern = np.unique(patterns, return_index=True, return_inverse=True)
    named = [
        tuple(name for name, flag in zip(names, flags[:, index], strict=True) if flag)
        for index in first[: len(distinct)].tolist()
    ]
    return {row: named[k] for row, k in zip(where.tolist(), pattern.tolist(), strict=True)}


# ---- near misses --------------------------------------------------------------------------


@dataclass
class _Gathered:
    """The values of some rows of a block, read one row at a time (``row`` counts among them)."""

    states: Mapping[Ref, list[int]]
    numbers: Mapping[int, Sequence[Any]]
    words: Mapping[str, Sequence[Any]]
    row: int = 0

    def state(self, ref: Ref) -> bool | None:
        return (None, True, False)[self.states[ref][self.row]]

    def value(self, step: int) -> Any:
        return self.numbers[step][self.row]

    def word(self, fact: str) -> str | bool | None:
        word: str | bool | None = self.words[fact][self.row]
        return word


def _near(rule: CompiledRule, block: Columns, values: Values) -> dict[int, tuple[Near, ...]]:
    near = unpack(near_plane(rule, values), block.rows)
    found: dict[int, tuple[Near, ...]] = {}
    for clause in rule.clauses:
        fails = unpack(truth(values, clause.ref)[1], block.rows)
        rows = np.flatnonzero(near & fails)
        if len(rows):
            reading = _gather(clause, block, values, rows)
            for reading.row, row in enumerate(rows.tolist()):
                found[row] = shortfall(clause, True, reading).changes
    return found


def _gather(clause: CompiledClause, block: Columns, values: Values, rows: Rows) -> _Gathered:
    states: dict[Ref, list[int]] = {}
    numbers: dict[int, Sequence[Any]] = {}
    words: dict[str, Sequence[Any]] = {}
    for ref in _refs(clause):
        met, not_met = (unpack(plane, block.rows)[rows] for plane in truth(values, ref))
        states[ref] = (met + 2 * not_met).tolist()
    for leaf in clause.leaves():
        if leaf.subject is not None:
            numbers[leaf.subject] = _lists(values[leaf.subject], rows)
        elif leaf.fact is not None:
            words[leaf.fact] = block.words(leaf.fact)[rows].values()
    return _Gathered(states, numbers, words)


def _lists(value: Any, rows: Rows) -> Sequence[Any]:
    if isinstance(value, tuple):
        lowest, highest = value
        return list(zip(lowest[rows].tolist(), highest[rows].tolist(), strict=True))
    numbers: list[float] = value[rows].tolist()
    return numbers


def _refs(clause: CompiledClause) -> Iterator[Ref]:
    yield clause.ref
    yield from (test.ref for test in clause.tests)
    yield from (ref for _, ref in clause.levels)
    for member in clause.members:
        yield from _refs(member)
