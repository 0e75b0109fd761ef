"""What makes one rule wrong although it is well-formed."""

from collections.abc import Iterator

from openzone.engines.facts.catalogue import Catalogue, FactType
from openzone.engines.rules.check_amounts import NO_MONEY, PAYING, check_amount, check_near
from openzone.engines.rules.check_bands import check_bands
from openzone.engines.rules.check_caps import check_caps, check_days
from openzone.engines.rules.check_classify import check_classify
from openzone.engines.rules.check_numbers import Scope, check_quantity, unit_of
from openzone.engines.rules.check_reach import check_reach
from openzone.engines.rules.check_scores import check_score
from openzone.engines.rules.language import (
    All,
    AtLeastOf,
    Clause,
    Comparison,
    FactTest,
    NumberTest,
    NumberTests,
    RuleTest,
    ScoreTest,
)
from openzone.engines.rules.points import part_named
from openzone.engines.rules.problems import Finding, Path
from openzone.engines.rules.schema import Rule, Version
from openzone.engines.rules.walk import cycles, names_used, walk
from openzone.engines.text import Text

NO_TEST = Text("{type} 类型不能用 {test}", "a {type} cannot be tested with {test}")
NO_SUCH_SCORE = Text("没有分值 {name}", "there is no score {name}")
NO_CHOICE = Text(
    "{name} 没有选项 {choice}；选项有：{choices}", "{name} has no choice {choice}: {choices}"
)
NEEDS_ID = Text("顶层条款须有 id 和 label", "a top-level clause needs an id and a label")
TWICE = Text("id {id} 用了两次", "id {id} is used twice")
WORD_TWICE = Text("{word} 列了两次", "{word} is listed twice")
TOO_MANY = Text("要求 {n} 项，只列了 {size} 项", "{n} wanted of {size}")
IN_A_CIRCLE = Text("定义成环：{trail}", "defined in a circle: {trail}")
NO_NUMBER = Text("没有文号时须在 notes 里说明", "without a document number, notes must say why")
NOT_VERIFIED = Text("verified 为 K 时须有 notes", "verified K needs notes")
BACKWARDS = Text("施行止早于施行起", "effective_to is before effective_from")
TWO_IN_FORCE = Text("与 {other} 同时有效", "in force at the same time as {other}")
KIND = Text(
    "kind: classify 与 classify: 必须一致", "kind: classify goes with classify:, and only it"
)

_SIZE = ("gte", "gt", "lte", "lt", "eq", "ne")
_DAYS = ("at_or_before", "at_or_after", "before", "after")
_TESTS = {
    FactType.TEXT: ("in",),
    FactType.CODE: ("in", "prefix"),
    FactType.BOOL: ("is",),
    FactType.DATE: _DAYS,
}


def check_rule(rule: Rule, catalogue: Catalogue) -> Iterator[Finding]:
    """Yield everything that is wrong within one rule."""
    yield from _check_versions(rule)
    for index, version in enumerate(rule.versions):
        for finding in check_version(version, catalogue):
            path = ("versions", index, *finding.path)
            yield Finding(path, finding.reason, finding.severity)


def check_version(version: Version, catalogue: Catalogue) -> list[Finding]:
    """Return everything that is wrong within one version, with paths from the version."""
    scope = Scope(catalogue, version)
    _check_document(scope, version)
    if not _check_circles(scope):
        return scope.findings
    _check_ids(scope, version)
    for name, number in version.let.items():
        unit_of(scope, number, ("let", name))
    for name, score in version.scores.items():
        check_score(scope, score, ("scores", name))
    nodes = list(walk(version))
    for path, node in nodes:
        check_node(scope, node, path)
    if version.classify is not None:
        check_classify(scope, version.classify, ("classify",))
    if version.amount is not None:
        check_amount(scope, version.amount, ("amount",))
        check_caps(scope, version.amount, ("amount",))
    if version.near is not None:
        check_near(scope, version.near, ("near",))
    check_days(scope, version, nodes)
    check_reach(scope, version, nodes)
    check_bands(scope, nodes)
    return scope.findings


def _check_versions(rule: Rule) -> Iterator[Finding]:
    for index, version in enumerate(rule.versions):
        path = ("versions", index)
        if (rule.kind == "classify") != (version.classify is not None):
            yield Finding(path, KIND)
        if version.amount is not None and rule.kind not in PAYING:
            yield Finding((*path, "amount"), NO_MONEY.format(kinds=", ".join(PAYING)))
        if version.effective_to and version.effective_to < version.effective_from:
            yield Finding((*path, "effective_to"), BACKWARDS)
        for other in rule.versions[:index]:
            if other.version == version.version:
                yield Finding((*path, "version"), TWICE.format(id=version.version))
            if version.in_force(other.effective_from) or other.in_force(version.effective_from):
                reason = TWO_IN_FORCE.format(other=other.version)
                yield Finding((*path, "effective_from"), reason)


