"""One enterprise: every rule in force, with its answer and, where asked, its whole proof."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from openzone.engines.rules.explain import explain
from openzone.engines.rules.match import Record
from openzone.engines.rules.proof import Proof
from openzone.engines.rules.schema import Rule, Version
from openzone.engines.rules.single import Known, answer
from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.selectors.facts import KnownFact, facts_of
from openzone.zone.rulebook.packs import plan_on


class Standing(StrEnum):
    """How an enterprise stands with a rule, in the order people care about."""

    MET = "met"
    NEAR = "near"
    UNKNOWN = "unknown"
    NOT_MET = "not_met"


@dataclass(frozen=True, slots=True)
class Entitlement:
    """The answer of one rule for one enterprise."""

    rule: Rule
    version: Version
    record: Record

    @property
    def standing(self) -> Standing:
        """The outcome, with near misses apart from the other noes."""
        return Standing.NEAR if self.record.near else Standing(self.record.outcome)


def known_facts(facts: Mapping[str, KnownFact]) -> dict[str, Known]:
    """Return the facts as the engine takes them: value, source, period, day known."""
    return {
        name: Known(fact.value, _source(fact), fact.period, fact.known_on)
        for name, fact in facts.items()
    }


def _source(fact: KnownFact) -> str | None:
    if fact.source is None:
        return None
    return f"{fact.source} {fact.locator}".strip()


def entitlements(
    enterprise: Enterprise, as_of: dt.date, facts: Mapping[str, KnownFact] | None = None
) -> list[Entitlement]:
    """Return the answer of every rule in force, those entitled to first.

    ``facts`` saves a read where the caller has them already.
    """
    plan = plan_on(as_of)
    known = known_facts(facts_of(enterprise, as_of) if facts is None else facts)
    answers = answer(plan, known)
    found = [
        Entitlement(rule.rule, rule.version, answers.record(str(enterprise.pk), rule))
        for rule in plan.rules
    ]
    order = list(Standing)
    return sorted(found, key=lambda entitlement: order.index(entitlement.standing))


def proof(enterprise: Enterprise, rule_id: str, as_of: dt.date) -> Proof:
    """Return the whole proof of one answer.

    Raises:
        KeyError: no version of the rule is in force on that day.

    """
    return explain(plan_on(as_of), rule_id, known_facts(facts_of(enterprise, as_of)))
