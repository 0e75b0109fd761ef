"""Relations to the rules they tie and the steps of their limits."""

from collections.abc import Iterable, Iterator, Sequence

from openzone.engines.rules.compile_version import VersionCompiler
from openzone.engines.rules.compiled import CompiledRelation, CompiledRule
from openzone.engines.rules.relation_language import (
    AnyRelation,
    Requires,
    SameExpense,
    StackCap,
    TotalCap,
)


def compile_relations(
    relations: Iterable[AnyRelation], rules: Sequence[CompiledRule], compiler: VersionCompiler
) -> tuple[CompiledRelation, ...]:
    """Compile relations between rules in force; members without a version in force drop out."""
    by_id = {rule.id: rule for rule in rules}
    return tuple(
        CompiledRelation(
            relation,
            tuple(by_id[name] for name in _members(relation, rules) if name in by_id),
            _limit(relation, compiler),
        )
        for relation in relations
    )


def _members(relation: AnyRelation, rules: Sequence[CompiledRule]) -> Iterator[str]:
    if isinstance(relation, Requires):
        yield relation.rule
    if isinstance(relation, TotalCap) and not relation.of:
        yield from (rule.id for rule in rules if rule.amount is not None)
    yield from relation.of


def _limit(relation: AnyRelation, compiler: VersionCompiler) -> int | None:
    """Return the step of what the members may have together, None where nothing limits it."""
    match relation:
        case StackCap() | TotalCap():
            return compiler.number(relation.limit)
        case SameExpense(share="sum"):
            return compiler.number(relation.expense)
    return None
