"""What makes relations wrong although they are well-formed."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from openzone.engines.facts.catalogue import Catalogue, FactType
from openzone.engines.rules.check import (
    BACKWARDS,
    IN_A_CIRCLE,
    NO_NUMBER,
    NOT_VERIFIED,
    TWICE,
    WORD_TWICE,
    check_node,
)
from openzone.engines.rules.check_amounts import check_yuan
from openzone.engines.rules.check_numbers import Scope
from openzone.engines.rules.check_set import check_reference
from openzone.engines.rules.language import Number, RuleTest
from openzone.engines.rules.literals import Quantity
from openzone.engines.rules.problems import Finding, Path
from openzone.engines.rules.relation_language import (
    AnyRelation,
    Requires,
    SameExpense,
    StackCap,
    TotalCap,
)
from openzone.engines.rules.schema import NOTHING_DEFINED, Rule
from openzone.engines.rules.walk import cycles, walk
from openzone.engines.text import Text

NO_RULE = Text("没有规则 {rule}{closest}", "there is no rule {rule}{closest_en}")
NO_AMOUNT = Text(
    "规则 {rule} 没有 amount，不能按金额限制", "rule {rule} has no amount to be limited"
)
NEGATIVE = Text("限额不能为负", "a limit cannot be negative")
_OF_MONEY = ("higher_of", "stack_cap", "total_cap", "same_expense")


def check_relations(
    relations: Sequence[AnyRelation], rules: Sequence[Rule], catalogue: Catalogue
) -> Iterator[Finding]:
    """Yield everything that is wrong, with paths from the top of the file."""
    by_id = {rule.rule: rule for rule in rules}
    for index, relation in enumerate(relations):
        path: Path = ("relations", index)
        if any(other.id == relation.id for other in relations[:index]):
            yield Finding((*path, "id"), TWICE.format(id=relation.id))
        yield from _check_document(relation, path)
        yield from _check_members(relation, by_id, path)
        yield from _check_numbers(relation, by_id, catalogue, path)
    yield from _check_circles(relations)


def _check_document(relation: AnyRelation, path: Path) -> Iterator[Finding]:
    if relation.source.number is None and relation.note is None:
        yield Finding((*path, "source", "number"), NO_NUMBER)
    if relation.verified == "K" and relation.note is None:
        yield Finding((*path, "verified"), NOT_VERIFIED)
    if relation.effective_to and relation.effective_to < relation.effective_from:
        yield Finding((*path, "effective_to"), BACKWARDS)


def _check_members(relation: AnyRelation, rules: dict[str, Rule], path: Path) -> Iterator[Finding]:
    named = [((*path, "of", index), rule) for index, rule in enumerate(relation.of)]
    if isinstance(relation, Requires):
        named.insert(0, ((*path, "rule"), relation.rule))
    for position, (where, rule) in enumerate(named):
        if rule in [other for _, other in named[:position]]:
            yield Finding(where, WORD_TWICE.format(word=rule))
        elif rule not in rules:
            yield Finding(where, _no_rule(rule, rules))
        elif relation.relation in _OF_MONEY and not _pays(rules[rule]):
            yield Finding(where, NO_AMOUNT.format(rule=rule))


def _no_rule(rule: str, rules: dict[str, Rule]) -> Text:
    names = ", ".join(get_close_matches(rule, rules, n=3))
    closest, closest_en = (f"，相近的有：{names}", f"; closest: {names}") if names else ("", "")
    return NO_RULE.format(rule=rule, closest=closest, closest_en=closest_en)


def _pays(rule: Rule) -> bool:
    return any(version.amount is not None for version in rule.versions)


def _check_numbers(
    relation: AnyRelation, rules: dict[str, Rule], catalogue: Catalogue, path: Path
) -> Iterator[Finding]:
    scope = Scope(catalogue, NOTHING_DEFINED)
    if isinstance(relation, SameExpense):
        scope.fact_of(relation.expense, (*path, "expense"), FactType.YUAN)
    if isinstance(relation, StackCap | TotalCap):
        _check_limit(scope, relation.limit, rules, (*path, "limit"))
    yield from scope.findings


def _check_limit(scope: Scope, limit: Number, rules: dict[str, Rule], path: Path) -> None:
    check_yuan(scope, limit, path)
    if isinstance(limit, Quantity) and limit.value < 0:
        scope.report(path, NEGATIVE)
    for where, node in walk(limit, path):
        check_node(scope, node, where)
        if isinstance(node, RuleTest):
            scope.findings += check_reference(node, rules, where)


def _check_circles(relations: Sequence[AnyRelation]) -> Iterator[Finding]:
    """Report rules that need each other, so that none could ever be the first."""
    needs: dict[str, list[str]] = {}
    places: dict[str, Path] = {}
    for index, relation in enumerate(relations):
        if isinstance(relation, Requires):
            needs.setdefault(relation.rule, []).extend(relation.of)
            places.setdefault(relation.rule, ("relations", index, "of"))
    for circle in cycles(needs):
        if len(circle) > 1:
            trail = " → ".join((*circle, circle[0]))
            yield Finding(places[circle[0]], IN_A_CIRCLE.format(trail=trail))
