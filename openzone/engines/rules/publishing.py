"""What is wrong with rules, and what may be, before they are published."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from openzone.engines.facts.catalogue import Catalogue
from openzone.engines.rules.check import check_rule
from openzone.engines.rules.check_set import check_set
from openzone.engines.rules.problems import Finding, Path, Severity, path_text
from openzone.engines.rules.schema import Rule
from openzone.engines.text import Text


@dataclass(frozen=True, slots=True)
class Concern:
    """A finding about one rule; ``path`` leads to it from the top of the rule."""

    rule: str
    path: Path
    reason: Text
    severity: Severity

    @property
    def where(self) -> str:
        """The path as people read it: ``versions[0].when.all[2]``."""
        return path_text(self.path)


def check_publishing(
    rules: Sequence[Rule], relations: Iterable[Any], catalogue: Catalogue
) -> list[Concern]:
    """Return every problem and every warning of a set of rules and their relations.

    Rules with a concern of severity ``problem`` must not be published. The list is empty where
    nothing is amiss; it is in the order of ``rules``, problems of a rule alone before those
    between rules.
    """
    return list(_concerns(rules, catalogue))


def _concerns(rules: Sequence[Rule], catalogue: Catalogue) -> Iterator[Concern]:
    for rule in rules:
        for finding in dict.fromkeys(check_rule(rule, catalogue)):
            yield _concern(rule, finding)
    for position, finding in check_set(rules):
        yield _concern(rules[position], finding)


def _concern(rule: Rule, finding: Finding) -> Concern:
    return Concern(rule.rule, finding.path, finding.reason, finding.severity)
