"""Rules to a plan: the versions in force on a day as one program of shared steps."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from openzone.engines.facts.catalogue import Catalogue
from openzone.engines.rules.compile_classify import compile_classify
from openzone.engines.rules.compile_relations import compile_relations
from openzone.engines.rules.compile_version import VersionCompiler
from openzone.engines.rules.compiled import CompiledClause, CompiledRule, Plan, Program
from openzone.engines.rules.language import All
from openzone.engines.rules.relation_language import AnyRelation
from openzone.engines.rules.schema import NOTHING_DEFINED, Definitions, Rule, Version


def compile_rules(
    rules: Iterable[Rule],
    catalogue: Catalogue,
    as_of: dt.date,
    relations: Iterable[AnyRelation] = (),
) -> Plan:
    """Compile the versions, and the relations between them, in force on ``as_of``.

    ``rules`` must have passed ``load_rules``: names are not checked again. A rule without a
    version in force is not in the plan; what refers to it is unknown.
    """
    in_force = {rule.rule: rule for rule in rules if rule.version_on(as_of) is not None}
    compiler = _SetCompiler(in_force, catalogue, as_of)
    compiled = tuple(filter(None, map(compiler.rule, in_force)))
    related = tuple(relation for relation in relations if relation.in_force(as_of))
    tied = compile_relations(related, compiled, compiler.version(NOTHING_DEFINED))
    digest = _digest(_written(in_force, related, as_of), as_of)
    written = tuple(in_force.values())
    return Plan(as_of, catalogue, compiled, compiler.program, digest, written, tied)


def compile_again(
    rules: Iterable[Rule],
    catalogue: Catalogue,
    as_of: dt.date,
    answered: Iterable[str],
    digest: str,
    relations: Iterable[AnyRelation] = (),
) -> Plan:
    """Compile what a pickled plan was made of.

    Raises:
        ValueError: the code that reads it understands the rules otherwise.

    """
    plan = compile_rules(rules, catalogue, as_of, relations).only(answered)
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

    def version(self, defined: Definitions) -> VersionCompiler:
        """Return the compiler of a version, or of what names nothing of its own."""
        return VersionCompiler(self.program, self._catalogue, defined, self._as_of, self.rule)

    def _compiled(self, rule: Rule, version: Version) -> CompiledRule:
        compiler = self.version(version)
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
        when = compiler.when(version)
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
            amount=compiler.amount(version.amount) if version.amount else None,
            near_enough=compiler.near_enough(version),
            computed=compiler.computed,
        )


def _top(when: CompiledClause) -> tuple[CompiledClause, ...]:
    """Return the clauses that an answer names."""
    return when.members if isinstance(when.source, All) else (when,)


def _written(
    in_force: Mapping[str, Rule], relations: Iterable[AnyRelation], as_of: dt.date
) -> dict[str, Any]:
    """Return what is in force as plain values, however the files were laid out."""
    versions = {name: rule.version_on(as_of) for name, rule in sorted(in_force.items())}
    rules = {name: _plain(version) for name, version in versions.items() if version is not None}
    tied = sorted(map(_plain, relations), key=lambda relation: str(relation["id"]))
    return {"rules": rules} | ({"relations": tied} if tied else {})


def _plain(model: Version | AnyRelation) -> dict[str, Any]:
    return model.model_dump(mode="json", by_alias=True, exclude_none=True)


def _digest(written: Mapping[str, Any], as_of: dt.date) -> str:
    """Return the SHA-256 of what is in force and the day."""
    canonical = {"as_of": as_of.isoformat(), **written}
    text = json.dumps(canonical, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
