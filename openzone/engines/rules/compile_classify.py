"""A classification to truths: one per level, exactly one of which is the value."""

from dataclasses import dataclass

from openzone.engines.rules import nodes
from openzone.engines.rules.compile_version import VersionCompiler
from openzone.engines.rules.compiled import CompiledClause, CompiledRow
from openzone.engines.rules.language import FactTest
from openzone.engines.rules.schema import Classify, Limits, Row
from openzone.engines.rules.steps import Ref


@dataclass(frozen=True, slots=True)
class CompiledLevels:
    """A compiled classification.

    ``root`` is met where the value is certain, ``applies`` where a row applies. ``open`` says
    which levels are still possible, ``certain`` which one is the value.
    """

    root: Ref
    applies: Ref
    rows: tuple[CompiledRow, ...]
    open: tuple[Ref, ...]
    certain: tuple[Ref, ...]


def compile_classify(compiler: VersionCompiler, classify: Classify) -> CompiledLevels:
    """Compile rows and levels."""
    rows = tuple(_row(compiler, row, classify.levels) for row in classify.rows)
    whens = tuple(row.when.ref for row in rows)
    guards = _guards(compiler, whens)
    by_row = [_levels(compiler, row) for row in rows]
    possible = tuple(
        compiler.any_of(tuple(map(compiler.both, guards, levels)))
        for levels in zip(*by_row, strict=True)
    )
    applies = compiler.any_of(whens)
    certain = tuple(
        compiler.program.add(
            nodes.OneOf(applies, (level,), possible[:index] + possible[index + 1 :])
        )
        for index, level in enumerate(possible)
    )
    return CompiledLevels(compiler.any_of(certain), applies, rows, possible, certain)


def _row(compiler: VersionCompiler, row: Row, levels: tuple[str, ...]) -> CompiledRow:
    limits = {level: _limits(compiler, row.limits[level]) for level in levels[:-1]}
    return CompiledRow(row, compiler.clause(row.when), limits)


def _limits(compiler: VersionCompiler, limits: Limits) -> tuple[CompiledClause, ...]:
    tests = (FactTest(fact=fact, gte=limit) for fact, limit in limits.items())
    return tuple(compiler.clause(test) for test in tests)


def _guards(compiler: VersionCompiler, whens: tuple[Ref, ...]) -> tuple[Ref, ...]:
    """Return where each row can be the one that applies.

    Rows exclude each other: once one is certain, those still unknown are out.
    """
    certain = tuple(compiler.program.add(nodes.Certain(when)) for when in whens)
    none_certain = compiler.all_of(tuple(~ref for ref in certain))
    return tuple(
        compiler.both(when, compiler.any_of((sure, none_certain)))
        for when, sure in zip(whens, certain, strict=True)
    )


def _levels(compiler: VersionCompiler, row: CompiledRow) -> list[Ref]:
    """Return for each level whether it is the first whose limits all hold."""
    levels: list[Ref] = []
    above: tuple[Ref, ...] = ()
    for limits in row.limits.values():
        holds = compiler.all_of(tuple(limit.ref for limit in limits))
        levels.append(compiler.all_of((*above, holds)))
        above = (*above, ~holds)
    return [*levels, compiler.all_of(above)]
