"""What is wrong between rules that are each right."""

from collections.abc import Iterator, Sequence

from openzone.engines.rules.language import RuleTest
from openzone.engines.rules.problems import Finding, Path
from openzone.engines.rules.schema import Rule
from openzone.engines.rules.walk import cycles, names_used, walk
from openzone.engines.text import Text

RULE_TWICE = Text("规则 {rule} 有两个文件", "rule {rule} is in two files")
NO_RULE = Text("没有规则 {rule}", "there is no rule {rule}")
NO_VALUE = Text("规则 {rule} 没有取值 {value}", "rule {rule} has no value {value}")
RULES_IN_A_CIRCLE = Text("规则互相引用成环：{trail}", "rules refer to each other: {trail}")


def check_set(rules: Sequence[Rule]) -> Iterator[tuple[int, Finding]]:
    """Yield what is wrong between ``rules``, each with the position of the rule at fault."""
    by_id = {rule.rule: rule for rule in rules}
    positions = {rule.rule: index for index, rule in enumerate(rules)}
    for index, rule in enumerate(rules):
        if positions[rule.rule] != index:
            yield index, Finding(("rule",), RULE_TWICE.format(rule=rule.rule))
        for path, node in walk(rule):
            if isinstance(node, RuleTest):
                for finding in check_reference(node, by_id, path):
                    yield index, finding
    for circle in cycles({rule.rule: _rules_used(rule) for rule in rules}):
        trail = RULES_IN_A_CIRCLE.format(trail=" → ".join((*circle, circle[0])))
        yield positions[circle[0]], Finding(("rule",), trail)


def check_reference(test: RuleTest, rules: dict[str, Rule], path: Path) -> Iterator[Finding]:
    """Yield what is wrong with a test of another rule."""
    rule = rules.get(test.rule)
    if rule is None:
        yield Finding((*path, "rule"), NO_RULE.format(rule=test.rule))
        return
    values = {level for v in rule.versions if v.classify for level in v.classify.levels}
    for index, value in enumerate(test.in_ or ()):
        if value not in values:
            yield Finding((*path, "in", index), NO_VALUE.format(rule=test.rule, value=value))


def _rules_used(rule: Rule) -> list[str]:
    return [name for kind, name in names_used(rule) if kind == "rule"]
