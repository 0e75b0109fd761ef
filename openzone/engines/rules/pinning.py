"""Rules evaluated with a version of another day: what last year's rules would say today."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from openzone.engines.rules.compiled import CompiledRule, Plan
from openzone.engines.rules.relation_language import AnyRelation
from openzone.engines.rules.ruleset import RuleSet
from openzone.engines.rules.schema import Rule, Version


@dataclass(frozen=True)
class Pinned:
    """A set of rules of which some answer with a version of their own, whatever the day.

    ``versions`` are the names of versions by rule. With ``day``, rules and relations are those in
    force on that day, and no others.
    """

    ruleset: RuleSet
    versions: Mapping[str, str]
    day: dt.date | None = None

    def plan_on(self, as_of: dt.date) -> Plan:
        """Compile for a day of evaluation: days are counted from it, versions are the chosen."""
        chosen = {rule.rule: self._version(rule) for rule in self.ruleset.rules}
        rules = tuple(
            rule if version is None else _always(rule, version)
            for rule in self.ruleset.rules
            for version in [chosen[rule.rule]]
            if version is not None or self.day is None
        )
        plan = replace(self.ruleset, rules=rules, relations=self._relations()).plan_on(as_of)
        given = {rule.rule: rule for rule in self.ruleset.rules}
        return replace(
            plan,
            rules=tuple(_as_given(one, given[one.id], chosen[one.id]) for one in plan.rules),
        )

    def _version(self, rule: Rule) -> Version | None:
        """Return the version that a rule is pinned to, None if it follows the day."""
        if self.day is not None:
            return rule.version_on(self.day)
        name = self.versions.get(rule.rule)
        return next((version for version in rule.versions if version.version == name), None)

    def _relations(self) -> tuple[AnyRelation, ...]:
        relations = self.ruleset.relations
        if self.day is None:
            return relations
        return tuple(
            one.model_copy(update={"effective_from": dt.date.min, "effective_to": None})
            for one in relations
            if one.in_force(self.day)
        )


def _always(rule: Rule, version: Version) -> Rule:
    """Return the rule with one version that is in force on every day."""
    update = {"effective_from": dt.date.min, "effective_to": None}
    return rule.model_copy(update={"versions": (version.model_copy(update=update),)})


def _as_given(compiled: CompiledRule, rule: Rule, version: Version | None) -> CompiledRule:
    """Return a compiled rule that shows its version with its own dates."""
    return compiled if version is None else replace(compiled, rule=rule, version=version)
