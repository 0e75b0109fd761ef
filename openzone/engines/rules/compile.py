"""Rules to a plan: the versions in force on a day as one program of shared steps."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping

from openzone.engines.facts.catalogue import Catalogue
from openzone.engines.rules.compile_classify import compile_classify
from openzone.engines.rules.compile_version import VersionCompiler
from openzone.engines.rules.compiled import CompiledClause, CompiledRule, Plan, Program
from openzone.engines.rules.language import All
from openzone.engines.rules.schema import Rule, Version


def compile_rules(rules: Iterable[Rule], catalogue: Catalogue, as_of: dt.date) -> Plan:
    """Compile the versions in force on ``as_of``.

    ``rules`` must have passed ``load_rules``: names are not checked again. A rule without a
    version in force is not in the plan; what refers to it is unknown.
    """
    in_force = {rule.rule: rule for rule in rules if rule.version_on(as_of) is not None}
    compiler = _SetCompiler(in_force, catalogue, as_of)
    compiled = tuple(filter(None, map(compiler.rule, in_force)))
    digest = _digest(in_force, as_of)
    return Plan(as_of, catalogue, compiled, compiler.program, digest, tuple(in_force.values()))


def compile_again(
    rules: Iterable[Rule],
    catalogue: Catalogue,
    as_of: dt.date,
    answered: Iterable[str],
    digest: str,
) -> Plan:
    """Compile what a pickled plan was made of.

    Raises:
        ValueError: the code that reads it understands the rules otherwise.

    """
    plan = compile_rules(rules, catalogue, as_of).only(answered)
    if plan.digest != digest:
        raise ValueError(
            f"the plan was {digest} where it was written and is {plan.digest} here: "
            "the same version of OpenZone must be installed in both places"
        )
    return plan


class _SetCompiler:
    """Compiles rules on demand, so that a rule can refer to another."""

    def __init__(self, rules: Mapping[str, Rule], catalogue: Catalogue, as_of: dt.date) -> None:
        self.program = Program()
        self._rules = rules
        self._catalogue = catalogue
        self._as_of = as_of
        self._done: dict[str, CompiledRule] = {}

    def rule(self, name: str) -> CompiledRule | None:
        """Return a compiled rule; None if no version of it is in force."""
        rule = self._rules.get(name)
        if rule is not None and name not in self._done:
            version = rule.version_on(self._as_of)
            if version is not None:
                self._done[name] = self._compiled(rule, version)
        return self._done.get(name)

    def _compiled(self, rule: Rule, version: Version) -> CompiledRule:
        compiler = VersionCompiler(self.program, self._catalogue, version, self._as_of, self.rule)
        if version.classify is not None:
            found = compile_classify(compiler, version.classify)
            names = version.classify.levels
            return CompiledRule(
                rule,
                version,
                found.root,
                rows=found.rows,
                applies=found.applies,
                open_levels=tuple(zip(names, found.open, strict=True)),
                levels=tuple(zip(names, found.certain, strict=True)),
            )
        when = compiler.when()
        scores = {name: compiler.score(name) for name in version.scores}
        lets = {name: compiler.number(number) for name, number in version.let.items()}
        return CompiledRule(
            rule,
            version,
            when.ref,
            clauses=_top(when),
            when=when,
            scores=scores,
            lets=lets,
            branches=compiler.branches,
        )


def _top(when: CompiledClause) -> tuple[CompiledClause, ...]:
    """Return the clauses that an answer names."""
    return when.members if isinstance(when.source, All) else (when,)


def _digest(in_force: Mapping[str, Rule], as_of: dt.date) -> str:
    """Return the SHA-256 of the rules in force and the day, however the files were laid out."""
    written = {
        name: version.model_dump(mode="json", by_alias=True, exclude_none=True)
        for name, rule in sorted(in_force.items())
        if (version := rule.version_on(as_of)) is not None
    }
    canonical = {"as_of": as_of.isoformat(), "rules": written}
    text = json.dumps(canonical, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