def _check_document(scope: Scope, version: Version) -> None:
    if version.source.number is None and not version.notes:
        scope.report(("source", "number"), NO_NUMBER)
    if version.verified == "K" and not version.notes:
        scope.report(("verified",), NOT_VERIFIED)


def _check_circles(scope: Scope) -> bool:
    """Report lets and scores defined by themselves; return whether there are none."""
    defined = {("let", name): value for name, value in scope.defined.let.items()}
    scores = {("score", name): value for name, value in scope.defined.scores.items()}
    graph = {key: names_used(value) for key, value in (defined | scores).items()}
    circles = list(cycles(graph))
    for circle in circles:
        kind, name = circle[0]
        trail = " → ".join(step for _, step in (*circle, circle[0]))
        section = "let" if kind == "let" else "scores"
        scope.report((section, name), IN_A_CIRCLE.format(trail=trail))
    return not circles


def _check_ids(scope: Scope, version: Version) -> None:
    seen: set[str] = set()
    for path, node in walk(version):
        if isinstance(node, Clause) and node.id is not None:
            if node.id in seen:
                scope.report((*path, "id"), TWICE.format(id=node.id))
            seen.add(node.id)
    for path, clause in _top_clauses(version):
        if clause.id is None or clause.label is None:
            scope.report(path, NEEDS_ID)


def _top_clauses(version: Version) -> Iterator[tuple[Path, Clause]]:
    if isinstance(version.when, All):
        for index, member in enumerate(version.when.members):
            yield ("when", "all", index), member
    elif version.when is not None:
        yield ("when",), version.when


def check_node(scope: Scope, node: object, path: Path) -> None:
    """Report what is wrong with one condition."""
    match node:
        case FactTest():
            _check_fact_test(scope, node, path)
        case NumberTest():
            unit = unit_of(scope, node.number, (*path, "number"))
            _check_limits(scope, node, unit, path)
        case ScoreTest():
            _check_score_test(scope, node, path)
        case AtLeastOf() if node.n > len(node.of):
            scope.report(path, TOO_MANY.format(n=node.n, size=len(node.of)))
        case RuleTest() if node.in_ is not None:
            _check_words(scope, node.in_, (*path, "in"))


def _check_fact_test(scope: Scope, test: FactTest, path: Path) -> None:
    fact = scope.fact(test.fact, (*path, "fact"))
    if fact is None:
        return
    allowed = (*_TESTS.get(fact.type, _SIZE), "known")
    for name, key in _used(test):
        if key not in allowed:
            scope.report((*path, key), NO_TEST.format(type=fact.type, test=key))
        elif name in ("in_", "prefix"):
            _check_words(scope, getattr(test, name), (*path, key))
    if fact.type.is_numeric:
        _check_limits(scope, test, fact.type, path)
    for choice in test.in_ or ():
        choices = fact.series.choices
        if choices and choice not in choices:
            names = ", ".join(choices)
            reason = NO_CHOICE.format(name=fact.name, choice=choice, choices=names)
            scope.report((*path, "in"), reason)


def _used(test: Comparison) -> Iterator[tuple[str, str]]:
    """Yield the tests in use as (attribute, key in the file)."""
    for name in test.tests():
        if getattr(test, name) is not None:
            yield name, type(test).model_fields[name].alias or name


def _check_words(scope: Scope, words: tuple[str, ...], path: Path) -> None:
    for index, word in enumerate(words):
        if word in words[:index]:
            scope.report((*path, index), WORD_TWICE.format(word=word))


def _check_limits(scope: Scope, test: NumberTests, unit: FactType | None, path: Path) -> None:
    for name in _SIZE:
        limit = getattr(test, name)
        if limit is not None:
            check_quantity(scope, limit, unit, (*path, name))


def _check_score_test(scope: Scope, test: ScoreTest, path: Path) -> None:
    name, _, part_id = test.score.partition(".")
    score = scope.defined.scores.get(name)
    part = part_named(score, part_id) if score and part_id else score
    if part is None:
        scope.report((*path, "score"), NO_SUCH_SCORE.format(name=test.score))
        return
    _check_limits(scope, test, FactType.NUMBER, path)
