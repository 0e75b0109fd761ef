"""What is wrong with rules, and what may be, before they are published."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from openzone.engines.facts.catalogue import Catalogue
from openzone.engines.rules.check import check_rule
from openzone.engines.rules.check_relations import check_relations
from openzone.engines.rules.check_set import check_set
from openzone.engines.rules.problems import Finding, Path, Severity, path_text
from openzone.engines.rules.relation_language import AnyRelation
from openzone.engines.rules.schema import Rule
from openzone.engines.text import Text

RELATIONS = "relations"
"""Stands for the name of a rule where relations are meant."""


@dataclass(frozen=True, slots=True)
class Concern:
    """A finding about one rule; ``path`` leads to it from the top of the rule.

    Of relations ``rule`` is ``relations`` and the path that of their file.
    """

    rule: str
    path: Path
    reason: Text
    severity: Severity

    @property
    def where(self) -> str:
        """The path as people read it: ``versions[0].when.all[2]``."""
        return path_text(self.path)


def check_publishing(
    rules: Sequence[Rule], relations: Sequence[AnyRelation], catalogue: Catalogue
) -> list[Concern]:
    """Return every problem and every warning of a set of rules and their relations.

    Rules with a concern of severity ``problem`` must not be published. The list is empty where
    nothing is amiss; it is in the order of ``rules``, problems of a rule alone before those
    between rules, relations last.
    """
    return list(_concerns(rules, relations, catalogue))


def _concerns(
    rules: Sequence[Rule], relations: Sequence[AnyRelation], catalogue: Catalogue
) -> Iterator[Concern]:
    for rule in rules:
        for finding in dict.fromkeys(check_rule(rule, catalogue)):
            yield _concern(rule.rule, finding)
    for position, finding in check_set(rules):
        yield _concern(rules[position].rule, finding)
    for finding in dict.fromkeys(check_relations(relations, rules, catalogue)):
        yield _concern(RELATIONS, finding)


def _concern(rule: str, finding: Finding) -> Concern:
    return Concern(rule, finding.path, finding.reason, finding.severity)
